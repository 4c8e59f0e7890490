"""Ids of new rows: 26 characters that sort by the time of the act and say nothing else."""

import secrets
from datetime import datetime
from typing import Final

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: no I, L, O, U to misread
LENGTH: Final = 26
_RANDOM_BITS: Final = 80


def new_id(at: datetime) -> str:
    """A ULID for something that happened at this (business) time."""
    if at.tzinfo is None:
        raise ValueError("An id needs an aware time.")
    milliseconds = int(at.timestamp() * 1000)
    if milliseconds < 0:
        raise ValueError("An id cannot be made for a time before 1970.")
    number = milliseconds << _RANDOM_BITS | secrets.randbits(_RANDOM_BITS)
    return "".join(ALPHABET[number >> shift & 31] for shift in range(5 * (LENGTH - 1), -1, -5))
