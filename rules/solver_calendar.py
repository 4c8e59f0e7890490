"""The calendar in terms of z3: a day is the month it lies in and its number there, found by two linear bounds."""

from dataclasses import dataclass, field
from typing import Final

import z3

from rules import dates
from rules.solver_terms import Flag, Whole, both, choose, either, least, opposite, quotient, remainder
from rules.units import MONTHS_IN_A_YEAR

# Days before each month of a common year.
BEFORE: Final = (0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)
LONG: Final = (0, 2, 4, 6, 7, 9, 11)
FEBRUARY: Final = 1
LEAP_CYCLE: Final = (4, 100, 400)
# Between these years every fourth is a leap year.
PLAIN_YEARS: Final = (1901, 2099)
# 400 years are 4,800 months and 146,097 days, so a month's first day is never far from so many days from the first.
MONTHS_OF_A_CYCLE: Final = 4_800
DAYS_OF_A_CYCLE: Final = 146_097
FARTHEST: Final = 4  # days, either way, between the first day of a month and where an even calendar had it
LONGEST: Final = 31


@dataclass
class Calendar:
    """`given`: what has to hold of the terms made here. Each defines one value and rules none out."""

    context: z3.Context
    given: list[Flag] = field(default_factory=list)
    _days: dict[int, tuple[Whole, Whole, Whole]] = field(default_factory=dict)
    _months: dict[int, tuple[Whole, Whole, Whole]] = field(default_factory=dict)
    made: int = 0

    def month_and_day(self, day: Whole, ends: tuple[int, int]) -> tuple[Whole, Whole]:
        """The month of a day that lies between these ends, and its number in it, from 1."""
        if isinstance(day, int):
            month = dates.month_of(day)
            return month, day - dates.first_day(month) + 1
        if day.get_id() not in self._days:
            first, last = dates.month_of(ends[0]), dates.month_of(ends[1])
            month = first if first == last else self._fresh("month", first, last)
            begins, length = self._month(month, (first, last))
            self.given += [] if isinstance(month, int) else [begins <= day, day < begins + length, *_near(day, month)]
            self._days[day.get_id()] = (day, month, day - begins + 1)  # the term is held, so that its id is its own
        return self._days[day.get_id()][1:]

    def first_day(self, month: Whole, ends: tuple[int, int]) -> Whole:
        return self._month(month, ends)[0]

    def month_days(self, month: Whole, ends: tuple[int, int]) -> Whole:
        return self._month(month, ends)[1]

    def add_months(self, day: Whole, months: Whole, ends: tuple[int, int], by: tuple[int, int]) -> Whole:
        """The corresponding day, or the month's last day where there is none."""
        if isinstance(day, int) and isinstance(months, int):
            return dates.add_months(day, months)
        month, number = self.month_and_day(day, ends)
        reached = (dates.month_of(ends[0]) + by[0], dates.month_of(ends[1]) + by[1])
        begins, length = self._month(month + months, reached)
        return begins + least(number, length) - 1

    def months_between(self, start: Whole, end: Whole, ends: tuple[tuple[int, int], tuple[int, int]]) -> Whole:
        """The greatest n with `start` + n months <= `end`."""
        if isinstance(start, int) and isinstance(end, int):
            return dates.months_between(start, end)
        first, number = self.month_and_day(start, ends[0])
        last, reached = self.month_and_day(end, ends[1])
        length = self.month_days(last, tuple(map(dates.month_of, ends[1])))  # type: ignore[arg-type]  # two ends
        short = both(number > reached, length > reached)
        return last - first - choose(short, 1, 0)

    def _month(self, month: Whole, ends: tuple[int, int]) -> tuple[Whole, Whole]:
        """Its first day, and how many it has."""
        if isinstance(month, int):
            return dates.first_day(month), dates.month_days(month)
        if month.get_id() not in self._months:
            self._months[month.get_id()] = (month, *self._made(month, ends))
        return self._months[month.get_id()][1:]

    def _made(self, month: Whole, ends: tuple[int, int]) -> tuple[Whole, Whole]:
        year, number = quotient(month, MONTHS_IN_A_YEAR), remainder(month, MONTHS_IN_A_YEAR)
        leap, leaps = self._leaps(year, (ends[0] // MONTHS_IN_A_YEAR, ends[1] // MONTHS_IN_A_YEAR))
        before, length = BEFORE[11], 31
        for place in range(10, -1, -1):
            before = choose(number == place, BEFORE[place], before)
        length = choose(either(*(number == place for place in LONG)), 31, 30)
        length = choose(number == FEBRUARY, choose(leap, 29, 28), length)
        begins = 365 * (year - 1) + leaps + before + choose(both(leap, number > FEBRUARY), 1, 0) + 1
        return self._named(begins), self._named(length)

    def _leaps(self, year: Whole, ends: tuple[int, int]) -> tuple[Flag, Whole]:
        """Whether a year is a leap year, and how many were before it."""
        four, hundred, all_ = LEAP_CYCLE
        earlier = year - 1
        if PLAIN_YEARS[0] <= ends[0] and ends[1] <= PLAIN_YEARS[1]:
            # 15 of the years before 1901 that four divides are no leap years.
            return remainder(year, four) == 0, quotient(earlier, four) - 15
        leap = both(
            remainder(year, four) == 0, either(opposite(remainder(year, hundred) == 0), remainder(year, all_) == 0)
        )
        return leap, quotient(earlier, four) - quotient(earlier, hundred) + quotient(earlier, all_)

    def _named(self, term: Whole) -> Whole:
        if isinstance(term, int):
            return term
        self.made += 1
        name = z3.Int(f"calendar{self.made}", self.context)
        self.given.append(name == term)
        return name

    def _fresh(self, what: str, first: int, last: int) -> Whole:
        self.made += 1
        name = z3.Int(f"{what}{self.made}", self.context)
        self.given += [name >= first, name <= last]
        return name


def _near(day: Whole, month: Whole) -> list[Flag]:
    """What follows from the calendar anyway, and spares z3 most of the looking for the month."""
    even = DAYS_OF_A_CYCLE * (month - MONTHS_IN_A_YEAR)
    return [
        MONTHS_OF_A_CYCLE * (day - 1 + FARTHEST) >= even,
        MONTHS_OF_A_CYCLE * (day - LONGEST - FARTHEST) <= even,
    ]
