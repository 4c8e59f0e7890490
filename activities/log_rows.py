"""What the record shows of an act, against the leaf that the act left: a row that says otherwise, or is gone."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from itertools import islice
from typing import Any, Final

from sqlalchemy import Connection, Table, exists, select, tuple_

from cases.canonical import from_canonical
from store.decision_log import DECISION, DETERMINATION, ERASURE, PUBLICATION
from store.tables.cases import decision, determination_record, log_pending
from store.tables.erasures import erasure
from store.tables.policies import policy_publication

AT_ONCE: Final = 500  # leaves whose rows are read by one statement
NO_LEAF: Final = (erasure.c.id, policy_publication.c.proposal_id)  # rows that never were without one


@dataclass(frozen=True)
class Shown:
    """The row of an act, by the names that its leaf's record gives: what it is found by, and what both say."""

    table: Table
    keys: Mapping[str, str]
    fields: Mapping[str, str]


_SAME: Final = ("policy", "version", "policy_hash", "jurisdiction", "conclusion", "engines")
SHOWN: Final[Mapping[str, Shown]] = {
    DECISION: Shown(
        decision,
        {"id": "id"},
        {
            "case": "case_id",
            "determination": "determination_id",
            **{name: name for name in ("granted", "departs", "officer", "second_officer")},
        },
    ),
    DETERMINATION: Shown(
        determination_record, {"case": "case_id", "determination": "id"}, {name: name for name in _SAME}
    ),
    ERASURE: Shown(erasure, {"id": "id"}, {"person": "worker_id", "basis": "basis", "actor": "actor"}),
    PUBLICATION: Shown(
        policy_publication,
        {"id": "proposal_id"},
        {name: name for name in ("number", "sha256", "proposed_by", "published_by", "in_use_from")},
    ),
}


def rows_otherwise(connection: Connection, leaves: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Of leaves, by id and record, those whose row is gone or says something else.

    A record that is none is passed over: its leaf is not its own either.
    """
    found = iter(leaves)
    while batch := list(islice(found, AT_ONCE)):
        of_kind: defaultdict[str, list[tuple[str, Mapping[str, Any]]]] = defaultdict(list)
        for leaf_id, text in batch:
            record = _record(text)
            if record.get("kind") in SHOWN:
                of_kind[record["kind"]].append((leaf_id, record))
        for kind, records in of_kind.items():
            yield from _otherwise(connection, SHOWN[kind], records)


def rows_without_leaf(connection: Connection) -> Iterator[str]:
    """Erasures and publications that the log was never given."""
    for key in NO_LEAF:
        query = select(key).where(~exists().where(log_pending.c.id == key)).order_by(key)
        yield from connection.execute(query).scalars()


def _record(text: str) -> Mapping[str, Any]:
    try:
        record = from_canonical(text)
    except ValueError:
        return {}
    return record if isinstance(record, Mapping) else {}


def _otherwise(connection: Connection, shown: Shown, records: Iterable[tuple[str, Mapping[str, Any]]]) -> Iterator[str]:
    keyed = [(leaf_id, tuple(record.get(name) for name in shown.keys), record) for leaf_id, record in records]
    columns = [shown.table.c[column] for column in shown.keys.values()]
    query = select(shown.table).where(tuple_(*columns).in_([key for _, key, _ in keyed]))
    rows = {tuple(row[column.name] for column in columns): row for row in connection.execute(query).mappings()}
    for leaf_id, key, record in keyed:
        row = rows.get(key)
        if row is None or any(_plain(row[column]) != record.get(name) for name, column in shown.fields.items()):
            yield leaf_id


def _plain(value: object) -> object:
    """As a record writes it."""
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value
