"""The decision log (决定日志): a pending leaf in the transaction of its decision, from which it is later sequenced.

A leaf is RFC 9162's: SHA-256 of 0x00 and the record. What is personal enters only as a commitment under a salt that is
sealed under the person's key: with the key destroyed nobody can tell what was committed, and the leaf still holds.
"""

import hmac
import secrets
from collections.abc import Mapping
from hashlib import sha256
from typing import Final

from sqlalchemy import Connection, insert

from cases.canonical import Json, canonical
from store.aead import Key
from store.encryption import seal
from store.tables.cases import decision, log_pending

LEAF_PREFIX: Final = b"\x00"
SALT_BYTES: Final = 32


def leaf_hash(record: str) -> bytes:
    return sha256(LEAF_PREFIX + record.encode()).digest()


def commitment(salt: bytes, name: str, value: Json) -> str:
    """What the log shows of a personal value: the same salt, name and value give it again."""
    return hmac.new(salt, canonical([name, value]).encode(), sha256).hexdigest()


def log_decision(
    connection: Connection, key: Key, row: Mapping[str, object], record: Mapping[str, Json], facts: Mapping[str, Json]
) -> None:
    """A decision's row and its pending leaf, in the caller's transaction."""
    connection.execute(insert(decision), dict(row))
    salt = secrets.token_bytes(SALT_BYTES)
    committed = {name: commitment(salt, name, value) for name, value in facts.items()}
    text = canonical({**record, "facts": committed})
    connection.execute(
        insert(log_pending),
        {
            "id": row["id"],
            "record": text,
            "leaf": leaf_hash(text),
            "salt_sealed": seal(key, "log_pending", "salt_sealed", str(row["id"]), salt.hex()),
            "at": row["at"],
        },
    )
