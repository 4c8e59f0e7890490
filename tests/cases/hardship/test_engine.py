"""What the engine does by itself: alarms, papers kept, clocks reckoned anew."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from cases.calendars import Calendar
from cases.clocks_due import next_alarm
from cases.hardship.engine import KeepPaper, ReckonAnew, RingAlarm
from cases.hardship.moving import Pause
from cases.hardship.progress import papers_due
from cases.hardship.referring import RecordReferral
from cases.parts import find
from cases.roles import Role
from cases.timing import begin
from tests.builders import Counter, clock_terms
from tests.cases.hardship.lives import TERM_OVER, alarms_ring, in_help, up_for_closure


def ring(counter: Counter, clock: str, percent: int) -> None:
    counter.does(RingAlarm(clock, percent), Role.ENGINE)


def test_thresholds_ring_in_their_order_and_once() -> None:
    counter = in_help()
    assert counter.refused(RingAlarm("term", 75), Role.ENGINE) == ["not-due"]
    ring(counter, "term", 50)
    assert counter.refused(RingAlarm("term", 50), Role.ENGINE) == ["not-due"]
    ring(counter, "term", 75)
    ring(counter, "term", 100)
    assert counter.refused(RingAlarm("term", 100), Role.ENGINE) == ["not-due"]


@pytest.mark.parametrize("clock", ["determination", "nobody-knows"])
def test_a_clock_that_stopped_or_never_ran_does_not_ring(clock: str) -> None:
    assert in_help().refused(RingAlarm(clock, 50), Role.ENGINE) == ["not-due"]


def test_only_the_last_threshold_ends_the_term() -> None:
    counter = in_help()
    for percent in (50, 75):
        ring(counter, "term", percent)
    assert counter.case.term_over_at is None
    ring(counter, "term", 100)
    assert counter.case.term_over_at == counter.now


def test_the_last_threshold_of_another_clock_ends_nothing() -> None:
    counter = in_help()
    for percent in (50, 75, 100):
        ring(counter, "item/guidance", percent)
    assert counter.case.term_over_at is None
    assert counter.case.stage == in_help().case.stage


def test_alarms_come_by_their_instant_and_of_one_instant_by_clock() -> None:
    counter = in_help()
    rung = []
    while (alarm := next_alarm(counter.case)) and alarm[0].id != "term":
        clock, at, percent = alarm
        rung.append((at, clock.id))
        ring(counter, clock.id, percent)
    assert rung == sorted(rung)
    assert {clock for _, clock in rung} == {"first-contact", "item/guidance", "item/referral", "item/training"}


def test_no_alarm_is_left_once_all_have_rung() -> None:
    counter = in_help()
    alarms_ring(counter, TERM_OVER)
    assert next_alarm(counter.case) is None


def test_a_paper_is_kept_once() -> None:
    counter = in_help()
    counter.does(RecordReferral("vacancy-1", counter.today))
    keep = KeepPaper("paper-1", "a" * 64, "b" * 64, 4096)
    assert counter.refused(replace(keep, paper="paper-2"), Role.ENGINE) == ["unknown"]
    counter.does(keep, Role.ENGINE)
    [paper] = counter.case.papers
    assert (paper.sha256, paper.file_sha256, paper.file_size) == ("a" * 64, "b" * 64, 4096)
    assert list(papers_due(counter.case)) == []
    assert counter.refused(keep, Role.ENGINE) == ["kept"]


def provisional() -> tuple[Counter, Calendar]:
    """A case with a clock into a year whose calendar is not known yet, and the calendar when it is."""
    counter = in_help()
    known = counter.seen(Role.ENGINE).calendar
    short = Calendar(tuple(notice for notice in known.years if notice.year < 2026))
    seen = replace(counter.seen(Role.ENGINE), calendar=short)
    counter.case = begin(counter.case, "term", clock_terms("term", 90), seen)
    return counter, known


def test_a_calendar_that_arrives_makes_a_provisional_date_firm() -> None:
    counter, known = provisional()
    before = find(counter.case.clocks, "term")
    assert before
    assert before.provisional
    counter.does(ReckonAnew(known.hash), Role.ENGINE)
    after = find(counter.case.clocks, "term")
    assert after
    assert (after.provisional, after.calendar_hash) == (False, known.hash)


def test_a_calendar_that_the_writer_does_not_have_is_no_step() -> None:
    counter, _ = provisional()
    assert counter.refused(ReckonAnew("another"), Role.ENGINE) == ["other-calendar"]


def test_what_rang_stays_rung_when_a_calendar_arrives() -> None:
    counter, known = provisional()
    ring(counter, "term", 50)
    counter.does(ReckonAnew(known.hash), Role.ENGINE)
    term = find(counter.case.clocks, "term")
    assert term
    assert term.sent == (50,)
    assert counter.refused(RingAlarm("term", 50), Role.ENGINE) == ["not-due"]


def test_a_calendar_leaves_stopped_and_paused_clocks_alone() -> None:
    counter, known = provisional()
    counter.does(Pause("ill"))
    before = counter.case.clocks
    counter.does(ReckonAnew(known.hash), Role.ENGINE)
    assert counter.case.clocks == before
    closing = up_for_closure()
    stopped = [clock for clock in closing.case.clocks if not clock.running]
    closing.does(ReckonAnew(known.hash), Role.ENGINE)
    assert [clock for clock in closing.case.clocks if not clock.running] == stopped


def test_an_alarm_is_stamped_with_the_instant_it_rings() -> None:
    counter = in_help()
    for percent in (50, 75):
        ring(counter, "term", percent)
    counter.now = datetime(2026, 6, 1, 16, 0, tzinfo=UTC)
    ring(counter, "term", 100)
    assert counter.case.term_over_at == counter.now
