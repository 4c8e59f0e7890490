"""Sealed bytes (AES-256-GCM): which algorithm, under which key, for which place; shared by all that is sealed.

    algorithm (1) · length of key id (1) · key id · place (8) · nonce (12) · ciphertext and tag

All before the nonce is authenticated too. `place` is a digest of where the bytes belong, so that bytes moved to another
place are told apart from bytes that were changed.
"""

import os
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from cases.canonical import of_plain

AES_256_GCM: Final = 1
KEY_BYTES: Final = 32
_PLACE_BYTES: Final = 8
_NONCE_BYTES: Final = 12


class SealBroken(Exception):
    """Sealed bytes that cannot be opened here; the message never holds what they were."""


class Tampered(SealBroken):
    """Sealed bytes were changed after they were sealed."""


class WrongPlace(SealBroken):
    """Sealed bytes were moved from the row, column or purpose that they were sealed for."""


class UnknownKey(SealBroken):
    """Sealed bytes name a key that is not at hand."""


@dataclass(frozen=True)
class Key:
    id: str
    secret: bytes = field(repr=False)

    @cached_property
    def cipher(self) -> AESGCM:
        return AESGCM(self.secret)

    def __getstate__(self) -> dict[str, object]:
        """For another process: the cipher is made there."""
        return {"id": self.id, "secret": self.secret}

    def __post_init__(self) -> None:
        if len(self.secret) != KEY_BYTES:
            raise ValueError(f"Key {self.id} has {len(self.secret)} bytes and needs {KEY_BYTES}.")
        if not (self.id.isascii() and 1 <= len(self.id) <= 255):  # noqa: PLR2004 -- its length is kept in one byte
            raise ValueError("A key id is 1 to 255 ASCII characters.")


def seal_bytes(key: Key, content: bytes, *place: str) -> bytes:
    """Seal bytes for one place (such as table, column, row)."""
    spelled = _spelled(place)
    header = bytes([AES_256_GCM, len(key.id)]) + key.id.encode() + _digest(spelled)
    nonce = os.urandom(_NONCE_BYTES)
    return header + nonce + key.cipher.encrypt(nonce, content, header + spelled)


def open_bytes(key: Key, sealed: bytes, *place: str) -> bytes:
    """The bytes that were sealed for this place under this key."""
    if key_id(sealed) != key.id:
        raise UnknownKey(f"Sealed under key {key_id(sealed)}, and key {key.id} is at hand.")
    end = 2 + len(key.id) + _PLACE_BYTES
    header, nonce, ciphertext = sealed[:end], sealed[end : end + _NONCE_BYTES], sealed[end + _NONCE_BYTES :]
    spelled = _spelled(place)
    if header[-_PLACE_BYTES:] != _digest(spelled):
        raise WrongPlace(f"Sealed for another place than {'/'.join(place)}.")
    try:
        return key.cipher.decrypt(nonce, ciphertext, header + spelled)
    except InvalidTag as error:
        raise Tampered(f"Changed since it was sealed: {'/'.join(place)}.") from error


def key_id(sealed: bytes) -> str:
    """Under which key these bytes were sealed."""
    if len(sealed) < 2 or sealed[0] != AES_256_GCM:  # noqa: PLR2004 -- algorithm and length
        raise Tampered("Not sealed bytes, or sealed by an algorithm that this version does not know.")
    spelled = sealed[2 : 2 + sealed[1]]
    overhead = 2 + sealed[1] + _PLACE_BYTES + _NONCE_BYTES
    if not spelled.isascii() or len(sealed) < overhead:
        raise Tampered("Sealed bytes are cut short.")
    return spelled.decode("ascii")


def _digest(spelled: bytes) -> bytes:
    return sha256(spelled).digest()[:_PLACE_BYTES]


def _spelled(place: tuple[str, ...]) -> bytes:
    # Written as a list, so that ("ab", "c") and ("a", "bc") are two places.
    return of_plain(place).encode()
