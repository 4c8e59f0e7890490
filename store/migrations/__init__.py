"""How the record's tables came to be what they are, one revision after the other."""
