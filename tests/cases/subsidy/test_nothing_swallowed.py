"""No end, and no new beginning, swallows what somebody waits for, what is owed back, or what the public must see."""

import pytest

from cases.determinations import Conclusion
from cases.money import TOO_MUCH
from cases.parts import find
from cases.subsidy.appealing import AskReview, DecideReview
from cases.subsidy.claiming import ClaimPeriods, WithdrawApplication, refused_periods
from cases.subsidy.determining import AdoptDetermination, ConfirmDeparture, DepartFromDetermination
from cases.subsidy.looking import AnswerPerson, AskPerson
from cases.subsidy.next_step import next_steps
from cases.subsidy.noticing import RaiseObjection
from cases.subsidy.paying import OrderPayment, Recheck, SendPayment, SettlePayment
from cases.subsidy.record import TermEnd
from cases.subsidy.running import RecordStopEvent
from cases.subsidy.stages import Each, Stage
from tests.cases.subsidy.counter import A_MONTH, MONTHS, ONE_OFF, Counter, a_counter, in_notice, in_payment, running


def lacking_facts() -> Counter:
    counter = a_counter()
    counter.concludes(None, Conclusion.NEEDS_INFORMATION)
    counter.papers_made()
    return counter


def test_what_was_paid_too_much_is_not_withdrawn_from_recovery() -> None:
    counter = running()
    counter.does(Recheck())
    counter.concludes(A_MONTH)
    assert counter.refused(WithdrawApplication("不再申请"), "worker-1") == ["paid"]
    counter.does(AdoptDetermination(counter.case.determinations[-1].id), "officer-1")
    assert counter.case.stage is Stage.RECOVERY


def test_a_later_claim_is_withdrawn_and_what_was_paid_goes_on() -> None:
    counter = running()
    counter.does(ClaimPeriods(("2026-03",)))
    counter.does(WithdrawApplication("三月不再申领"), "worker-1")
    assert [claim.id for claim in counter.case.claims if claim.released_on is None] == ["2026-01", "2026-02"]
    counter.grants(2 * A_MONTH)
    assert counter.case.stage is Stage.RUNNING


def test_who_asked_for_a_person_does_not_expire_before_one_has_looked() -> None:
    counter = lacking_facts()
    counter.does(AskPerson("请人看一看"), "worker-1")
    counter.passes(60)
    assert counter.case.stage is Stage.DETERMINATION
    counter.does(AnswerPerson(stands=True, finding="材料确实不全"), "officer-1")
    counter.passes(60)
    assert counter.case.closed


def test_what_an_officer_proposes_does_not_expire_before_a_second_one_answers() -> None:
    counter = lacking_facts()
    (found,) = counter.case.determinations
    counter.does(DepartFromDetermination(found.id, granted=True, reason="已核实", amount_fen=A_MONTH), "officer-1")
    counter.passes(60)
    counter.does(ConfirmDeparture(found.id), "officer-2")
    assert counter.case.granted_fen == A_MONTH


def test_what_was_supplied_and_not_looked_at_yet_does_not_expire() -> None:
    counter = lacking_facts()
    counter.does(RecordStopEvent("own_business", "2026-02", "营业执照"))
    counter.passes(60)
    assert counter.case.stage is Stage.DETERMINATION


def test_a_term_does_not_end_over_facts_that_nobody_looked_at() -> None:
    counter = running()
    counter.record.end = TermEnd.RETIRED
    counter.does(RecordStopEvent("own_business", "2026-01", "营业执照"))
    counter.passes(40)
    assert counter.case.stage is Stage.RUNNING
    counter.concludes(2 * A_MONTH)
    counter.passes(40)
    assert counter.case.closed


@pytest.mark.parametrize("wrong", [True, False])
def test_a_review_is_answered_also_where_the_money_came_first(*, wrong: bool) -> None:
    counter = in_payment(ONE_OFF)
    counter.does(AskReview("金额不对"), "worker-1")
    counter.pays()
    assert counter.case.closed
    assert [(step.act, step.about) for step in next_steps(counter.case)] == [("decide-review", "review-1")]
    counter.does(DecideReview("review-1", reversed_=wrong, reason="复算"), "officer-3")
    assert counter.case.stage is (Stage.DETERMINATION if wrong else Stage.CLOSED)
    assert "decide-review" not in [step.act for step in next_steps(counter.case)]


@pytest.mark.parametrize("amount", [A_MONTH, 3 * A_MONTH], ids=["less", "more"])
def test_the_days_to_answer_a_review_run_on_when_it_is_determined_anew(amount: int) -> None:
    counter = running()
    counter.does(AskReview("金额不对"), "worker-1")
    counter.does(Recheck())
    counter.concludes(amount)
    clock = find(counter.case.clocks, "review/review-1")
    assert clock
    assert clock.running


def test_the_days_to_settle_an_objection_run_on_when_it_is_determined_anew() -> None:
    counter = in_notice()
    counter.does(RaiseObjection("有异议"))
    counter.does(Recheck())
    counter.concludes(A_MONTH)
    clock = find(counter.case.clocks, "objection/objection-1")
    assert clock
    assert clock.running


def test_more_than_the_public_was_shown_is_shown_first() -> None:
    """The rules gave less than was shown, and then officers grant more."""
    counter = in_payment()
    counter.does(Recheck())
    found = counter.concludes(A_MONTH)
    more = DepartFromDetermination(found, granted=True, reason="漏计一个月", amount_fen=3 * A_MONTH)
    counter.does(more, "officer-1")
    counter.does(ConfirmDeparture(found), "officer-2")
    assert (counter.case.stage, counter.case.noticed_on) == (Stage.NOTICE, None)
    assert "not-noticed" in counter.refused(OrderPayment(), "officer-3")


def test_who_proposed_a_refusal_does_not_look_at_it_again() -> None:
    counter = a_counter()
    found = counter.concludes(None, Conclusion.FOR_JUDGMENT)
    counter.does(DepartFromDetermination(found, granted=False, reason="不符合"), "officer-1")
    counter.does(ConfirmDeparture(found), "officer-2")
    counter.does(AskPerson("请人看一看"), "worker-1")
    for took_part in ("officer-1", "officer-2"):
        assert counter.refused(AnswerPerson(stands=True, finding="成立"), took_part) == ["own-decision"]
    counter.does(AnswerPerson(stands=True, finding="成立"), "officer-3")


@pytest.mark.parametrize("amount", [TOO_MUCH, 2**63, 10**30])
def test_a_sum_that_the_record_cannot_hold_is_refused_before_it_is_written(amount: int) -> None:
    counter = a_counter()
    act = DepartFromDetermination(counter.concludes(A_MONTH), granted=True, reason="多打了几个零", amount_fen=amount)
    assert counter.refused(act, "officer-1") == ["amount"]


@pytest.mark.parametrize(("each", "period"), [(Each.YEAR, "201９"), (Each.MONTH, "201９-03")])
def test_a_period_has_one_way_to_be_written(each: Each, period: str) -> None:
    """Digits of other scripts would make the same year another claim."""
    assert [reason.code for reason in refused_periods(each, [period], a_counter().today)] == ["bad-period"]


def test_nothing_is_sent_over_facts_that_nobody_looked_at() -> None:
    counter = in_payment()
    payment = counter.orders()
    counter.does(RecordStopEvent("employer_insured", "2026-02", "参保记录"))
    assert counter.refused(SendPayment(payment, "batch-1"), "officer-2") == ["out-of-date"]


def test_a_payment_in_another_case_is_looked_at_before_this_one_pays() -> None:
    counter = in_payment()
    counter.record.paid_in = ("case-2",)
    assert "paid-meanwhile" in counter.refused(OrderPayment(), "officer-2")


def test_a_month_without_the_subsidy_is_not_claimed_while_it_runs() -> None:
    counter = running()
    counter.record.without_policy = ("2019-01",)
    assert counter.refused(ClaimPeriods(("2019-01",))) == ["period-without-policy"]


@pytest.mark.parametrize("code", ["户名不符：某某", "R 01", "6" * 41])
def test_a_return_is_named_by_a_code_and_nobody_by_it(code: str) -> None:
    counter = in_payment()
    returned = SettlePayment(counter.sends(), paid=False, settled_on=counter.today, code=code)
    assert counter.refused(returned, "officer-2") == ["bad-code"]


def test_a_month_for_which_nothing_is_due_is_not_had_and_may_be_claimed_again() -> None:
    counter = in_payment()
    counter.record.not_due = frozenset({MONTHS[1]})
    counter.pays()
    assert [claim.id for claim in counter.case.claims if claim.payment_id] == [MONTHS[0]]
    assert [claim.id for claim in counter.case.claims if claim.released_on] == [MONTHS[1]]
