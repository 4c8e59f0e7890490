"""The day on which a determination turns: nobody misses it, whatever became of the case meanwhile."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from cases.days import start_of
from cases.determinations import Conclusion, Turn
from cases.hardship.case import DIFFICULTY, HARDSHIP, HardshipCase
from cases.hardship.determining import AdoptDetermination, DepartFromDetermination, DeterminationMade
from cases.hardship.leaving import ApproveClosure, HandOver, Reopen, ReturnClosure
from cases.hardship.moving import Pause, Resume
from cases.hardship.next_step import next_steps
from cases.hardship.progress import policies_due
from cases.hardship.queueing import QueueRow, queue_rows
from cases.hardship.queueing import Turn as WhoseTurn
from cases.hardship.stages import Stage
from cases.hardship.telling import notices
from cases.hardship.turns import applied_for, next_turn
from cases.hardship.waking import AskAnew, TurnDay
from cases.roles import Role
from tests.builders import Counter, a_counter
from tests.cases.hardship.lives import in_help

SOON = 3  # days of waiting that are missing


def turning(
    counter: Counter,
    policy: str = HARDSHIP,
    conclusion: Conclusion = Conclusion.REFUSED,
    to: Conclusion = Conclusion.GRANTED,
    **changes: bool,
) -> str:
    """The rules conclude so, and would conclude otherwise in some days; the id of the determination."""
    turns = Turn(counter.today + timedelta(days=SOON), to)
    counter.does(DeterminationMade(policy, conclusion, counter.case.facts_seen, turns, **changes), Role.ENGINE)
    found = counter.case.current(policy)
    assert found
    return found.id


def day_comes(counter: Counter, determination: str) -> None:
    counter.later(SOON)
    counter.does(TurnDay(determination), Role.ENGINE)


def asked(counter: Counter) -> list[str | None]:
    return [step.about for step in next_steps(counter.case, counter.plan) if step.act == "ask-anew"]


def row(counter: Counter) -> QueueRow | None:
    found = {row.role: row for row in queue_rows(counter.case, counter.plan)}
    return found.get(Role.CASEWORKER)


def test_the_day_begins_at_midnight_of_the_station() -> None:
    counter = a_counter()
    assert next_turn(counter.case) is None
    found = turning(counter)
    turn = next_turn(counter.case)
    assert turn
    assert (turn[0].id, turn[1]) == (found, start_of(counter.today + timedelta(days=SOON)))


def test_on_the_day_the_caseworker_is_to_ask_the_worker() -> None:
    counter = a_counter()
    found = turning(counter)
    assert asked(counter) == []
    counter.later(SOON)
    told = list(notices(TurnDay(found), counter.case, counter.does(TurnDay(found), Role.ENGINE)))
    assert asked(counter) == [found]
    assert [(notice.to, notice.station_id) for notice in told] == [(Role.CASEWORKER, "station-1")]
    assert "2026-03-05" in told[0].wording.zh
    assert "granted" in told[0].wording.en
    mine = row(counter)
    assert mine
    assert (mine.act, mine.about, mine.due_at) == ("ask-anew", found, start_of(date(2026, 3, 6)))


def test_nothing_wakes_twice() -> None:
    counter = a_counter()
    found = turning(counter)
    day_comes(counter, found)
    assert next_turn(counter.case) is None
    assert counter.refused(TurnDay(found), Role.ENGINE) == ["not-due"]


def test_a_newer_determination_moves_the_day_or_clears_it() -> None:
    counter = a_counter()
    first = turning(counter)
    counter.later(1)
    second = turning(counter)
    turn = next_turn(counter.case)
    assert turn
    assert (turn[0].id, turn[1]) == (second, start_of(counter.today + timedelta(days=SOON)))
    assert counter.refused(TurnDay(first), Role.ENGINE) == ["not-due"]
    counter.does(DeterminationMade(HARDSHIP, Conclusion.GRANTED, counter.case.facts_seen), Role.ENGINE)
    assert next_turn(counter.case) is None


def test_applied_for_anew_it_is_determined_as_of_the_day_and_nothing_else_moves() -> None:
    counter = in_help()
    before = counter.case
    found = turning(counter, DIFFICULTY)
    counter.does(AdoptDetermination(found), "officer-1")
    day_comes(counter, found)
    counter.does(AskAnew(found, applies=True, said="愿意重新申请"))
    case = counter.case
    assert (applied_for(case, DIFFICULTY), applied_for(case, HARDSHIP)) == (counter.today, before.applied_on)
    assert list(policies_due(case)) == [DIFFICULTY]
    assert (case.stage, case.applied_on, case.clocks, case.plan_hash) == (
        before.stage,
        before.applied_on,
        before.clocks,
        before.plan_hash,
    )
    assert asked(counter) == []


def test_a_worker_who_does_not_wish_to_is_not_asked_again() -> None:
    counter = a_counter()
    found = turning(counter)
    day_comes(counter, found)
    assert counter.refused(AskAnew(found, applies=False, said=" ")) == ["blank"]
    counter.does(AskAnew(found, applies=False, said="暂不申请"))
    assert asked(counter) == []
    assert counter.refused(AskAnew(found, applies=True, said="又想申请")) == ["nothing-to-ask"]
    assert applied_for(counter.case, HARDSHIP) == counter.case.applied_on


def test_nobody_is_asked_before_the_day() -> None:
    counter = a_counter()
    found = turning(counter)
    counter.later(SOON - 1)
    assert counter.refused(AskAnew(found, applies=True, said="愿意")) == ["not-yet"]
    assert counter.refused(AskAnew("hardship-worker-9", applies=True, said="愿意")) == ["unknown"]


@pytest.mark.parametrize(
    ("conclusion", "to"),
    [(Conclusion.GRANTED, Conclusion.REFUSED), (Conclusion.NEEDS_INFORMATION, Conclusion.REFUSED)],
    ids=["granted now", "surely refused then"],
)
def test_a_day_that_betters_nothing_is_told_and_asks_nobody(conclusion: Conclusion, to: Conclusion) -> None:
    counter = a_counter()
    found = turning(counter, conclusion=conclusion, to=to)
    counter.later(SOON)
    told = list(notices(TurnDay(found), counter.case, counter.does(TurnDay(found), Role.ENGINE)))
    assert asked(counter) == []
    assert "what stands is untouched" in told[0].wording.en


def test_what_moves_with_todays_date_is_determined_anew_by_itself() -> None:
    counter = a_counter()
    found = turning(counter, turns_by_itself=True)
    counter.does(DeterminationMade(DIFFICULTY, Conclusion.REFUSED, 0), Role.ENGINE)
    assert list(policies_due(counter.case)) == []
    day_comes(counter, found)
    assert HARDSHIP in policies_due(counter.case)
    assert asked(counter) == []


def test_what_an_officer_decided_is_not_determined_anew_without_an_application() -> None:
    counter = in_help()
    found = turning(counter, DIFFICULTY, turns_by_itself=True)
    counter.does(AdoptDetermination(found), "officer-1")
    day_comes(counter, found)
    assert list(policies_due(counter.case)) == []
    assert asked(counter) == [found]


def test_a_departure_that_waits_for_its_second_officer_is_left_to_them() -> None:
    counter = a_counter()
    found = turning(counter)
    counter.does(DepartFromDetermination(found, granted=True, reason="家中有病人"), "officer-1")
    day_comes(counter, found)
    assert asked(counter) == []


def test_a_paused_case_does_not_miss_its_day() -> None:
    counter = in_help()
    found = turning(counter, DIFFICULTY)
    counter.does(Pause("ill"))
    day_comes(counter, found)
    mine = row(counter)
    assert mine
    assert mine.turn is WhoseTurn.PAUSED
    assert counter.refused(AskAnew(found, applies=True, said="愿意")) == ["paused"]
    counter.does(Resume("已出院"))
    assert asked(counter) == [found]


def test_a_case_that_is_leaving_sees_to_it_once_it_is_back() -> None:
    counter = in_help()
    found = turning(counter, DIFFICULTY)
    counter.does(HandOver("示例区民政局", "社会救助"))
    counter.later(SOON + 1)
    assert next_turn(counter.case) is None
    counter.does(ReturnClosure("材料不全"), "supervisor-1")
    turn = next_turn(counter.case)
    assert turn
    assert turn[0].id == found
    assert turn[1] < counter.now


def declined() -> tuple[Counter, str]:
    """Refused for want of some days, by an officer; closed."""
    counter = a_counter()
    found = turning(counter)
    counter.does(AdoptDetermination(found), "officer-1")
    counter.does(ApproveClosure(), "supervisor-1")
    return counter, found


def test_whoever_was_declined_for_want_of_days_has_a_row_for_that_day() -> None:
    counter, found = declined()
    mine = row(counter)
    assert mine
    assert (mine.stage, mine.act, mine.about, mine.turn) == (Stage.CLOSED, "ask-anew", found, WhoseTurn.TO_DO)
    assert (mine.held_by, mine.due_at) == ("caseworker-1", start_of(date(2026, 3, 6)))


def test_declined_for_good_has_none() -> None:
    counter = a_counter()
    counter.does(DeterminationMade(HARDSHIP, Conclusion.REFUSED, 0), Role.ENGINE)
    counter.does(AdoptDetermination(f"{HARDSHIP}-1"), "officer-1")
    counter.does(ApproveClosure(), "supervisor-1")
    assert row(counter) is None


def test_applied_for_anew_the_closed_case_is_reopened_as_of_the_day() -> None:
    counter, found = declined()
    assert counter.refused(AskAnew(found, applies=True, said="愿意")) == ["not-yet"]
    counter.later(SOON)
    counter.record.other_open_case = True
    assert counter.refused(AskAnew(found, applies=True, said="愿意")) == ["other-case"]
    counter.record.other_open_case = False
    case = counter.does(AskAnew(found, applies=True, said="愿意"))
    assert (case.stage, case.closed_at, case.outcome) == (Stage.DETERMINATION, None, None)
    assert applied_for(case, HARDSHIP) == counter.today
    assert list(policies_due(case)) == [HARDSHIP, DIFFICULTY]


def test_a_closed_case_whose_worker_does_not_wish_to_stays_closed_without_a_row() -> None:
    counter, found = declined()
    counter.later(SOON)
    case = counter.does(AskAnew(found, applies=False, said="已有工作"))
    assert case.closed
    assert row(counter) is None


def test_a_reopening_is_an_application_of_its_day() -> None:
    """Else whoever comes back months later would be judged by the day on which they first came."""
    counter, _ = declined()
    counter.later(200)
    case: HardshipCase = counter.does(Reopen("再次申请"))
    assert applied_for(case, HARDSHIP) == applied_for(case, DIFFICULTY) == counter.today
    assert replace(case, applied_anew=()).applied_on < counter.today
