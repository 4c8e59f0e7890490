"""A stop event recorded by mistake is struck out: the case stands as if it had not been, and nothing is deleted."""

from collections.abc import Callable

import pytest

from cases.roles import Role
from cases.subsidy.claiming import WithdrawApplication
from cases.subsidy.moves import RECOVERY_NOTICE
from cases.subsidy.paying import Recheck
from cases.subsidy.progress import policies_due
from cases.subsidy.record import ClaimElsewhere
from cases.subsidy.recovering import DemandRecovery, RecordRepayment, WriteOff
from cases.subsidy.running import Finish, RecordStopEvent, Stop
from cases.subsidy.stages import Outcome, Stage
from cases.subsidy.striking import StrikeStopEvent
from cases.subsidy.telling import notices
from tests.cases.subsidy.counter import A_MONTH, MONTHS, Counter, a_counter, granted, overpaid, running

MISTAKEN = StrikeStopEvent("stop-1", "登记错了人")


def insured(counter: Counter, event: str = "employer_insured") -> Counter:
    counter.does(RecordStopEvent(event, "2026-02", "社保系统"))
    return counter


def lowered() -> Counter:
    """The second of two months that were paid is owed back."""
    counter = insured(running())
    counter.grants(A_MONTH)
    assert counter.case.stage is Stage.RECOVERY
    return counter


def demanded() -> Counter:
    counter = lowered()
    counter.does(DemandRecovery("多发一个月"), "officer-1")
    return counter


def stopped() -> Counter:
    counter = insured(running())
    counter.concludes(2 * A_MONTH)
    counter.does(Stop("单位已参保"), "officer-1")
    assert counter.case.outcome is Outcome.STOPPED
    return counter


def stopped_and_repaid() -> Counter:
    counter = lowered()
    counter.record.not_due = frozenset({MONTHS[1]})
    counter.does(Stop("单位已参保"), "officer-1")
    counter.does(DemandRecovery("多发一个月"), "officer-1")
    counter.does(RecordRepayment(A_MONTH, counter.today, "R-1"))
    assert counter.case.outcome is Outcome.RECOVERED
    return counter


def repaid_and_running() -> Counter:
    counter = demanded()
    counter.record.not_due = frozenset({MONTHS[1]})
    counter.does(RecordRepayment(A_MONTH, counter.today, "R-1"))
    assert counter.case.stage is Stage.RUNNING
    return counter


def test_it_stays_in_the_record_with_who_struck_it_and_when() -> None:
    counter = insured(running())
    (event,) = counter.does(MISTAKEN, "caseworker-2").stops
    assert (event.event, event.recorded_by) == ("employer_insured", "caseworker-1")
    assert (event.struck_on, event.struck_by) == (counter.today, "caseworker-2")
    assert counter.case.stops_standing == ()
    assert list(policies_due(counter.case)), "the rules are asked again without it"


def test_who_recorded_it_strikes_it_while_nothing_came_of_it() -> None:
    counter = insured(a_counter())
    counter.does(MISTAKEN)
    counter.grants(2 * A_MONTH)
    assert counter.case.granted_fen == 2 * A_MONTH


def test_struck_out_it_can_be_recorded_again() -> None:
    counter = insured(a_counter())
    counter.does(MISTAKEN)
    assert counter.refused(MISTAKEN) == ["struck"]
    assert [stop.id for stop in insured(counter).case.stops] == ["stop-1", "stop-2"]


def test_an_event_that_nobody_recorded_is_not_struck() -> None:
    assert a_counter().refused(MISTAKEN) == ["unknown"]
    assert insured(a_counter()).refused(StrikeStopEvent("stop-1", " ")) == ["blank"]


@pytest.mark.parametrize("begin", [demanded, stopped, stopped_and_repaid, repaid_and_running])
def test_where_something_came_of_it_a_second_officer_strikes_it(begin: Callable[[], Counter]) -> None:
    for took_part in ("caseworker-1", "caseworker-2"):
        assert begin().refused(MISTAKEN, took_part) == ["second-person"]
    begin().does(MISTAKEN, "officer-3")


@pytest.mark.parametrize("begin", [demanded, stopped, stopped_and_repaid, repaid_and_running])
def test_neither_who_stopped_it_nor_who_demanded_strikes_it(begin: Callable[[], Counter]) -> None:
    assert begin().refused(MISTAKEN, "officer-1") == ["second-person"]


@pytest.mark.parametrize("begin", [demanded, stopped, stopped_and_repaid, repaid_and_running])
def test_an_officer_decides_anew_and_it_runs_on(begin: Callable[[], Counter]) -> None:
    counter = begin()
    repaid = sum(each.amount_fen for each in counter.case.repayments)
    counter.does(MISTAKEN, "officer-3")
    assert (counter.case.stage, counter.case.outcome, counter.case.stopped_on) == (Stage.DETERMINATION, None, None)
    counter.record.not_due = frozenset()
    counter.grants(2 * A_MONTH)
    case = counter.case
    assert [claim.id for claim in case.claims if claim.released_on is None] == list(MONTHS)
    if repaid:
        assert (case.stage, case.due_fen) == (Stage.NOTICE, repaid), "what came in is due again"
    else:
        assert (case.stage, case.recovery, case.overpaid_fen) == (Stage.RUNNING, None, 0)


def test_what_was_demanded_falls_with_it_and_its_notice_is_owed_no_more() -> None:
    counter = demanded()
    counter.does(MISTAKEN, "officer-3")
    (notice,) = [paper for paper in counter.case.papers if paper.kind == RECOVERY_NOTICE]
    assert (counter.case.recovery, notice.owed) == (None, False)


def test_part_of_what_was_repaid_is_due_again() -> None:
    counter = demanded()
    counter.does(RecordRepayment(1_000, counter.today, "R-1"))
    counter.does(MISTAKEN, "officer-3")
    counter.grants(2 * A_MONTH)
    assert counter.case.due_fen == 1_000


def test_a_month_that_another_case_has_by_now_stays_with_it() -> None:
    counter = repaid_and_running()
    counter.record.elsewhere = (ClaimElsewhere(MONTHS[1], "case-2", "示例驿站"),)
    counter.does(MISTAKEN, "officer-3")
    assert [claim.id for claim in counter.case.claims if claim.released_on is None] == [MONTHS[0]]


def test_a_closed_case_of_which_a_month_is_claimed_elsewhere_stays_closed() -> None:
    counter = stopped_and_repaid()
    counter.record.elsewhere = (ClaimElsewhere(MONTHS[1], "case-2", "示例驿站"),)
    assert counter.refused(MISTAKEN, "officer-3") == ["claimed-elsewhere"]


def test_it_stays_stopped_while_another_event_stands() -> None:
    counter = insured(insured(running()), "own_business")
    counter.concludes(2 * A_MONTH)
    counter.does(Stop("单位已参保"), "officer-1")
    counter.does(StrikeStopEvent("stop-2", "登记错了人"), "officer-3")
    assert counter.case.stopped_on
    counter.grants(2 * A_MONTH)
    assert counter.case.outcome is Outcome.STOPPED
    counter.does(MISTAKEN, "officer-3")
    assert counter.case.stopped_on is None


def test_what_was_stopped_for_another_reason_stays_stopped() -> None:
    """The event was recorded once the subsidy had been stopped already."""
    counter = overpaid()
    counter.does(Stop("本人书面申请"), "officer-1")
    insured(counter).concludes(A_MONTH)
    stopped_on = counter.case.stopped_on
    counter.does(MISTAKEN, "officer-3")
    assert stopped_on
    assert counter.case.stopped_on == stopped_on


def test_what_was_finished_is_finished_again() -> None:
    counter = insured(running())
    counter.concludes(2 * A_MONTH)
    counter.does(Finish("不再从事灵活就业"))
    counter.does(MISTAKEN, "officer-3")
    counter.grants(2 * A_MONTH)
    assert counter.case.outcome is Outcome.PAID


def test_what_was_refused_because_of_it_is_granted_and_runs() -> None:
    counter = insured(a_counter())
    counter.refuses()
    counter.papers_made()
    counter.delivers("subsidy-decision-notice")
    counter.passes(30)
    assert counter.case.outcome is Outcome.REFUSED
    counter.does(MISTAKEN, "officer-3")
    counter.grants(2 * A_MONTH)
    assert (counter.case.stage, counter.case.stopped_on) == (Stage.NOTICE, None)


def test_what_was_written_off_because_of_it_is_no_debt_any_more() -> None:
    counter = demanded()
    counter.does(WriteOff("下落不明"), "supervisor-1")
    counter.does(MISTAKEN, "officer-3")
    counter.grants(2 * A_MONTH)
    assert (counter.case.stage, counter.case.overpaid_fen, counter.case.due_fen) == (Stage.RUNNING, 0, 0)


def test_what_the_applicant_gave_up_is_not_brought_back_by_it() -> None:
    counter = insured(granted())
    counter.concludes(2 * A_MONTH)
    counter.does(WithdrawApplication("不再申请"))
    assert counter.refused(MISTAKEN, "officer-3") == ["withdrawn"]


def test_an_officer_is_told() -> None:
    counter = insured(running())
    before = counter.case
    after = counter.does(MISTAKEN)
    assert [notice.to for notice in notices(MISTAKEN, before, after)] == [Role.OFFICER]


def test_it_is_checked_as_before_once_it_runs_on() -> None:
    counter = stopped()
    counter.does(MISTAKEN, "officer-3")
    counter.grants(2 * A_MONTH)
    counter.does(Recheck())
    counter.concludes(2 * A_MONTH)
    assert counter.case.stage is Stage.RUNNING
