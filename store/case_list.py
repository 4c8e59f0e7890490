"""The list of cases: which are open, where they stand, and what is due next."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from sqlalchemy import ColumnElement, Connection, and_, func, select

from cases.hardship.queueing import Turn
from cases.hardship.stages import Outcome, Stage
from cases.roles import Role
from cases.wording import Wording
from store.rows import filled
from store.scope import Scope
from store.tables.cases import clock, hardship_case
from store.tables.queue import queue_item

PAGE_ROWS: Final = 25


@dataclass(frozen=True)
class ListedCase:
    id: str
    station_id: str
    stage: Stage
    outcome: Outcome | None
    caseworker: str | None
    applied_on: date
    next_due_at: datetime | None


def listed_cases(
    connection: Connection, station_id: str | None = None, *, with_closed: bool = False
) -> tuple[ListedCase, ...]:
    """What is due first comes first."""
    due = (
        select(func.min(clock.c.due_at))
        .where(clock.c.case_id == hardship_case.c.id, clock.c.stopped_at.is_(None))
        .scalar_subquery()
    )
    query = select(
        hardship_case.c.id,
        hardship_case.c.station_id,
        hardship_case.c.stage,
        hardship_case.c.outcome,
        hardship_case.c.caseworker,
        hardship_case.c.applied_on,
        due.label("next_due_at"),
    ).order_by(due.is_(None), due, hardship_case.c.id)
    if station_id is not None:
        query = query.where(hardship_case.c.station_id == station_id)
    if not with_closed:
        query = query.where(hardship_case.c.closed_at.is_(None))
    return tuple(ListedCase(*row) for row in connection.execute(query))


class State(StrEnum):
    OPEN = "open"  # 在办
    CLOSED = "closed"  # 已办结
    ALL = "all"


class Order(StrEnum):
    NEWEST = "newest"
    OLDEST = "oldest"
    DUE = "due"


@dataclass(frozen=True)
class Wanted:
    """Which cases a list shows; what is None narrows nothing."""

    state: State = State.OPEN
    stage: Stage | None = None
    outcome: Outcome | None = None
    caseworker: str | None = None
    station: str | None = None
    order: Order = Order.NEWEST


@dataclass(frozen=True)
class CaseLine:
    """A case in a list, with what comes next as the queue has it; a closed one has nothing to come."""

    id: str
    worker_id: str
    station_id: str
    stage: Stage
    outcome: Outcome | None
    caseworker: str | None
    applied_on: date
    opened_at: datetime
    closed_at: datetime | None
    due_at: datetime | None
    due_counts: str | None
    turn: Turn | None
    since: datetime | None
    waiting_for: Wording | None


def case_lines(
    connection: Connection, scope: Scope, wanted: Wanted, start: int = 0, at_most: int = PAGE_ROWS
) -> tuple[CaseLine, ...]:
    """A page of the cases in scope. Ids begin with the time, so that their order is that of registration."""
    own = and_(
        queue_item.c.case_id == hardship_case.c.id,
        queue_item.c.role == Role.CASEWORKER,
        hardship_case.c.closed_at.is_(None),
    )
    names = ("id", "worker_id", "station_id", "stage", "outcome", "caseworker", "applied_on", "opened_at", "closed_at")
    columns = [hardship_case.c[name] for name in names]
    orders = {
        Order.NEWEST: (hardship_case.c.id.desc(),),
        Order.OLDEST: (hardship_case.c.id,),
        Order.DUE: (queue_item.c.due_at.is_(None), queue_item.c.due_at, hardship_case.c.id),
    }
    query = (
        select(*columns, *(queue_item.c[name] for name in ("due_at", "due_counts", "turn", "since", "waiting_for")))
        .outerjoin(queue_item, own)
        .where(*_conditions(scope, wanted))
        .order_by(*orders[wanted.order])
        .offset(start)
        .limit(at_most)
    )
    rows = connection.execute(query).mappings()
    return tuple(filled(CaseLine, row, waiting_for=_wording(row["waiting_for"])) for row in rows)


def _wording(value: Mapping[str, str] | None) -> Wording | None:
    return Wording(value["zh"], value["en"]) if value else None


def count_cases(connection: Connection, scope: Scope, wanted: Wanted) -> int:
    query = select(func.count()).select_from(hardship_case).where(*_conditions(scope, wanted))
    return connection.execute(query).scalar_one()


def caseworkers_of_cases(connection: Connection, scope: Scope) -> tuple[str, ...]:
    """Who has open cases in scope, for a filter."""
    query = (
        select(hardship_case.c.caseworker)
        .where(scope.has_case(), hardship_case.c.closed_at.is_(None), hardship_case.c.caseworker.is_not(None))
        .distinct()
    )
    return tuple(sorted(filter(None, connection.scalars(query))))


def _conditions(scope: Scope, wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    yield scope.has_case()
    if wanted.state is State.OPEN:
        yield hardship_case.c.closed_at.is_(None)
    elif wanted.state is State.CLOSED:
        yield hardship_case.c.closed_at.is_not(None)
    exact: dict[str, object] = {
        "stage": wanted.stage,
        "outcome": wanted.outcome,
        "caseworker": wanted.caseworker,
        "station_id": wanted.station,
    }
    yield from (hardship_case.c[name] == value for name, value in exact.items() if value is not None)
