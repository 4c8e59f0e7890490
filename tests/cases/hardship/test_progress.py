"""One step of a case: accepted or refused whole, its consequences drawn."""

from collections.abc import Callable

import pytest

from cases.clocks_due import next_alarm
from cases.hardship.case import DIFFICULTY, HARDSHIP, PUBLIC_POST
from cases.hardship.determining import AdoptDetermination
from cases.hardship.moving import Assign
from cases.hardship.placing import RecordPlacement
from cases.hardship.progress import papers_due, policies_due
from cases.hardship.referring import AnswerReferral, RecordReferral
from cases.hardship.serving import RecordGuidance, RecordPolicyBriefing
from cases.hardship.stages import Stage
from cases.parts import find
from cases.plans import ServiceKind
from tests.builders import Counter, a_counter, a_plan, an_item, some_work
from tests.cases.hardship.lives import (
    closed,
    determined,
    fully_helped,
    guided,
    in_help,
    market_failed,
    owed_a_post,
    refer,
    told_to_leave,
    up_for_closure,
)


def test_a_step_counts_one_revision() -> None:
    counter = a_counter()
    assert counter.case.revision == 0
    counter.does(Assign("caseworker-2"))
    assert counter.case.revision == 1


def test_a_new_case_has_the_clock_of_its_determination_alone() -> None:
    assert [clock.id for clock in a_counter().case.clocks] == ["determination"]


def test_an_item_proved_stops_its_own_clock_and_no_other() -> None:
    counter = in_help()
    guided(counter)
    stopped = {clock.id for clock in counter.case.clocks if not clock.running}
    assert stopped == {"determination", "first-contact", "item/guidance"}


def test_an_item_of_three_runs_until_the_third() -> None:
    counter = in_help()
    for number in (1, 2):
        refer(counter, number)
    item = find(counter.case.clocks, "item/referral")
    assert item
    assert item.running
    refer(counter, 3)
    item = find(counter.case.clocks, "item/referral")
    assert item
    assert item.stopped_at == counter.now


def test_items_are_proved_or_not_at_every_step() -> None:
    counter = fully_helped()
    assert counter.case.items_proved
    counter.does(AnswerReferral("referral-2", confirmed=False, reason="没有去"), "worker-1")
    assert not counter.case.items_proved
    counter.does(AnswerReferral("referral-2", confirmed=True), "worker-1")
    assert counter.case.items_proved


def test_what_is_given_on_top_is_not_waited_for() -> None:
    counter = in_help()
    counter.plan = a_plan(items=(an_item(ServiceKind.GUIDANCE, 1), an_item(ServiceKind.OTHER, 1, required=False)))
    guided(counter)
    assert counter.case.items_proved


def test_help_given_in_the_stage_of_the_post_counts_too() -> None:
    counter = owed_a_post()
    counter.does(RecordGuidance(counter.today, "岗前谈话", "guide-1"))
    counter.does(RecordPolicyBriefing(counter.today, "政策宣讲"))
    assert [service.id for service in counter.case.services] == ["service-1", "service-2", "service-3"]


@pytest.mark.parametrize("life", [told_to_leave, up_for_closure, closed], ids=["notice", "closing", "closed"])
def test_nothing_is_determined_for_a_case_on_its_way_out(life: Callable[[], Counter]) -> None:
    assert list(policies_due(life().case)) == []


def test_a_public_welfare_post_is_determined_only_when_the_market_failed() -> None:
    assert PUBLIC_POST not in policies_due(fully_helped().case)
    assert PUBLIC_POST in policies_due(market_failed().case)
    counter = market_failed()
    counter.does(RecordPlacement("employer-1", counter.today, some_work()))
    assert PUBLIC_POST not in policies_due(counter.case)


def test_what_is_determined_on_the_facts_as_they_stand_is_not_determined_again() -> None:
    counter = a_counter()
    made = determined(counter, HARDSHIP)
    assert list(policies_due(counter.case)) == [DIFFICULTY]
    determined(counter, DIFFICULTY)
    assert list(policies_due(counter.case)) == []
    counter.does(AdoptDetermination(made), "officer-1")
    assert list(policies_due(counter.case)) == []


def test_papers_are_due_until_they_are_made() -> None:
    counter = in_help()
    assert list(papers_due(counter.case)) == []
    counter.does(RecordReferral("vacancy-1", counter.today))
    assert [paper.id for paper in papers_due(counter.case)] == ["paper-1"]


def test_the_first_alarm_of_a_case_is_the_next_to_ring() -> None:
    counter = a_counter()
    alarm = next_alarm(counter.case)
    assert alarm
    clock, at, percent = alarm
    assert (clock.id, at, percent) == ("determination", clock.alarms[0].at, 50)
    assert counter.case.stage is Stage.DETERMINATION
