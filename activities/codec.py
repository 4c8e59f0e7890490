"""Everything that goes through Temporal is encrypted here: its server, its files and its pages see no person.

Each payload names the key that sealed it, so that histories outlive a change of keys: the newest key encrypts, and all
keys in the ring decrypt. A payload in clear is refused, since it did not come from us (`docs/keys.md`).

A case travels with every one of its steps, so what is long is compressed first: sealed, it cannot be made smaller.
"""

import zlib
from collections.abc import Sequence
from typing import Final

from temporalio.api.common.v1 import Payload
from temporalio.converter import PayloadCodec

from store.aead import open_bytes, seal_bytes
from store.key_file import key_ring
from store.keys import KeyRing
from store.settings import Settings

ENCODING: Final = b"binary/encrypted"
KEY_ID: Final = "encryption-key-id"
COMPRESSION: Final = "compression"
ZLIB: Final = b"zlib"
_PLACE: Final = "temporal-payload"
_LONG: Final = 512  # bytes; below, little is won
_QUICKLY: Final = 1


class PlaintextRefused(Exception):
    """A payload in clear where only encrypted ones are written; its content is not repeated here."""


class EncryptingCodec(PayloadCodec):
    """`plaintext` lets payloads in clear through on the way back: for reading foreign histories, never in service."""

    def __init__(self, keyring: KeyRing, *, plaintext: bool = False) -> None:
        self._keyring = keyring
        self._plaintext = plaintext

    async def encode(self, payloads: Sequence[Payload]) -> list[Payload]:
        return [self._sealed(payload) for payload in payloads]

    async def decode(self, payloads: Sequence[Payload]) -> list[Payload]:
        return [self._opened(payload) for payload in payloads]

    def _sealed(self, payload: Payload) -> Payload:
        key = self._keyring.payload_key()
        # The key's id is also in the sealed bytes; here it tells an operator which keys old histories still need.
        metadata = {"encoding": ENCODING, KEY_ID: key.id.encode()}
        content = payload.SerializeToString()
        if len(content) > _LONG:
            metadata[COMPRESSION] = ZLIB
            content = zlib.compress(content, _QUICKLY)
        return Payload(metadata=metadata, data=seal_bytes(key, content, _PLACE))

    def _opened(self, payload: Payload) -> Payload:
        if payload.metadata.get("encoding") != ENCODING:
            if self._plaintext:
                return payload
            raise PlaintextRefused("A payload came back from Temporal in clear, which this installation never writes.")
        key = self._keyring.payload_key(payload.metadata[KEY_ID].decode())
        content = open_bytes(key, payload.data, _PLACE)
        if payload.metadata.get(COMPRESSION) == ZLIB:
            content = zlib.decompress(content)
        return Payload.FromString(content)


def encrypting_codec(keys: KeyRing | Settings, *, plaintext: bool = False) -> PayloadCodec:
    """The codec of every client and Temporal worker of this installation."""
    return EncryptingCodec(keys if isinstance(keys, KeyRing) else key_ring(keys), plaintext=plaintext)
