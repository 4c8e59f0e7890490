"""A list says of each subsidy case for whom it waits, as the case's own next step does."""

from datetime import timedelta

import pytest

from cases.days import day_of
from cases.roles import Role
from cases.subsidy.appealing import AskReview, DecideReview, RecordAppeal, SettleAppeal
from cases.subsidy.looking import AskPerson
from cases.subsidy.moves import DECISION_NOTICE
from cases.subsidy.next_step import next_steps
from cases.subsidy.running import Finish
from cases.subsidy.stages import Instance, Stage
from store.engine import read
from store.scope import scope_of
from store.subsidy_list import (
    ListedSubsidy,
    Waits,
    Wanted,
    count_subsidies,
    count_waiting,
    listed_subsidies,
    policies_listed,
)
from tests.activities.both import both
from tests.activities.office import Office
from tests.activities.subsidy_office import SubsidyOffice
from tests.applications import flexible_facts

__all__ = ["both"]

OPEN = Wanted()


@pytest.fixture
def counter(both: Office) -> SubsidyOffice:
    both.register()
    return SubsidyOffice(both)


def listed(counter: SubsidyOffice, wanted: Wanted = OPEN) -> tuple[ListedSubsidy, ...]:
    with read(counter.office.station.engine) as connection:
        found = listed_subsidies(connection, wanted)
        assert count_subsidies(connection, wanted) == len(found)
    return found


def waits(counter: SubsidyOffice) -> Waits:
    """As the list says, which is as the case says."""
    (line,) = (each for each in listed(counter, Wanted(with_closed=True)) if each.id == counter.case.id)
    first = next(next_steps(counter.case), None)
    assert line.waits == (first.by if first else Waits.NOBODY)
    assert [each.id for each in listed(counter, Wanted(waits=line.waits, with_closed=True))] == [line.id]
    with read(counter.office.station.engine) as connection:
        scope = scope_of(connection, "officer-1", counter.office.today)
        for each in (Waits.OFFICER, Waits.CASEWORKER):
            everyone = count_subsidies(connection, Wanted(waits=each), scope)
            assert count_waiting(connection, [each], scope, at_most=9) == everyone == (each is line.waits)
    return line.waits


def test_for_whom_a_case_waits_through_its_life(counter: SubsidyOffice) -> None:
    counter.applies(counter.office.case.worker_id, "2026-02", facts=flexible_facts("2026-02")[1:])
    assert waits(counter) is Waits.CASEWORKER
    counter.learns("flexible_work", value=True)
    assert waits(counter) is Waits.OFFICER
    counter.is_granted()
    assert (counter.case.stage, waits(counter)) == (Stage.NOTICE, Waits.OFFICER)
    counter.is_shown()
    assert waits(counter) is Waits.NOBODY
    counter.later(14)
    assert (counter.case.stage, waits(counter)) == (Stage.PAYMENT, Waits.OFFICER)


def test_a_refused_applicant_who_asks_for_a_person_waits_for_one(counter: SubsidyOffice) -> None:
    told = [fact for fact in flexible_facts("2026-02") if fact["name"] != "flexible_work"]
    counter.applies(counter.office.case.worker_id, "2026-02", facts=told)
    counter.learns("flexible_work", value=False)
    counter.is_granted()  # the finding is adopted, and it is a refusal
    assert (counter.case.stage, waits(counter)) == (Stage.REFUSAL, Waits.NOBODY)
    counter.does(AskPerson("请人看一看"))
    assert waits(counter) is Waits.OFFICER


def test_a_review_that_nobody_answered_keeps_a_closed_case_on_the_list(counter: SubsidyOffice) -> None:
    counter.applies(counter.office.case.worker_id, "2026-02")
    counter.is_paid()
    counter.does(AskReview("金额不对"))
    counter.does(Finish("本人不再续报"))
    assert [line.outcome for line in listed(counter, Wanted(waits=Waits.OFFICER))] == [counter.case.outcome]
    assert waits(counter) is Waits.OFFICER
    counter.does(DecideReview("review-1", reversed_=False, reason="复算无误"), "officer-2")
    assert waits(counter) is Waits.NOBODY
    assert listed(counter) == ()


def refused(counter: SubsidyOffice) -> SubsidyOffice:
    told = [fact for fact in flexible_facts("2026-02") if fact["name"] != "flexible_work"]
    counter.applies(counter.office.case.worker_id, "2026-02", facts=told)
    counter.learns("flexible_work", value=False)
    counter.is_granted()
    return counter


def test_a_refusal_waits_for_its_delivery_and_then_for_nobody(counter: SubsidyOffice) -> None:
    refused(counter)
    assert waits(counter) is Waits.NOBODY, "its notice is being made"
    counter.is_printed()
    assert waits(counter) is Waits.CASEWORKER
    counter.is_told(DECISION_NOTICE)
    assert waits(counter) is Waits.NOBODY


def test_an_appeal_outside_keeps_a_closed_case_on_the_list_until_its_result(counter: SubsidyOffice) -> None:
    refused(counter).is_told(DECISION_NOTICE)
    counter.later(30)
    assert (counter.case.closed, listed(counter)) == (True, ())
    counter.does(RecordAppeal(Instance.COURT, counter.office.today, "示例区人民法院"))
    assert (waits(counter), len(listed(counter))) == (Waits.OFFICER, 1)
    settled = SettleAppeal("review-1", reversed_=False, reason="驳回", decided_on=counter.office.today)
    counter.does(settled, "officer-1")
    assert (waits(counter), listed(counter)) == (Waits.NOBODY, ())


def test_the_applicant_s_own_time_is_no_due_day_of_the_station(counter: SubsidyOffice) -> None:
    counter.applies(counter.office.case.worker_id, "2026-02")
    counter.is_paid()
    counter.is_told(DECISION_NOTICE)
    assert [line.due_at for line in listed(counter)] == [None]


def test_a_list_is_narrowed(counter: SubsidyOffice) -> None:
    person = counter.office.case.worker_id
    first = counter.applies(person, "2026-01").id
    counter.office.now += timedelta(hours=1)
    second = counter.applies(person, "2026-02", station="station-3", actor="caseworker-3").id
    assert [each.id for each in listed(counter)] == [second, first]
    assert [each.id for each in listed(counter, Wanted(oldest_first=True))] == [first, second]
    assert [each.id for each in listed(counter, Wanted(station="station-3"))] == [second]
    assert listed(counter, Wanted(policy="start-up-grant")) == ()
    assert listed(counter, Wanted(stage=Stage.PAYMENT)) == ()
    with read(counter.office.station.engine) as connection:
        scope = scope_of(connection, "caseworker-1", day_of(counter.office.now)).holding({Role.CASEWORKER})
        assert [each.id for each in listed_subsidies(connection, Wanted(), scope)] == [first]
        assert policies_listed(connection, scope) == ("flexible-insurance",)
