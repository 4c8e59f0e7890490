"""Which days a clock counts, on which day its term ends, and on which it is due."""

from dataclasses import dataclass, replace
from datetime import date

from cases.calendars import Calendar
from cases.clocks import Clock, Counts, Rolls, Unit
from cases.days import ONE_DAY, add_months, day_of, days_between


@dataclass(frozen=True)
class Count:
    """A clock, counted day by day."""

    start: date  # not counted
    length: int  # days the term counts
    counted: tuple[date, ...]  # all of them, or those used before an open pause
    passed_over: tuple[date, ...]  # days that would have counted, had the clock not stood
    end: date | None  # the last counted day; None while an open pause keeps it away
    due: date | None  # the end, rolled
    relied_on: tuple[date, ...]  # days that were looked up in the calendar

    @property
    def left(self) -> int:
        return self.length - len(self.counted)


def count(clock: Clock, calendar: Calendar) -> Count:
    if clock.terms.rolls is Rolls.BACK and clock.pauses:
        # Only a term that rolls back is due before its last day: a pause in between must not revive it.
        before = count(replace(clock, pauses=clock.pauses[:-1]), calendar)
        if before.due and clock.closes(before.due) <= clock.pauses[-1].from_at:
            return before
    start = day_of(clock.started_at)
    length = _length(clock, start)
    counted: list[date] = []
    passed_over: list[date] = []
    day = start
    while len(counted) < length and not clock.stands_for_good(day + ONE_DAY):
        day += ONE_DAY
        if counts(clock, calendar, day):
            (passed_over if clock.stands_on(day) else counted).append(day)
    end = day if len(counted) == length else None
    due = _rolled(clock, calendar, end) if end else None
    relied_on = _relied_on(clock, start, day, due)
    return Count(start, length, tuple(counted), tuple(passed_over), end, due, relied_on)


def counts(clock: Clock, calendar: Calendar, day: date) -> bool:
    """Whether a day uses the term up, if the clock does not stand."""
    return clock.terms.counts is Counts.NATURAL or calendar.is_working(day)


def _length(clock: Clock, start: date) -> int:
    if clock.terms.unit is Unit.DAY:
        return clock.terms.length
    return days_between(start, add_months(start, clock.terms.length))


def _rolled(clock: Clock, calendar: Calendar, end: date) -> date | None:
    """The day a term is due that ends on `end`; None while an open pause keeps it away."""
    rolls = clock.terms.rolls
    day = end
    if rolls is Rolls.BACK:
        while not calendar.is_working(day) and not clock.stands_on(day):
            day -= ONE_DAY
        if not clock.stands_on(day):
            return day
        day = end  # no way back across a pause: resuming would find the clock overdue
    while clock.stands_on(day) or (rolls is not Rolls.NONE and not calendar.is_working(day)):
        if clock.stands_for_good(day):
            return None
        day += ONE_DAY
    return day


def _relied_on(clock: Clock, start: date, last: date, due: date | None) -> tuple[date, ...]:
    asked = [start + ONE_DAY] if clock.terms.counts is Counts.WORKING else []
    if clock.terms.rolls is not Rolls.NONE and due is not None:
        asked += [last, due]
    if not asked:
        return ()
    span = range(min(asked).toordinal(), max(last, due or last).toordinal() + 1)
    return tuple(day for day in map(date.fromordinal, span) if not clock.stands_on(day))
