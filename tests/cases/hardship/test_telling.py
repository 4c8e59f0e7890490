"""Who is told of a step, and that nothing about a person is in it."""

from datetime import timedelta

import pytest

from cases.determinations import Conclusion
from cases.hardship.acts import Act
from cases.hardship.case import HARDSHIP
from cases.hardship.determining import DepartFromDetermination, DeterminationMade
from cases.hardship.engine import KeepPaper, RingAlarm
from cases.hardship.leaving import ApproveClosure, HandOver, ReturnClosure
from cases.hardship.moving import Assign, Pause, ProposeTransfer
from cases.hardship.serving import RecordGuidance
from cases.hardship.telling import Notice, notices
from cases.roles import Role
from tests.builders import Counter, a_counter
from tests.cases.hardship.lives import determined, in_help, told_to_leave, up_for_closure


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
    assert notice.wording.zh == "时限“term”已过50%，到期2026-06-01 24:00"
    assert notice.wording.en == "Clock term: 50 % of its days are over, due 2026-06-01 24:00"


def test_a_reminder_of_a_clock_without_a_due_instant_names_none() -> None:
    counter = in_help()
    counter.does(Pause("ill"))
    [notice] = notices(RingAlarm("term", 50), counter.case, counter.case)
    assert notice.wording.zh == "时限“term”已过50%"
    assert notice.wording.en == "Clock term: 50 % of its days are over"


@pytest.mark.parametrize(
    ("conclusion", "role"),
    [
        (Conclusion.GRANTED, Role.OFFICER),
        (Conclusion.REFUSED, Role.OFFICER),
        (Conclusion.NEEDS_INFORMATION, Role.CASEWORKER),
        (Conclusion.ENGINES_DISAGREE, Role.CASEWORKER),
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
    counter = told_to_leave()
    found = told(counter, KeepPaper("paper-1", "a" * 64, "b" * 64, 1), Role.ENGINE)
    assert whom(found) == [(Role.WORKER, "station-1")]


def test_a_closure_is_told_to_the_supervisor_once() -> None:
    counter = in_help()
    assert whom(told(counter, HandOver("示例区残联", "托养服务"))) == [(Role.SUPERVISOR, "station-1")]
    assert told(counter, Assign("caseworker-2"))[1:] == []
    assert told(counter, ReturnClosure("材料不全"), "supervisor-1") == []


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
