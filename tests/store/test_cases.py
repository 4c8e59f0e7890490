"""A case comes back from the record as it went in, after every step; two cannot share what is one's own."""

from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from cases.case_parts import PaperState
from cases.hardship.case import HardshipCase, PlacementState
from cases.hardship.moving import Assign
from cases.hardship.stages import AgreementForm, Outcome, Stage
from store.case_rows import StaleCase
from store.cases import (
    NoSuchCase,
    change_case,
    has_other_open_case,
    load_case,
    open_case,
    open_cases_by_stage,
    unfinished_case_ids,
)
from store.keys import KeyRing
from tests.builders import OPENED_AT, Counter, a_case, a_counter
from tests.cases.hardship.lives import closed, market_failed
from tests.cases.hardship.test_proofs import a_referral
from tests.cases.hardship.test_random_lives import BEGINNINGS, Life
from tests.store.casework import another, opened_case, plant_staff, register


def lived(number: int) -> Life:
    return Life(BEGINNINGS[number % len(BEGINNINGS)](), Random(number))  # noqa: S311  # dice, not keys


@pytest.mark.parametrize("number", range(20, 24))
def test_after_every_step_of_a_long_life_the_record_holds_the_case(
    connection: Connection, keyring: KeyRing, number: int
) -> None:
    register(connection, keyring, "worker-1")
    plant_staff(connection)
    life = lived(number)
    kept = life.case
    open_case(connection, kept)
    assert load_case(connection, kept.id) == kept
    for _ in range(60):
        life.goes_on()
        if life.case.revision != kept.revision:
            change_case(connection, kept, life.case)
            kept = load_case(connection, kept.id)
            assert kept == life.case


def test_a_case_with_all_its_parts_comes_back_whole(connection: Connection, keyring: KeyRing) -> None:
    register(connection, keyring, "worker-1")
    case = market_failed().case
    open_case(connection, case)
    assert load_case(connection, case.id) == case


def test_the_tenth_part_comes_after_the_ninth(connection: Connection, keyring: KeyRing) -> None:
    register(connection, keyring, "worker-1")
    case = a_case(papers=tuple(PaperState(f"paper-{n}", "exit-notice", "x", OPENED_AT.date()) for n in range(1, 12)))
    open_case(connection, case)
    assert load_case(connection, case.id).papers == case.papers


def test_a_case_that_was_never_opened_is_not_there(connection: Connection) -> None:
    with pytest.raises(NoSuchCase, match="no-such-case"):
        load_case(connection, "case-9")


def step_on(case: HardshipCase) -> HardshipCase:
    counter = Counter(case)
    counter.later(1)
    return counter.does(Assign("caseworker-2"))


def test_a_step_on_an_old_view_is_stale_and_writes_nothing(connection: Connection, keyring: KeyRing) -> None:
    first = opened_case(connection, keyring)
    second = step_on(first)
    change_case(connection, first, second)
    with pytest.raises(StaleCase, match="revision 0"):
        change_case(connection, first, replace(second, caseworker="caseworker-3"))
    assert load_case(connection, first.id) == second


def test_a_step_on_a_case_that_is_not_there_is_stale(connection: Connection) -> None:
    with pytest.raises(StaleCase):
        change_case(connection, a_case(), a_case(revision=1))


def test_a_step_changes_its_own_case_alone(connection: Connection, keyring: KeyRing) -> None:
    register(connection, keyring, "worker-1", "worker-2")
    first = a_counter().case
    second = another(first, "case-2", "worker-2")
    open_case(connection, first)
    open_case(connection, second)
    change_case(connection, first, step_on(first))
    assert load_case(connection, "case-2") == second


def test_a_worker_has_one_open_case(connection: Connection, keyring: KeyRing) -> None:
    first = opened_case(connection, keyring)
    with pytest.raises(IntegrityError), connection.begin_nested():
        open_case(connection, another(first, "case-2", "worker-1"))


def test_a_closed_case_leaves_room_for_another_and_is_not_reopened_beside_it(
    connection: Connection, keyring: KeyRing
) -> None:
    register(connection, keyring, "worker-1")
    first = closed().case
    open_case(connection, first)
    open_case(connection, replace(a_counter().case, id="case-2"))
    with pytest.raises(IntegrityError), connection.begin_nested():
        change_case(connection, first, replace(first, closed_at=None, outcome=None, revision=first.revision + 1))


def test_one_placement_of_a_case_stands(connection: Connection, keyring: KeyRing) -> None:
    case = opened_case(connection, keyring)
    day, form = case.applied_on, AgreementForm.LABOUR_CONTRACT
    ended = PlacementState("placement-1", "employer-1", day, form, ended_on=day)
    standing = PlacementState("placement-2", "employer-1", day, form)
    now = replace(case, placements=(ended, standing), revision=1)
    change_case(connection, case, now)
    twice = replace(now, placements=(*now.placements, replace(standing, id="placement-3")), revision=2)
    with pytest.raises(IntegrityError), connection.begin_nested():
        change_case(connection, now, twice)


def test_one_referral_of_a_case_goes_to_a_vacancy(connection: Connection, keyring: KeyRing) -> None:
    case = opened_case(connection, keyring)
    now = replace(case, referrals=(a_referral(1),), revision=1)
    change_case(connection, case, now)
    twice = replace(now, referrals=(a_referral(1), a_referral(2, vacancy_id="vacancy-1")), revision=2)
    with pytest.raises(IntegrityError), connection.begin_nested():
        change_case(connection, now, twice)


def test_a_worker_with_another_open_case_is_noticed(connection: Connection, keyring: KeyRing) -> None:
    case = opened_case(connection, keyring)
    assert not has_other_open_case(connection, "worker-1", case.id)
    assert has_other_open_case(connection, "worker-1", "case-2")
    assert not has_other_open_case(connection, "worker-2", "case-2")
    change_case(connection, case, replace(case, closed_at=OPENED_AT, outcome=Outcome.EXITED, revision=1))
    assert not has_other_open_case(connection, "worker-1", "case-2")


def test_open_cases_need_a_workflow_and_closed_ones_while_a_paper_is_owed(
    connection: Connection, keyring: KeyRing
) -> None:
    case = opened_case(connection, keyring)
    assert unfinished_case_ids(connection) == (case.id,)
    owed = PaperState("paper-1", "closing-notice", "exited", case.applied_on)
    over = replace(case, closed_at=OPENED_AT, outcome=Outcome.EXITED, stage=Stage.CLOSED, papers=(owed,), revision=1)
    change_case(connection, case, over)
    assert unfinished_case_ids(connection) == (case.id,)
    made = replace(over, papers=(replace(owed, sha256="a" * 64),), revision=2)
    change_case(connection, over, made)
    assert unfinished_case_ids(connection) == ()


def test_open_cases_are_counted_by_stage_in_the_order_of_a_case(connection: Connection, keyring: KeyRing) -> None:
    register(connection, keyring, "worker-1", "worker-2", "worker-3", "worker-4")
    case = a_counter().case
    for number, stage in enumerate((Stage.HELP, Stage.DETERMINATION, Stage.HELP), start=1):
        open_case(connection, replace(case, id=f"case-{number}", worker_id=f"worker-{number}", stage=stage))
    open_case(connection, replace(closed().case, id="case-4", worker_id="worker-4"))
    assert list(open_cases_by_stage(connection).items()) == [(Stage.DETERMINATION, 1), (Stage.HELP, 2)]


def test_a_moment_comes_back_in_utc(connection: Connection, keyring: KeyRing) -> None:
    case = opened_case(connection, keyring)
    loaded = load_case(connection, case.id)
    assert loaded.opened_at.utcoffset() == timedelta(0)
    assert loaded.clocks[0].due_at == case.clocks[0].due_at
