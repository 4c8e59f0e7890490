"""Whole lives of subsidy cases, each told once."""

from datetime import date

from cases.case_parts import PaperState
from cases.determinations import Conclusion
from cases.roles import Role
from cases.subsidy.appealing import AskReview, DecideReview, RecordAppeal, Reopen, SettleAppeal
from cases.subsidy.case import SubsidyCase
from cases.subsidy.claiming import ClaimPeriods, WithdrawApplication
from cases.subsidy.determining import AdoptDetermination, ConfirmDeparture, DepartFromDetermination, RejectDeparture
from cases.subsidy.engine import RingAlarm
from cases.subsidy.looking import AnswerPerson, AskPerson
from cases.subsidy.moves import (
    DECISION_NOTICE,
    DETERMINATION_NOTICE,
    PAYMENT_INSTRUCTION,
    RECOVERY_NOTICE,
    STOP_NOTICE,
)
from cases.subsidy.noticing import PublishNotice, RaiseObjection, SettleObjection
from cases.subsidy.paying import CancelPayment, Recheck, SettlePayment
from cases.subsidy.record import TermEnd
from cases.subsidy.recovering import DemandRecovery, RecordRepayment, WriteOff
from cases.subsidy.running import Finish, RecordStopEvent, Stop
from cases.subsidy.stages import Instance, Outcome, PaymentStatus, Stage
from tests.cases.subsidy.counter import (
    A_MONTH,
    ONE_OFF,
    Counter,
    a_counter,
    granted,
    in_notice,
    in_payment,
    overpaid,
    refused,
    running,
)


def live(case: SubsidyCase) -> list[str]:
    return [claim.id for claim in case.claims if claim.released_on is None]


def stage(counter: Counter) -> Stage:
    return counter.case.stage


def papers(case: SubsidyCase) -> list[str]:
    return [paper.kind for paper in case.papers]


def test_granted_shown_to_the_public_and_paid_it_runs() -> None:
    counter = running()
    case = counter.case
    assert case.stage is Stage.RUNNING
    assert case.paid_fen == 2 * A_MONTH
    assert {claim.payment_id for claim in case.claims} == {"payment-1"}
    assert papers(case) == [DETERMINATION_NOTICE, DECISION_NOTICE, PAYMENT_INSTRUCTION]


def test_a_one_off_subsidy_is_closed_once_it_is_paid() -> None:
    counter = in_payment(ONE_OFF)
    counter.pays()
    assert (counter.case.stage, counter.case.outcome) == (Stage.CLOSED, Outcome.PAID)
    assert live(counter.case) == ["once"]


def test_refused_it_is_closed_when_the_days_to_ask_for_a_review_are_over() -> None:
    counter = refused()
    assert stage(counter) is Stage.REFUSAL
    assert live(counter.case) == ["2026-01", "2026-02"]
    counter.passes(30)
    assert (counter.case.stage, counter.case.outcome) == (Stage.CLOSED, Outcome.REFUSED)
    assert live(counter.case) == []


def test_nobody_loses_days_while_the_refusal_is_not_delivered() -> None:
    counter = a_counter()
    counter.refuses()
    counter.papers_made()
    counter.passes(30)
    assert stage(counter) is Stage.REFUSAL
    counter.delivers(DECISION_NOTICE)
    counter.passes(30)
    assert counter.case.outcome is Outcome.REFUSED


def test_what_is_missing_and_never_supplied_lets_an_application_expire() -> None:
    counter = a_counter()
    counter.concludes(None, Conclusion.NEEDS_INFORMATION)
    counter.papers_made()
    counter.passes(20)
    assert stage(counter) is Stage.DETERMINATION
    counter.passes(20)
    assert (counter.case.stage, counter.case.outcome) == (Stage.CLOSED, Outcome.EXPIRED)
    assert live(counter.case) == []


def test_the_days_to_decide_begin_anew_once_everything_is_there() -> None:
    counter = a_counter()
    counter.concludes(None, Conclusion.NEEDS_INFORMATION)
    assert [clock.id for clock in counter.case.clocks if clock.running] == ["supply-information"]
    counter.concludes(A_MONTH)
    assert [clock.id for clock in counter.case.clocks if clock.running] == ["decision"]


def test_an_officer_departs_with_a_second_person_and_a_sum_of_their_own() -> None:
    counter = a_counter()
    found = counter.concludes(0, Conclusion.REFUSED)
    counter.does(DepartFromDetermination(found, granted=True, reason="证据充分", amount_fen=A_MONTH), "officer-1")
    assert counter.refused(ConfirmDeparture(found), "officer-1") == ["second-person"]
    counter.does(ConfirmDeparture(found), "officer-2")
    assert (counter.case.stage, counter.case.granted_fen) == (Stage.NOTICE, A_MONTH)


def test_a_departure_that_a_second_officer_rejects_has_no_effect() -> None:
    counter = a_counter()
    found = counter.concludes(0, Conclusion.REFUSED)
    counter.does(DepartFromDetermination(found, granted=True, reason="证据充分", amount_fen=A_MONTH), "officer-1")
    counter.does(RejectDeparture(found, "证据不足"), "officer-2")
    assert (counter.case.departing_fen, counter.case.granted_fen) == (None, None)


def test_a_person_asked_for_looks_before_a_refusal_is_adopted() -> None:
    counter = a_counter()
    found = counter.concludes(0, Conclusion.REFUSED)
    counter.does(AskPerson("请人工看一下"), "worker-1")
    assert counter.refused(AdoptDetermination(found), "officer-1") == ["look-pending"]
    counter.does(AnswerPerson(stands=False, finding="缴费记录有误"), "officer-1")
    assert counter.refused(AdoptDetermination(found), "officer-1") == ["look-differs"]


def test_a_person_asked_for_after_a_refusal_can_bring_it_back() -> None:
    counter = refused()
    counter.does(AskPerson("请人工看一下"), "worker-1")
    assert counter.refused(AnswerPerson(stands=False, finding="确有错误"), "officer-1") == ["own-decision"]
    counter.passes(30)
    assert stage(counter) is Stage.REFUSAL, "it is not closed while an officer looks at it"
    counter.does(AnswerPerson(stands=False, finding="确有错误"), "officer-2")
    assert stage(counter) is Stage.DETERMINATION


def test_an_objection_upheld_leads_back_and_the_list_is_shown_again() -> None:
    counter = in_notice()
    counter.does(RaiseObjection("该人已在单位参保"))
    counter.passes(14)
    assert stage(counter) is Stage.NOTICE, "an objection is open"
    counter.does(SettleObjection("objection-1", upheld=True, reason="属实"), "officer-1")
    assert (counter.case.stage, counter.case.noticed_on) == (Stage.DETERMINATION, None)
    counter.grants(A_MONTH)
    assert stage(counter) is Stage.NOTICE


def test_an_objection_that_is_not_upheld_only_delays_payment() -> None:
    counter = in_notice()
    counter.does(RaiseObjection("听说有问题"))
    counter.passes(14)
    counter.does(SettleObjection("objection-1", upheld=False, reason="查无实据"), "officer-1")
    assert stage(counter) is Stage.PAYMENT


def test_a_refusal_reversed_by_a_review_is_decided_anew() -> None:
    counter = refused()
    counter.does(AskReview("不服"), "worker-1")
    assert "own-decision" in counter.refused(DecideReview("review-1", reversed_=True, reason="有误"), "officer-1")
    counter.does(DecideReview("review-1", reversed_=True, reason="有误"), "officer-2")
    assert stage(counter) is Stage.DETERMINATION
    counter.grants(2 * A_MONTH)
    assert stage(counter) is Stage.NOTICE


def test_a_refusal_reversed_by_a_court_long_after_it_was_closed_is_decided_anew() -> None:
    counter = refused()
    counter.passes(60)
    counter.does(RecordAppeal(Instance.COURT, counter.today, "示例区人民法院"))
    counter.does(
        SettleAppeal("review-1", reversed_=True, reason="撤销决定", decided_on=counter.today),
        "officer-1",
    )
    assert (counter.case.stage, counter.case.outcome) == (Stage.DETERMINATION, None)
    assert live(counter.case) == ["2026-01", "2026-02"]


def test_a_stop_event_stops_it_and_what_was_paid_too_much_comes_back() -> None:
    counter = running()
    counter.does(RecordStopEvent("employer_insured", "2026-02", "社保系统"))
    assert stage(counter) is Stage.RUNNING
    counter.grants(A_MONTH)
    assert (counter.case.stage, counter.case.overpaid_fen) == (Stage.RECOVERY, A_MONTH)
    counter.does(Stop("单位已参保"), "officer-1")
    counter.does(DemandRecovery("多发一个月"), "officer-1")
    assert counter.refused(RecordRepayment(A_MONTH + 1, counter.today, "R-1")) == ["amount"]
    counter.does(RecordRepayment(A_MONTH - 1, counter.today, "R-1"))
    counter.does(RecordRepayment(1, counter.today, "R-2"))
    assert (counter.case.stage, counter.case.outcome) == (Stage.CLOSED, Outcome.RECOVERED)
    assert papers(counter.case)[-2:] == [STOP_NOTICE, RECOVERY_NOTICE]


def test_a_subsidy_that_was_not_stopped_goes_on_once_it_is_repaid() -> None:
    counter = overpaid()
    counter.does(DemandRecovery("多发一个月"), "officer-1")
    counter.does(RecordRepayment(A_MONTH, counter.today, "R-1"))
    assert (counter.case.stage, counter.case.recovery) == (Stage.RUNNING, None)


def test_what_came_back_whole_may_be_claimed_again() -> None:
    counter = running()
    counter.does(Recheck())
    counter.refuses()
    counter.does(DemandRecovery("不符合条件"), "officer-1")
    counter.does(RecordRepayment(2 * A_MONTH, counter.today, "R-1"))
    assert (counter.case.outcome, counter.case.paid_fen, live(counter.case)) == (Outcome.RECOVERED, 0, [])


def test_what_cannot_be_had_back_is_written_off_by_a_second_person() -> None:
    counter = overpaid()
    counter.does(DemandRecovery("多发一个月"), "officer-1")
    counter.does(WriteOff("下落不明"), "supervisor-1")
    assert counter.case.outcome is Outcome.WRITTEN_OFF
    assert counter.refused(Reopen("再查")) == ["written-off"]


def test_stopped_with_nothing_paid_too_much_it_is_closed() -> None:
    counter = running()
    counter.does(Stop("本人书面申请"), "officer-1")
    assert (counter.case.outcome, live(counter.case)) == (Outcome.STOPPED, ["2026-01", "2026-02"])


def test_more_months_are_determined_shown_and_paid_as_the_first_were() -> None:
    counter = running()
    counter.does(ClaimPeriods(("2026-03",)), "worker-1")
    assert stage(counter) is Stage.DETERMINATION
    counter.grants(3 * A_MONTH)
    counter.does(PublishNotice("notice-2"), "officer-1")
    counter.passes(14)
    counter.pays()
    assert [payment.amount_fen for payment in counter.case.payments] == [2 * A_MONTH, A_MONTH]
    assert stage(counter) is Stage.RUNNING


def test_a_month_for_which_the_rules_give_nothing_may_be_claimed_again() -> None:
    counter = running()
    counter.does(ClaimPeriods(("2026-03",)), "worker-1")
    counter.grants(2 * A_MONTH)
    assert (counter.case.stage, live(counter.case)) == (Stage.RUNNING, ["2026-01", "2026-02"])


def test_nothing_expires_while_money_is_under_way() -> None:
    counter = in_payment()
    payment = counter.sends()
    counter.does(Recheck())
    counter.concludes(None, Conclusion.NEEDS_INFORMATION)
    counter.papers_made()
    counter.passes(60)
    assert stage(counter) is Stage.DETERMINATION
    counter.does(SettlePayment(payment, paid=True, settled_on=counter.today), "officer-2")
    counter.passes(60)
    assert counter.case.outcome is Outcome.EXPIRED


def test_it_is_looked_at_every_month_and_ends_with_its_term() -> None:
    counter = running()
    facts = counter.case.facts_seen
    counter.passes(10)
    assert counter.case.facts_seen == facts
    counter.passes(20)
    assert counter.case.facts_seen == facts + 1, "the first of April"
    counter.concludes(2 * A_MONTH)
    assert stage(counter) is Stage.RUNNING
    counter.record.end = TermEnd.USED_UP
    counter.passes(31)
    assert (counter.case.outcome, papers(counter.case)[-1]) == (Outcome.PAID, STOP_NOTICE)


def test_finished_by_a_person() -> None:
    counter = running()
    counter.does(Finish("不再申领"))
    assert counter.case.outcome is Outcome.PAID


def test_a_payment_that_the_bank_returns_is_ordered_again() -> None:
    counter = in_payment()
    payment = counter.sends()
    counter.does(SettlePayment(payment, paid=False, settled_on=counter.today, code="R02"), "officer-2")
    assert (counter.case.stage, counter.case.paid_fen) == (Stage.PAYMENT, 0)
    assert {claim.payment_id for claim in counter.case.claims} == {None}
    counter.pays()
    assert [p.status for p in counter.case.payments] == [PaymentStatus.RETURNED, PaymentStatus.PAID]


def test_a_cancelled_instruction_pays_nothing_and_its_paper_is_owed_no_more() -> None:
    counter = in_payment()
    payment = counter.orders()
    counter.does(CancelPayment(payment, "账户变更"), "officer-2")
    assert counter.case.paid_fen == 0
    assert {claim.payment_id for claim in counter.case.claims} == {None}
    assert not [paper for paper in counter.case.papers if _orders(paper) and paper.owed]


def test_a_check_that_comes_out_otherwise_cancels_the_instruction() -> None:
    counter = in_payment()
    counter.orders()
    counter.does(Recheck())
    counter.concludes(A_MONTH)
    assert stage(counter) is Stage.DETERMINATION
    assert counter.case.payments[-1].status is PaymentStatus.CANCELLED
    counter.does(AdoptDetermination(counter.concludes(A_MONTH)), "officer-1")
    assert stage(counter) is Stage.PAYMENT, "less than what the public was shown is not shown again"


def test_withdrawn_its_months_may_be_claimed_again() -> None:
    counter = granted()
    counter.does(WithdrawApplication("不再申请"), "worker-1")
    assert (counter.case.outcome, live(counter.case)) == (Outcome.WITHDRAWN, [])
    counter.does(Reopen("改变主意"))
    assert live(counter.case) == ["2026-01", "2026-02"]


def test_the_engine_rings_only_what_stands() -> None:
    counter = in_notice()
    assert counter.refused(RingAlarm("public-notice", 10), Role.ENGINE) == ["not-due"]


def test_a_day_in_the_future_is_refused() -> None:
    counter = in_payment()
    payment = counter.sends()
    later = date(2027, 1, 1)
    assert counter.refused(SettlePayment(payment, paid=True, settled_on=later), "officer-2") == ["future"]


def _orders(paper: PaperState) -> bool:
    return paper.kind == PAYMENT_INSTRUCTION
