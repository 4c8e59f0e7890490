"""Placements with their agreement, and the follow-ups that show whether they last."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from cases.days import start_of
from cases.hardship.leaving import HandOver, ProposeClosure, ReturnClosure
from cases.hardship.placing import RecordFollowUp, RecordPlacement, follow_ups_held, placed_by_market
from cases.hardship.stages import AgreementForm, Stage
from cases.refusals import refusal
from tests.builders import Counter, some_work
from tests.cases.hardship.lives import at_work, followed_up, in_follow_up, in_help, owed_a_post

DAY = timedelta(days=1)


def follow_up(counter: Counter, number: int = 1, *, kept: bool = True) -> RecordFollowUp:
    return RecordFollowUp(f"follow-up-{number}", counter.today, still_employed=kept, content="电话回访")


def test_a_placement_is_kept_with_the_form_of_its_agreement() -> None:
    counter = in_follow_up()
    placement = counter.case.placement
    assert placement
    assert (placement.id, placement.employer_id, placement.started_on, placement.form, placement.ended_on) == (
        "placement-1",
        "employer-1",
        counter.today,
        AgreementForm.LABOUR_CONTRACT,
        None,
    )
    assert counter.case.stage is Stage.FOLLOW_UP
    assert placed_by_market(counter.case)


def test_a_placement_owes_its_agreement_on_paper() -> None:
    [paper] = in_follow_up().case.papers
    assert (paper.kind, paper.about) == (AgreementForm.LABOUR_CONTRACT, "placement-1")


def test_in_the_stage_of_the_post_a_placement_is_that_post() -> None:
    counter = at_work(owed_a_post())
    placement = counter.case.placement
    assert placement
    assert placement.form is AgreementForm.PUBLIC_POST_AGREEMENT
    assert not placed_by_market(counter.case)


def test_work_that_the_market_finds_while_a_post_is_owed_is_no_public_welfare_post() -> None:
    counter = owed_a_post()
    counter.does(RecordPlacement("employer-1", counter.today, some_work(), by_market=True))
    assert placed_by_market(counter.case)


def test_without_a_placement_nobody_was_placed() -> None:
    case = in_help().case
    assert not placed_by_market(case)
    assert not follow_ups_held(case)


def test_a_placement_ends_every_clock_of_the_help_and_begins_its_follow_ups() -> None:
    counter = in_help()
    counter.later(10)
    counter.does(RecordPlacement("employer-1", counter.today - 2 * DAY, some_work()))
    running = {clock.id: clock.started_at for clock in counter.case.clocks if clock.running}
    began = start_of(counter.today - 2 * DAY)
    assert running == {f"follow-up/follow-up-{n}": began for n in (1, 2, 3)}
    assert [f.days for f in counter.case.follow_ups] == [30, 90, 180]
    assert {f.placement_id for f in counter.case.follow_ups} == {"placement-1"}


def test_work_begins_from_the_registration_to_today() -> None:
    counter = in_help()
    for day, code in ((counter.today - DAY, "before-application"), (counter.today + DAY, "future")):
        assert counter.refused(RecordPlacement("employer-1", day, some_work())) == [code]


def test_the_employer_of_a_placement_is_known_and_verified() -> None:
    counter = in_help()
    assert counter.refused(RecordPlacement("employer-x", counter.today, some_work())) == ["unknown"]
    counter.record.employers["employer-1"] = replace(counter.record.employers["employer-1"], verified=False)
    assert counter.refused(RecordPlacement("employer-1", counter.today, some_work())) == ["employer-not-verified"]


def test_every_reason_against_the_agreement_is_told_with_the_others() -> None:
    counter = in_help()
    counter.record.against_agreement = (refusal("a", "甲", "a"), refusal("b", "乙", "b"))
    act = RecordPlacement("employer-1", counter.today + DAY, some_work(position=" "))
    assert counter.refused(act) == ["blank", "future", "a", "b"]


def test_a_follow_up_is_held_once_and_ends_its_clock() -> None:
    counter = in_follow_up()
    counter.later(30)
    counter.does(follow_up(counter))
    first = counter.case.follow_ups[0]
    assert (first.held_on, first.still_employed) == (counter.today, True)
    stopped = {clock.id for clock in counter.case.clocks if not clock.running}
    assert "follow-up/follow-up-1" in stopped
    assert "follow-up/follow-up-2" not in stopped
    assert counter.refused(follow_up(counter)) == ["held"]


def test_a_follow_up_says_what_was_found_between_the_placement_and_today() -> None:
    counter = in_follow_up()
    assert counter.refused(replace(follow_up(counter), content=" ")) == ["blank"]
    assert counter.refused(replace(follow_up(counter), held_on=counter.today + DAY)) == ["future"]
    assert counter.refused(replace(follow_up(counter), held_on=counter.today - DAY)) == ["before-placement"]
    assert counter.refused(follow_up(counter, 4)) == ["unknown"]
    counter.does(follow_up(counter))


def test_a_lost_job_ends_the_placement_and_help_begins_again() -> None:
    counter = in_follow_up()
    counter.later(30)
    counter.does(follow_up(counter, kept=False))
    case = counter.case
    assert (case.stage, case.placement) == (Stage.HELP, None)
    assert case.placements[0].ended_on == counter.today
    assert not any(clock.running for clock in case.clocks if clock.id.startswith("follow-up/"))


def test_the_follow_ups_of_a_placement_that_ended_are_past() -> None:
    counter = in_follow_up()
    counter.does(follow_up(counter, kept=False))
    at_work(counter, "employer-2")
    assert counter.refused(follow_up(counter, 2)) == ["past-placement"]
    assert [f.id for f in counter.case.follow_ups] == [f"follow-up-{n}" for n in range(1, 7)]
    counter.does(follow_up(counter, 4))


def test_work_that_lasts_is_seen_at_each_of_the_times_and_a_lost_job_at_any() -> None:
    counter = in_follow_up()
    counter.does(follow_up(counter, 1))
    assert counter.refused(follow_up(counter, 2)) == ["too-early"]
    counter.later(30)
    assert counter.refused(follow_up(counter, 2)) == ["too-early"]
    counter.later(1)
    counter.does(follow_up(counter, 2))
    counter.does(follow_up(counter, 3, kept=False))


def test_every_follow_up_of_the_standing_placement_is_held_before_the_case_closes() -> None:
    counter = in_follow_up()
    for number, days in ((1, 30), (2, 60)):
        counter.later(days)
        counter.does(follow_up(counter, number))
    assert not follow_ups_held(counter.case)
    assert counter.refused(ProposeClosure()) == ["nothing-ended"]
    counter.later(90)
    counter.does(follow_up(counter, 3))
    assert follow_ups_held(counter.case)
    counter.does(ProposeClosure())


def test_follow_ups_of_an_earlier_placement_are_not_owed() -> None:
    counter = in_follow_up()
    counter.does(follow_up(counter, kept=False))
    at_work(counter, "employer-2")
    for number, days in ((4, 30), (5, 60), (6, 90)):
        counter.later(days)
        counter.does(follow_up(counter, number))
    assert follow_ups_held(counter.case)


@pytest.mark.parametrize("life", [in_follow_up, followed_up])
def test_nobody_is_placed_twice_at_once(life: Callable[[], Counter]) -> None:
    counter = life()
    assert counter.refused(RecordPlacement("employer-2", counter.today, some_work())) == ["wrong-stage"]


def test_a_hand_over_returned_finds_the_placement_as_it_was() -> None:
    counter = in_follow_up()
    before = counter.case.placements
    counter.does(HandOver("示例区残联", "托养服务"))
    counter.does(ReturnClosure("材料不全"), "supervisor-1")
    assert (counter.case.stage, counter.case.placements) == (Stage.FOLLOW_UP, before)
