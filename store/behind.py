"""The cases behind a figure of the overview, found under the condition that the figure was counted by."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, false, func, or_, select

from cases.canonical import Json
from cases.days import start_of
from cases.hardship.queueing import Turn
from cases.hardship.stages import Outcome, Stage
from store.overview import done, ended_of_late, groups, of_open_cases, overdue
from store.scope import Scope
from store.tables.cases import clock, hardship_case
from store.tables.queue import queue_item

MOST_CASES: Final = 200


class What(StrEnum):
    """What a figure counts; some count by a value, such as a week's Monday."""

    OPEN = "open"
    OVERDUE = "overdue"
    RETURNED = "returned"
    HELD = "held"  # open, by caseworker
    HELD_OVERDUE = "held-overdue"
    HELD_RETURNED = "held-returned"
    TURN = "turn"  # open, by whose turn it is
    REFERRALS = "referrals"  # in help, by how many referrals count
    OPENED = "opened"  # by week
    CLOSED = "closed"  # by week
    MET = "met"  # terms done in time, by week
    MISSED = "missed"  # terms done late, by week
    OUTCOME = "outcome"  # closed within a year


@dataclass(frozen=True)
class Behind:
    id: str
    station_id: str
    stage: Stage
    outcome: Outcome | None
    caseworker: str | None
    opened_at: datetime
    closed_at: datetime | None


@dataclass(frozen=True)
class Figure:
    """`station_id` empty: of all stations in scope."""

    what: What
    station_id: str = ""
    value: str = ""


def cases_behind(connection: Connection, scope: Scope, figure: Figure, now: datetime) -> tuple[tuple[Behind, ...], int]:
    """The cases that a figure counts, the oldest first and at most MOST_CASES, and how many they are."""
    where = [scope.has_case(), _condition(connection, scope, figure, now)]
    if figure.station_id:
        where.append(hardship_case.c.station_id == figure.station_id)
    columns = [hardship_case.c[name] for name in Behind.__dataclass_fields__]
    oldest = (hardship_case.c.opened_at, hardship_case.c.id)
    rows = connection.execute(select(*columns).where(*where).order_by(*oldest).limit(MOST_CASES))
    found = tuple(Behind(*row) for row in rows)
    return found, connection.execute(select(func.count()).select_from(hardship_case).where(*where)).scalar_one()


def _condition(connection: Connection, scope: Scope, figure: Figure, now: datetime) -> ColumnElement[bool]:
    value = figure.value
    match figure.what:
        case What.OPENED:
            return _within(hardship_case.c.opened_at, value)
        case What.CLOSED:
            return _within(hardship_case.c.closed_at, value)
        case What.OUTCOME:
            return ended_of_late(now) & hardship_case.c.outcome.in_([o for o in Outcome if o == value])
        case What.MET:
            return _with_term(clock.c.stopped_at <= clock.c.due_at, value)
        case What.MISSED:
            return _with_term(clock.c.stopped_at > clock.c.due_at, value)
        case _:
            rows = select(queue_item.c.case_id).where(of_open_cases())
            return hardship_case.c.id.in_(rows.where(_open(connection, scope, figure, now)))


def _open(connection: Connection, scope: Scope, figure: Figure, now: datetime) -> ColumnElement[bool]:
    held = queue_item.c.held_by == figure.value if figure.value else queue_item.c.held_by.is_(None)
    returned = queue_item.c.turn == Turn.RETURNED
    conditions: dict[What, ColumnElement[bool]] = {
        What.OPEN: queue_item.c.case_id.is_not(None),
        What.OVERDUE: overdue(now),
        What.RETURNED: returned,
        What.HELD: held,
        What.HELD_OVERDUE: held & overdue(now),
        What.HELD_RETURNED: held & returned,
    }
    if figure.what in conditions:
        return conditions[figure.what]
    alike = groups(connection, scope, now)
    if figure.what is What.TURN:
        turns = {(g.turn, _key(g.waits)): g for g in alike if g.whose_turn == figure.value}.values()
        return or_(false(), *((queue_item.c.turn == g.turn) & _same(queue_item.c.waiting_for, g.waits) for g in turns))
    helped = [g for g in alike if g.stage is Stage.HELP and g.referrals and str(g.referrals[0]) == figure.value]
    progress = {_key(g.progress): g.progress for g in helped}.values()
    return (queue_item.c.stage == Stage.HELP) & or_(false(), *(_same(queue_item.c.progress, p) for p in progress))


def _same(column: ColumnElement[Any], kept: Json) -> ColumnElement[bool]:
    return column.is_(None) if kept is None else column == kept


def _key(kept: object) -> str:
    return repr(kept)


def _with_term(how: ColumnElement[bool], monday: str) -> ColumnElement[bool]:
    terms = select(clock.c.case_id).where(done(), how, _within(clock.c.stopped_at, monday))
    return hardship_case.c.id.in_(terms)


def _within(at: ColumnElement[Any], monday: str) -> ColumnElement[bool]:
    """In the week that begins on this day; an address that names no day names no week."""
    try:
        first = date.fromisoformat(monday)
        begins, ends = start_of(first), start_of(first + timedelta(weeks=1))
    except (ValueError, OverflowError):
        return false()
    return (at >= begins) & (at < ends)
