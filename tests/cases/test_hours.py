from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.hours import Hours, Shift

WORKDAYS, WEEK = frozenset(range(1, 6)), frozenset(range(1, 8))
MINUTES = st.times().map(lambda moment: moment.replace(second=0, microsecond=0))
SHIFTS = st.builds(Shift, st.frozensets(st.integers(1, 7), min_size=1), MINUTES, MINUTES)
HOURS = st.builds(Hours, st.lists(SHIFTS, max_size=4).map(tuple))


def hours(days: frozenset[int], begin: str, until: str) -> Hours:
    return Hours((Shift(days, time.fromisoformat(begin), time.fromisoformat(until)),))


@pytest.mark.parametrize(
    ("asked", "can", "within"),
    [
        pytest.param(hours(WORKDAYS, "08:00", "17:00"), hours(WORKDAYS, "08:00", "17:00"), True, id="exactly"),
        pytest.param(hours(WORKDAYS, "08:00", "17:01"), hours(WORKDAYS, "08:00", "17:00"), False, id="a minute longer"),
        pytest.param(
            hours(WORKDAYS, "07:59", "17:00"), hours(WORKDAYS, "08:00", "17:00"), False, id="a minute earlier"
        ),
        pytest.param(hours(WEEK, "08:00", "17:00"), hours(WORKDAYS, "08:00", "17:00"), False, id="also on weekends"),
        pytest.param(
            hours(frozenset({5}), "22:00", "06:00"), hours(WEEK, "00:00", "00:00"), True, id="any time at all"
        ),
        pytest.param(
            hours(frozenset({6}), "00:00", "06:00"),
            hours(frozenset({5}), "22:00", "06:00"),
            True,
            id="the night before",
        ),
        pytest.param(
            hours(frozenset({1}), "00:00", "06:00"), hours(frozenset({7}), "22:00", "06:00"), True, id="Sunday night"
        ),
        pytest.param(
            hours(frozenset({1}), "00:00", "06:01"),
            hours(frozenset({7}), "22:00", "06:00"),
            False,
            id="past Sunday night",
        ),
        pytest.param(Hours(()), hours(WEEK, "08:00", "09:00"), True, id="nothing asked"),
        pytest.param(hours(WEEK, "08:00", "09:00"), Hours(()), False, id="nothing given"),
    ],
)
def test_within(asked: Hours, can: Hours, within: bool) -> None:
    assert asked.within(can) is within


@given(HOURS, HOURS)
def test_hours_of_two_offers_together_are_within_only_if_each_is(one: Hours, other: Hours) -> None:
    limit = hours(WEEK, "06:00", "18:00")
    both = Hours(one.shifts + other.shifts)
    assert both.within(limit) is (one.within(limit) and other.within(limit))
    assert one.within(both)


@given(HOURS, HOURS)
def test_against_minutes_counted_one_by_one(asked: Hours, can: Hours) -> None:
    assert asked.within(can) is (_minutes(asked) <= _minutes(can))


def _minutes(some: Hours) -> set[int]:
    """Another reckoning: walk each shift minute by minute."""
    found = set()
    for shift in some.shifts:
        for weekday in shift.days:
            minute = (weekday - 1) * 1440 + shift.begin.hour * 60 + shift.begin.minute
            end = (weekday - 1) * 1440 + shift.until.hour * 60 + shift.until.minute
            end += 1440 if end <= minute else 0
            found |= {each % 10080 for each in range(minute, end)}
    return found


@pytest.mark.parametrize("days", [frozenset(), frozenset({0}), frozenset({1, 8})])
def test_days_are_those_of_a_week(days: frozenset[int]) -> None:
    with pytest.raises(ValueError, match="Monday"):
        Shift(days, time(8), time(9))
