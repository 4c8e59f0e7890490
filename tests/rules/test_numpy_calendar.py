"""Numpy's calendar against Python's: they share no line, and say the same of every day."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules import dates, numpy_calendar
from rules.types import FIRST_DAY, LAST_DAY

FOUR_CENTURIES = np.arange(date(1800, 1, 1).toordinal(), date(2200, 12, 31).toordinal(), 7)
MONTHS = np.arange(1800 * 12, 2201 * 12)
days = st.integers(FIRST_DAY, LAST_DAY)


def test_months_of_four_centuries() -> None:
    assert numpy_calendar.month_of(FOUR_CENTURIES).tolist() == list(map(dates.month_of, FOUR_CENTURIES.tolist()))
    for ours, theirs in (
        (numpy_calendar.first_day, dates.first_day),
        (numpy_calendar.last_day, dates.last_day),
        (numpy_calendar.month_days, dates.month_days),
    ):
        assert ours(MONTHS).tolist() == list(map(theirs, MONTHS.tolist()))


@given(days, st.lists(st.integers(-1200, 1200), min_size=1, max_size=20))
def test_months_later_and_earlier(day: int, months: list[int]) -> None:
    later = numpy_calendar.add_months(np.full(len(months), day), np.array(months))
    assert later.tolist() == [dates.add_months(day, each) for each in months]


@given(days, st.lists(days, min_size=1, max_size=20))
def test_months_and_years_between(start: int, ends: list[int]) -> None:
    starts = np.full(len(ends), start)
    months = numpy_calendar.months_between(starts, np.array(ends))
    assert months.tolist() == [dates.months_between(start, end) for end in ends]
    assert numpy_calendar.whole_years(starts, np.array(ends)).tolist() == [
        dates.whole_years(start, end) for end in ends
    ]


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        pytest.param(date(2024, 2, 29), 12, date(2025, 2, 28), id="a leap day a year on"),
        pytest.param(date(2024, 2, 29), 48, date(2028, 2, 29), id="and four years on"),
        pytest.param(date(2024, 1, 31), 1, date(2024, 2, 29), id="no 31 February"),
        pytest.param(date(2024, 3, 31), -1, date(2024, 2, 29), id="backwards"),
        pytest.param(date(2000, 2, 29), 1200, date(2100, 2, 28), id="2100 is no leap year"),
        pytest.param(date(1999, 12, 31), 0, date(1999, 12, 31), id="no month at all"),
    ],
)
def test_the_corresponding_day_or_the_months_last(day: date, months: int, later: date) -> None:
    assert numpy_calendar.add_months(np.array([day.toordinal()]), months)[0] == later.toordinal()


@given(st.integers(1900 * 12, 2199 * 12), st.integers(0, 30))
def test_the_shortest_and_the_longest_month_between_two(low: int, more: int) -> None:
    lengths = [dates.month_days(month) for month in range(low, low + more + 1)]
    ends = (np.array([low]), np.array([low + more]))
    # Of more than a year they are 28 and 31, as the evaluator has them, be there a leap year or not.
    assert numpy_calendar.shortest(*ends)[0] == (min(lengths) if more < 12 else 28)
    assert numpy_calendar.longest(*ends)[0] == (max(lengths) if more < 12 else 31)


def test_every_number_has_an_answer() -> None:
    """A row whose value is a gap is reckoned along: whatever it holds must not stop the others."""
    anything = np.array([-(2**40), -1, 0, 1, 2**40])
    assert numpy_calendar.add_months(anything, anything // 2**20).shape == anything.shape
    assert numpy_calendar.month_days(anything).shape == anything.shape


def test_what_is_looked_up_is_what_is_reckoned() -> None:
    """Many at once are looked up where all of them are in the tables; one beside them, and all are reckoned."""
    inside = np.arange(numpy_calendar.DAYS.start, numpy_calendar.DAYS.stop, 97)
    for days in (inside, np.append(inside, numpy_calendar.DAYS.stop), np.append(inside, numpy_calendar.DAYS.start - 1)):
        one_by_one = np.array([numpy_calendar.month_of(np.array([day]))[0] for day in days])
        assert np.array_equal(numpy_calendar.month_of(days), one_by_one)
    inside = np.arange(numpy_calendar.MONTHS.start, numpy_calendar.MONTHS.stop)
    for months in (inside, inside + 1, inside - 1):
        one_by_one = np.array([numpy_calendar.first_day(np.array([month]))[0] for month in months])
        assert np.array_equal(numpy_calendar.first_day(months), one_by_one)
