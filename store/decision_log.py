"""The decision log (决定日志): a pending leaf in the transaction of what it proves, from which it is later sequenced.

A leaf is RFC 9162's: SHA-256 of 0x00 and the record. What is personal enters only as a commitment under a salt that is
sealed under the person's key: with the key destroyed nobody can tell what was committed, and the leaf still holds.
`docs/decision-log.md` says what a record of each kind holds.
"""

import hmac
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from typing import Final, cast

from sqlalchemy import Connection, bindparam, insert, select

from cases.canonical import Json, canonical
from cases.merkle import leaf_hash as hash_of_leaf
from store.aead import Key, UnknownKey
from store.encryption import open_sealed, seal
from store.keys import KeyRing
from store.tables.cases import decision, log_pending
from store.tables.log import log_waiting
from store.ulids import new_id

SALT_BYTES: Final = 32
FORMAT: Final = 1
DECISION, DETERMINATION, ERASURE, PUBLICATION = "decision", "determination", "erasure", "publication"
_INNER, _OUTER = (bytes(byte ^ pad for byte in range(256)) for pad in (0x36, 0x5C))
_LEAF: Final = select(log_pending.c.leaf).where(log_pending.c.id == bindparam("of_id"))


@dataclass(frozen=True)
class Leaf:
    """What is to be proved of one step: `record` in clear, `committed` as commitments by group and name."""

    id: str
    kind: str
    at: datetime
    record: Mapping[str, Json]
    committed: Mapping[str, Mapping[str, Json]] = field(default_factory=dict, repr=False)


def leaf_hash(record: str) -> bytes:
    return hash_of_leaf(record.encode())


def commitment(salt: bytes, name: str, value: Json) -> str:
    """What the log shows of a personal value: the same salt, name and value give it again."""
    return hmac.digest(salt, canonical([name, value]).encode(), "sha256").hex()


def commitments(salt: bytes, values: Iterable[tuple[str, Json]]) -> Iterator[str]:
    """The same of many values: what HMAC (RFC 2104) makes of the salt is made once for all."""
    padded = salt.ljust(64, b"\0")
    inner, outer = sha256(padded.translate(_INNER)), sha256(padded.translate(_OUTER))
    for name, value in values:
        within, around = inner.copy(), outer.copy()
        within.update(canonical([name, value]).encode())
        around.update(within.digest())
        yield around.hexdigest()


def committed_name(group: str, name: str) -> str:
    """Under which name a value is committed to: a fact under its own, anything else under its group's too."""
    return name if group == "facts" else f"{group}/{name}"


def log_event(
    connection: Connection,
    keyring: KeyRing,
    kind: str,
    record: Mapping[str, Json],
    at: datetime,
    *,
    event_id: str | None = None,
) -> bytes:
    """The leaf of something about no person, such as a publication, in the caller's transaction."""
    [made] = _pend(connection, [_row(keyring, Leaf(event_id or new_id(at), kind, at, record))])
    return made


def log_person(connection: Connection, keyring: KeyRing, person_id: str, key: Key, leaf: Leaf) -> bytes:
    """The leaf of something about a person, in the caller's transaction."""
    [made] = log_persons(connection, keyring, [(person_id, key, leaf)])
    return made


def log_persons(connection: Connection, keyring: KeyRing, leaves: Iterable[tuple[str, Key, Leaf]]) -> list[bytes]:
    """The leaves of many, each about a person under whose key its salt is sealed."""
    return _pend(connection, [_row_of_person(keyring, *each) for each in leaves])


def log_decision(
    connection: Connection, keyring: KeyRing, person_id: str, key: Key, row: Mapping[str, object], leaf: Leaf
) -> bytes:
    """A decision's row and its pending leaf, in the caller's transaction."""
    connection.execute(insert(decision), dict(row))
    return log_person(connection, keyring, person_id, key, leaf)


def leaf_of(connection: Connection, leaf_id: str) -> bytes | None:
    """The leaf that a step left, if it left one."""
    return connection.execute(_LEAF, {"of_id": leaf_id}).scalar_one_or_none()


def salt_of(connection: Connection, key: Key, leaf_id: str) -> bytes | None:
    """The salt of a leaf's commitments; None where it was destroyed, or nothing is committed to."""
    query = select(log_pending.c.salt_sealed).where(log_pending.c.id == leaf_id)
    sealed = connection.execute(query).scalar_one_or_none()
    return None if sealed is None else bytes.fromhex(open_sealed(key, "log_pending", "salt_sealed", leaf_id, sealed))


def receipt_of(keyring: KeyRing, leaf_id: str, leaf: bytes, at: datetime, key_id: str | None = None) -> str:
    """What nobody without the key file can make: it shows that a pending leaf is as it was written."""
    key = keyring.receipt_key(key_id)
    said = canonical([leaf_id, leaf.hex(), at.astimezone(UTC).isoformat()]).encode()
    return f"{key.id}:{hmac.digest(key.secret, said, sha256).hex()}"


def receipt_holds(keyring: KeyRing, leaf_id: str, leaf: bytes, at: datetime, receipt: str) -> bool:
    try:
        made = receipt_of(keyring, leaf_id, leaf, at, receipt.partition(":")[0])
    except UnknownKey:
        return False
    return hmac.compare_digest(made, receipt)


def _row_of_person(keyring: KeyRing, person_id: str, key: Key, leaf: Leaf) -> dict[str, object]:
    salt = secrets.token_bytes(SALT_BYTES)
    groups: dict[str, Json] = {
        group: dict(
            zip(
                values,
                commitments(salt, ((committed_name(group, name), value) for name, value in values.items())),
                strict=True,
            )
        )
        for group, values in leaf.committed.items()
    }
    sealed = seal(key, "log_pending", "salt_sealed", leaf.id, salt.hex())
    whole = Leaf(leaf.id, leaf.kind, leaf.at, {**leaf.record, **groups})
    return {**_row(keyring, whole), "salt_sealed": sealed, "person_id": person_id}


def _row(keyring: KeyRing, leaf: Leaf) -> dict[str, object]:
    text = canonical({**leaf.record, "format": FORMAT, "kind": leaf.kind, "id": leaf.id, "at": leaf.at.isoformat()})
    digest = leaf_hash(text)
    return {
        "id": leaf.id,
        "record": text,
        "leaf": digest,
        "salt_sealed": None,
        "at": leaf.at,
        "person_id": None,
        "receipt": receipt_of(keyring, leaf.id, digest, leaf.at),
    }


def _pend(connection: Connection, rows: list[dict[str, object]]) -> list[bytes]:
    """Each waits for its index from now on."""
    if not rows:
        return []
    now = datetime.now(UTC)
    connection.execute(insert(log_pending), rows)
    connection.execute(insert(log_waiting), [{"id": row["id"], "at": row["at"], "recorded_at": now} for row in rows])
    return [cast("bytes", row["leaf"]) for row in rows]
