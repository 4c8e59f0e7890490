"""The nouns of a station: people, plans, clocks, determinations. Frozen, typed, no input or output."""
