"""A hardship case from opening to closing, by its acts alone."""

import pytest

from cases.determinations import Conclusion
from cases.hardship.case import DIFFICULTY, HARDSHIP, PUBLIC_POST
from cases.hardship.determining import AdoptDetermination, DeterminationMade
from cases.hardship.engine import RingAlarm
from cases.hardship.leaving import ApproveClosure, ProposeClosure
from cases.hardship.placing import RecordFollowUp, RecordPlacement
from cases.hardship.progress import policies_due
from cases.hardship.referring import AnswerReferral, DeliverReferral, RecordReferral, RecordReferralOutcome
from cases.hardship.serving import EnrolTraining, RecordAttendance, RecordGuidance, RecordTrainingResult
from cases.hardship.stages import Outcome, ReferralOutcome, Stage, TrainingResult
from cases.refusals import Refused
from cases.roles import Role
from tests.builders import Counter, a_counter


def recognised(counter: Counter, policy: str = HARDSHIP) -> None:
    counter.does(DeterminationMade(policy, Conclusion.GRANTED, counter.case.facts_seen), Role.ENGINE)
    current = counter.case.current(policy)
    assert current
    counter.does(AdoptDetermination(current.id), "officer-1")


def refer(counter: Counter, number: int) -> None:
    counter.does(RecordReferral(f"vacancy-{number}", counter.today))
    counter.does(DeliverReferral(f"referral-{number}", counter.today, "当面"))
    counter.does(AnswerReferral(f"referral-{number}", confirmed=True), "worker-1")
    counter.does(RecordReferralOutcome(f"referral-{number}", ReferralOutcome.NOT_HIRED, counter.today))


def fully_helped(counter: Counter) -> None:
    recognised(counter)
    counter.does(RecordGuidance(counter.today, "谈了择业方向", "guide-1"))
    for number in (1, 2, 3):
        refer(counter, number)
    counter.does(EnrolTraining("course-1", counter.today))
    counter.does(RecordAttendance("training-1", 32))
    counter.does(RecordTrainingResult("training-1", TrainingResult.COMPLETED, counter.today))


def term_ends(counter: Counter) -> None:
    for percent in (50, 75, 100):
        counter.does(RingAlarm("term", percent), Role.ENGINE)


def test_a_new_case_waits_for_its_two_determinations() -> None:
    assert list(policies_due(a_counter().case)) == [HARDSHIP, DIFFICULTY]


def test_help_begins_once_an_officer_adopts_the_recognition() -> None:
    counter = a_counter()
    recognised(counter)
    assert counter.case.stage is Stage.HELP
    running = {clock.id for clock in counter.case.clocks if clock.running}
    assert running == {"term", "first-contact", "item/guidance", "item/referral", "item/training"}


def test_every_item_proved_stops_its_clock() -> None:
    counter = a_counter()
    fully_helped(counter)
    assert counter.case.items_proved
    assert {clock.id for clock in counter.case.clocks if clock.running} == {"term"}


def test_a_failed_market_calls_for_a_public_welfare_post() -> None:
    counter = a_counter()
    fully_helped(counter)
    recognised(counter, DIFFICULTY)
    assert PUBLIC_POST not in policies_due(counter.case)
    term_ends(counter)
    assert list(policies_due(counter.case)) == [PUBLIC_POST]
    recognised(counter, PUBLIC_POST)
    assert counter.case.stage is Stage.POST


def test_a_term_that_ends_with_help_still_owed_is_no_failed_market() -> None:
    counter = a_counter()
    recognised(counter)
    term_ends(counter)
    assert not counter.case.market_failed
    with pytest.raises(Refused):
        counter.does(ProposeClosure())
