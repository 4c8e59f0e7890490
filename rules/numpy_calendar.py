"""Days and months by numpy's own calendar, so that Python's dates are checked by something that is not they.

Days and months are the whole numbers that the policy language knows (`date.toordinal()`, `YearMonth.number`).
Everything here has an answer for every number: rows whose value is a gap are reckoned along and never looked at.
"""

from functools import cache
from typing import Any, TypeAlias

import numpy as np

Whole: TypeAlias = Any  # an int64 array or a whole number: numpy's stubs cannot say that they are exchangeable

EPOCH_DAY = 719_163  # 1970-01-01, numpy's first day, as the policy language counts it
EPOCH_MONTH = 1970 * 12
YEAR = 12
SHORTEST, LONGEST = 28, 31
# Most days and months that are asked for: looked up in tables, as numpy reckons one in ten times the time.
DAYS = range(693_596, 803_169)  # 1900 to 2199
MONTHS = range(1900 * YEAR, 2200 * YEAR)
FEW = 500  # for which it is quicker to reckon than to see whether they are in the tables


def month_of(day: Whole) -> Whole:
    return _looked_up(day, DAYS, _months_of_days()) if np.size(day) > FEW else _month_of(day)


def first_day(month: Whole) -> Whole:
    return _looked_up(month, MONTHS, _first_days()) if np.size(month) > FEW else _first_day(month)


def _looked_up(asked: Whole, there: range, found: Whole) -> Whole:
    """Raises nothing for what is not there: then all of it is reckoned."""
    if int(asked.min()) in there and int(asked.max()) in there:
        return found[np.subtract(asked, there.start, dtype=np.int64)]
    return _month_of(asked) if there is DAYS else _first_day(asked)


@cache
def _months_of_days() -> Whole:
    return _month_of(np.arange(DAYS.start, DAYS.stop))


@cache
def _first_days() -> Whole:
    return _first_day(np.arange(MONTHS.start, MONTHS.stop))


def _month_of(day: Whole) -> Whole:
    days = np.subtract(day, EPOCH_DAY, dtype=np.int64).astype("datetime64[D]")
    return days.astype("datetime64[M]").astype(np.int64) + EPOCH_MONTH


def _first_day(month: Whole) -> Whole:
    months = np.subtract(month, EPOCH_MONTH, dtype=np.int64).astype("datetime64[M]")
    return months.astype("datetime64[D]").astype(np.int64) + EPOCH_DAY


def last_day(month: Whole) -> Whole:
    return first_day(np.add(month, 1)) - 1


def month_days(month: Whole) -> Whole:
    return first_day(np.add(month, 1)) - first_day(month)


def add_months(day: Whole, months: Whole) -> Whole:
    """The corresponding day, or the month's last day where there is none."""
    month = month_of(day)
    return np.minimum(first_day(month + months) + (day - first_day(month)), last_day(month + months))


def months_between(start: Whole, end: Whole) -> Whole:
    """The greatest n with start + n months on or before end."""
    months = month_of(end) - month_of(start)
    return months - (add_months(start, months) > end)


def whole_years(start: Whole, end: Whole) -> Whole:
    """In months, rounded down to whole years."""
    return months_between(start, end) // YEAR * YEAR


def shortest(low: Whole, high: Whole) -> Whole:
    """How many days the shortest month between two has."""
    return _extreme(low, high, np.minimum, SHORTEST)


def longest(low: Whole, high: Whole) -> Whole:
    return _extreme(low, high, np.maximum, LONGEST)


def _extreme(low: Whole, high: Whole, pick: np.ufunc, of_a_year: int) -> Whole:
    found = month_days(low)
    for later in range(1, YEAR):
        found = pick(found, month_days(np.minimum(np.add(low, later), high)))
    return np.where(np.subtract(high, low) >= YEAR, of_a_year, found)
