from datetime import date, datetime
from random import Random

import pytest

from activities.demo.days import Ago, Days, Due
from cases.clocks import Counts
from cases.days import day_of
from cases.zone import STATION_ZONE
from tests.builders import a_calendar, clock_terms

TERMS = {"five": clock_terms("five", 5, Counts.WORKING), "thirty": clock_terms("thirty", 30)}


def days(now: str) -> Days:
    return Days(datetime.fromisoformat(now).replace(tzinfo=STATION_ZONE), a_calendar())


@pytest.mark.parametrize(
    ("now", "working_days", "found"),
    [
        ("2026-11-26T10:00", 0, "2026-11-26"),
        ("2026-11-28T10:00", 0, "2026-11-30"),  # a Saturday
        ("2026-11-26T10:00", 2, "2026-11-30"),
        ("2026-11-30T10:00", -1, "2026-11-27"),
        ("2026-10-08T10:00", -1, "2026-09-30"),  # a week of holidays lies between
        ("2026-10-09T10:00", 1, "2026-10-10"),  # a Saturday that is worked
    ],
)
def test_working_days_from_today(now: str, working_days: int, found: str) -> None:
    assert days(now).ahead(working_days) == date.fromisoformat(found)


@pytest.mark.parametrize(
    ("when", "found"),
    [
        (Ago(0), "2026-11-26"),
        (Ago(4), "2026-11-20"),  # four days before is a Sunday
        (Due("five", 0), "2026-11-19"),
        (Due("five", -2), "2026-11-17"),
        (Due("five", 5), "2026-11-26"),
        (Due("thirty", 0), "2026-10-27"),
        (Due("thirty", 2), "2026-10-30"),  # its last day is a Sunday, so it rolls on to Monday the 30th
    ],
)
def test_the_day_on_which_a_life_begins(when: Ago | Due, found: str) -> None:
    assert days("2026-11-26T10:00").begins(when, TERMS) == date.fromisoformat(found)


def test_the_acts_of_one_day_follow_each_other_and_none_comes_after_now() -> None:
    now = days("2026-11-26T11:00")
    friday, today = date(2026, 11, 20), date(2026, 11, 26)
    wanted = [friday, friday, date(2026, 11, 22), *[today] * 8]
    found = now.instants(wanted, friday, Random(1))  # noqa: S311 - the same every time
    assert found == sorted(set(found))
    assert [day_of(at) for at in found] == [friday] * 3 + [today] * 8
    assert found[-1] < now.now


@pytest.mark.parametrize(("now", "day"), [("2026-11-26T09:39", "2026-11-25"), ("2026-11-26T09:40", "2026-11-26")])
def test_before_the_office_has_opened_nothing_was_done_today(now: str, day: str) -> None:
    at = days(now)
    found = at.instants([at.today], date(2026, 1, 5), Random(1))  # noqa: S311 - the same every time
    assert [str(day_of(each)) for each in found] == [day]
