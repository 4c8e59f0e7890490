"""Who signs the decision log's checkpoints: a key derived from each master key, and the public keys that were used.

While an older master key is in the key file, every checkpoint is signed by its signer too, so that whoever knows only
the older public key can follow the change.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from sqlalchemy import Connection, insert, select

from cases.checkpoints import ED25519, PublicKey, Signer, public_key
from store.aead import Key
from store.keys import KeyRing
from store.tables.log import log_checkpoint, log_key

ORIGIN: Final = "yizhan.log"


@dataclass(frozen=True)
class Ed25519Signer:
    """A key of ours, kept in this process."""

    name: str
    seed: Key
    algorithm: int = ED25519

    @cached_property
    def _private(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed.secret)

    @property
    def public(self) -> bytes:
        return self._private.public_key().public_bytes_raw()

    def sign(self, text: bytes) -> bytes:
        return self._private.sign(text)


def verifies(algorithm: int, public: bytes, signature: bytes, text: bytes) -> bool:
    if algorithm != ED25519:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, text)
    except (InvalidSignature, ValueError):
        return False
    return True


def signers(keyring: KeyRing, name: str) -> tuple[Signer, ...]:
    """One for each master key, the newest last."""
    return tuple(Ed25519Signer(name, seed) for seed in keyring.checkpoint_seeds)


def log_origin(connection: Connection) -> str:
    """The name of this log, which its first checkpoint gave it."""
    note = connection.execute(select(log_checkpoint.c.note).order_by(log_checkpoint.c.size).limit(1)).scalar()
    return note.partition("\n")[0] if note else f"{ORIGIN}/{secrets.token_hex(4)}"


def remember_keys(connection: Connection, signing: Sequence[Signer], now: datetime) -> None:
    """Write down the public keys that sign from now on, so that they are known when the private ones are gone."""
    known = set(connection.execute(select(log_key.c.id)).scalars())
    keys = [PublicKey(signer.name, signer.algorithm, signer.public) for signer in signing]
    new = [{"id": key.id, "verifier": key.spelled, "recorded_at": now} for key in keys if key.id not in known]
    if new:
        connection.execute(insert(log_key), new)


def known_keys(connection: Connection) -> Mapping[str, PublicKey]:
    """Every public key that ever signed, by its id, the oldest first."""
    rows = connection.execute(select(log_key).order_by(log_key.c.recorded_at, log_key.c.id))
    return {row.id: public_key(row.verifier) for row in rows}
