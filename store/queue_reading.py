"""The queue as it is read: one view of it, narrowed, counted by bucket, in order, a page at a time.

The counts come from the same conditions as the rows, so a number always equals what one sees under it.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Case, ColumnElement, Connection, and_, case, exists, func, or_, select

from cases.days import ONE_DAY, start_of
from cases.hardship.buckets import Bucket, Horizon
from cases.hardship.queueing import Turn
from cases.hardship.stages import Stage
from cases.roles import Role
from store.queue import Entry, read_entry
from store.scope import Scope
from store.tables.cases import determination, hardship_case
from store.tables.organisation import staff
from store.tables.queue import queue_item as table

PAGE_ROWS: Final = 25
DECIDING: Final = (Role.GUIDE, Role.OFFICER, Role.SUPERVISOR)  # roles that take a row themselves


class View(StrEnum):
    """Whose rows are shown."""

    MINE = "mine"  # 我的待办
    STATION = "station"  # 全站
    UNASSIGNED = "unassigned"  # 未分派
    DECIDE = "decide"  # 待我审批、指导


class Order(StrEnum):
    """What comes first within a bucket."""

    DUE = "due"  # 先到期的
    OLDEST = "oldest"  # 先立案的
    LATEST = "latest"  # 刚有动静的


@dataclass(frozen=True)
class Asked:
    """What a list of the queue is to show; what is None narrows nothing. `due`: a day; False: without one."""

    view: View
    staff_id: str
    covered: Sequence[str] = ()  # colleagues on leave for whom the reader stands in
    bucket: Bucket | None = None
    stage: Stage | None = None
    turn: Turn | None = None
    caseworker: str | None = None
    station: str | None = None
    act: str | None = None
    due: date | bool | None = None
    order: Order = Order.DUE


@dataclass(frozen=True)
class Counted:
    """One bucket: how many rows, the earliest due instant and the longest standing among them."""

    rows: int
    due_at: datetime | None
    since: datetime | None


@dataclass(frozen=True)
class Reading:
    """How one reader reads the queue at one moment."""

    connection: Connection
    scope: Scope
    horizon: Horizon

    def counts(self, asked: Asked) -> Mapping[Bucket, Counted]:
        """Every bucket of the list, whichever of them is shown."""
        of = self._bucket()
        query = (
            select(of.label("bucket"), func.count(), func.min(table.c.due_at), func.min(table.c.since))
            .where(self._where(replace(asked, bucket=None)))
            .group_by(of)
        )
        found = {Bucket(name): Counted(rows, due, since) for name, rows, due, since in self.connection.execute(query)}
        return {bucket: found.get(bucket, Counted(0, None, None)) for bucket in Bucket}

    def total(self, asked: Asked) -> int:
        query = select(func.count()).select_from(table).where(self._where(asked))
        return self.connection.execute(query).scalar_one()

    def rows(self, asked: Asked, start: int = 0, at_most: int = PAGE_ROWS) -> tuple[Entry, ...]:
        """In the order in which they are worked off: bucket by bucket."""
        ranks = {bucket.value: rank for rank, bucket in enumerate(Bucket)}
        first = case(ranks, value=self._bucket())
        query = (
            select(table)
            .where(self._where(asked))
            .order_by(first, *_ORDERS[asked.order], table.c.case_id, table.c.role)
            .offset(start)
            .limit(at_most)
        )
        return tuple(read_entry(row) for row in self.connection.execute(query).mappings())

    def due_by_day(self, asked: Asked, days: Sequence[date]) -> Mapping[date, int]:
        """How many rows are still to come due on each of these days, which follow each other."""
        ends = [(table.c.due_at <= start_of(day + ONE_DAY), number) for number, day in enumerate(days)]
        day_of_row: Case[int] = case(*ends)
        query = (
            select(day_of_row, func.count())
            .where(
                self._where(asked),
                table.c.due_at > self.horizon.now,
                table.c.due_at <= start_of(days[-1] + ONE_DAY),
            )
            .group_by(day_of_row)
        )
        found = {days[number]: rows for number, rows in self.connection.execute(query)}
        return {day: found.get(day, 0) for day in days}

    def holders(self, asked: Asked) -> Sequence[str]:
        """Who holds rows of this view, for the filter."""
        query = select(table.c.held_by).where(self._seen(asked), table.c.held_by.is_not(None)).distinct()
        return sorted(self.connection.scalars(query))

    def _where(self, asked: Asked) -> ColumnElement[bool]:
        wanted: list[ColumnElement[bool]] = [self._seen(asked)]
        exact: Mapping[str, Any] = {
            "stage": asked.stage,
            "turn": asked.turn,
            "held_by": asked.caseworker,
            "station_id": asked.station,
            "act": asked.act,
        }
        wanted += [table.c[name] == value for name, value in exact.items() if value is not None]
        if asked.due is False:
            wanted.append(table.c.due_at.is_(None))
        elif isinstance(asked.due, date):
            wanted.append(and_(table.c.due_at > start_of(asked.due), table.c.due_at <= start_of(asked.due + ONE_DAY)))
        if asked.bucket is not None:
            wanted.append(self._bucket() == asked.bucket.value)
        return and_(*wanted)

    def _seen(self, asked: Asked) -> ColumnElement[bool]:
        """The rows of a view, never beyond the reader's scope."""
        here = and_(table.c.station_id.in_(self.scope.stations), self._in_its_time())
        caseworkers = table.c.role == Role.CASEWORKER
        match asked.view:
            case View.MINE:
                own = table.c.held_by == asked.staff_id
                if asked.covered:
                    own = or_(own, and_(caseworkers, table.c.held_by.in_(asked.covered)))
                return and_(here, own)
            case View.STATION:
                return and_(here, caseworkers)
            case View.UNASSIGNED:
                gone = select(staff.c.id).where(staff.c.left_on < self.horizon.today)
                return and_(here, caseworkers, or_(table.c.held_by.is_(None), table.c.held_by.in_(gone)))
            case View.DECIDE:
                return self._to_decide(asked.staff_id)

    def _in_its_time(self) -> ColumnElement[bool]:
        """A closed case shows on the day on which its worker is to be asked anew, unless another case came since."""
        later = hardship_case.alias("later")
        came_back = exists().where(later.c.worker_id == table.c.worker_id, later.c.opened_at > table.c.opened_at)
        return or_(table.c.stage != Stage.CLOSED, and_(table.c.due_at <= self.horizon.today_ends, ~came_back))

    def _to_decide(self, staff_id: str) -> ColumnElement[bool]:
        """What the reader's own roles may take up; nobody is the second person to themselves."""
        roles = [role for role in DECIDING if role in self.scope.roles]
        theirs = (
            and_(table.c.role == role, table.c.station_id.in_(self.scope.holding({role}).stations)) for role in roles
        )
        own_departures = (
            select(determination.c.id)
            .where(
                determination.c.case_id == table.c.case_id,
                determination.c.id == table.c.about,
                determination.c.departed_by == staff_id,
            )
            .exists()
        )
        return and_(
            table.c.role.in_(roles),
            or_(*theirs) if roles else table.c.role.in_(()),
            or_(table.c.held_by.is_(None), table.c.held_by == staff_id),
            or_(table.c.act != "confirm-departure", ~own_departures),
        )

    def _bucket(self) -> Case[str]:
        """`Horizon.bucket` as the database says it."""
        due = table.c.due_at
        return case(
            (table.c.turn == Turn.RETURNED, Bucket.RETURNED.value),
            (table.c.turn == Turn.PAUSED, Bucket.PAUSED.value),
            (due <= self.horizon.now, Bucket.OVERDUE.value),
            (table.c.turn == Turn.WAITING, Bucket.WAITING.value),
            (due <= self.horizon.today_ends, Bucket.TODAY.value),
            (due <= self.horizon.soon_ends, Bucket.SOON.value),
            else_=Bucket.LATER.value,
        )


_ORDERS: Final = {
    Order.DUE: (table.c.due_at.is_(None), table.c.due_at, table.c.since),
    Order.OLDEST: (table.c.opened_at,),
    Order.LATEST: (table.c.last_at.desc(),),
}


def chosen(connection: Connection, scope: Scope, keys: Collection[str]) -> tuple[Entry, ...]:
    """The caseworkers' rows of these cases, as far as the reader may see them."""
    query = (
        select(table)
        .where(table.c.case_id.in_(keys), table.c.role == Role.CASEWORKER, table.c.station_id.in_(scope.stations))
        .order_by(table.c.case_id)
    )
    return tuple(read_entry(row) for row in connection.execute(query).mappings())
