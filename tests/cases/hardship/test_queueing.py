"""Whose turn it is: the rows of the queue follow from the case alone."""

from random import Random

import pytest

from cases.determinations import Conclusion
from cases.hardship.case import HARDSHIP
from cases.hardship.determining import DepartFromDetermination, RejectDeparture
from cases.hardship.leaving import AskReview, ReturnClosure
from cases.hardship.moving import Assign, Pause, ProposeTransfer
from cases.hardship.needing import OpenNeed
from cases.hardship.placing import RecordFollowUp
from cases.hardship.progress import ACTS
from cases.hardship.queueing import (
    COURSE,
    EMPLOYER,
    OFFICER,
    OTHER_STATION,
    RULES,
    SECOND_OFFICER,
    SUPERVISOR,
    TERM,
    WORKER,
    QueueRow,
    Turn,
    queue_rows,
    returned_to,
)
from cases.hardship.referring import AnswerReferral
from cases.hardship.serving import EnrolTraining
from cases.hardship.turns import asked_by, found_later
from cases.parts import find
from cases.roles import Role
from tests.builders import Counter, a_counter
from tests.cases.hardship.lives import (
    alarms_ring,
    closed,
    delivered,
    determined,
    followed_up,
    fully_helped,
    guided,
    in_follow_up,
    in_help,
    refer,
    told_to_leave,
    trained,
    up_for_closure,
)
from tests.cases.hardship.test_random_lives import BEGINNINGS, EVENTS, Life


def rows(counter: Counter, *past: str) -> dict[Role, QueueRow]:
    return {row.role: row for row in queue_rows(counter.case, counter.plan, past)}


def caseworkers(counter: Counter, *past: str) -> QueueRow:
    return rows(counter, *past)[Role.CASEWORKER]


def states(counter: Counter) -> list[list[str]]:
    return [[state.value for state in stop.states] for stop in caseworkers(counter).progress]


def test_a_new_case_waits_for_the_rules_and_owes_no_plan_yet() -> None:
    row = caseworkers(a_counter())
    assert (row.turn, row.waiting_for, row.clock, row.progress) == (Turn.WAITING, RULES, "determination", ())


def test_a_determination_is_the_officers_turn_and_the_caseworker_waits() -> None:
    counter = a_counter()
    determined(counter, HARDSHIP)
    found = rows(counter)
    assert found[Role.OFFICER].act == "adopt-determination"
    assert found[Role.OFFICER].about == f"{HARDSHIP}-1"
    assert found[Role.OFFICER].held_by is None
    assert found[Role.CASEWORKER].waiting_for == OFFICER
    assert found[Role.CASEWORKER].due_at == found[Role.OFFICER].due_at


def test_what_is_missing_is_the_caseworkers_turn() -> None:
    counter = a_counter()
    determined(counter, HARDSHIP, Conclusion.NEEDS_INFORMATION)
    assert list(rows(counter)) == [Role.CASEWORKER]
    assert caseworkers(counter).turn is Turn.TO_DO
    assert caseworkers(counter).act == "record-fact"


def test_a_departure_is_the_second_officers_turn_and_comes_back_when_it_is_rejected() -> None:
    counter = a_counter()
    made = determined(counter, HARDSHIP)
    counter.does(DepartFromDetermination(made, granted=False, reason="情况不符"), "officer-1")
    assert rows(counter)[Role.OFFICER].act == "confirm-departure"
    assert caseworkers(counter).waiting_for == SECOND_OFFICER
    counter.does(RejectDeparture(made, reason="理由不足"), "officer-2")
    assert rows(counter, "reject-departure")[Role.OFFICER].turn is Turn.RETURNED


def test_help_that_is_owed_first_comes_first_and_guidance_is_the_guides_turn_too() -> None:
    counter = in_help()
    row = caseworkers(counter)
    assert row.turn is Turn.TO_DO
    assert row.due_at == min(c.due_at for c in counter.case.clocks if c.running and c.due_at and c.id != "term")
    assert rows(counter)[Role.GUIDE].act == "record-guidance"
    guided(counter)
    assert Role.GUIDE not in rows(counter)


def test_a_referral_is_delivered_then_awaited_then_asked_after() -> None:
    counter = in_help()
    guided(counter)
    for number in (1, 2):
        refer(counter, number)
    trained(counter)
    referral = delivered(counter, 3)
    assert (caseworkers(counter).waiting_for, caseworkers(counter).act) == (WORKER, "answer-referral")
    counter.does(AnswerReferral(referral, confirmed=True), "worker-1")
    row = caseworkers(counter)
    assert (row.turn, row.waiting_for, row.about) == (Turn.WAITING, EMPLOYER, referral)
    assert states(counter)[1] == ["counted", "counted", "under-way"]
    alarms_ring(counter, 40)
    assert caseworkers(counter).turn is Turn.TO_DO


def test_a_course_in_progress_is_waited_for() -> None:
    counter = in_help()
    guided(counter)
    for number in (1, 2, 3):
        refer(counter, number)
    counter.does(EnrolTraining("course-1", counter.today))
    assert caseworkers(counter).waiting_for == COURSE


def test_with_everything_given_the_term_or_a_placement_is_waited_for() -> None:
    row = caseworkers(fully_helped())
    assert (row.waiting_for, row.clock) == (TERM, "term")


def test_a_closure_is_the_supervisors_turn_and_comes_back_until_it_is_taken_up() -> None:
    counter = up_for_closure()
    assert rows(counter)[Role.SUPERVISOR].act == "approve-closure"
    assert caseworkers(counter).waiting_for == SUPERVISOR
    counter.does(ReturnClosure("缺回执"), "supervisor-1")
    assert caseworkers(counter, "return-closure").turn is Turn.RETURNED
    counter.does(Assign("caseworker-2"), "supervisor-1") if counter.case.caseworker != "caseworker-2" else None
    assert caseworkers(counter, "assign", "return-closure").turn is Turn.RETURNED
    counter.does(OpenNeed("缺工具"), counter.case.caseworker or "")
    assert caseworkers(counter, "open-need", "assign", "return-closure").turn is not Turn.RETURNED


def test_only_the_role_that_something_was_sent_back_to_has_it_back() -> None:
    assert returned_to(["record-guidance", "reject-departure"]) == {Role.OFFICER}
    assert returned_to(["adopt-determination", "reject-departure"]) == set()
    assert returned_to(["return-closure", "propose-closure", "return-closure"]) == {Role.CASEWORKER}
    assert returned_to(["propose-closure", "return-closure"]) == set()


def test_a_transfer_is_the_turn_of_the_other_stations_supervisor() -> None:
    counter = in_help()
    counter.does(ProposeTransfer("station-2", "搬家"))
    found = rows(counter)
    assert found[Role.SUPERVISOR].station_id == "station-2"
    assert found[Role.CASEWORKER].station_id == "station-1"
    assert found[Role.CASEWORKER].waiting_for == OTHER_STATION


def test_a_paused_case_is_paused_for_everybody() -> None:
    counter = in_help()
    counter.does(Pause("ill"))
    assert list(rows(counter)) == [Role.CASEWORKER]
    row = caseworkers(counter)
    assert (row.turn, row.act, row.due_at) == (Turn.PAUSED, "resume", None)
    assert states(counter)[0] == ["not-yet"]


def test_whoever_was_told_to_leave_is_waited_for_and_then_the_review() -> None:
    counter = told_to_leave()
    row = caseworkers(counter)
    assert (row.waiting_for, row.clock) == (WORKER, "exit-review")
    counter.does(AskReview("本人仍要求帮扶"), "worker-1")
    assert caseworkers(counter).waiting_for == OFFICER
    assert rows(counter)[Role.OFFICER].act == "decide-review"


def test_a_placed_worker_is_followed_up_and_what_was_still_owed_is_past_doing() -> None:
    counter = in_follow_up()
    row = caseworkers(counter)
    assert (row.act, row.about, row.clock) == ("record-follow-up", "follow-up-1", "follow-up/follow-up-1")
    assert caseworkers(followed_up()).act == "propose-closure"


def test_a_closed_case_is_in_nobodys_queue() -> None:
    assert rows(closed()) == {}


def test_a_lost_job_is_help_again() -> None:
    counter = in_follow_up()
    counter.later(1)
    counter.does(RecordFollowUp("follow-up-1", counter.today, still_employed=False, content="已离职"))
    assert caseworkers(counter).stage.value == "help"
    assert caseworkers(counter).turn in (Turn.TO_DO, Turn.WAITING)


@pytest.mark.parametrize("number", range(20))
def test_whatever_happens_an_open_case_is_in_its_caseworkers_queue_with_something_that_can_be_done(number: int) -> None:
    life = Life(BEGINNINGS[number % len(BEGINNINGS)](), Random(1000 + number))  # noqa: S311  # dice, not keys
    for _ in range(EVENTS):
        life.goes_on()
        found = rows(life.counter)
        later = found_later(life.case)
        assert (Role.CASEWORKER in found) is (not life.case.closed or later is not None), life.told[-1:]
        for role, row in found.items():
            act = ACTS[row.act] if row.act else None
            assert act or row.waiting_for
            assert act is None or (life.case.stage in act.DURING and role in act.BY)
            assert (row.waiting_for is not None) == (row.turn is Turn.WAITING)
            clock = next((c for c in life.case.clocks if c.id == row.clock), None)
            if row.act == "ask-anew":
                on_its_day = find(life.case.determinations, row.about or "")
                assert on_its_day
                assert row.due_at == asked_by(on_its_day)
            else:
                assert row.due_at == (clock.due_at if clock else None)
