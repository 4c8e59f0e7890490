"""Which days are working days (工作日): the yearly notice with its make-up days (调休), and weekends for the rest."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from cases.authorities import Authority
from cases.days import ONE_DAY, is_weekend
from cases.wording import Wording


def first_day_of_notice(year: int) -> date:
    """A notice may move days before New Year's Day: 2018-12-29 was worked by the notice of 2019."""
    return date(year - 1, 12, 25)


@dataclass(frozen=True)
class Holiday:
    """A festival's weekdays off, and the weekend days worked in exchange for them."""

    title: Wording
    rest: tuple[date, ...]
    working: tuple[date, ...] = ()


@dataclass(frozen=True)
class CalendarYear:
    """One year's notice. Later notices of the same year (an extended holiday) are in `authorities` too."""

    year: int
    holidays: tuple[Holiday, ...]
    authorities: tuple[Authority, ...]

    @property
    def hash(self) -> str:
        """Covers what decides, the days, and neither their titles nor their authority."""
        rest = sorted(str(day) for holiday in self.holidays for day in holiday.rest)
        working = sorted(str(day) for holiday in self.holidays for day in holiday.working)
        content = json.dumps([self.year, rest, working], separators=(",", ":"))
        return hashlib.sha256(content.encode()).hexdigest()


@dataclass(frozen=True)
class Calendar:
    """The years whose notice is out. Any other year has weekends only, and what rests on it is provisional (预估)."""

    years: tuple[CalendarYear, ...]

    def __post_init__(self) -> None:
        known = [notice.year for notice in self.years]
        if known != sorted(set(known)):
            raise ValueError(f"A calendar names each year once, in order; this one names {known}.")
        days = [day for notice in self.years for holiday in notice.holidays for day in holiday.rest + holiday.working]
        twice = sorted({str(day) for day in days if days.count(day) > 1})
        if twice:
            raise ValueError(f"Two notices, or two holidays, claim the same day: {', '.join(twice)}.")

    def is_working(self, day: date) -> bool:
        if day in self._made_up:
            return True
        return day not in self._off and not is_weekend(day)

    def next_working(self, day: date) -> date:
        """The first working day on or after a day (art.203)."""
        while not self.is_working(day):
            day += ONE_DAY
        return day

    def knows(self, year: int) -> bool:
        return year in self._known

    def settles(self, day: date) -> bool:
        """Whether no notice still to come can change a day: the last days of a year also wait for the next notice."""
        next_year = day.year + 1
        return self.knows(day.year) and (day < first_day_of_notice(next_year) or self.knows(next_year))

    def holiday(self, day: date) -> Holiday | None:
        """The holiday for which a weekday is off or a weekend day is worked."""
        return self._off.get(day) or self._made_up.get(day)

    @cached_property
    def hash(self) -> str:
        return hashlib.sha256("\n".join(notice.hash for notice in self.years).encode()).hexdigest()

    @cached_property
    def _known(self) -> frozenset[int]:
        return frozenset(notice.year for notice in self.years)

    @cached_property
    def _off(self) -> dict[date, Holiday]:
        return {day: holiday for notice in self.years for holiday in notice.holidays for day in holiday.rest}

    @cached_property
    def _made_up(self) -> dict[date, Holiday]:
        return {day: holiday for notice in self.years for holiday in notice.holidays for day in holiday.working}


NO_CALENDAR = Calendar(())
