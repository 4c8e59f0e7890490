from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.days import END_OF_DAY, add_months, day_of, days_between, due_time, instant, months_between, shown_time
from cases.zone import STATION_ZONE

days = st.dates(date(1940, 1, 1), date(2120, 12, 31))
lengths = st.integers(0, 600)


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        pytest.param("2024-02-29", 12, "2025-02-28", id="a year from leap day"),
        pytest.param("2024-02-29", 48, "2028-02-29", id="four years from leap day"),
        pytest.param("2026-01-31", 1, "2026-02-28", id="a month from the 31st into February"),
        pytest.param("2024-01-31", 1, "2024-02-29", id="into a leap February"),
        pytest.param("2026-01-31", 2, "2026-03-31", id="two months are not twice one"),
        pytest.param("2026-03-31", 1, "2026-04-30", id="a month of thirty days"),
        pytest.param("2026-11-30", 3, "2027-02-28", id="across the year"),
        pytest.param("2026-12-15", 1, "2027-01-15", id="December"),
        pytest.param("2026-03-31", -1, "2026-02-28", id="backwards"),
        pytest.param("2026-05-01", 0, "2026-05-01", id="no month"),
    ],
)
def test_months(start: str, months: int, end: str) -> None:
    assert add_months(date.fromisoformat(start), months) == date.fromisoformat(end)


@given(days, lengths)
def test_a_month_ends_on_its_day_or_on_the_months_last(start: date, months: int) -> None:
    end = add_months(start, months)
    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == months
    assert end.day == start.day or (end.day < start.day and (end + timedelta(days=1)).day == 1)


@given(days, st.integers(0, 20_000))
def test_months_between_is_the_greatest_that_fits(start: date, length: int) -> None:
    end = start + timedelta(days=length)
    months = months_between(start, end)
    assert add_months(start, months) <= end < add_months(start, months + 1)


def test_days_between_leaves_the_start_day_out() -> None:
    assert days_between(date(2026, 2, 5), date(2026, 2, 20)) == 15


def test_the_station_is_a_day_ahead_of_utc_in_the_evening() -> None:
    assert day_of(datetime(2026, 3, 1, 15, 59, 59, tzinfo=UTC)) == date(2026, 3, 1)
    assert day_of(datetime(2026, 3, 1, 16, 0, tzinfo=UTC)) == date(2026, 3, 2)


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="names no time zone"):
        day_of(datetime(2026, 3, 1, 12, 0))  # noqa: DTZ001  (that is the point)


def test_midnight_means_the_end_of_the_day() -> None:
    assert instant(date(2026, 12, 31), END_OF_DAY) == datetime(2027, 1, 1, tzinfo=STATION_ZONE)
    assert instant(date(2026, 12, 31), time(17, 30)) == datetime(2026, 12, 31, 17, 30, tzinfo=STATION_ZONE)


@pytest.mark.parametrize("text", ["00:01", "09:05", "17:30", "23:59", "24:00"])
def test_a_due_time_reads_as_it_is_shown(text: str) -> None:
    assert shown_time(due_time(text)) == text


@pytest.mark.parametrize("text", ["00:00", "24:01", "25:00", "9:00", "17:30:00", "17.30", "", "１７:30"])
def test_a_doubtful_due_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="24:00 for the day's end"):
        due_time(text)
