"""The leaves of a case in the decision log: with the proofs that they are in it, or to compare with what is kept."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias, cast

from sqlalchemy import Connection, Row, or_, select

from cases.canonical import Json, from_canonical
from cases.commitments import commitments_of, committed_to, each_salt
from store.aead import Key
from store.any_case import any_case
from store.decision_log import (
    DETERMINATION,
    FORMAT_OF_LINES,
    commitment_of_before,
    salt_of_before,
    salts_of,
)
from store.kept_text import lines_of
from store.log_reading import LogTree
from store.tables.cases import log_pending
from store.tables.erasures import erasure
from store.tables.log import log_entry

LeafRow: TypeAlias = Row[Any, Any, Any, Any]
_LEAVES: Final = select(
    log_pending.c.id, log_pending.c.record, log_pending.c.salt_sealed, log_entry.c.leaf_index
).outerjoin(log_entry, log_entry.c.pending_id == log_pending.c.id)


@dataclass(frozen=True)
class CaseLeaf:
    """`index` is None while it waits for its place; `salt` is that of a leaf of before, as long as it is there."""

    id: str
    record: str
    index: int | None
    proof: tuple[bytes, ...]
    salt: bytes | None = field(default=None, repr=False)

    @property
    def determination(self) -> str:
        """Which one of the case it is about; empty for the leaf of an erasure."""
        return str(self._said.get("determination", ""))

    def salts(self, key: Key, text: str) -> list[bytes] | None:
        """Of a leaf that commits to lines: the salt of each of this text's."""
        if self._said.get("format") != FORMAT_OF_LINES:
            return None
        return each_salt(salts_of(key, self.id, len(lines_of(text.encode()))))

    @property
    def _said(self) -> Mapping[str, Json]:
        return cast("Mapping[str, Json]", from_canonical(self.record))


def leaves_of_case(connection: Connection, key: Key | None, case_id: str, size: int) -> tuple[CaseLeaf, ...]:
    """Those of the case, and of the erasure of its worker if there was one; proved in the tree of this size."""
    worker_id = connection.execute(select(any_case.c.worker_id).where(any_case.c.id == case_id)).scalar_one()
    erased = select(erasure.c.id).where(erasure.c.worker_id == worker_id)
    query = _LEAVES.where(or_(log_pending.c.person_id == worker_id, log_pending.c.id.in_(erased)))
    rows = connection.execute(query.order_by(log_entry.c.leaf_index, log_pending.c.id)).all()
    tree = LogTree(connection)
    return tuple(_leaf(tree, row, key, size) for row in _of_case(rows, case_id))


@dataclass(frozen=True)
class Committed:
    """What the log was given of a determination, to be held against what the record keeps of it now."""

    leaf_id: str
    record: Mapping[str, Json]
    salt_sealed: bytes | None = field(repr=False)

    def contradicts(self, key: Key, text: str, conclusion: str) -> list[str]:
        """Which parts differ: the determination word for word, or what stands in clear of it."""
        found = [] if self.record.get("conclusion") == conclusion else ["conclusion"]
        if self.record.get("format") == FORMAT_OF_LINES:
            lines = lines_of(text.encode())
            made = committed_to(commitments_of(salts_of(key, self.leaf_id, len(lines)), lines))
            return found if self.record.get("committed") == made else [*found, "detail"]
        salt = salt_of_before(key, self.leaf_id, self.salt_sealed)
        if salt is None:
            return [*found, "salt"]
        whole = self.record.get("whole")
        given = whole.get("detail") if isinstance(whole, Mapping) else None
        return found if given == commitment_of_before(salt, "whole/detail", text) else [*found, "detail"]


def committed_of(connection: Connection, worker_ids: Collection[str]) -> Mapping[tuple[str, str], Committed]:
    """The leaf of each determination of these workers, by its case and its id."""
    query = select(log_pending.c.id, log_pending.c.record, log_pending.c.salt_sealed)
    found: dict[tuple[str, str], Committed] = {}
    for row in connection.execute(query.where(log_pending.c.person_id.in_(worker_ids))):
        record = from_canonical(row.record)
        if isinstance(record, Mapping) and record.get("kind") == DETERMINATION:
            found[str(record["case"]), str(record["determination"])] = Committed(row.id, record, row.salt_sealed)
    return found


def _of_case(rows: Iterable[LeafRow], case_id: str) -> list[LeafRow]:
    """A worker may have had other cases."""
    return [row for row in rows if _case(row.record) in (None, case_id)]


def _case(record: str) -> object:
    found = from_canonical(record)
    return found.get("case") if isinstance(found, dict) else None


def _leaf(tree: LogTree, row: LeafRow, key: Key | None, size: int) -> CaseLeaf:
    in_tree = row.leaf_index is not None and row.leaf_index < size
    proof = tree.inclusion(row.leaf_index, size) if in_tree else []
    salt = salt_of_before(key, row.id, row.salt_sealed) if key else None
    return CaseLeaf(row.id, row.record, row.leaf_index if in_tree else None, tuple(proof), salt)
