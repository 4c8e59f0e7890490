"""Passwords that the product makes: said once, to be changed by whom they are for."""

import secrets
from typing import Final

from store.ulids import ALPHABET

_GROUPS: Final = 4
_GROUP: Final = 4


def one_time_password() -> str:
    """Sixteen characters that nobody misreads, in four groups: 80 bits."""
    return "-".join("".join(secrets.choice(ALPHABET.lower()) for _ in range(_GROUP)) for _ in range(_GROUPS))
