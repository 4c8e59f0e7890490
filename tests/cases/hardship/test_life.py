"""A hardship case from opening to closing, by its acts alone."""

from cases.hardship.case import DIFFICULTY, HARDSHIP, PUBLIC_POST
from cases.hardship.leaving import ApproveClosure, ProposeClosure
from cases.hardship.progress import policies_due
from cases.hardship.stages import Outcome, Stage
from tests.builders import a_counter
from tests.cases.hardship.lives import (
    TERM_OVER,
    alarms_ring,
    at_work,
    helped,
    in_help,
    owed_a_post,
    recognised,
    still_at_work,
)


def test_a_new_case_waits_for_its_two_determinations() -> None:
    assert list(policies_due(a_counter().case)) == [HARDSHIP, DIFFICULTY]


def test_help_begins_once_an_officer_adopts_the_recognition() -> None:
    counter = a_counter()
    recognised(counter)
    assert counter.case.stage is Stage.HELP
    running = {clock.id for clock in counter.case.clocks if clock.running}
    assert running == {"term", "first-contact", "item/guidance", "item/referral", "item/training"}


def test_every_item_proved_stops_its_clock() -> None:
    counter = in_help()
    helped(counter)
    assert counter.case.items_proved
    assert {clock.id for clock in counter.case.clocks if clock.running} == {"term"}


def test_a_failed_market_calls_for_a_public_welfare_post() -> None:
    counter = in_help()
    helped(counter)
    recognised(counter, DIFFICULTY)
    assert PUBLIC_POST not in policies_due(counter.case)
    alarms_ring(counter, TERM_OVER)
    assert list(policies_due(counter.case)) == [PUBLIC_POST]
    recognised(counter, PUBLIC_POST)
    assert counter.case.stage is Stage.POST


def test_a_term_that_ends_with_help_still_owed_is_no_failed_market() -> None:
    counter = in_help()
    alarms_ring(counter, TERM_OVER)
    assert not counter.case.market_failed
    assert counter.refused(ProposeClosure()) == ["nothing-ended"]


def test_a_placement_followed_up_to_the_last_day_closes_as_placed() -> None:
    counter = still_at_work(at_work(in_help()))
    counter.does(ProposeClosure())
    counter.does(ApproveClosure(), "supervisor-1")
    assert (counter.case.stage, counter.case.outcome) == (Stage.CLOSED, Outcome.PLACED)


def test_a_public_welfare_post_followed_up_closes_as_one() -> None:
    counter = still_at_work(at_work(owed_a_post()))
    counter.does(ProposeClosure())
    counter.does(ApproveClosure(), "supervisor-1")
    assert counter.case.outcome is Outcome.PUBLIC_POST
