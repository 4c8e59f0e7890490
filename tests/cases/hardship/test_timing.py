"""The clocks of a case: begun, stopped, paused and resumed."""

from datetime import date, timedelta

import pytest

from cases.case_parts import ClockState
from cases.clocks import Counts
from cases.days import start_of
from cases.hardship.case import HardshipCase
from cases.hardship.moving import Pause
from cases.parts import find
from cases.timing import begin, pause_all, resumed, stop, stop_all
from tests.builders import Counter, a_counter, clock_terms

THREE_WORKING_DAYS = clock_terms("first-contact", 3, Counts.WORKING)


def clock(case: HardshipCase, clock_id: str = "example") -> ClockState:
    found = find(case.clocks, clock_id)
    assert found
    return found


def begun(counter: Counter, on: date | None = None) -> HardshipCase:
    return begin(counter.case, "example", THREE_WORKING_DAYS, counter.seen("engine"), on=on)


def test_a_clock_is_a_row_with_all_that_reckons_it() -> None:
    counter = a_counter()
    state = clock(begun(counter))
    assert (state.terms_id, state.length, state.unit, state.counts) == (
        "first-contact",
        3,
        "day",
        "working",
    )
    assert (state.started_at, state.due_at, state.stopped_at, state.sent) == (
        counter.now,
        start_of(date(2026, 3, 6)),
        None,
        (),
    )
    assert [alarm.percent for alarm in state.alarms] == [50, 75, 100]
    assert state.alarms[-1].at == state.due_at
    assert not state.provisional
    assert state.calendar_hash == counter.seen("engine").calendar.hash


def test_a_clock_of_an_earlier_day_starts_with_that_day() -> None:
    counter = a_counter()
    counter.later(3)
    assert clock(begun(counter, counter.today - timedelta(days=3))).started_at == start_of(date(2026, 3, 2))
    assert clock(begun(counter, counter.today)).started_at == counter.now


def test_a_clock_started_over_forgets_what_rang() -> None:
    counter = a_counter()
    counter.case = begun(counter)
    counter.later(10)
    again = clock(begun(counter))
    assert (again.started_at, again.sent, again.stopped_at) == (counter.now, (), None)
    assert [c.id for c in begun(counter).clocks].count("example") == 1


def test_a_clock_stops_once() -> None:
    counter = a_counter()
    case = stop(begun(counter), "example", counter.now)
    assert clock(case).stopped_at == counter.now
    assert stop(case, "example", counter.now + timedelta(days=1)) == case
    assert stop(case, "nobody-knows", counter.now) == case


def test_all_clocks_stop_or_those_of_a_kind() -> None:
    counter = a_counter()
    case = begun(counter)
    some = stop_all(case, counter.now, starting_with="exam")
    assert [c.id for c in some.clocks if c.running] == ["determination"]
    assert not any(c.running for c in stop_all(case, counter.now).clocks)


def test_a_clock_that_begins_while_the_case_is_paused_stands_until_it_is_resumed() -> None:
    counter = a_counter()
    counter.does(Pause("ill"))
    counter.case = begun(counter)
    assert clock(counter.case).due_at is None
    assert clock(counter.case).next_alarm is None
    counter.later(7)
    case = resumed(counter.case, counter.seen("engine"))
    assert clock(case).due_at == start_of(date(2026, 3, 12)), "the Monday a week on counts, then two days"


def test_a_case_that_is_not_paused_is_not_resumed() -> None:
    counter = a_counter()
    assert resumed(counter.case, counter.seen("engine")) is counter.case


@pytest.mark.parametrize(
    ("away", "due"),
    [
        pytest.param(0, date(2026, 3, 6), id="back the same day"),
        pytest.param(1, date(2026, 3, 6), id="back overnight: the first day never counted"),
        pytest.param(2, date(2026, 3, 7), id="a working day lost, given back at the end"),
        pytest.param(5, date(2026, 3, 12), id="back on Saturday: the week is lost"),
        pytest.param(7, date(2026, 3, 12), id="back on Monday: Saturday and Sunday cost nothing"),
    ],
)
def test_a_pause_gives_its_working_days_back(away: int, due: date) -> None:
    counter = a_counter()
    counter.does(Pause("ill"))
    counter.case = begun(counter)
    counter.later(away)
    assert clock(resumed(counter.case, counter.seen("engine"))).due_at == start_of(due)


def test_pausing_leaves_stopped_clocks_alone() -> None:
    counter = a_counter()
    case = stop(begun(counter), "example", counter.now)
    assert clock(pause_all(case, counter.now)) == clock(case)


def test_a_paused_clock_is_not_due_and_a_resumed_one_has_its_span() -> None:
    counter = a_counter()
    standing = clock(pause_all(begun(counter), counter.now))
    assert (standing.due_at, standing.alarms) == (None, ())
    assert [(span.from_at, span.until_at) for span in standing.pauses] == [(counter.now, None)]
    counter.does(Pause("ill"))
    counter.later(2)
    case = resumed(counter.case, counter.seen("engine"))
    assert not case.paused
    assert [span.until_at for span in (*case.pauses, *clock(case, "determination").pauses)] == [counter.now] * 2
