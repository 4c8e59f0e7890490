"""The decision log (决定日志): a pending leaf in the transaction of what it proves, from which it is later sequenced.

A leaf is RFC 9162's: SHA-256 of 0x00 and the record. What is personal enters only as a commitment under salts that come
from the person's key: with the key destroyed nobody can tell what was committed, and the leaf still holds.
`docs/decision-log.md` says what a record of each kind holds.
"""

import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import shake_256
from typing import Final, NamedTuple

from sqlalchemy import Connection, bindparam, insert, select

from cases.canonical import Json, canonical, of_plain
from cases.commitments import SALT_BYTES, commitments_of, committed_to
from cases.merkle import leaf_hash as hash_of_leaf
from store.aead import Key, UnknownKey
from store.encryption import open_sealed
from store.keys import KeyRing
from store.many_rows import Rows, insert_rows
from store.tables.cases import decision, log_pending
from store.ulids import new_id

FORMAT, FORMAT_OF_LINES = 1, 2  # the second where lines are committed to
DECISION, DETERMINATION, ERASURE, PUBLICATION = "decision", "determination", "erasure", "publication"
_PURPOSE: Final = b"yizhan/1/salts of leaves"
_LEAF: Final = select(log_pending.c.leaf).where(log_pending.c.id == bindparam("of_id"))


class Leaf(NamedTuple):
    """What is to be proved of one step: `record` in clear; what is personal as commitments.

    `lines` are of the text that is kept of it; `words`, by name, are somebody's own, and each has a commitment apart.
    """

    id: str
    kind: str
    at: datetime
    record: Mapping[str, Json]
    lines: Sequence[bytes] = ()
    words: Mapping[str, Json] = {}

    def __repr__(self) -> str:
        return f"Leaf({self.id!r}, {self.kind!r})"  # what it commits to is a person's


class OfPerson(NamedTuple):
    """A leaf about a person, from whose key its salts come; a tuple, as they are made by the hundred."""

    person_id: str
    key: Key
    leaf: Leaf


def leaf_hash(record: str) -> bytes:
    return hash_of_leaf(record.encode())


def salts_of(key: Key, leaf_id: str, count: int) -> bytes:
    """The salts of a leaf's commitments, one after another: whoever learns one learns none of the others, nor the key.

    They are made from the person's key and kept nowhere, so that with the key they are gone.
    """
    return _salts(_salting(key), leaf_id, count)


def line_of_word(name: str, value: Json) -> bytes:
    return canonical([name, value]).encode()


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
    leaf = Leaf(event_id or new_id(at), kind, at, record)
    pending = Pending.of(keyring, [leaf], [_record(leaf)])
    insert_rows(connection, pending.rows)
    return pending.leaves[0]


def log_person(connection: Connection, keyring: KeyRing, of: OfPerson) -> bytes:
    """The leaf of something about a person, in the caller's transaction."""
    [made] = log_persons(connection, keyring, [of])
    return made


def log_persons(connection: Connection, keyring: KeyRing, many: Sequence[OfPerson]) -> Sequence[bytes]:
    """The leaves of many."""
    pending = pending_of(keyring, many)
    insert_rows(connection, pending.rows)
    return pending.leaves


def log_decision(connection: Connection, keyring: KeyRing, row: Mapping[str, object], of: OfPerson) -> bytes:
    """A decision's row and its pending leaf, in the caller's transaction."""
    connection.execute(insert(decision), dict(row))
    return log_person(connection, keyring, of)


def leaf_of(connection: Connection, leaf_id: str) -> bytes | None:
    """The leaf that a step left, if it left one."""
    return connection.execute(_LEAF, {"of_id": leaf_id}).scalar_one_or_none()


def salt_of_before(key: Key, leaf_id: str, sealed: bytes | None) -> bytes | None:
    """The one salt of a leaf of before they came from the key; None where it was destroyed."""
    return None if sealed is None else bytes.fromhex(open_sealed(key, "log_pending", "salt_sealed", leaf_id, sealed))


def commitment_of_before(salt: bytes, name: str, value: Json) -> str:
    """What such a leaf shows of a personal value: the same salt, name and value give it again."""
    return hmac.digest(salt, canonical([name, value]).encode(), "sha256").hex()


def receipt_of(keyring: KeyRing, leaf_id: str, leaf: bytes, at: datetime, key_id: str | None = None) -> str:
    """What nobody without the key file can make: it shows that a pending leaf is as it was written."""
    key = keyring.receipt_key(key_id)
    said = of_plain([leaf_id, leaf.hex(), _in_utc(at)]).encode()
    return f"{key.id}:{hmac.digest(key.secret, said, 'sha256').hex()}"


def receipt_holds(keyring: KeyRing, leaf_id: str, leaf: bytes, at: datetime, receipt: str) -> bool:
    try:
        made = receipt_of(keyring, leaf_id, leaf, at, receipt.partition(":")[0])
    except UnknownKey:
        return False
    return hmac.compare_digest(made, receipt)


@dataclass(frozen=True)
class Pending:
    """Leaves as they are written. Each waits for its index from then on (`store.append_only`)."""

    leaves: Sequence[bytes]
    rows: Rows

    @classmethod
    def of(
        cls, keyring: KeyRing, leaves: Sequence[Leaf], records: Sequence[str], persons: Sequence[str] | None = None
    ) -> "Pending":
        hashes = [leaf_hash(record) for record in records]
        receipts = [receipt_of(keyring, leaf.id, hash_, leaf.at) for leaf, hash_ in zip(leaves, hashes, strict=True)]
        columns: dict[str, Sequence[object]] = {
            "id": [leaf.id for leaf in leaves],
            "record": records,
            "leaf": hashes,
            "at": [leaf.at for leaf in leaves],
            "receipt": receipts,
        }
        if persons is not None:
            columns["person_id"] = persons
        return cls(hashes, Rows(log_pending, len(leaves), columns))


def pending_of(keyring: KeyRing, many: Sequence[OfPerson]) -> Pending:
    """The leaves of many, each about a person."""
    salting: dict[bytes, bytes] = {}
    records = []
    for each in many:
        secret = each.key.secret
        if secret not in salting:
            salting[secret] = _salting(each.key)
        records.append(_record(each.leaf, salting[secret]))
    return Pending.of(keyring, [each.leaf for each in many], records, [each.person_id for each in many])


def _record(leaf: Leaf, salting: bytes = b"") -> str:
    said: dict[str, Json] = {**leaf.record, "kind": leaf.kind, "id": leaf.id, "at": leaf.at.isoformat()}
    said["format"] = FORMAT_OF_LINES if leaf.lines else FORMAT
    if leaf.lines:
        lines = [*leaf.lines, *(line_of_word(*each) for each in leaf.words.items())] if leaf.words else leaf.lines
        commitments = commitments_of(_salts(salting, leaf.id, len(lines)), lines)
        shown = commitments[len(leaf.lines) :]
        said["committed"] = committed_to(commitments[: len(leaf.lines)])
        if shown:
            said["words"] = {name: each.hex() for name, each in zip(leaf.words, shown, strict=True)}
    return canonical(said)


@lru_cache(maxsize=64)
def _in_utc(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()


def _salting(key: Key) -> bytes:
    return hmac.digest(key.secret, _PURPOSE, "sha256")


def _salts(salting: bytes, leaf_id: str, count: int) -> bytes:
    return shake_256(salting + leaf_id.encode()).digest(count * SALT_BYTES)
