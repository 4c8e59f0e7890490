"""The id of what a form enters, made of the form's key: sent twice, it names the same row, and enters it once."""

import hashlib
from typing import Final

from store.ulids import ALPHABET, LENGTH
from web.visit import Visit


def keyed_id(visit: Visit, key: str, part: str = "") -> str:
    """One reader's, one page's, one sending's; `part` tells rows of one form apart."""
    text = f"{visit.me.staff_id}\0{visit.path}\0{key}\0{part}"
    number = int.from_bytes(hashlib.sha256(text.encode()).digest())
    return "".join(ALPHABET[number >> _BITS * place & _LAST] for place in range(LENGTH))


_BITS: Final = 5
_LAST: Final = 31
