"""When things happened in the demonstration: on working days, at office hours, and never after now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from random import Random
from typing import Final

from cases.calendars import Calendar
from cases.clocks import Clock, ClockTerms
from cases.counting import count
from cases.days import ONE_DAY, day_of, instant

OPENS, CLOSES = time(8, 40), time(17, 10)
DAY_MINUTES: Final = 450
A_MOMENT: Final = timedelta(minutes=2)


@dataclass(frozen=True)
class Ago:
    """So many days before today."""

    days: int


@dataclass(frozen=True)
class Due:
    """So that a clock which starts then falls due in so many working days from today (before it, if negative)."""

    clock: str
    in_days: int


@dataclass(frozen=True)
class Days:
    now: datetime
    calendar: Calendar

    @property
    def today(self) -> date:
        return day_of(self.now)

    def before(self, days: int) -> date:
        """The last working day that lies at least so many days back."""
        return self._worked(self.today - timedelta(days))

    def ahead(self, working_days: int) -> date:
        """The working day so many working days from today; 0: today, or the next day that is worked."""
        day, left = self.calendar.next_working(self.today), abs(working_days)
        step = ONE_DAY if working_days > 0 else -ONE_DAY
        while left:
            day += step
            left -= self.calendar.is_working(day)
        return day

    def begins(self, when: Ago | Due, terms: Mapping[str, ClockTerms]) -> date:
        if isinstance(when, Ago):
            return self.before(when.days)
        return self._began(terms[when.clock], self.ahead(when.in_days))

    def instants(self, wanted: Sequence[date], exact: date, random: Random) -> list[datetime]:
        """An instant for each day in turn, one after another.

        A day that is not worked gives way to the one before; `exact` does not.
        """
        found: list[datetime] = []
        for day in wanted:
            kept = day if day == exact else self._worked(day)
            at = instant(min(kept, self._last_open_day), OPENS) + timedelta(minutes=random.randrange(DAY_MINUTES))
            if found and at <= found[-1]:
                at = found[-1] + timedelta(minutes=random.randrange(15, 50))
                if at >= instant(day_of(found[-1]), CLOSES):
                    at = found[-1] + A_MOMENT
            found.append(at)
        return self._none_after_now(found)

    @cached_property
    def _last_open_day(self) -> date:
        """Today counts once the office has been open for a while."""
        open_today = self.now >= instant(self.today, OPENS) + timedelta(hours=1)
        return self._worked(self.today if open_today else self.today - ONE_DAY)

    def _none_after_now(self, found: list[datetime]) -> list[datetime]:
        latest = self.now - A_MOMENT
        for place in range(len(found) - 1, -1, -1):
            found[place] = min(found[place], latest)
            latest = found[place] - timedelta(seconds=20)
        return found

    def _worked(self, day: date) -> date:
        while not self.calendar.is_working(day):
            day -= ONE_DAY
        return day

    def _began(self, terms: ClockTerms, wanted: date) -> date:
        """The latest day that is worked from which the clock falls due as wanted; or else a day of rest, or before."""
        fallback = None
        day = min(wanted, self._last_open_day)
        while (due := count(Clock(terms, instant(day, OPENS)), self.calendar).due) and due >= wanted:
            if due == wanted and self.calendar.is_working(day):
                return day
            if due == wanted:
                fallback = fallback or day
            day -= ONE_DAY
        return fallback or day
