"""Determinations as the record keeps them, taken in one order from any place on, or drawn as a sample by a seed."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from heapq import nsmallest
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, select, tuple_

from cases.days import ONE_DAY, start_of
from cases.erasing import Erasure
from store.aead import Key
from store.any_case import any_case
from store.determinations import KeptText, opened
from store.finding_sheets import Sheets, sheets_of
from store.rows import filled
from store.scope import Scope
from store.tables.cases import determination_record as table
from store.tables.erasures import erasure

Place = tuple[str, str]  # the case, and the determination within it
ROWS_AT_ONCE: Final = 2_000
_KEPT: Final = select(
    table.c.case_id,
    table.c.id,
    table.c.policy,
    table.c.version,
    table.c.policy_hash,
    table.c.jurisdiction,
    table.c.made_at,
    table.c.detail_sealed,
    any_case.c.worker_id,
    any_case.c.station_id,
    any_case.c.applied_on,
).join(any_case, any_case.c.id == table.c.case_id)


@dataclass(frozen=True)
class KeptDetermination:
    """One row, still sealed."""

    case_id: str
    id: str
    policy: str
    version: str
    policy_hash: str
    jurisdiction: str
    made_at: datetime
    detail_sealed: bytes = field(repr=False)
    worker_id: str
    station_id: str
    applied_on: date
    sheets: Sheets = field(default_factory=dict, repr=False)  # of its policy

    @property
    def place(self) -> Place:
        return self.case_id, self.id

    def text(self, key: Key) -> KeptText:
        """Word for word as it was kept. Raises `store.aead.SealBroken`."""
        return KeptText(opened(key, self.case_id, self.id, self.detail_sealed), self.sheets)


@dataclass(frozen=True)
class Chosen:
    """Which ones; what is None chooses all. `until_on` is the last day on which they were made."""

    case_id: str | None = None
    policy: str | None = None
    from_on: date | None = None
    until_on: date | None = None


def kept_determinations(
    connection: Connection, scope: Scope, chosen: Chosen, after: Place | None, most: int
) -> tuple[KeptDetermination, ...]:
    """The next ones in the order of their cases; the place of the last is where to go on."""
    query = _KEPT.where(*_where(scope, chosen))
    if after:
        query = query.where(tuple_(table.c.case_id, table.c.id) > after)
    return _rows(connection, query.order_by(table.c.case_id, table.c.id).limit(most))


def kept_at(connection: Connection, scope: Scope, places: Collection[Place]) -> tuple[KeptDetermination, ...]:
    """Those of these that are in scope."""
    query = _KEPT.where(scope.has_any_case(), tuple_(table.c.case_id, table.c.id).in_(places))
    return _rows(connection, query.order_by(table.c.case_id, table.c.id))


def drawn(connection: Connection, scope: Scope, chosen: Chosen, size: int, seed: int) -> tuple[tuple[Place, ...], int]:
    """`size` places drawn by a seed, in order, and from how many; however many there are, only `size` are remembered.

    Each place's lot is a hash of the seed and itself: the same seed draws the same ones, as long as they are there.
    """
    query = select(table.c.case_id, table.c.id).join(any_case, any_case.c.id == table.c.case_id)
    rows = connection.execution_options(yield_per=ROWS_AT_ONCE).execute(query.where(*_where(scope, chosen)))
    total = 0

    def lots() -> Iterator[tuple[bytes, Place]]:
        nonlocal total
        for case_id, id_ in rows:
            total += 1
            yield sha256(f"{seed}/{case_id}/{id_}".encode()).digest(), (case_id, id_)

    places = sorted(place for _, place in nsmallest(size, lots()))
    return tuple(places), total


def erasures(connection: Connection, worker_ids: Collection[str]) -> Mapping[str, Erasure]:
    """Of those who were erased: when, and on which basis."""
    rows = connection.execute(select(erasure).where(erasure.c.worker_id.in_(worker_ids)))
    return {row.worker_id: Erasure(row.basis, row.actor, row.at) for row in rows}


def _where(scope: Scope, chosen: Chosen) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [scope.has_any_case()]
    if chosen.case_id:
        found.append(table.c.case_id == chosen.case_id)
    if chosen.policy:
        found.append(table.c.policy == chosen.policy)
    if chosen.from_on:
        found.append(table.c.made_at >= start_of(chosen.from_on))
    if chosen.until_on:
        found.append(table.c.made_at < start_of(chosen.until_on + ONE_DAY))
    return found


def _rows(connection: Connection, query: Select[Any]) -> tuple[KeptDetermination, ...]:
    rows = connection.execute(query).mappings().all()
    sheets = sheets_of(connection, {row["policy_hash"] for row in rows})
    return tuple(filled(KeptDetermination, row, sheets=sheets) for row in rows)
