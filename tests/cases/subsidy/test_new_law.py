"""A change of the law that reaches a case: what it starts anew, what it leaves, and of which case it is refused."""

from dataclasses import replace
from datetime import date

import pytest

from cases.days import ONE_DAY
from cases.determinations import Conclusion
from cases.roles import Role
from cases.subsidy.appealing import RecordAppeal, SettleAppeal
from cases.subsidy.claiming import WithdrawApplication
from cases.subsidy.new_law import ApplyNewLaw
from cases.subsidy.paying import EVERY_VALUE, AcceptUnverified
from cases.subsidy.progress import policies_due
from cases.subsidy.record import ClaimElsewhere
from cases.subsidy.recovering import DemandRecovery, RecordRepayment
from cases.subsidy.running import Finish
from cases.subsidy.stages import Instance, Outcome, Stage
from tests.cases.subsidy.counter import (
    A_MONTH,
    MONTHS,
    POLICY,
    Counter,
    a_counter,
    closed,
    granted,
    in_payment,
    running,
)

LAW = date(2026, 1, 1)


def asks(counter: Counter, on: date = LAW, publication: str = "proposal-1") -> None:
    counter.does(ApplyNewLaw(on, publication), Role.ENGINE)
    assert list(policies_due(counter.case)) == [POLICY]


def paid_and_over() -> Counter:
    counter = running()
    counter.does(Finish("不再从事灵活就业"))
    assert counter.case.outcome is Outcome.PAID
    return counter


def test_a_decision_stands_where_the_rules_come_to_the_same() -> None:
    counter = granted()
    asks(counter)
    counter.concludes(2 * A_MONTH)
    assert counter.case.standing
    assert (counter.case.stage, counter.case.standing.granted) == (Stage.NOTICE, True)


def test_where_they_come_to_another_sum_an_officer_decides_anew() -> None:
    counter = granted()
    asks(counter)
    counter.concludes(A_MONTH)
    assert counter.case.standing
    assert (counter.case.stage, counter.case.standing.granted) == (Stage.DETERMINATION, None)


def test_a_running_subsidy_that_is_less_now_is_recovered_and_runs_on() -> None:
    counter = running()
    asks(counter)
    counter.grants(A_MONTH)
    assert (counter.case.stage, counter.case.overpaid_fen) == (Stage.RECOVERY, A_MONTH)
    counter.does(DemandRecovery("政策调整"), "officer-1")
    counter.does(RecordRepayment(A_MONTH, counter.today, "R-1"))
    assert counter.case.stage is Stage.RUNNING


def test_what_was_paid_and_over_is_topped_up_and_does_not_run_again() -> None:
    counter = paid_and_over()
    asks(counter)
    assert (counter.case.stage, counter.case.outcome) == (Stage.DETERMINATION, None)
    assert {claim.payment_id for claim in counter.case.claims} == {"payment-1"}
    counter.grants(3 * A_MONTH)
    assert (counter.case.stage, counter.case.due_fen) == (Stage.NOTICE, A_MONTH)


def test_decided_to_the_same_what_was_over_is_over_again() -> None:
    counter = paid_and_over()
    asks(counter)
    counter.grants(2 * A_MONTH)
    assert (counter.case.stage, counter.case.outcome) == (Stage.CLOSED, Outcome.PAID)


def test_what_was_refused_is_claimed_again_and_runs_once_it_is_paid() -> None:
    counter = closed()
    assert all(claim.released_on for claim in counter.case.claims)
    asks(counter)
    assert all(claim.released_on is None for claim in counter.case.claims)
    counter.grants(2 * A_MONTH)
    assert (counter.case.stage, counter.case.stopped_on) == (Stage.NOTICE, None)


def test_refused_again_it_stays_refused() -> None:
    counter = closed()
    asks(counter)
    counter.concludes(None, Conclusion.REFUSED)
    counter.refuses()
    assert counter.case.stage is Stage.REFUSAL


def test_a_claim_made_elsewhere_meanwhile_stands_in_the_way() -> None:
    counter = closed()
    counter.record.elsewhere = (ClaimElsewhere(MONTHS[0], "case-2", "示例驿站"),)
    assert counter.refused(ApplyNewLaw(LAW, "proposal-1"), Role.ENGINE) == ["claimed-elsewhere"]


def test_what_the_applicant_gave_up_stays_given_up() -> None:
    counter = a_counter()
    counter.does(WithdrawApplication("不再申请"))
    assert counter.refused(ApplyNewLaw(LAW, "proposal-1"), Role.ENGINE) == ["withdrawn"]


@pytest.mark.parametrize("days", [-1, 0, 1])
def test_the_law_of_an_earlier_day_comes_too_late(days: int) -> None:
    counter = granted()
    asks(counter)
    act = ApplyNewLaw(LAW + days * ONE_DAY, "proposal-2")
    if days < 0:
        assert counter.refused(act, Role.ENGINE) == ["asked-anew"]
    else:
        asks(counter, act.on, act.publication)


def test_the_law_of_tomorrow_is_not_applied_today() -> None:
    counter = granted()
    assert counter.refused(ApplyNewLaw(counter.today + ONE_DAY, "proposal-1"), Role.ENGINE) == ["not-yet"]
    asks(counter, counter.today)


def test_an_unverified_value_is_answered_for_anew() -> None:
    counter = in_payment()
    counter.record.unverified = ("share",)
    counter.does(AcceptUnverified(EVERY_VALUE, "已公布"), "officer-1")
    assert counter.case.accepts("share")
    asks(counter)
    counter.concludes(2 * A_MONTH)
    assert not counter.case.accepts("share")
    assert counter.case.acceptances == (replace(counter.case.acceptances[0], lapsed_on=counter.today),)
    counter.does(AcceptUnverified("share", "修正后也已公布"), "officer-2")
    assert counter.case.accepts("share")


def test_no_person_applies_a_law() -> None:
    assert "not-your-role" in granted().refused(ApplyNewLaw(LAW, "proposal-1"), "supervisor-1")


def test_a_court_is_heard_also_where_another_case_has_the_months_by_now() -> None:
    """What it found is written down; the months are the other case's to pay."""
    counter = closed()
    counter.does(RecordAppeal(Instance.COURT, counter.today, "示例区人民法院"), "officer-1")
    counter.record.elsewhere = (ClaimElsewhere(MONTHS[0], "case-2", "示例驿站"),)
    counter.does(SettleAppeal("review-1", reversed_=True, reason="判决撤销", decided_on=counter.today), "officer-1")
    (review,) = counter.case.reviews
    assert review.reversed_
    assert counter.case.closed
    assert all(claim.released_on for claim in counter.case.claims)
