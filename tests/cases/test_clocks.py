from datetime import datetime

import pytest

from cases.clocks import Clock, Counts, Pause, Unit
from tests.cases.clocks import at, clock, terms, working


def test_a_term_is_not_negative() -> None:
    with pytest.raises(ValueError, match="cannot be -1 long"):
        terms(-1)


def test_months_are_not_counted_in_working_days() -> None:
    with pytest.raises(ValueError, match="months are not counted in working days"):
        terms(1, Counts.WORKING, unit=Unit.MONTH)


@pytest.mark.parametrize("thresholds", [(0,), (101,), (75, 50), (50, 50)])
def test_thresholds_rise_from_one_to_a_hundred(thresholds: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="thresholds rise"):
        terms(5, thresholds=thresholds)


def test_an_instant_without_a_zone_starts_no_clock() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        Clock(terms(5), datetime(2026, 3, 2, 10, 0))  # noqa: DTZ001  (that is the point)
    with pytest.raises(ValueError, match="no time zone"):
        Pause(datetime(2026, 3, 2, 10, 0), None, "")  # noqa: DTZ001


def test_a_pause_does_not_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="before it began"):
        Pause(at("2026-03-03"), at("2026-03-02"), "")


def test_only_a_running_clock_pauses_and_only_a_paused_one_resumes() -> None:
    running = clock(working(5), "2026-03-02")
    paused = running.paused(at("2026-03-03"), "等待材料")
    assert not running.standing
    assert paused.standing
    with pytest.raises(ValueError, match="begins before the earlier has ended"):
        paused.paused(at("2026-03-04"), "等待材料")
    with pytest.raises(ValueError, match="is not paused"):
        running.resumed(at("2026-03-04"))
    resumed = paused.resumed(at("2026-03-04"))
    assert not resumed.standing
    with pytest.raises(ValueError, match="begins before the earlier has ended"):
        resumed.paused(at("2026-03-03", "23:59"), "等待材料")


@pytest.mark.parametrize(
    ("begun", "ended", "days"),
    [
        pytest.param(at("2026-03-03"), at("2026-03-05"), ["03-03", "03-04"], id="the first to the day before the last"),
        pytest.param(at("2026-03-03", "09:00"), at("2026-03-03", "17:00"), [], id="hours within one day"),
        pytest.param(at("2026-03-03", "00:00"), at("2026-03-03", "24:00"), ["03-03"], id="one day from end to end"),
        pytest.param(at("2026-03-02", "24:00"), at("2026-03-04", "00:00"), ["03-03"], id="midnights either way"),
        pytest.param(at("2026-03-03"), None, ["03-03", "03-04", "03-05", "03-06"], id="open"),
    ],
)
def test_days_a_pause_takes_when_days_close_at_midnight(
    begun: datetime, ended: datetime | None, days: list[str]
) -> None:
    paused = clock(working(5), "2026-03-01", (begun, ended))
    march = [at(f"2026-03-0{n}").date() for n in range(2, 7)]
    assert [f"{day:%m-%d}" for day in march if paused.stands_on(day)] == days


@pytest.mark.parametrize(
    ("begun", "ended", "stands"),
    [
        pytest.param("17:30", "24:00", False, id="begun as the day closes spares the day"),
        pytest.param("17:29", "24:00", True, id="begun a minute before takes it"),
        pytest.param("08:00", "17:30", True, id="ended as the day closes leaves no time to act"),
        pytest.param("08:00", "17:29", False, id="ended a minute before gives the day back"),
    ],
)
def test_days_a_pause_takes_when_days_close_at_half_past_five(begun: str, ended: str, stands: bool) -> None:
    closing = terms(5, due_time=at("2026-03-03", "17:30").time())
    paused = clock(closing, "2026-03-01", (at("2026-03-03", begun), at("2026-03-03", ended)))
    assert paused.stands_on(at("2026-03-03").date()) is stands
