"""What starts a clock anew, what it leaves out, and one extension; told in any order it comes to the same."""

from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest

from cases.clock_events import ClockEvent, running
from cases.clocks import Clock, Counts
from cases.counting import count
from cases.days import start_of
from tests.cases.clocks import SHIPPED, terms

AWARD = replace(terms(45, Counts.NATURAL), restarts=("joinder",), excludes=("stay",), extends_by=15)
ACCEPTED = date(2026, 3, 2)


def clock(*events: ClockEvent) -> Clock:
    return running(AWARD, start_of(ACCEPTED), events, SHIPPED)


def due(*events: ClockEvent) -> date | None:
    return count(clock(*events), SHIPPED).due


def test_the_order_in_which_events_are_told_does_not_matter() -> None:
    happened = (
        ClockEvent("joinder", date(2026, 3, 12)),
        ClockEvent("stay", date(2026, 3, 20), date(2026, 3, 25)),
        ClockEvent("extension", date(2026, 4, 20)),
    )
    assert len({due(*told) for told in permutations(happened)}) == 1


def test_what_was_left_out_before_a_new_start_counts_no_more() -> None:
    stay, joinder = ClockEvent("stay", date(2026, 3, 5), date(2026, 3, 10)), ClockEvent("joinder", date(2026, 3, 12))
    assert clock(stay, joinder) == clock(joinder)


@pytest.mark.parametrize(("on", "starts"), [(date(2026, 4, 16), True), (date(2026, 4, 17), False)])
def test_an_event_counts_on_the_last_day_and_not_a_day_later(on: date, starts: bool) -> None:
    assert (clock(ClockEvent("joinder", on)).started_at == start_of(on)) is starts


def test_an_event_before_the_start_is_none_of_the_clocks() -> None:
    assert clock(ClockEvent("joinder", date(2026, 3, 1))) == clock()


def test_it_is_extended_once() -> None:
    once = ClockEvent("extension", date(2026, 4, 1))
    assert clock(once).terms.length == 60
    with pytest.raises(ValueError, match="'extension' does nothing to this clock; what does: joinder, stay"):
        clock(once, replace(once, on=date(2026, 4, 2)))


def test_an_event_that_the_clause_does_not_know_is_refused() -> None:
    with pytest.raises(ValueError, match="'holiday' does nothing to this clock; what does: joinder, stay, extension"):
        clock(ClockEvent("holiday", date(2026, 3, 5)))
