from datetime import datetime, time

import pytest
from pydantic import TypeAdapter

from cases.calendars import NO_CALENDAR, Calendar
from cases.clocks import Clock, ClockTerms, Rolls, Unit
from cases.days import shown_instant
from cases.reckoning import State, Threshold, position, reckon, recomputed
from tests.cases.clocks import SHIPPED, at, clock, terms, working

UNTIL_2025 = Calendar(tuple(notice for notice in SHIPPED.years if notice.year <= 2025))
HALF_PAST_FIVE = time(17, 30)


def due(of: Clock, calendar: Calendar = SHIPPED) -> str:
    due_at = reckon(of, calendar).due_at
    return shown_instant(due_at) if due_at else "open"


@pytest.mark.parametrize(
    ("of", "started", "expected"),
    [
        pytest.param(working(5), "2026-02-12", "2026-02-26", id="across the Spring Festival, with a make-up day"),
        pytest.param(working(5), "2026-04-30", "2026-05-11", id="across Labour Day, with a make-up day"),
        pytest.param(working(5), "2026-09-30", "2026-10-13", id="across National Day, with a make-up day"),
        pytest.param(working(5), "2026-11-20", "2026-11-27", id="an ordinary week"),
        pytest.param(working(1), "2026-02-13", "2026-02-14", id="the next day is a make-up Saturday"),
        pytest.param(working(1), "2026-02-27", "2026-02-28", id="a make-up Saturday after the festival"),
        pytest.param(working(3), "2026-03-07", "2026-03-11", id="from a Saturday"),
        pytest.param(working(0), "2026-03-07", "2026-03-09", id="no day, from a Saturday"),
        pytest.param(terms(15), "2026-02-05", "2026-02-24", id="ends in the Spring Festival"),
        pytest.param(terms(15), "2026-09-20", "2026-10-08", id="ends in the National Day holiday"),
        pytest.param(terms(45), "2026-03-01", "2026-04-15", id="forty-five natural days"),
        pytest.param(terms(6), "2026-03-01", "2026-03-09", id="ends on a Saturday"),
        pytest.param(terms(5), "2026-03-01", "2026-03-06", id="ends the day before it"),
        pytest.param(terms(6), "2026-02-08", "2026-02-14", id="ends on a Saturday that is worked"),
        pytest.param(terms(6, rolls=Rolls.NONE), "2026-03-01", "2026-03-07", id="a Saturday that does not roll"),
        pytest.param(terms(0, rolls=Rolls.BACK), "2026-10-03", "2026-09-30", id="payday in the holiday: before it"),
        pytest.param(terms(0, rolls=Rolls.BACK), "2026-10-08", "2026-10-08", id="payday on a working day"),
        pytest.param(
            terms(1, unit=Unit.MONTH), "2026-01-31", "2026-02-28", id="a month from the 31st; a worked Saturday"
        ),
        pytest.param(terms(12, unit=Unit.MONTH), "2024-02-29", "2025-02-28", id="a year from leap day"),
        pytest.param(terms(12, unit=Unit.MONTH), "2023-02-28", "2024-02-28", id="a year to before leap day"),
        pytest.param(terms(3, unit=Unit.MONTH), "2026-08-01", "2026-11-02", id="three months, ends on a Sunday"),
        pytest.param(terms(1), "2024-02-28", "2024-02-29", id="to leap day"),
    ],
)
def test_due(of: ClockTerms, started: str, expected: str) -> None:
    reckoned = reckon(clock(of, started), SHIPPED)
    assert shown_instant(reckoned.due_at) == f"{expected} 24:00" if reckoned.due_at else "open"
    assert not reckoned.provisional
    assert reckoned.calendar_hash == SHIPPED.hash


def test_the_start_day_is_that_of_the_station() -> None:
    evening_in_london = datetime.fromisoformat("2026-03-02T23:00:00+00:00")  # 7 in the morning of the 3rd in China
    assert due(Clock(working(1), evening_in_london)) == "2026-03-04 24:00"


def test_due_at_a_time_of_day() -> None:
    assert due(clock(working(5, due_time=HALF_PAST_FIVE), "2026-11-20")) == "2026-11-27 17:30"


@pytest.mark.parametrize(
    ("of", "expected"),
    [
        pytest.param(working(5), {50: "2026-11-24", 75: "2026-11-25", 100: "2026-11-27"}, id="five: days 2, 3 and 5"),
        pytest.param(working(4), {50: "2026-11-24", 75: "2026-11-25", 100: "2026-11-26"}, id="four: days 2, 3 and 4"),
        pytest.param(working(2), {50: "2026-11-23", 75: "2026-11-23", 100: "2026-11-24"}, id="two: 1 and 2"),
        pytest.param(working(1), {100: "2026-11-23"}, id="one: a reminder would come with the start"),
        pytest.param(
            terms(8), {50: "2026-11-24", 75: "2026-11-26", 100: "2026-11-30"}, id="the last rolls, others do not"
        ),
        pytest.param(working(5, thresholds=(80,)), {80: "2026-11-26"}, id="another share"),
    ],
)
def test_thresholds(of: ClockTerms, expected: dict[int, str]) -> None:
    reckoned = reckon(clock(of, "2026-11-20"), SHIPPED)
    assert {threshold.percent: shown_instant(threshold.at)[:10] for threshold in reckoned.thresholds} == expected


def test_a_pause_takes_its_counted_days() -> None:
    monday_to_thursday = (at("2026-11-23"), at("2026-11-26"))
    assert due(clock(working(5), "2026-11-20", monday_to_thursday)) == "2026-12-02 24:00"
    over_the_weekend = (at("2026-11-27", "18:00"), at("2026-11-30", "09:00"))
    assert due(clock(working(5, due_time=HALF_PAST_FIVE), "2026-11-20", over_the_weekend)) == "2026-11-27 17:30"
    assert due(clock(working(6, due_time=HALF_PAST_FIVE), "2026-11-20", over_the_weekend)) == "2026-11-30 17:30"


def test_a_paused_clock_has_no_due_date_but_days_left() -> None:
    paused = clock(working(5), "2026-11-20").paused(at("2026-11-25"), "等待材料")
    reckoned = reckon(paused, SHIPPED)
    assert reckoned.due_at is None
    assert reckoned.remaining == 3
    assert reckoned.thresholds == (Threshold(50, at("2026-11-24", "24:00")),)
    assert "open until the clock resumes" in reckoned.steps[-1].en


def test_resuming_goes_on_where_it_stopped() -> None:
    paused = clock(working(5), "2026-11-20").paused(at("2026-11-25"), "等待材料")
    assert due(paused.resumed(at("2026-11-25", "16:00"))) == "2026-11-27 24:00"
    assert due(paused.resumed(at("2026-11-26"))) == "2026-11-30 24:00"
    assert reckon(paused.resumed(at("2026-11-26")), SHIPPED).remaining is None


def test_a_pause_after_the_due_instant_changes_nothing() -> None:
    of = working(5, due_time=HALF_PAST_FIVE)
    assert due(clock(of, "2026-11-20", (at("2026-11-27", "17:30"), None))) == "2026-11-27 17:30"
    assert due(clock(of, "2026-11-20", (at("2026-11-27", "17:29"), None))) == "open"


def test_a_clock_paused_while_its_end_rolls_waits_for_the_pause() -> None:
    ends_saturday = terms(6)
    sunday = at("2026-03-08")
    assert due(clock(ends_saturday, "2026-03-01", (sunday, None))) == "open"
    assert reckon(clock(ends_saturday, "2026-03-01", (sunday, None)), SHIPPED).remaining == 0
    assert due(clock(ends_saturday, "2026-03-01", (sunday, at("2026-03-11")))) == "2026-03-11 24:00"


def test_a_term_never_rolls_back_across_a_pause() -> None:
    payday = terms(6, rolls=Rolls.BACK)
    friday_to_saturday = (at("2026-03-06"), at("2026-03-07"))
    assert due(clock(payday, "2026-03-01")) == "2026-03-06 24:00"
    assert due(clock(payday, "2026-02-28", (at("2026-03-05"), at("2026-03-06")))) == "2026-03-06 24:00"
    assert due(clock(payday, "2026-03-01", friday_to_saturday)) == "2026-03-09 24:00"


@pytest.mark.parametrize(
    ("of", "started", "provisional"),
    [
        pytest.param(working(3), "2026-12-21", False, id="ends on 24 December, which no notice moves"),
        pytest.param(working(4), "2026-12-21", True, id="ends on 25 December, which the next notice may move"),
        pytest.param(working(5), "2026-12-28", True, id="counts days of 2027"),
        pytest.param(terms(30), "2026-12-15", True, id="rolls in 2027"),
        pytest.param(
            terms(30, rolls=Rolls.NONE), "2026-12-15", False, id="natural days that do not roll ask no calendar"
        ),
        pytest.param(terms(15), "2018-12-20", False, id="only its last day asks the calendar"),
        pytest.param(working(15), "2018-12-20", True, id="counts days of 2018"),
    ],
)
def test_a_year_without_a_calendar_is_provisional(of: ClockTerms, started: str, provisional: bool) -> None:
    reckoned = reckon(clock(of, started), SHIPPED)
    assert reckoned.provisional is provisional
    assert any("Provisional" in step.en for step in reckoned.steps) is provisional


def test_a_year_without_a_calendar_has_its_weekends() -> None:
    assert due(clock(working(5), "2027-01-29"), NO_CALENDAR) == "2027-02-05 24:00"


def test_a_calendar_that_arrives_moves_the_due_date_and_says_so() -> None:
    of = clock(working(5), "2026-02-12")
    old, new = reckon(of, UNTIL_2025), reckon(of, SHIPPED)
    change = recomputed(old, new)
    assert old.provisional
    assert (change.moved, change.settled) == (True, True)
    assert change.wording.en == "Due 2026-02-26 24:00 instead of 2026-02-19 24:00, and is no longer provisional."
    assert change.wording.zh == "到期时间由2026-02-19 24:00改为2026-02-26 24:00，不再是预估。"


def test_a_calendar_that_arrives_may_leave_the_due_date() -> None:
    of = clock(working(5), "2026-03-02")
    change = recomputed(reckon(of, UNTIL_2025), reckon(of, SHIPPED))
    assert (change.moved, change.settled) == (False, True)
    assert change.wording.en == "The due date stays, and is no longer provisional."
    same = recomputed(reckon(of, SHIPPED), reckon(of, SHIPPED))
    assert (same.moved, same.settled) == (False, False)


def test_a_pause_moves_the_due_date_into_the_open() -> None:
    of = clock(working(5), "2026-03-02")
    change = recomputed(reckon(of, SHIPPED), reckon(of.paused(at("2026-03-03"), "等待材料"), SHIPPED))
    assert change.moved
    assert change.wording.en == "Due open (paused) instead of 2026-03-09 24:00."


@pytest.mark.parametrize(
    ("now", "state", "elapsed", "late"),
    [
        pytest.param(at("2026-11-20", "10:00"), State.RUNNING, 0, 0, id="as it starts"),
        pytest.param(at("2026-11-23", "17:29"), State.RUNNING, 0, 0, id="before the first day closes"),
        pytest.param(at("2026-11-23", "17:30"), State.RUNNING, 1, 0, id="as it closes"),
        pytest.param(at("2026-11-24", "12:00"), State.PAUSED, 1, 0, id="paused"),
        pytest.param(at("2026-11-25", "12:00"), State.RUNNING, 1, 0, id="resumed"),
        pytest.param(at("2026-11-30", "17:29"), State.RUNNING, 4, 0, id="a minute before it is due"),
        pytest.param(at("2026-11-30", "17:30"), State.OVER, 5, 0, id="due"),
        pytest.param(at("2026-12-02", "12:00"), State.OVER, 5, 2, id="two working days late"),
        pytest.param(at("2026-12-06", "12:00"), State.OVER, 5, 4, id="a weekend is not later still"),
    ],
)
def test_position(now: datetime, state: State, elapsed: int, late: int) -> None:
    pause = (at("2026-11-24"), at("2026-11-25"))
    of = clock(working(5, due_time=HALF_PAST_FIVE), "2026-11-20", pause)
    found = position(of, SHIPPED, now)
    assert (found.state, found.elapsed, found.late) == (state, elapsed, late)
    assert found.remaining == 5 - elapsed
    assert found.percent == elapsed * 20


def test_a_term_of_no_days_is_used_up_from_the_start() -> None:
    assert position(clock(terms(0), "2026-11-20"), SHIPPED, at("2026-11-20")).percent == 100


def test_the_same_clock_read_back_from_storage_is_due_at_the_same_instant() -> None:
    of = clock(working(5, due_time=HALF_PAST_FIVE), "2026-11-20", (at("2026-11-24"), at("2026-11-25")))
    stored = TypeAdapter(Clock).dump_json(of)
    assert reckon(TypeAdapter(Clock).validate_json(stored), SHIPPED) == reckon(of, SHIPPED)
