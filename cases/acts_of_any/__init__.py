"""Acts that every kind of case has: each kind's own acts are thin heirs of these."""
