"""What comes next in a case, for whom."""

from dataclasses import replace

import pytest

from cases.determinations import Conclusion
from cases.hardship.case import DIFFICULTY, HARDSHIP, PUBLIC_POST
from cases.hardship.determining import DepartFromDetermination
from cases.hardship.leaving import AskReview
from cases.hardship.moving import Pause, ProposeTransfer
from cases.hardship.next_step import next_steps
from cases.hardship.placing import RecordFollowUp
from cases.hardship.referring import RecordReferral
from cases.hardship.serving import EnrolTraining
from cases.roles import Role
from tests.builders import Counter, a_counter
from tests.cases.hardship.lives import (
    TERM_OVER,
    alarms_ring,
    at_work,
    closed,
    delivered,
    determined,
    followed_up,
    fully_helped,
    guided,
    in_follow_up,
    in_help,
    market_failed,
    owed_a_post,
    recognised,
    told_to_leave,
    up_for_closure,
)


def acts(counter: Counter) -> list[str]:
    return [step.act for step in next_steps(counter.case, counter.plan)]


def test_a_new_case_waits_for_the_engine() -> None:
    assert acts(a_counter()) == []


@pytest.mark.parametrize(
    ("conclusion", "act", "by"),
    [
        (Conclusion.GRANTED, "adopt-determination", Role.OFFICER),
        (Conclusion.REFUSED, "adopt-determination", Role.OFFICER),
        (Conclusion.NEEDS_INFORMATION, "record-fact", Role.CASEWORKER),
        (Conclusion.FOR_JUDGMENT, "depart-from-determination", Role.OFFICER),
        (Conclusion.GAP, "depart-from-determination", Role.OFFICER),
        (Conclusion.CONFLICT, "depart-from-determination", Role.OFFICER),
        (Conclusion.ENGINES_DISAGREE, "depart-from-determination", Role.OFFICER),
    ],
)
def test_a_determination_is_followed_by_what_its_conclusion_allows(conclusion: Conclusion, act: str, by: Role) -> None:
    counter = a_counter()
    determined(counter, HARDSHIP, conclusion)
    [step] = next_steps(counter.case, counter.plan)
    assert (step.act, step.by) == (act, by)
    assert f"{HARDSHIP}-1" in step.why.en


def test_a_departure_waits_for_a_second_person() -> None:
    counter = a_counter()
    made = determined(counter, HARDSHIP)
    counter.does(DepartFromDetermination(made, granted=False, reason="已有工作"), "officer-1")
    assert acts(counter) == ["confirm-departure"]


def test_what_the_plan_owes_is_named_with_its_count() -> None:
    counter = in_help()
    steps = list(next_steps(counter.case, counter.plan))
    assert [step.act for step in steps] == ["record-guidance", "record-referral", "enrol-training"]
    assert "0 proved of 3" in steps[1].why.en
    guided(counter)
    assert acts(counter) == ["record-referral", "enrol-training"]


def test_what_was_begun_is_finished() -> None:
    counter = in_help()
    counter.does(RecordReferral("vacancy-1", counter.today))
    assert acts(counter)[-1] == "deliver-referral"
    delivered(counter, 2)
    assert acts(counter)[-2:] == ["deliver-referral", "record-referral-outcome"]
    counter.does(EnrolTraining("course-1", counter.today))
    assert acts(counter)[-1] == "record-training-result"


def test_with_everything_given_the_term_is_waited_for() -> None:
    assert acts(fully_helped()) == []


def test_a_paused_case_is_resumed_and_nothing_else() -> None:
    counter = in_help()
    counter.does(Pause("ill"))
    assert acts(counter) == ["resume"]


def test_a_transfer_waits_to_be_accepted() -> None:
    counter = fully_helped()
    counter.does(ProposeTransfer("station-2", "本人搬家"))
    assert acts(counter) == ["accept-transfer"]


def test_a_transfer_is_not_accepted_on_the_way_out() -> None:
    counter = up_for_closure()
    transferring = in_help()
    transferring.does(ProposeTransfer("station-2", "本人搬家"))
    counter.case = replace(counter.case, transfer=transferring.case.transfer)
    assert acts(counter) == ["approve-closure"]


def test_a_public_welfare_post_that_is_owed_is_found() -> None:
    assert acts(owed_a_post()) == ["record-placement"]


def test_a_public_welfare_post_is_decided_on_only_while_the_market_has_failed() -> None:
    counter = market_failed()
    determined(counter, PUBLIC_POST)
    assert acts(counter) == ["adopt-determination"]
    at_work(counter)
    assert acts(counter) == ["record-follow-up"]


def test_a_failed_market_without_a_post_owed_is_closed() -> None:
    counter = fully_helped()
    recognised(counter, DIFFICULTY, Conclusion.REFUSED)
    assert acts(counter) == []
    alarms_ring(counter, TERM_OVER)
    assert acts(counter) == ["propose-closure"]


def test_one_follow_up_after_the_other_and_then_the_closure() -> None:
    counter = in_follow_up()
    [step] = next_steps(counter.case, counter.plan)
    assert (step.act, step.why.en) == ("record-follow-up", "Follow-up 30 days after the placement")
    counter.does(RecordFollowUp("follow-up-1", counter.today, still_employed=True, content="在岗"))
    [step] = next_steps(counter.case, counter.plan)
    assert step.why.en == "Follow-up 90 days after the placement"
    assert acts(followed_up()) == ["propose-closure"]


def test_follow_ups_of_a_lost_job_are_not_next() -> None:
    counter = in_follow_up()
    counter.does(RecordFollowUp("follow-up-1", counter.today, still_employed=False, content="停业"))
    at_work(counter, "employer-2")
    [step] = next_steps(counter.case, counter.plan)
    assert step.why.en == "Follow-up 30 days after the placement"


def test_a_review_is_decided_once_it_is_asked_for() -> None:
    counter = told_to_leave()
    assert acts(counter) == []
    counter.does(AskReview("反悔"), "worker-1")
    [step] = next_steps(counter.case, counter.plan)
    assert (step.act, step.by) == ("decide-review", Role.OFFICER)


def test_a_determination_is_not_decided_on_the_way_out() -> None:
    counter = up_for_closure()
    undecided = a_counter()
    determined(undecided, DIFFICULTY)
    counter.case = replace(counter.case, determinations=undecided.case.determinations)
    assert acts(counter) == ["approve-closure"]


def test_a_closed_case_has_no_next_step() -> None:
    assert acts(closed()) == []


def test_a_transfer_waits_for_the_other_station_while_the_case_is_paused_too() -> None:
    counter = in_help()
    counter.does(Pause("ill"))
    counter.does(ProposeTransfer("station-2", "moved"))
    assert [(step.act, step.by) for step in next_steps(counter.case, counter.plan)] == [
        ("resume", Role.CASEWORKER),
        ("accept-transfer", Role.SUPERVISOR),
    ]
