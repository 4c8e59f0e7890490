"""Who is told of a step, and that nothing about a person is in it."""

from datetime import timedelta

import pytest

from cases.determinations import Conclusion
from cases.hardship.acts import Act
from cases.hardship.case import HARDSHIP
from cases.hardship.determining import (
    AdoptDetermination,
    DepartFromDetermination,
    DeterminationMade,
    RejectDeparture,
)
from cases.hardship.engine import KeepPaper, RingAlarm
from cases.hardship.leaving import ApproveClosure, AskReview, DecideReview, HandOver, Reopen, ReturnClosure
from cases.hardship.moving import AcceptTransfer, Assign, DeclineTransfer, Pause, ProposeTransfer
from cases.hardship.papering import PutOff
from cases.hardship.serving import RecordGuidance
from cases.hardship.telling import notices
from cases.notices import Notice
from cases.roles import Role
from tests.builders import Counter, a_counter
from tests.cases.hardship.lives import closed, determined, in_help, to_leave, told_to_leave, up_for_closure


def told(counter: Counter, act: Act, actor: str = "caseworker-1") -> list[Notice]:
    before = counter.case
    after = counter.does(act, actor)
    return list(notices(act, before, after))


def whom(found: list[Notice]) -> list[tuple[Role, str]]:
    return [(notice.to, notice.station_id) for notice in found]


@pytest.mark.parametrize(
    ("percent", "roles"),
    [
        (50, [Role.CASEWORKER]),
        (74, [Role.CASEWORKER]),
        (75, [Role.CASEWORKER, Role.SUPERVISOR]),
        (99, [Role.CASEWORKER, Role.SUPERVISOR]),
        (100, [Role.CASEWORKER, Role.SUPERVISOR, Role.MANAGER]),
    ],
)
def test_a_reminder_climbs(percent: int, roles: list[Role]) -> None:
    case = in_help().case
    assert [notice.to for notice in notices(RingAlarm("term", percent), case, case)] == roles


def test_a_reminder_names_clock_share_and_due_day() -> None:
    counter = in_help()
    notice = told(counter, RingAlarm("term", 50), Role.ENGINE)[0]
    assert notice.wording.zh == "“帮扶期限”已过50%，2026-06-01 24:00到期"
    assert notice.wording.en == "Term of help: 50 % of its days are over, due 2026-06-01 24:00"


def test_a_reminder_of_a_clock_without_a_due_instant_names_none() -> None:
    counter = in_help()
    counter.does(Pause("ill"))
    [notice] = notices(RingAlarm("term", 50), counter.case, counter.case)
    assert notice.wording.zh == "“帮扶期限”已过50%"
    assert notice.wording.en == "Term of help: 50 % of its days are over"


@pytest.mark.parametrize(
    ("conclusion", "role"),
    [
        (Conclusion.GRANTED, Role.OFFICER),
        (Conclusion.REFUSED, Role.OFFICER),
        (Conclusion.NEEDS_INFORMATION, Role.CASEWORKER),
        (Conclusion.FOR_JUDGMENT, Role.OFFICER),
        (Conclusion.GAP, Role.OFFICER),
        (Conclusion.CONFLICT, Role.OFFICER),
        (Conclusion.ENGINES_DISAGREE, Role.OFFICER),
    ],
)
def test_a_determination_goes_to_whoever_is_next(conclusion: Conclusion, role: Role) -> None:
    counter = a_counter()
    found = told(counter, DeterminationMade(HARDSHIP, conclusion, 0), Role.ENGINE)
    assert whom(found) == [(role, "station-1")]


def test_a_departure_waits_for_an_officer() -> None:
    counter = a_counter()
    made = determined(counter, HARDSHIP)
    act = DepartFromDetermination(made, granted=False, reason="已有工作")
    assert whom(told(counter, act, "officer-1")) == [(Role.OFFICER, "station-1")]


def test_a_transfer_is_told_at_the_station_that_receives_it() -> None:
    assert whom(told(in_help(), ProposeTransfer("station-2", "本人搬家"))) == [(Role.SUPERVISOR, "station-2")]


def test_an_assignment_is_told_to_the_new_caseworker() -> None:
    assert whom(told(in_help(), Assign("caseworker-2"))) == [(Role.CASEWORKER, "station-1")]


def test_a_paper_is_told_to_the_worker() -> None:
    counter = to_leave()
    found = told(counter, KeepPaper("paper-1", "a" * 64, "b" * 64, 1), Role.ENGINE)
    assert whom(found) == [(Role.WORKER, "station-1")]


def test_what_cannot_be_done_is_told_to_the_caseworker_and_the_supervisor() -> None:
    found = told(told_to_leave(), PutOff("paper-1", "PaperRefused"), Role.ENGINE)
    assert [notice.to for notice in found] == [Role.CASEWORKER, Role.SUPERVISOR]
    assert found[0].wording.en.startswith("paper-1 could not be done (PaperRefused)")


def test_a_decision_is_told_to_the_caseworker_and_a_rejected_departure_to_the_officers() -> None:
    counter = a_counter()
    made = determined(counter, HARDSHIP)
    depart = DepartFromDetermination(made, granted=False, reason="已有工作")
    counter.does(depart, "officer-1")
    found = told(counter, RejectDeparture(made, "理由不足"), "officer-2")
    assert whom(found) == [(Role.OFFICER, "station-1")]
    assert whom(told(counter, AdoptDetermination(made), "officer-1")) == [(Role.CASEWORKER, "station-1")]


def test_a_review_is_told_to_the_officers_and_its_decision_to_the_caseworker() -> None:
    counter = told_to_leave()
    assert whom(told(counter, AskReview("不同意"), "worker-1")) == [(Role.OFFICER, "station-1")]
    decide = DecideReview(upheld=False, reason="有正当理由")
    assert whom(told(counter, decide, "officer-1")) == [(Role.CASEWORKER, "station-1")]


def test_a_case_that_comes_or_is_declined_is_told_to_its_caseworker() -> None:
    counter = in_help()
    counter.does(ProposeTransfer("station-2", "本人搬家"))
    assert whom(told(counter, DeclineTransfer("不在辖区"), "supervisor-9")) == [(Role.CASEWORKER, "station-1")]
    counter.does(ProposeTransfer("station-2", "本人搬家"))
    assert whom(told(counter, AcceptTransfer("caseworker-9"), "supervisor-9")) == [(Role.CASEWORKER, "station-2")]
    assert whom(told(closed(), Reopen("再次失业"), "supervisor-1")) == [(Role.CASEWORKER, "station-1")]


def test_a_closure_is_told_to_the_supervisor_once() -> None:
    counter = in_help()
    assert whom(told(counter, HandOver("示例区残联", "托养服务"))) == [(Role.SUPERVISOR, "station-1")]
    assert told(counter, Assign("caseworker-2"))[1:] == []
    assert whom(told(counter, ReturnClosure("材料不全"), "supervisor-1")) == [(Role.CASEWORKER, "station-1")]


def test_an_exit_whose_days_are_over_is_told_to_the_supervisor() -> None:
    counter = told_to_leave()
    for percent in (50, 75):
        counter.does(RingAlarm("exit-review", percent), Role.ENGINE)
    counter.now += timedelta(days=15)
    found = told(counter, RingAlarm("exit-review", 100), Role.ENGINE)
    assert [notice.to for notice in found] == [Role.CASEWORKER, Role.SUPERVISOR, Role.MANAGER, Role.SUPERVISOR]


def test_a_closure_approved_is_told_to_nobody() -> None:
    assert told(up_for_closure(), ApproveClosure(), "supervisor-1") == []


def test_most_acts_are_told_to_nobody() -> None:
    counter = in_help()
    assert told(counter, RecordGuidance(counter.today, "谈话", "guide-1")) == []


def test_what_a_person_wrote_is_in_no_notice() -> None:
    counter = in_help()
    for act in (Pause("ill", "canary"), ProposeTransfer("station-2", "canary"), HandOver("canary", "canary")):
        for notice in told(counter, act):
            assert "canary" not in notice.wording.zh + notice.wording.en
