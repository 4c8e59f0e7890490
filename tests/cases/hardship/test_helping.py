"""Help begins with its clocks, and begins again after a lost job."""

from collections.abc import Callable
from datetime import timedelta

from cases.hardship.case import DIFFICULTY, PUBLIC_POST
from cases.hardship.moving import KeepAppointment, MakeAppointment
from cases.hardship.needing import OpenNeed
from cases.hardship.placing import RecordFollowUp
from cases.hardship.progress import policies_due
from cases.hardship.referring import RecordReferral
from cases.hardship.serving import EnrolTraining, RecordTalk
from cases.hardship.stages import Stage
from cases.plans import ServiceKind
from tests.builders import Counter, a_plan, an_item
from tests.cases.hardship.lives import (
    TERM_OVER,
    alarms_ring,
    at_work,
    guided,
    helped,
    in_help,
    market_failed,
    recognised,
)


def running(counter: Counter) -> set[str]:
    return {clock.id for clock in counter.case.clocks if clock.running}


def job_lost(counter: Counter) -> None:
    last = next(f for f in counter.case.follow_ups if f.held_on is None)
    counter.does(RecordFollowUp(last.id, counter.today, still_employed=False, content="店铺停业"))


def test_help_pins_its_plan() -> None:
    counter = in_help()
    assert (counter.case.plan_hash, counter.case.help_began_at) == ("hash", counter.now)


def test_a_plan_that_was_pinned_at_intake_stays() -> None:
    counter = in_help()
    counter.plan = a_plan(policy_hash="another")
    job_lost(at_work(counter))
    assert counter.case.plan_hash == "hash"


def test_a_lost_job_begins_the_term_anew_and_what_was_proved_stays_proved() -> None:
    counter = in_help()
    guided(counter)
    counter.later(30)
    at_work(counter)
    counter.later(30)
    job_lost(counter)
    assert (counter.case.stage, counter.case.help_began_at) == (Stage.HELP, counter.now)
    assert running(counter) == {"term", "first-contact", "item/referral", "item/training"}


def test_the_new_term_is_not_over() -> None:
    counter = market_failed()
    assert counter.case.term_over_at
    job_lost(at_work(counter))
    assert counter.case.term_over_at is None
    assert not counter.case.market_failed


def test_a_public_welfare_post_is_asked_for_anew_when_the_market_fails_again() -> None:
    counter = market_failed()
    recognised(counter, PUBLIC_POST)
    job_lost(at_work(counter))
    assert counter.case.current(PUBLIC_POST) is None
    assert counter.case.granted(DIFFICULTY)
    alarms_ring(counter, TERM_OVER)
    assert list(policies_due(counter.case)) == [PUBLIC_POST]


def test_the_public_welfare_post_of_a_second_failure_is_a_step_of_its_own() -> None:
    """A determination is known by its policy and the facts it read: on the same count it would be the first again."""
    counter = market_failed()
    first = counter.case.facts_seen
    recognised(counter, PUBLIC_POST)
    job_lost(at_work(counter))
    alarms_ring(counter, TERM_OVER)
    assert counter.case.facts_seen > first


def test_an_item_of_the_plan_that_is_not_required_has_its_clock_too() -> None:
    counter = in_help()
    counter.plan = a_plan(items=(an_item(ServiceKind.POLICY_BRIEFING, 1, required=False),))
    job_lost(at_work(counter))
    assert running(counter) == {"term", "first-contact", "item/policy-briefing"}


def test_the_first_help_ends_the_wait_for_a_first_contact() -> None:
    contacts: tuple[Callable[[Counter], object], ...] = (
        guided,
        helped,
        lambda counter: counter.does(RecordReferral("vacancy-1", counter.today)),
        lambda counter: counter.does(RecordTalk("employer-1", counter.today, "面谈")),
        lambda counter: counter.does(EnrolTraining("course-1", counter.today)),
    )
    for contact in contacts:
        counter = in_help()
        assert "first-contact" in running(counter)
        contact(counter)
        assert "first-contact" not in running(counter)


def test_an_appointment_is_a_contact_only_if_it_was_kept() -> None:
    for kept in (True, False):
        counter = in_help()
        counter.does(MakeAppointment(counter.now + timedelta(hours=1), "caseworker-1", "面谈"))
        counter.later(1)
        counter.does(KeepAppointment("appointment-1", kept))
        assert ("first-contact" in running(counter)) is not kept


def test_writing_a_need_down_is_no_contact() -> None:
    counter = in_help()
    counter.does(OpenNeed("孩子无人看管"))
    assert "first-contact" in running(counter)
