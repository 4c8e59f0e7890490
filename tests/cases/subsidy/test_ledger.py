"""What is owed back: what was paid without right, less what came back and what was given up. Nobody owes it twice."""

from datetime import date
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.determinations import Conclusion
from cases.roles import Role
from cases.subsidy.appealing import RecordAppeal, Reopen, SettleAppeal
from cases.subsidy.claiming import ClaimPeriods
from cases.subsidy.determining import AdoptDetermination
from cases.subsidy.moves import DECISION_NOTICE
from cases.subsidy.new_law import ApplyNewLaw
from cases.subsidy.noticing import PublishNotice
from cases.subsidy.paying import Recheck
from cases.subsidy.recovering import DemandRecovery, RecordRepayment, WriteOff
from cases.subsidy.returning import ReturnPayment
from cases.subsidy.running import Stop
from cases.subsidy.stages import Instance, Outcome, Stage
from tests.cases.subsidy.counter import A_MONTH, MONTHS, Counter, a_process, overpaid, running

LAW: Final = date(2026, 1, 1)
GRANTS: Final = st.integers(0, 4).map(lambda halves: halves * A_MONTH // 2)


def written_off() -> Counter:
    """Two months were paid, one is due, and the other was given up."""
    counter = overpaid()
    counter.does(DemandRecovery("多发一个月"), "officer-1")
    counter.does(WriteOff("下落不明"), "supervisor-1")
    assert (counter.case.outcome, counter.case.overpaid_fen) == (Outcome.WRITTEN_OFF, 0)
    return counter


def reversed_by_a_court(counter: Counter) -> None:
    counter.does(RecordAppeal(Instance.COURT, counter.today, "示例区人民法院"), "officer-1")
    review = counter.case.reviews[-1].id
    settled = SettleAppeal(review, reversed_=True, reason="撤销决定", decided_on=counter.today)
    counter.does(settled, "officer-1")


def under_new_law(counter: Counter) -> None:
    counter.does(ApplyNewLaw(LAW, "proposal-1"), Role.ENGINE)


def test_what_was_written_off_is_not_asked_back_after_a_reversal() -> None:
    counter = written_off()
    reversed_by_a_court(counter)
    counter.grants(A_MONTH)
    assert (counter.case.stage, counter.case.overpaid_fen, counter.case.due_fen) == (Stage.RUNNING, 0, 0)


def test_nor_under_a_changed_law() -> None:
    counter = written_off()
    under_new_law(counter)
    counter.grants(A_MONTH)
    assert (counter.case.outcome, counter.case.overpaid_fen) == (Outcome.WRITTEN_OFF, 0)


def test_only_what_is_newly_owed_beyond_it_is_demanded() -> None:
    counter = written_off()
    under_new_law(counter)
    counter.grants(A_MONTH // 2)
    assert counter.case.stage is Stage.RECOVERY
    counter.does(DemandRecovery("政策调整"), "officer-1")
    assert counter.case.recovery
    assert counter.case.recovery.owed_fen == A_MONTH // 2
    assert counter.refused(RecordRepayment(A_MONTH // 2 + 1, counter.today, "R-1")) == ["amount"]


def test_a_month_whose_money_was_given_up_before_stays_had_though_the_rest_comes_back() -> None:
    """A month of money is kept for good: it is not to be had anew, here or in another case."""
    counter = written_off()
    under_new_law(counter)
    counter.refuses()
    counter.does(DemandRecovery("政策调整"), "officer-1")
    counter.record.not_due = frozenset(MONTHS)
    counter.does(RecordRepayment(A_MONTH, counter.today, "R-1"))
    assert (counter.case.outcome, counter.case.paid_fen) == (Outcome.RECOVERED, A_MONTH)
    assert [claim.id for claim in counter.case.claims if claim.released_on is None] == list(MONTHS)


def test_what_is_due_after_all_is_paid_less_what_was_kept() -> None:
    counter = written_off()
    reversed_by_a_court(counter)
    counter.grants(3 * A_MONTH)
    assert counter.case.due_fen == A_MONTH


def test_what_was_given_up_and_is_due_after_all_stands_against_no_later_debt() -> None:
    """The month is found rightly paid; of another one that was not, every fen is owed."""
    counter = written_off()
    under_new_law(counter)
    counter.grants(2 * A_MONTH)
    assert counter.case.written_off_fen == 0
    under_new_law(counter)
    counter.grants(A_MONTH)
    assert (counter.case.stage, counter.case.overpaid_fen) == (Stage.RECOVERY, A_MONTH)


def test_refused_altogether_what_was_written_off_ends_so_once_that_is_told() -> None:
    counter = overpaid()
    counter.does(Recheck())
    counter.refuses()
    counter.does(DemandRecovery("不符合条件"), "officer-1")
    counter.does(WriteOff("下落不明"), "supervisor-1")
    under_new_law(counter)
    counter.refuses()
    assert counter.case.stage is Stage.REFUSAL
    counter.papers_made()
    counter.delivers(DECISION_NOTICE)
    counter.passes(30)
    assert (counter.case.outcome, counter.case.overpaid_fen) == (Outcome.WRITTEN_OFF, 0)


def test_what_was_written_off_is_still_not_reopened_for_no_reason() -> None:
    assert written_off().refused(Reopen("再查")) == ["written-off"]


@settings(max_examples=150, deadline=None)
@given(grants=st.lists(GRANTS, min_size=1, max_size=5), answers=st.lists(st.integers(0, 3), min_size=5, max_size=5))
def test_owed_is_paid_without_right_less_repaid_less_written_off(grants: list[int], answers: list[int]) -> None:
    """Decided again and again, asked back, repaid in part, given up: reckoned beside the case, from what was done."""
    counter = running()
    out, back, given_up = 2 * A_MONTH, 0, 0
    for granted, answer in zip(grants, answers, strict=False):
        _decided_anew(counter, granted)
        if counter.case.stage in (Stage.NOTICE, Stage.PAYMENT):
            out += counter.case.due_fen
            _paid(counter)
        without_right = max(0, out - granted - back)
        given_up = min(given_up, without_right)
        owed = without_right - given_up
        assert counter.case.overpaid_fen == owed
        assert (counter.case.stage is Stage.RECOVERY) == bool(owed)
        if not owed:
            continue
        if counter.case.recovery is None:
            counter.does(DemandRecovery("多发"), "officer-1")
        if answer == 0:
            continue
        repaid = {1: owed, 2: owed // 2, 3: 0}[answer]
        if repaid:
            counter.does(RecordRepayment(repaid, counter.today, "R-1"))
            back += repaid
        if repaid < owed:
            counter.does(WriteOff("下落不明"), "supervisor-1")
            given_up += owed - repaid
        assert counter.case.overpaid_fen == 0
    assert counter.case.written_off_fen == given_up


def _decided_anew(counter: Counter, granted: int) -> None:
    under_new_law(counter)
    found = counter.concludes(granted, Conclusion.GRANTED if granted else Conclusion.REFUSED)
    if counter.case.standing and counter.case.standing.granted is None:
        counter.does(AdoptDetermination(found), "officer-1")


def _paid(counter: Counter) -> None:
    if counter.case.stage is Stage.NOTICE:
        counter.does(PublishNotice("notice-9"), "officer-1")
        counter.passes(14)
    counter.pays()


# Months whose money came back whole.


def repaid(*, not_due: str | None = MONTHS[1], stopped: bool = False) -> Counter:
    counter = overpaid()
    counter.record.not_due = frozenset({not_due} if not_due else ())
    if stopped:
        counter.does(Stop("单位已参保"), "officer-1")
    counter.does(DemandRecovery("多发一个月"), "officer-1")
    counter.does(RecordRepayment(A_MONTH, counter.today, "R-1"))
    return counter


def had(counter: Counter) -> list[str]:
    return [claim.id for claim in counter.case.claims if claim.released_on is None]


def test_a_month_whose_money_came_back_whole_was_not_had_and_may_be_claimed_again() -> None:
    counter = repaid()
    assert (counter.case.stage, had(counter)) == (Stage.RUNNING, [MONTHS[0]])
    counter.does(ClaimPeriods((MONTHS[1],)))
    assert had(counter) == list(MONTHS)


def test_nor_was_it_where_the_subsidy_was_stopped() -> None:
    counter = repaid(stopped=True)
    assert (counter.case.outcome, had(counter)) == (Outcome.RECOVERED, [MONTHS[0]])


def test_a_month_of_which_some_is_due_was_had() -> None:
    assert had(repaid(not_due=None)) == list(MONTHS)


@pytest.mark.parametrize("counts", [True, False])
@pytest.mark.parametrize("repaid", [A_MONTH // 2, 0])
def test_a_month_of_which_money_was_kept_is_not_paid_again_and_counts_as_the_place_says(
    repaid: int, *, counts: bool
) -> None:
    """Part of it was repaid and the rest given up; of what was not repaid at all nobody doubts that it was had."""
    counter = overpaid()
    counter.process = a_process(part_recovered=counts)
    counter.record.not_due = frozenset({MONTHS[1]})
    counter.does(DemandRecovery("多发一个月"), "officer-1")
    if repaid:
        counter.does(RecordRepayment(repaid, counter.today, "R-1"))
    counter.does(WriteOff("下落不明"), "supervisor-1")
    assert had(counter) == list(MONTHS)
    uncounted = [claim.id for claim in counter.case.claims if claim.uncounted_on]
    assert uncounted == ([] if counts or not repaid else [MONTHS[1]])


def test_a_month_that_came_back_is_due_again_under_a_changed_law() -> None:
    counter = repaid()
    under_new_law(counter)
    assert (counter.case.stage, had(counter)) == (Stage.DETERMINATION, list(MONTHS))
    counter.grants(2 * A_MONTH)
    assert counter.case.due_fen == A_MONTH


def test_money_that_came_back_by_both_ways_is_counted_once() -> None:
    counter = repaid()
    act = ReturnPayment("payment-1", counter.today, "R09", "退汇通知")
    assert counter.refused(act, "officer-3") == ["repaid"]
