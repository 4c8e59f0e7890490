"""The days to appeal run from the day a paper was delivered, whatever became of the case."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from cases.clocks import Unit
from cases.clocks_due import APPEALS, first_due
from cases.days import ONE_DAY, add_months, day_of
from cases.parts import find
from cases.roles import Role
from cases.subsidy.appealing import AskReview, DecideReview, RecordAppeal, SettleAppeal
from cases.subsidy.case import SubsidyCase
from cases.subsidy.claiming import ClaimPeriods
from cases.subsidy.delivering import BY_NOTICE, RecordDelivery, undelivered
from cases.subsidy.engine import WaivePaper
from cases.subsidy.moves import DECISION_NOTICE, PAYMENT_INSTRUCTION, RECOVERY_NOTICE, STOP_NOTICE
from cases.subsidy.next_step import next_steps
from cases.subsidy.paying import Recheck
from cases.subsidy.recovering import DemandRecovery, RecordRepayment
from cases.subsidy.running import Stop
from cases.subsidy.stages import DeliveryWay, Instance, Outcome, Stage
from tests.cases.subsidy.counter import (
    A_MONTH,
    ONE_OFF,
    TERMS,
    Counter,
    a_counter,
    in_payment,
    lapsed,
    overpaid,
    running,
)

HANDED_OVER = DeliveryWay.IN_PERSON


def told() -> Counter:
    """Refused, and the notice is made and not delivered."""
    counter = a_counter()
    counter.refuses()
    counter.papers_made()
    return counter


def demanded() -> Counter:
    counter = overpaid()
    counter.does(DemandRecovery("多发一个月"), "officer-1")
    counter.papers_made()
    return counter


def stopped() -> Counter:
    counter = running()
    counter.papers_made()
    counter.does(Stop("本人书面申请"), "officer-1")
    counter.papers_made()
    return counter


def granted_and_paid() -> Counter:
    counter = in_payment(ONE_OFF)
    counter.pays()
    counter.papers_made()
    return counter


def appeals(case: SubsidyCase) -> set[str]:
    """The clocks of the applicant's own time that run, without the number of the paper."""
    return {clock.id.partition("/")[0] for clock in case.clocks if clock.id.startswith(APPEALS) and clock.running}


def paper_of(counter: Counter, kind: str) -> str:
    return next(paper.id for paper in reversed(counter.case.papers) if paper.kind == kind)


@pytest.mark.parametrize(
    ("begin", "kind", "own"),
    [
        pytest.param(told, DECISION_NOTICE, {"refusal-review"}, id="refused"),
        pytest.param(granted_and_paid, DECISION_NOTICE, {"ask-review"}, id="granted, and less than was hoped for"),
        pytest.param(stopped, STOP_NOTICE, {"ask-review"}, id="stopped"),
        pytest.param(demanded, RECOVERY_NOTICE, {"ask-review", "repayment"}, id="asked back"),
    ],
)
def test_no_day_is_counted_before_the_paper_is_delivered(
    begin: Callable[[], Counter], kind: str, own: set[str]
) -> None:
    counter = begin()
    counter.passes(20)
    clocks = {clock.id for clock in counter.case.clocks if clock.running}
    assert not appeals(counter.case)
    assert not clocks & {"refusal-review", "repayment"}
    paper = counter.delivers(kind)
    begun = {clock for clock in counter.case.clocks if clock.running and clock.id not in clocks}
    assert {clock.id.partition("/")[0] for clock in begun} == own | {"reconsideration", "court"}
    assert {day_of(clock.started_at) for clock in begun} == {counter.today}
    assert find(counter.case.deliveries, paper)


def test_the_days_run_from_the_day_of_delivery_and_not_from_the_day_it_is_recorded() -> None:
    counter = told()
    delivered = counter.today + 2 * ONE_DAY
    counter.passes(10)
    counter.does(RecordDelivery(paper_of(counter, DECISION_NOTICE), DeliveryWay.POST, delivered))
    assert {day_of(clock.started_at) for clock in counter.case.clocks if clock.running} == {delivered}


def test_a_public_notice_counts_once_its_days_are_over() -> None:
    counter = told()
    published = counter.today
    act = RecordDelivery(paper_of(counter, DECISION_NOTICE), DeliveryWay.PUBLIC_NOTICE, published)
    counter.passes(29)
    assert counter.refused(act) == ["notice-not-over"]
    counter.passes(1)
    (delivery,) = counter.does(act).deliveries
    assert (delivery.on, delivery.delivered_on) == (published, published + timedelta(days=30))


def test_where_a_public_notice_has_months_it_counts_once_they_are_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(TERMS, BY_NOTICE, replace(TERMS[BY_NOTICE], length=2, unit=Unit.MONTH))
    counter = told()
    act = RecordDelivery(paper_of(counter, DECISION_NOTICE), DeliveryWay.PUBLIC_NOTICE, counter.today)
    counts = add_months(counter.today, 2)
    counter.passes((counts - counter.today).days - 1)
    assert counter.refused(act) == ["notice-not-over"]
    counter.passes(1)
    (delivery,) = counter.does(act).deliveries
    assert delivery.delivered_on == counts


@pytest.mark.parametrize(
    ("days", "codes"),
    [
        pytest.param(-1, ["before-made"], id="the day before it was made"),
        pytest.param(0, [], id="the day it was made"),
        pytest.param(4, ["future"], id="tomorrow"),
    ],
)
def test_a_paper_is_delivered_after_it_is_made_and_not_tomorrow(days: int, codes: list[str]) -> None:
    counter = told()
    made = counter.today
    counter.passes(3)
    act = RecordDelivery(paper_of(counter, DECISION_NOTICE), HANDED_OVER, made + days * ONE_DAY)
    if codes:
        assert counter.refused(act) == codes
    else:
        counter.does(act)


def test_only_what_can_be_appealed_is_delivered_and_only_once_it_is_made() -> None:
    counter = in_payment()
    counter.orders()
    for paper in ("paper-9", paper_of(counter, PAYMENT_INSTRUCTION)):
        assert counter.refused(RecordDelivery(paper, HANDED_OVER, counter.today)) == ["unknown"]
    assert counter.refused(RecordDelivery(paper_of(counter, DECISION_NOTICE), HANDED_OVER, counter.today)) == [
        "not-made"
    ]


def test_a_mistake_is_put_right_by_an_officer_and_the_days_run_anew() -> None:
    counter = told()
    paper = counter.delivers(DECISION_NOTICE)
    counter.passes(5)
    again = RecordDelivery(paper, DeliveryWay.POST, counter.today)
    assert counter.refused(again) == ["delivered"]
    counter.does(again, "officer-1")
    (delivery,) = counter.case.deliveries
    assert (delivery.way, delivery.delivered_on) == (DeliveryWay.POST, counter.today)
    assert {day_of(clock.started_at) for clock in counter.case.clocks if clock.running} == {counter.today}


def test_who_was_told_otherwise_than_on_paper_is_told_all_the_same() -> None:
    counter = a_counter()
    counter.refuses()
    paper = paper_of(counter, DECISION_NOTICE)
    counter.does(WaivePaper(paper, "打印机坏了，已当面宣读"), "supervisor-1")
    counter.does(RecordDelivery(paper, HANDED_OVER, counter.today))
    counter.passes(30)
    assert counter.case.outcome is Outcome.REFUSED


def test_it_waits_for_the_caseworker_to_deliver() -> None:
    counter = a_counter()
    counter.refuses()
    assert not list(next_steps(counter.case)), "its notice is being made"
    counter.papers_made()
    assert [(step.act, step.by) for step in next_steps(counter.case)] == [("record-delivery", Role.CASEWORKER)]
    counter.delivers(DECISION_NOTICE)
    assert not list(next_steps(counter.case))


def test_a_refusal_that_was_not_delivered_is_not_closed_by_a_review_that_agrees_with_it() -> None:
    counter = told()
    counter.does(AskReview("不服"), "worker-1")
    counter.does(DecideReview("review-1", reversed_=False, reason="维持"), "officer-2")
    assert counter.case.stage is Stage.REFUSAL


def test_a_second_refusal_is_delivered_for_itself() -> None:
    counter = told()
    counter.delivers(DECISION_NOTICE)
    counter.does(AskReview("不服"), "worker-1")
    counter.does(DecideReview("review-1", reversed_=True, reason="有误"), "officer-2")
    assert not appeals(counter.case), "what was appealed has fallen"
    counter.refuses()
    counter.papers_made()
    counter.passes(60)
    assert counter.case.stage is Stage.REFUSAL
    counter.delivers(DECISION_NOTICE)
    counter.passes(30)
    assert counter.case.outcome is Outcome.REFUSED


@pytest.mark.parametrize("begin", [granted_and_paid, stopped])
def test_the_time_to_appeal_outlives_the_case(begin: Callable[[], Counter]) -> None:
    counter = begin()
    counter.delivers(DECISION_NOTICE)
    assert counter.case.closed
    assert appeals(counter.case) == {"ask-review", "reconsideration", "court"}


def test_a_refusal_that_is_closed_can_still_go_to_court_in_its_time() -> None:
    counter = told()
    counter.delivers(DECISION_NOTICE)
    counter.passes(30)
    assert counter.case.closed
    assert appeals(counter.case) == {"reconsideration", "court"}


def test_more_months_do_not_end_the_time_to_appeal_the_first_decision() -> None:
    counter = running()
    counter.papers_made()
    counter.delivers(DECISION_NOTICE)
    counter.does(ClaimPeriods(("2026-03",)))
    assert appeals(counter.case) == {"ask-review", "reconsideration", "court"}


def test_nothing_of_the_station_is_due_by_the_applicant_s_own_time() -> None:
    counter = running()
    counter.papers_made()
    counter.delivers(DECISION_NOTICE)
    assert first_due(counter.case) is None


def test_time_that_is_over_runs_no_more() -> None:
    counter = running()
    counter.papers_made()
    counter.delivers(DECISION_NOTICE)
    counter.passes(30)
    counter.concludes(2 * A_MONTH)
    assert appeals(counter.case) == {"reconsideration", "court"}
    counter.passes(25)
    counter.concludes(2 * A_MONTH)
    counter.passes(10)
    assert appeals(counter.case) == {"court"}


def test_whoever_has_appealed_has_used_their_time() -> None:
    counter = running()
    counter.papers_made()
    counter.delivers(DECISION_NOTICE)
    counter.does(RecordAppeal(Instance.RECONSIDERATION, counter.today, "示例区人民政府"), "officer-1")
    assert appeals(counter.case) == {"ask-review", "court"}


@pytest.mark.parametrize(("days", "codes"), [(10, []), (40, ["term-over"])])
def test_what_is_paid_and_closed_is_reviewed_in_its_time(days: int, codes: list[str]) -> None:
    counter = granted_and_paid()
    counter.delivers(DECISION_NOTICE)
    counter.passes(days)
    if codes:
        assert counter.refused(AskReview("金额不对"), "worker-1") == codes
        return
    counter.does(AskReview("金额不对"), "worker-1")
    clock = find(counter.case.clocks, "review/review-1")
    assert clock
    assert clock.running
    assert [step.act for step in next_steps(counter.case)] == ["decide-review"]
    counter.does(DecideReview("review-1", reversed_=True, reason="漏计"), "officer-3")
    assert counter.case.stage is Stage.DETERMINATION


def test_what_was_never_delivered_is_reviewed_however_long_it_has_been_closed() -> None:
    counter = granted_and_paid()
    counter.passes(400)
    counter.does(AskReview("少算一个月"), "worker-1")
    assert [step.act for step in next_steps(counter.case)] == ["decide-review"]


def test_an_earlier_decision_is_appealed_though_later_months_lapsed_undecided() -> None:
    counter = lapsed()
    counter.does(RecordAppeal(Instance.COURT, counter.today, "示例区人民法院"), "officer-1")
    assert [step.act for step in next_steps(counter.case)] == ["settle-appeal"]


def test_whoever_stopped_it_or_asked_money_back_does_not_review_that() -> None:
    counter = overpaid()
    counter.does(Stop("本人书面申请"), "officer-2")
    counter.does(DemandRecovery("多发一个月"), "officer-3")
    counter.does(AskReview("不服"), "worker-1")
    for took_part in ("officer-1", "officer-2", "officer-3"):
        act = DecideReview("review-1", reversed_=False, reason="维持")
        assert counter.refused(act, took_part) == ["own-decision"]


def test_nor_does_whoever_asked_back_what_was_repaid_by_now() -> None:
    counter = overpaid()
    counter.does(DemandRecovery("多发一个月"), "officer-3")
    counter.does(RecordRepayment(A_MONTH, counter.today, "R-1"))
    counter.does(AskReview("不服"), "worker-1")
    assert counter.refused(DecideReview("review-1", reversed_=False, reason="维持"), "officer-3") == ["own-decision"]
    counter.does(DecideReview("review-1", reversed_=False, reason="维持"), "officer-2")


@pytest.mark.parametrize("instance", [Instance.RECONSIDERATION, Instance.COURT])
@pytest.mark.parametrize("closed", [True, False], ids=["closed", "being told"])
def test_an_appeal_outside_is_on_somebody_s_list_until_its_result_is_recorded(
    instance: Instance, *, closed: bool
) -> None:
    counter = told()
    counter.delivers(DECISION_NOTICE)
    if closed:
        counter.passes(30)
    counter.does(RecordAppeal(instance, counter.today, "示例区人民法院"), "officer-1")
    assert [(step.act, step.about) for step in next_steps(counter.case)] == [("settle-appeal", "review-1")]
    counter.passes(60)
    assert counter.case.closed is closed, "while it is open a refusal that was told is not closed"
    settled = SettleAppeal("review-1", reversed_=False, reason="驳回", decided_on=counter.today)
    counter.does(settled, "officer-1")
    assert counter.case.closed
    assert not list(next_steps(counter.case))


def test_repayment_is_asked_for_once_the_demand_is_delivered() -> None:
    counter = demanded()
    assert [step.act for step in next_steps(counter.case)] == ["record-delivery"]
    counter.delivers(RECOVERY_NOTICE)
    assert [step.act for step in next_steps(counter.case)] == ["record-repayment"]
    counter.does(RecordRepayment(A_MONTH, counter.today, "R-1"))
    assert counter.case.stage is Stage.RUNNING


def test_what_is_not_delivered_can_be_told_from_the_case() -> None:
    counter = demanded()
    counter.delivers(RECOVERY_NOTICE)
    assert [paper.kind for paper in undelivered(counter.case)] == [DECISION_NOTICE, DECISION_NOTICE]


def test_a_check_does_not_touch_the_time_to_appeal() -> None:
    counter = running()
    counter.papers_made()
    counter.delivers(DECISION_NOTICE)
    began = {clock.id: clock.started_at for clock in counter.case.clocks if clock.id.startswith(APPEALS)}
    counter.passes(3)
    counter.does(Recheck())
    counter.concludes(2 * A_MONTH)
    assert {clock.id: clock.started_at for clock in counter.case.clocks if clock.id.startswith(APPEALS)} == began
