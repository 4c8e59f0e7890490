"""What the bank had paid comes back days later: it is due again, and nothing of it was had meanwhile."""

from collections.abc import Callable
from typing import Any

import pytest

from cases.days import ONE_DAY
from cases.determinations import Conclusion
from cases.roles import Role
from cases.subsidy.case import SubsidyCase
from cases.subsidy.claiming import ClaimPeriods
from cases.subsidy.determining import AdoptDetermination
from cases.subsidy.moves import DECISION_NOTICE, PAYMENT_INSTRUCTION, RECOVERY_NOTICE
from cases.subsidy.next_step import next_steps
from cases.subsidy.noticing import PublishNotice
from cases.subsidy.paying import OrderPayment, Recheck, SettlePayment
from cases.subsidy.recovering import DemandRecovery, RecordRepayment, WriteOff
from cases.subsidy.returning import ReturnPayment
from cases.subsidy.running import Finish, Stop
from cases.subsidy.stages import Outcome, PaymentStatus, Stage
from cases.subsidy.telling import notices
from tests.cases.subsidy.counter import A_MONTH, MONTHS, ONE_OFF, Counter, in_payment, lapsed, overpaid, running


def a_return(counter: Counter, payment: str = "payment-1", **changes: Any) -> ReturnPayment:
    fields: dict[str, Any] = {
        "payment": payment,
        "returned_on": counter.today,
        "code": "R09",
        "evidence": "退汇通知第7号",
        **changes,
    }
    return ReturnPayment(**fields)


def comes_back(counter: Counter, payment: str = "payment-1", by: str = "officer-3") -> SubsidyCase:
    return counter.does(a_return(counter, payment), by)


def paid_once() -> Counter:
    counter = in_payment(ONE_OFF)
    counter.pays()
    assert counter.case.closed
    return counter


def finished() -> Counter:
    counter = running()
    counter.does(Finish("不再从事灵活就业"))
    return counter


def stopped() -> Counter:
    counter = running()
    counter.does(Stop("本人书面申请"), "officer-1")
    return counter


@pytest.mark.parametrize(
    ("begin", "ends"),
    [
        pytest.param(running, None, id="running"),
        pytest.param(paid_once, Outcome.PAID, id="had once"),
        pytest.param(finished, Outcome.PAID, id="finished"),
        pytest.param(stopped, Outcome.STOPPED, id="stopped"),
    ],
)
def test_it_is_due_again_and_paid_again_and_then_the_case_is_as_it_was(
    begin: Callable[[], Counter], ends: Outcome | None
) -> None:
    counter = begin()
    before = counter.case
    counter.passes(3)
    case = comes_back(counter)
    assert (case.stage, case.paid_fen, case.due_fen) == (Stage.PAYMENT, 0, 2 * A_MONTH)
    assert {claim.payment_id for claim in case.claims} == {None}
    assert [step.act for step in next_steps(case)] == ["order-payment"]
    counter.pays()
    assert (counter.case.stage, counter.case.outcome) == (before.stage, ends)
    assert [payment.status for payment in counter.case.payments] == [PaymentStatus.RETURNED, PaymentStatus.PAID]
    assert {claim.payment_id for claim in counter.case.claims} == {"payment-2"}
    assert [paper.about for paper in counter.case.papers if paper.kind == PAYMENT_INSTRUCTION] == [
        "payment-1",
        "payment-2",
    ]


def test_the_bank_s_day_and_code_stay_with_the_payment_beside_the_day_it_was_paid() -> None:
    counter = running()
    paid_on = counter.today
    counter.passes(3)
    (payment,) = comes_back(counter).payments
    assert (payment.settled_on, payment.returned_on, payment.return_code) == (paid_on, counter.today, "R09")
    assert (payment.returned_by, payment.returned_at) == ("officer-3", counter.now)


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        pytest.param({"code": " "}, ["blank"], id="no code"),
        pytest.param({"code": "户名不符"}, ["bad-code"], id="a sentence for a code"),
        pytest.param({"evidence": ""}, ["blank"], id="no evidence"),
        pytest.param({"payment": "payment-9"}, ["unknown"], id="no such payment"),
    ],
)
def test_what_a_return_needs(changes: dict[str, Any], codes: list[str]) -> None:
    counter = running()
    assert counter.refused(a_return(counter, **changes), "officer-3") == codes


@pytest.mark.parametrize(("days", "codes"), [(-1, ["before-paid"]), (0, []), (1, ["future"])])
def test_it_comes_back_once_it_was_paid_and_not_tomorrow(days: int, codes: list[str]) -> None:
    counter = running()
    act = a_return(counter, returned_on=counter.today + days * ONE_DAY)
    if codes:
        assert counter.refused(act, "officer-3") == codes
    else:
        counter.does(act, "officer-3")


def test_only_what_had_arrived_comes_back_late() -> None:
    counter = in_payment()
    counter.sends()
    assert counter.refused(a_return(counter), "officer-3") == ["other-status"]
    counter.does(SettlePayment("payment-1", paid=True, settled_on=counter.today), "officer-2")
    comes_back(counter)
    assert counter.refused(a_return(counter), "officer-3") == ["other-status"]


def test_whoever_recorded_the_return_does_not_order_it_anew() -> None:
    counter = running()
    comes_back(counter, by="officer-2")
    counter.does(Recheck())
    counter.concludes(2 * A_MONTH)
    assert counter.refused(OrderPayment(), "officer-2") == ["second-person"]
    counter.does(OrderPayment(), "officer-3")


def test_the_months_that_were_not_had_are_claimed_as_before_and_by_nobody_else() -> None:
    counter = running()
    case = comes_back(counter)
    assert [claim.released_on for claim in case.claims] == [None, None]


def test_what_more_was_repaid_than_ever_arrived_is_looked_into_first() -> None:
    counter = overpaid()
    counter.does(DemandRecovery("多发一个月"), "officer-1")
    counter.does(RecordRepayment(A_MONTH, counter.today, "R-1"))
    assert counter.refused(a_return(counter), "officer-3") == ["repaid"]


def test_of_two_payments_one_comes_back_though_some_of_the_other_was_repaid() -> None:
    counter = running()
    counter.does(ClaimPeriods(("2026-03",)))
    counter.grants(3 * A_MONTH)
    counter.does(PublishNotice("notice-2"), "officer-1")
    counter.passes(14)
    counter.pays()
    counter.does(Recheck())
    counter.grants(2 * A_MONTH)
    counter.does(DemandRecovery("多发一个月"), "officer-1")
    counter.does(RecordRepayment(A_MONTH, counter.today, "R-1"))
    case = comes_back(counter, "payment-2")
    assert (case.stage, case.paid_fen, case.due_fen) == (Stage.PAYMENT, A_MONTH, A_MONTH)


def test_what_was_demanded_falls_where_it_never_arrived() -> None:
    counter = overpaid()
    counter.does(DemandRecovery("多发一个月"), "officer-1")
    counter.papers_made()
    counter.delivers(RECOVERY_NOTICE)
    case = comes_back(counter)
    assert (case.stage, case.recovery, case.due_fen) == (Stage.PAYMENT, None, A_MONTH)
    assert not [clock for clock in case.clocks if clock.id == "repayment" and clock.running]


def test_what_was_written_off_and_came_back_with_the_bank_was_not_lost() -> None:
    counter = overpaid()
    counter.does(DemandRecovery("多发一个月"), "officer-1")
    counter.does(WriteOff("下落不明"), "supervisor-1")
    case = comes_back(counter)
    assert (case.stage, case.written_off_fen, case.due_fen) == (Stage.PAYMENT, 0, A_MONTH)
    counter.pays()
    assert (counter.case.outcome, counter.case.paid_fen) == (Outcome.PAID, A_MONTH)


def test_where_nothing_was_due_nothing_is_paid_again() -> None:
    """Refused after it was paid, and given up; then the bank returns it all."""
    counter = running()
    counter.does(Recheck())
    counter.refuses()
    counter.does(DemandRecovery("不符合条件"), "officer-1")
    counter.does(WriteOff("下落不明"), "supervisor-1")
    case = comes_back(counter)
    assert (case.stage, case.outcome, case.paid_fen) == (Stage.CLOSED, Outcome.REFUSED, 0)
    assert [claim.id for claim in case.claims if claim.released_on] == list(MONTHS)


def test_a_refusal_that_was_told_before_the_money_came_back_is_closed_in_its_time() -> None:
    """Its delivery is recorded already and is not recorded twice: the days run from then."""
    counter = running()
    counter.does(Recheck())
    counter.refuses()
    counter.papers_made()
    counter.delivers(DECISION_NOTICE)
    counter.passes(3)
    assert comes_back(counter).stage is Stage.REFUSAL
    counter.passes(30)
    assert (counter.case.outcome, counter.case.paid_fen) == (Outcome.REFUSED, 0)


def test_what_was_granted_is_paid_again_though_a_later_month_lapsed() -> None:
    """Nobody decided of the later month: an officer decides of what came back."""
    counter = lapsed()
    assert counter.case.outcome is Outcome.EXPIRED
    assert comes_back(counter).stage is Stage.DETERMINATION
    assert [claim.id for claim in counter.case.claims if claim.released_on is None] == list(MONTHS)
    counter.grants(2 * A_MONTH)
    counter.does(PublishNotice("notice-2"), "officer-1")
    counter.passes(14)
    counter.pays()
    assert (counter.case.outcome, counter.case.paid_fen) == (Outcome.PAID, 2 * A_MONTH)


def test_it_comes_back_while_the_case_is_decided_anew() -> None:
    counter = running()
    counter.does(Recheck())
    counter.concludes(A_MONTH, Conclusion.GRANTED)
    assert comes_back(counter).stage is Stage.DETERMINATION
    assert counter.case.standing
    counter.does(AdoptDetermination(counter.case.standing.id), "officer-1")
    assert (counter.case.stage, counter.case.due_fen) == (Stage.PAYMENT, A_MONTH)


def test_officer_and_caseworker_are_told() -> None:
    counter = running()
    act, before = a_return(counter), counter.case
    after = comes_back(counter)
    assert [notice.to for notice in notices(act, before, after)][:2] == [Role.OFFICER, Role.CASEWORKER]
