"""Hours as people write them in a cell."""

from datetime import time

import pytest

from cases.hours import Hours, Shift
from web.vacancies.shifts import hours_text, read_hours_text, read_time

WEEKDAYS = frozenset(range(1, 6))
DAYTIME = Shift(WEEKDAYS, time(8), time(17))


@pytest.mark.parametrize(
    ("text", "shifts"),
    [
        pytest.param("周一至周五 08:00-17:00", (DAYTIME,), id="a span of days"),
        pytest.param("1-5 8:00-17:00", (DAYTIME,), id="days by their numbers"),
        pytest.param("Mon to Fri 08:00–17:00", (DAYTIME,), id="in English"),
        pytest.param("星期一到星期五　08：00至17：00", (DAYTIME,), id="full-width"),
        pytest.param("1,2,3,4,5 08:00-17:00", (DAYTIME,), id="days one by one"),
        pytest.param(
            "周一至周五 08:00-17:00；周六、周日 22:00-06:00",
            (DAYTIME, Shift(frozenset({6, 7}), time(22), time(6))),
            id="two shifts, one of them over midnight",
        ),
        pytest.param("每天 00:00-24:00", (Shift(frozenset(range(1, 8)), time(0), time(0)),), id="round the clock"),
        pytest.param("周天 9:30-18:00", (Shift(frozenset({7}), time(9, 30), time(18)),), id="Sunday by its other name"),
    ],
)
def test_hours_are_read(text: str, shifts: tuple[Shift, ...]) -> None:
    assert read_hours_text(text) == Hours(shifts)


@pytest.mark.parametrize(
    "text",
    [
        "白天",
        "08:00-17:00",
        "周八 08:00-17:00",
        "周五至周一 08:00-17:00",
        "1-8 08:00-17:00",
        "周一 08:00-25:00",
        "周一 08:60-17:00",
        "周一 08:00-17:00；随时",
        "；".join(["周一 08:00-09:00"] * 4),
        "周一 08:00-17:00 " + " " * 300,
        "",
    ],
)
def test_what_cannot_be_read_is_not_guessed(text: str) -> None:
    assert read_hours_text(text) is None


def test_what_is_written_is_read_again() -> None:
    hours = Hours((DAYTIME, Shift(frozenset({6}), time(22), time(6)), Shift(frozenset({2, 7}), time(1, 5), time(2))))
    assert read_hours_text(hours_text(hours)) == hours


@pytest.mark.parametrize(
    ("text", "expected"), [("8:05", time(8, 5)), ("24:00", time(0)), ("24:01", None), ("8", None), ("8:5", None)]
)
def test_a_time_of_day(text: str, expected: time | None) -> None:
    assert read_time(text) == expected
