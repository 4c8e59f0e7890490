"""What a manager sees of the stations in reach: load, terms, outcomes and proved referrals, station by station."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, Connection, Select, case, func, select

from cases.canonical import Json
from cases.days import ONE_DAY, day_of, start_of
from cases.hardship.queueing import Turn
from cases.hardship.roads import Stop
from cases.hardship.stages import Outcome, Stage
from cases.plans import ServiceKind
from cases.roles import Role
from cases.wording import Wording
from store.scope import Scope
from store.tables.cases import clock, hardship_case
from store.tables.queue import queue_item

WEEKS: Final = 12
OUTCOMES_OF: Final = timedelta(days=365)
_PROGRESS: Final = TypeAdapter(tuple[Stop, ...])
_WORDING: Final = TypeAdapter(Wording)
_WEEKLY: Final = ("opened", "closed", "met", "missed")


@dataclass(frozen=True)
class Group:
    """Open cases that are alike. `progress` and `waits` are as the record keeps them."""

    station_id: str
    held_by: str | None
    turn: Turn
    stage: Stage
    waits: Json
    progress: Json
    overdue: bool
    cases: int

    @property
    def referrals(self) -> tuple[int, int] | None:
        """How many referrals count, and how many are owed; None where the plan does not run."""
        stops = [stop for stop in _PROGRESS.validate_python(self.progress) if stop.kind is ServiceKind.REFERRAL]
        return (sum(s.counted for s in stops), sum(len(s.states) for s in stops)) if stops else None

    @property
    def waiting_for(self) -> Wording | None:
        return _WORDING.validate_python(self.waits) if self.waits else None

    @property
    def whose_turn(self) -> str:
        """As an address names it."""
        wording = self.waiting_for
        return self.turn.value if self.turn is not Turn.WAITING or wording is None else wording.en


@dataclass(frozen=True)
class Week:
    """`met` and `missed`: terms of services that ended in it by being done, in time or late."""

    monday: date
    opened: int
    closed: int
    met: int
    missed: int


@dataclass(frozen=True)
class StationFigures:
    station_id: str
    groups: tuple[Group, ...]
    weeks: tuple[Week, ...]
    outcomes: Mapping[Outcome, int]  # of the cases closed within a year

    @property
    def open(self) -> int:
        return sum(group.cases for group in self.groups)

    @property
    def overdue(self) -> int:
        return sum(group.cases for group in self.groups if group.overdue)


def overview(connection: Connection, scope: Scope, now: datetime) -> tuple[StationFigures, ...]:
    """The figures of each station in scope, also of one without a case."""
    alike = groups(connection, scope, now)
    weeks = _weeks(connection, scope, now)
    outcomes = _outcomes(connection, scope, now)
    return tuple(
        StationFigures(
            station,
            tuple(group for group in alike if group.station_id == station),
            tuple(
                Week(monday, *(weeks[what].get((station, monday), 0) for what in _WEEKLY))
                for monday in mondays_until(now)
            ),
            outcomes.get(station, {}),
        )
        for station in sorted(connection.execute(scope.stations).scalars())
    )


def mondays_until(now: datetime) -> tuple[date, ...]:
    """The first days of the last weeks, the running one last."""
    today = day_of(now)
    this = today - ONE_DAY * today.weekday()
    return tuple(this - timedelta(weeks=ago) for ago in range(WEEKS - 1, -1, -1))


def groups(connection: Connection, scope: Scope, now: datetime) -> Sequence[Group]:
    """The open cases in scope, counted by what they have in common."""
    late = case((overdue(now), 1), else_=0).label("overdue")
    names = ("station_id", "held_by", "turn", "stage", "waiting_for", "progress")
    alike = (*(queue_item.c[name] for name in names), late)
    query = (
        select(*alike, func.count().label("cases"))
        .where(of_open_cases(), queue_item.c.station_id.in_(scope.stations))
        .group_by(*alike)
    )
    return [
        Group(r.station_id, r.held_by, r.turn, r.stage, r.waiting_for, r.progress, bool(r.overdue), r.cases)
        for r in connection.execute(query)
    ]


# The conditions, shared with the lists of the cases behind a figure.


def of_open_cases() -> ColumnElement[bool]:
    """One row of the queue for each; a closed case may have one that waits for a day."""
    return (queue_item.c.role == Role.CASEWORKER) & (queue_item.c.stage != Stage.CLOSED)


def overdue(now: datetime) -> ColumnElement[bool]:
    """As the queue has it: returned and paused cases stand apart."""
    due = queue_item.c.due_at.is_not(None) & (queue_item.c.due_at <= now)
    return due & queue_item.c.turn.in_([Turn.TO_DO, Turn.WAITING])


def ended_of_late(now: datetime) -> ColumnElement[bool]:
    return hardship_case.c.closed_at.is_not(None) & (hardship_case.c.closed_at >= now - OUTCOMES_OF)


def done() -> ColumnElement[bool]:
    """A term that ended by being done; its due instant says whether in time."""
    return clock.c.stopped_at.is_not(None) & clock.c.due_at.is_not(None)


def _weeks(connection: Connection, scope: Scope, now: datetime) -> dict[str, dict[tuple[str, date], int]]:
    """By what happened: station and Monday → how often."""
    since = start_of(mondays_until(now)[0])
    here = (hardship_case.c.station_id, scope.has_case())
    opened = select(here[0], hardship_case.c.opened_at).where(here[1], hardship_case.c.opened_at >= since)
    closed = select(here[0], hardship_case.c.closed_at).where(here[1], hardship_case.c.closed_at >= since)
    stopped = (
        select(here[0], clock.c.stopped_at)
        .join(hardship_case, hardship_case.c.id == clock.c.case_id)
        .where(here[1], done(), clock.c.stopped_at >= since)
    )
    return {
        "opened": _weekly(connection, opened),
        "closed": _weekly(connection, closed),
        "met": _weekly(connection, stopped.where(clock.c.stopped_at <= clock.c.due_at)),
        "missed": _weekly(connection, stopped.where(clock.c.stopped_at > clock.c.due_at)),
    }


def _weekly(connection: Connection, query: Select[Any]) -> dict[tuple[str, date], int]:
    found: dict[tuple[str, date], int] = {}
    for station_id, at in connection.execute(query):
        day = day_of(at)
        monday = day - ONE_DAY * day.weekday()
        found[station_id, monday] = found.get((station_id, monday), 0) + 1
    return found


def _outcomes(connection: Connection, scope: Scope, now: datetime) -> dict[str, dict[Outcome, int]]:
    query = (
        select(hardship_case.c.station_id, hardship_case.c.outcome, func.count())
        .where(scope.has_case(), ended_of_late(now))
        .group_by(hardship_case.c.station_id, hardship_case.c.outcome)
    )
    found: dict[str, dict[Outcome, int]] = {}
    for station_id, outcome, count in connection.execute(query):
        if outcome is not None:
            found.setdefault(station_id, {})[outcome] = count
    return found
