"""The leaves of a case in the decision log: with the proofs that they are in it, or to compare with what is kept."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from sqlalchemy import Connection, Row, or_, select

from cases.canonical import Json, from_canonical
from store.aead import Key
from store.any_case import any_case
from store.decision_log import DETERMINATION, commitment, committed_name
from store.encryption import open_sealed
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
    """`index` is None while it waits for its place; `salt` None where it was destroyed, or nothing is committed to."""

    record: str
    index: int | None
    proof: tuple[bytes, ...]
    salt: bytes | None = field(default=None, repr=False)


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
        if self.salt_sealed is None:
            return [*found, "salt"]
        salt = bytes.fromhex(open_sealed(key, log_pending.name, "salt_sealed", self.leaf_id, self.salt_sealed))
        whole = self.record.get("whole")
        given = whole.get("detail") if isinstance(whole, Mapping) else None
        return found if given == commitment(salt, committed_name("whole", "detail"), text) else [*found, "detail"]


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
    salt = None
    if row.salt_sealed is not None and key is not None:
        salt = bytes.fromhex(open_sealed(key, log_pending.name, "salt_sealed", row.id, row.salt_sealed))
    return CaseLeaf(row.record, row.leaf_index if in_tree else None, tuple(proof), salt)
