"""Exit with notice and review, hand-over, closure approved by another, reopening."""

from dataclasses import replace
from datetime import timedelta

import pytest

from cases.determinations import Conclusion
from cases.exits import ListedReason
from cases.hardship.case import DIFFICULTY, HARDSHIP, PUBLIC_POST
from cases.hardship.leaving import (
    ApproveClosure,
    AskReview,
    DecideReview,
    HandOver,
    ProposeClosure,
    ProposeExit,
    Reopen,
    ReturnClosure,
    closable_as,
)
from cases.hardship.moving import Assign, Pause
from cases.hardship.needing import OpenNeed, SettleNeed
from cases.hardship.progress import policies_due
from cases.hardship.referring import AnswerReferral
from cases.hardship.stages import ExitReason, Outcome, Stage
from cases.roles import Role
from cases.wording import Wording
from tests.builders import EXAMPLE, Counter, a_counter
from tests.cases.hardship.lives import (
    TERM_OVER,
    alarms_ring,
    at_work,
    closed,
    fully_helped,
    in_follow_up,
    in_help,
    market_failed,
    notified,
    owed_a_post,
    recognised,
    still_at_work,
    to_leave,
    told_to_leave,
    up_for_closure,
)


def running(counter: Counter) -> set[str]:
    return {clock.id for clock in counter.case.clocks if clock.running}


def test_an_exit_tells_the_person_on_paper_and_begins_the_days_of_review() -> None:
    counter = told_to_leave()
    case = counter.case
    assert case.stage is Stage.EXIT_NOTICE
    assert case.exit
    assert (case.exit.reason, case.exit.proposed_by, case.exit.told_at) == (
        ExitReason.ASKS_TO_LEAVE,
        "caseworker-1",
        counter.now,
    )
    assert [(paper.kind, paper.about) for paper in case.papers] == [("exit-notice", ExitReason.ASKS_TO_LEAVE)]
    assert "exit-review" in running(counter)


def test_an_exit_is_explained_and_for_a_listed_reason() -> None:
    counter = in_help()
    counter.exit_reasons = frozenset({ExitReason.DIED})
    assert counter.refused(ProposeExit(ExitReason.RETIRED, " ")) == ["blank", "not-listed"]
    counter.does(ProposeExit(ExitReason.DIED, "家属告知"))


def test_for_refused_service_a_refusal_is_on_record() -> None:
    counter = in_help()
    assert counter.refused(ProposeExit(ExitReason.REFUSED_SERVICE, "拒绝推荐")) == ["too-few-refusals"]


def test_as_unreachable_nobody_leaves_who_was_met_lately() -> None:
    counter = in_help()
    unreachable = ListedReason(ExitReason.UNREACHABLE, Wording("失联", "unreachable"), EXAMPLE, within_months=3)
    counter.exits = {ExitReason.UNREACHABLE: unreachable}
    assert counter.refused(ProposeExit(ExitReason.UNREACHABLE, "电话不通")) == ["reached-lately"]


def test_whoever_came_back_was_reached_on_that_day() -> None:
    counter = closed()
    counter.exits = {
        ExitReason.UNREACHABLE: ListedReason(ExitReason.UNREACHABLE, Wording("失联", "gone"), EXAMPLE, within_months=6)
    }
    counter.later(400)
    counter.does(Reopen("本人要求"))
    counter.later(180)
    assert counter.refused(ProposeExit(ExitReason.UNREACHABLE, "电话无人接听")) == ["reached-lately"]
    counter.later(5)
    counter.does(ProposeExit(ExitReason.UNREACHABLE, "电话无人接听"))


def test_the_days_of_review_run_although_the_case_was_paused() -> None:
    counter = in_help()
    counter.does(Pause("ill"))
    counter.later(3)
    counter.does(ProposeExit(ExitReason.DIED, "家属告知"))
    assert not counter.case.paused
    assert counter.case.pauses[-1].until_at == counter.now
    assert all(clock.due_at for clock in counter.case.clocks if clock.running)
    alarms_ring(notified(counter), 30)
    assert counter.case.stage is Stage.CLOSING


def test_an_exit_that_nobody_contests_goes_up_for_closure_when_its_days_are_over() -> None:
    counter = told_to_leave()
    alarms_ring(counter, 15)
    assert counter.case.stage is Stage.EXIT_NOTICE
    alarms_ring(counter, 1)
    assert counter.case.closure
    assert (counter.case.stage, counter.case.closure.outcome, counter.case.closure.proposed_by) == (
        Stage.CLOSING,
        Outcome.EXITED,
        "caseworker-1",
    )
    assert "exit-review" not in running(counter)
    counter.does(ApproveClosure(), "supervisor-1")
    assert counter.case.outcome is Outcome.EXITED


def test_the_days_of_a_notice_that_was_never_made_begin_anew() -> None:
    counter = to_leave()
    alarms_ring(counter, 16)
    assert counter.case.stage is Stage.EXIT_NOTICE
    [notice] = counter.case.papers
    assert notice.dated > counter.case.applied_on
    alarms_ring(notified(counter), 14)
    assert "exit-review" in running(counter)
    alarms_ring(counter, 5)
    assert (counter.case.stage, running(counter) & {"exit-review"}) == (Stage.CLOSING, set())


def test_a_review_asked_for_is_waited_for() -> None:
    counter = told_to_leave()
    assert counter.refused(AskReview(" "), "worker-1") == ["blank"]
    counter.does(AskReview("当日住院"), "worker-1")
    assert counter.refused(AskReview("再次"), "worker-1") == ["asked"]
    alarms_ring(counter, 60)
    assert counter.case.stage is Stage.EXIT_NOTICE


def test_a_review_is_decided_by_an_officer_who_did_not_propose_the_exit() -> None:
    counter = in_help()
    counter.record.staff["officer-1"] |= {Role.CASEWORKER}
    counter.does(ProposeExit(ExitReason.ASKS_TO_LEAVE, "本人申请"), "officer-1")
    decide = DecideReview(upheld=True, reason="属实")
    assert counter.refused(decide, "officer-2") == ["not-asked"]
    counter.does(AskReview("不同意"), "worker-1")
    assert counter.refused(decide, "officer-1") == ["own-proposal"]
    assert counter.refused(replace(decide, reason=" "), "officer-2") == ["blank"]
    counter.does(decide, "officer-2")
    assert counter.case.closure
    assert (counter.case.closure.outcome, counter.case.closure.proposed_by) == (Outcome.EXITED, "officer-2")


def test_an_exit_is_not_reviewed_by_the_caseworker_nor_its_closure_approved_by_whoever_proposed_it() -> None:
    counter = in_help()
    for both, role in (("caseworker-1", Role.OFFICER), ("caseworker-2", Role.SUPERVISOR)):
        counter.record.staff[both] |= {role}
    counter.does(ProposeExit(ExitReason.ASKS_TO_LEAVE, "本人申请"), "caseworker-2")
    counter.does(AskReview("不同意"), "worker-1")
    decide = DecideReview(upheld=True, reason="属实")
    assert counter.refused(decide, "caseworker-1") == ["own-proposal"]
    counter.does(decide, "officer-1")
    assert counter.refused(ApproveClosure(), "caseworker-2") == ["own-closure"]
    counter.does(ApproveClosure(), "supervisor-1")


def test_an_exit_that_is_not_upheld_leaves_the_case_where_it_was() -> None:
    counter = in_follow_up()
    counter.does(ProposeExit(ExitReason.ASKS_TO_LEAVE, "本人申请"))
    counter.does(AskReview("反悔"), "worker-1")
    counter.does(DecideReview(upheld=False, reason="有正当理由"), "officer-1")
    assert (counter.case.stage, counter.case.exit) == (Stage.FOLLOW_UP, None)
    assert "exit-review" not in running(counter)
    counter.does(ProposeExit(ExitReason.ASKS_TO_LEAVE, "再次申请"))
    assert "exit-review" in running(counter)


def test_a_term_that_ends_during_the_notice_is_over_all_the_same() -> None:
    counter = fully_helped()
    recognised(counter, DIFFICULTY)
    alarms_ring(counter, TERM_OVER - 5)
    counter.does(ProposeExit(ExitReason.ASKS_TO_LEAVE, "本人申请"))
    counter.does(AskReview("反悔"), "worker-1")
    alarms_ring(counter, 10)
    counter.does(DecideReview(upheld=False, reason="可以继续"), "officer-1")
    assert counter.case.market_failed
    assert list(policies_due(counter.case)) == [PUBLIC_POST]


def test_a_hand_over_names_the_body_and_the_matter() -> None:
    counter = in_help()
    assert counter.refused(HandOver(" ", "")) == ["blank", "blank"]
    counter.does(HandOver("示例区残联", "托养服务"))
    assert counter.case.closure
    assert counter.case.closure.outcome is Outcome.HANDED_OVER


def test_a_hand_over_ends_a_pause() -> None:
    counter = in_help()
    counter.does(Pause("ill"))
    counter.does(HandOver("示例区残联", "托养服务"))
    [closure] = [clock for clock in counter.case.clocks if clock.id == "closure"]
    assert closure.due_at


@pytest.mark.parametrize("act", [HandOver("示例区残联", "托养服务"), ProposeClosure()], ids=lambda act: act.KIND)
def test_a_person_with_employment_difficulty_is_followed_until_every_need_is_settled(
    act: HandOver | ProposeClosure,
) -> None:
    counter = still_at_work(at_work(owed_a_post()))
    counter.does(OpenNeed("孩子无人看管"))
    assert counter.refused(act) == ["open-needs"]
    assert counter.refused(replace(act, open_needs_reason=" ")) == ["open-needs"]
    without = counter.case
    counter.does(replace(act, open_needs_reason="由社区继续帮助"))
    counter.case = without
    counter.does(SettleNeed("need-1", solved=False, reason="本地没有托管"))
    counter.does(act)


def test_open_needs_of_anybody_else_do_not_hold_a_closure_up() -> None:
    counter = still_at_work(at_work(in_help()))
    counter.does(OpenNeed("孩子无人看管"))
    counter.does(ProposeClosure())


def test_nothing_closes_before_it_has_ended() -> None:
    for life in (a_counter, in_help, fully_helped, market_failed, in_follow_up, owed_a_post):
        assert life().refused(ProposeClosure()) == ["nothing-ended"]


@pytest.mark.parametrize("refused", [DIFFICULTY, PUBLIC_POST])
def test_a_failed_market_with_no_post_owed_closes_as_that(refused: str) -> None:
    counter = fully_helped()
    recognised(counter, DIFFICULTY, Conclusion.REFUSED if refused == DIFFICULTY else Conclusion.GRANTED)
    alarms_ring(counter, TERM_OVER)
    if refused == PUBLIC_POST:
        assert closable_as(counter.case) is None
        recognised(counter, PUBLIC_POST, Conclusion.REFUSED)
    counter.does(ProposeClosure())
    counter.does(ApproveClosure(), "supervisor-1")
    assert counter.case.outcome is Outcome.MARKET_FAILED


def test_with_help_owed_again_the_market_has_not_failed() -> None:
    counter = fully_helped()
    recognised(counter, DIFFICULTY, Conclusion.REFUSED)
    alarms_ring(counter, TERM_OVER)
    counter.does(AnswerReferral("referral-1", confirmed=False, reason="没有收到"), "worker-1")
    assert counter.refused(ProposeClosure()) == ["nothing-ended"]


def test_nobody_approves_the_closure_of_a_case_that_is_theirs() -> None:
    counter = up_for_closure()
    counter.record.staff["caseworker-1"] |= {Role.SUPERVISOR}
    counter.record.staff["caseworker-2"] |= {Role.SUPERVISOR}
    assert counter.refused(ApproveClosure(), "caseworker-1") == ["own-closure"]
    counter.does(Assign("caseworker-2"))
    assert counter.refused(ApproveClosure(), "caseworker-1") == ["own-closure"], "who proposed it"
    assert counter.refused(ApproveClosure(), "caseworker-2") == ["own-closure"], "whose it is"
    counter.does(ApproveClosure(), "supervisor-1")


def test_a_closed_case_has_an_outcome_a_notice_and_no_running_clock() -> None:
    counter = up_for_closure()
    counter.later(1)
    counter.does(ApproveClosure(), "supervisor-1")
    case = counter.case
    assert (case.stage, case.outcome, case.closed_at) == (Stage.CLOSED, Outcome.HANDED_OVER, counter.now)
    assert [(paper.kind, paper.about, paper.dated) for paper in case.papers] == [
        ("closing-notice", Outcome.HANDED_OVER, counter.today)
    ]
    assert running(counter) == set()


def test_a_returned_closure_goes_on_where_it_was() -> None:
    counter = up_for_closure()
    assert counter.refused(ReturnClosure(" "), "supervisor-1") == ["blank"]
    counter.does(ReturnClosure("材料不全"), "supervisor-1")
    assert (counter.case.stage, counter.case.closure) == (Stage.HELP, None)
    assert "closure" not in running(counter)
    assert "term" in running(counter)


def test_a_returned_exit_goes_on_where_it_was_before_the_notice() -> None:
    counter = told_to_leave()
    alarms_ring(counter, 20)
    counter.does(ReturnClosure("送达方式有误"), "supervisor-1")
    assert (counter.case.stage, counter.case.exit) == (Stage.HELP, None)
    assert running(counter).isdisjoint({"exit-review", "closure"})


def test_a_term_that_ends_during_the_approval_is_over_all_the_same() -> None:
    counter = fully_helped()
    recognised(counter, DIFFICULTY)
    alarms_ring(counter, TERM_OVER - 2)
    counter.does(HandOver("示例区残联", "托养服务"))
    alarms_ring(counter, 5)
    counter.does(ReturnClosure("材料不全"), "supervisor-1")
    assert counter.case.market_failed


def test_a_decision_to_decline_is_not_returned() -> None:
    counter = a_counter()
    recognised(counter, conclusion=Conclusion.REFUSED)
    assert counter.refused(ReturnClosure("理由"), "supervisor-1") == ["decided"]


def test_reopened_with_the_class_granted_help_goes_on() -> None:
    counter = closed()
    counter.later(100)
    assert counter.refused(Reopen(" ")) == ["blank"]
    counter.does(Reopen("再次失业"))
    case = counter.case
    assert (case.stage, case.outcome, case.closed_at, case.closure, case.exit) == (Stage.HELP, None, None, None, None)
    assert case.help_began_at == counter.now
    assert "term" in running(counter)


def test_reopened_without_it_the_class_is_determined_anew() -> None:
    counter = a_counter()
    recognised(counter, conclusion=Conclusion.REFUSED)
    counter.does(ApproveClosure(), "supervisor-1")
    assert list(policies_due(counter.case)) == []
    counter.does(Reopen("有新的事实"))
    assert counter.case.stage is Stage.DETERMINATION
    assert list(policies_due(counter.case)) == [HARDSHIP, DIFFICULTY]
    assert running(counter) == {"determination"}
    recognised(counter)
    assert (counter.case.stage, counter.case.determinations[-1].id) == (Stage.HELP, f"{HARDSHIP}-2")


def test_a_reopening_ends_the_placement_that_was_lost() -> None:
    counter = still_at_work(in_follow_up())
    counter.does(ProposeClosure())
    counter.does(ApproveClosure(), "supervisor-1")
    counter.later(40)
    counter.does(Reopen("合同到期未续"))
    assert counter.case.placement is None
    assert [p.ended_on for p in counter.case.placements] == [counter.today]
    at_work(counter, "employer-2")


def test_an_earlier_end_of_a_placement_stays_its_end() -> None:
    counter = closed()
    ended = counter.today - timedelta(days=9)
    lost = at_work(in_help()).case.placements[0]
    counter.case = replace(counter.case, placements=(replace(lost, ended_on=ended),))
    counter.does(Reopen("再次失业"))
    assert counter.case.placements[0].ended_on == ended


def test_whoever_has_another_open_case_goes_on_with_that_one() -> None:
    counter = closed()
    counter.record.other_open_case = True
    assert counter.refused(Reopen("再次失业")) == ["other-case"]


def test_the_outcomes_are_a_closed_list() -> None:
    assert {outcome.value for outcome in Outcome} == {
        "declined",
        "placed",
        "public-post",
        "market-failed",
        "exited",
        "handed-over",
    }
