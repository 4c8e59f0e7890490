"""The buckets of the queue (待办分组): how soon a row is due, on the working days of the station."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from cases.calendars import Calendar
from cases.days import ONE_DAY, day_of, start_of
from cases.hardship.queueing import Turn
from cases.wording import Wording

SOON: Final = 3  # working days
_MOMENT: Final = timedelta(microseconds=1)


class Bucket(StrEnum):
    """In the order in which they are worked off."""

    OVERDUE = "overdue"  # 已逾期
    TODAY = "today"  # 今天
    SOON = "soon"  # 三日内
    LATER = "later"  # 以后
    WAITING = "waiting"  # 等待对方
    RETURNED = "returned"  # 退回
    PAUSED = "paused"  # 已暂停

    @property
    def label(self) -> Wording:
        return LABELS[self]


LABELS: Final = {
    Bucket.OVERDUE: Wording("已逾期", "Overdue"),
    Bucket.TODAY: Wording("今天", "Today"),
    Bucket.SOON: Wording("三日内", "Within 3 days"),
    Bucket.LATER: Wording("以后", "Later"),
    Bucket.WAITING: Wording("等待对方", "Waiting"),
    Bucket.RETURNED: Wording("退回", "Returned"),
    Bucket.PAUSED: Wording("已暂停", "Paused"),
}


@dataclass(frozen=True)
class Horizon:
    """The instants that part the buckets: now, the end of today, and the end of the third working day after it."""

    now: datetime
    today_ends: datetime
    soon_ends: datetime

    @property
    def today(self) -> date:
        return day_of(self.now)

    def bucket(self, turn: Turn, due_at: datetime | None) -> Bucket:
        """What is returned or paused stands apart; whoever is waited for, what is over its time is overdue."""
        if turn is Turn.RETURNED:
            return Bucket.RETURNED
        if turn is Turn.PAUSED:
            return Bucket.PAUSED
        if due_at is not None and due_at <= self.now:
            return Bucket.OVERDUE
        if turn is Turn.WAITING:
            return Bucket.WAITING
        if due_at is None or due_at > self.soon_ends:
            return Bucket.LATER
        return Bucket.TODAY if due_at <= self.today_ends else Bucket.SOON


def horizon(now: datetime, calendar: Calendar) -> Horizon:
    today = last = day_of(now)
    for _ in range(SOON):
        last = calendar.next_working(last + ONE_DAY)
    return Horizon(now, start_of(today + ONE_DAY), start_of(last + ONE_DAY))


def due_day(due_at: datetime) -> date:
    """The last day of a term: one that ends at 24:00 ends on the day that is over then."""
    return day_of(due_at - _MOMENT)


def days_apart(earlier: date, later: date, counts: str | None, calendar: Calendar) -> int:
    """The days after the earlier up to the later one, working or natural as the clock counts them."""
    if counts != "working":
        return (later - earlier).days
    days = map(date.fromordinal, range(earlier.toordinal() + 1, later.toordinal() + 1))
    return sum(1 for day in days if calendar.is_working(day))
