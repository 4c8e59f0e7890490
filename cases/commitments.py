"""Commitments (承诺) to the lines of a text: one line can be shown without the others, and none exchanged for another.

    commitment of a line = SHA-256(its salt of 32 bytes ‖ the line)
    committed            = SHA-256(all commitments, one after another)

Whoever shows a line gives its salt with it, and the commitments of the lines that stay hidden.
"""

from collections.abc import Sequence
from hashlib import sha256
from typing import Final

SALT_BYTES: Final = 32
LINE_END: Final = b"\n"  # never within a line: each is JSON, which writes it otherwise


def each_salt(salts: bytes) -> list[bytes]:
    """Of salts that stand one after another."""
    return [salts[at : at + SALT_BYTES] for at in range(0, len(salts), SALT_BYTES)]


def commitments_of(salts: bytes, lines: Sequence[bytes]) -> list[bytes]:
    """Of each line under its own of the salts."""
    return [sha256(salt + line).digest() for salt, line in zip(each_salt(salts), lines, strict=True)]


def committed_to(commitments: Sequence[bytes]) -> str:
    """What the log shows of all of them."""
    return sha256(b"".join(commitments)).hexdigest()
