"""Workers as lists show them: within a reader's scope, masked, with those of their cases that the reader may see."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from sqlalchemy import ColumnElement, Connection, and_, exists, func, select

from cases.hardship.stages import Outcome, Stage
from store.keys import KeyRing
from store.people import Worker, workers
from store.rows import filled
from store.scope import Scope
from store.tables.cases import hardship_case
from store.tables.people import worker, worker_skill, worker_wish

ROWS: Final = 50


class Having(StrEnum):
    """Which workers, by their cases."""

    OPEN = "open"  # 有在办个案
    CLOSED = "closed"  # 只有已办结的个案
    NONE = "none"  # 没有个案


class WorkerOrder(StrEnum):
    NEWEST = "newest"
    OLDEST = "oldest"


@dataclass(frozen=True)
class WorkerFilter:
    """None and empty filter nothing. `trade`: one that the worker can do, or wishes for."""

    having: Having | None = None
    station_id: str = ""
    trade: str = ""
    from_on: date | None = None
    until_on: date | None = None


@dataclass(frozen=True)
class CaseOfWorker:
    id: str
    worker_id: str
    station_id: str
    stage: Stage
    outcome: Outcome | None
    caseworker: str | None
    applied_on: date
    closed_at: datetime | None


@dataclass(frozen=True)
class ListedWorker:
    person: Worker
    cases: tuple[CaseOfWorker, ...]


def count_workers(connection: Connection, scope: Scope, asked: WorkerFilter) -> int:
    query = select(func.count()).select_from(worker).where(*_asked(scope, asked))
    return connection.scalar(query) or 0


def listed_workers(
    connection: Connection,
    keyring: KeyRing,
    scope: Scope,
    asked: WorkerFilter,
    order: WorkerOrder = WorkerOrder.NEWEST,
    *,
    page: int = 1,
    rows: int = ROWS,
) -> tuple[ListedWorker, ...]:
    ordered = {
        WorkerOrder.NEWEST: (worker.c.registered_on.desc(), worker.c.id.desc()),
        WorkerOrder.OLDEST: (worker.c.registered_on, worker.c.id),
    }[order]
    query = select(worker.c.id).where(*_asked(scope, asked)).order_by(*ordered).limit(rows).offset(rows * (page - 1))
    return workers_with_cases(connection, keyring, scope, connection.scalars(query).all())


def workers_with_cases(
    connection: Connection, keyring: KeyRing, scope: Scope, worker_ids: Sequence[str]
) -> tuple[ListedWorker, ...]:
    """These workers in this order, as far as they are readable; their latest case first."""
    people = workers(connection, keyring, worker_ids)
    theirs = cases_of_workers(connection, scope, worker_ids)
    return tuple(ListedWorker(people[id_], theirs.get(id_, ())) for id_ in worker_ids if id_ in people)


def cases_of_workers(
    connection: Connection, scope: Scope, worker_ids: Collection[str]
) -> Mapping[str, tuple[CaseOfWorker, ...]]:
    query = (
        select(hardship_case)
        .where(hardship_case.c.worker_id.in_(worker_ids), scope.has_case())
        .order_by(hardship_case.c.opened_at.desc(), hardship_case.c.id)
    )
    found: dict[str, tuple[CaseOfWorker, ...]] = {}
    for row in connection.execute(query).mappings():
        case = filled(CaseOfWorker, row)
        found[case.worker_id] = (*found.get(case.worker_id, ()), case)
    return found


def trades_of_workers(connection: Connection, scope: Scope) -> tuple[str, ...]:
    """The trades that workers in scope can do or wish for."""
    seen: set[str] = set()
    for table in (worker_skill, worker_wish):
        query = (
            select(table.c.trade).join(worker, worker.c.id == table.c.worker_id).where(scope.has_worker()).distinct()
        )
        seen |= set(connection.scalars(query))
    return tuple(sorted(seen))


def _asked(scope: Scope, asked: WorkerFilter) -> list[ColumnElement[bool]]:
    where = [scope.has_worker(), worker.c.erased_at.is_(None)]
    if asked.station_id:
        where.append(worker.c.station_id == asked.station_id)
    if asked.from_on:
        where.append(worker.c.registered_on >= asked.from_on)
    if asked.until_on:
        where.append(worker.c.registered_on <= asked.until_on)
    if asked.trade:
        can = exists().where(worker_skill.c.worker_id == worker.c.id, worker_skill.c.trade == asked.trade)
        wishes = exists().where(worker_wish.c.worker_id == worker.c.id, worker_wish.c.trade == asked.trade)
        where.append(can | wishes)
    mine = and_(hardship_case.c.worker_id == worker.c.id, scope.has_case())
    any_case, open_case = exists().where(mine), exists().where(mine, hardship_case.c.closed_at.is_(None))
    match asked.having:
        case Having.OPEN:
            where.append(open_case)
        case Having.CLOSED:
            where += [any_case, ~open_case]
        case Having.NONE:
            where.append(~any_case)
        case None:
            pass
    return where
