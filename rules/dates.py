"""Days and months as whole numbers (`date.toordinal()`, `YearMonth.number`), reckoned as `cases.days` reckons them."""

from calendar import monthrange
from datetime import date

from cases import days
from rules.units import MONTHS_IN_A_YEAR


def month_of(day: int) -> int:
    found = date.fromordinal(day)
    return found.year * MONTHS_IN_A_YEAR + found.month - 1


def year_of(month: int) -> int:
    return month // MONTHS_IN_A_YEAR


def first_day(month: int) -> int:
    return date(month // MONTHS_IN_A_YEAR, month % MONTHS_IN_A_YEAR + 1, 1).toordinal()


def month_days(month: int) -> int:
    return monthrange(month // MONTHS_IN_A_YEAR, month % MONTHS_IN_A_YEAR + 1)[1]


def last_day(month: int) -> int:
    return first_day(month) + month_days(month) - 1


def add_months(day: int, months: int) -> int:
    return days.add_months(date.fromordinal(day), months).toordinal()


def months_between(start: int, end: int) -> int:
    return days.months_between(date.fromordinal(start), date.fromordinal(end))


def whole_years(start: int, end: int) -> int:
    """In months, rounded down to whole years."""
    return months_between(start, end) // MONTHS_IN_A_YEAR * MONTHS_IN_A_YEAR
