"""Correcting a worker's entry: nothing that stood before is lost, and of two edits at once nobody's is."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Connection, Engine

from cases.constraints import Constraints, PayFloor, PayUnit
from cases.phones import parse_phone
from store.changes import Changed, ChangedMeanwhile, changes, revision
from store.constraints import constraints
from store.engine import write
from store.finding import find_people
from store.keys import KeyRing
from store.people import PerhapsRegistered, register_worker, worker
from store.scope import scope_of
from store.seed import plant_examples
from store.skills import Skill, Wish, skills, wishes
from store.worker_edits import WorkerEdit, edit_worker
from tests.store.builders import NOW, TODAY, a_worker

LATER = NOW + timedelta(hours=1)


def an_edit(worker_id: str, **changes: object) -> WorkerEdit:
    """Nothing but what the test is about."""
    same = WorkerEdit(
        worker_id=worker_id,
        revision=0,
        name="示例人1",
        phone=parse_phone("13800000001"),
        address=None,
        skills=(),
        wishes=(),
        constraints=Constraints(),
        reason="本人告知",
        by="caseworker-1",
        at=LATER,
    )
    return replace(same, **changes)  # type: ignore[arg-type] # the caller names the field


@pytest.fixture
def worker_id(connection: Connection, keyring: KeyRing) -> str:
    return register_worker(connection, keyring, a_worker(1))


def test_every_part_can_be_corrected_and_what_stood_before_is_kept(
    connection: Connection, keyring: KeyRing, worker_id: str
) -> None:
    now = Constraints(pay_floor=PayFloor(15000, PayUnit.DAY))
    edit = an_edit(
        worker_id,
        name="周小红",
        phone=parse_phone("13900000009"),
        address="示例街道1号",
        skills=(Skill("保洁", "熟练", "6年"),),
        wishes=(Wish("门卫", "白班"),),
        constraints=now,
    )
    assert edit_worker(connection, keyring, edit) == 6
    read = worker(connection, keyring, worker_id)
    assert read is not None
    assert (read.name, read.phone, read.address) == ("周小红", "13900000009", "示例街道1号")
    assert skills(connection, keyring, worker_id) == edit.skills
    assert wishes(connection, keyring, worker_id) == edit.wishes
    assert constraints(connection, keyring, worker_id, TODAY) == now
    kept = {c.field: (c.before, c.after) for c in changes(connection, keyring, Changed.WORKER, worker_id)}
    assert kept["phone"] == ("13800000001", "13900000009")
    assert kept["skills"] == ([], [["保洁", "熟练", "6年"]])
    assert kept["pay-floor"] == (None, {"fen": 15000, "unit": "day"})


def test_a_corrected_worker_is_found_by_what_is_now_true(
    connection: Connection, keyring: KeyRing, worker_id: str
) -> None:
    edit_worker(connection, keyring, an_edit(worker_id, name="周小红", phone=parse_phone("13900000009")))
    mine = scope_of(connection, "caseworker-1", TODAY)

    def found(sought: str) -> bool:
        return bool(find_people(connection, keyring, mine, sought, TODAY))

    assert all(found(sought) for sought in ("周小红", "zxh", "0009", "13900000009"))
    assert not any(found(sought) for sought in ("示例人1", "13800000001", "0001"))


def test_the_second_of_two_edits_changes_nothing_and_is_told(
    connection: Connection, keyring: KeyRing, worker_id: str
) -> None:
    edit_worker(connection, keyring, an_edit(worker_id, address="示例街道1号"))
    with pytest.raises(ChangedMeanwhile) as told:
        edit_worker(connection, keyring, an_edit(worker_id, address="示例街道2号", by="guide-1"))
    assert [(c.field, c.changed_by, c.after) for c in told.value.changes] == [
        ("address", "caseworker-1", "示例街道1号")
    ]
    seen = revision(connection, Changed.WORKER, worker_id)
    assert edit_worker(connection, keyring, an_edit(worker_id, address="示例街道2号", revision=seen)) == 1


@pytest.mark.parametrize("same", [{"phone": parse_phone("13800000002")}, {"name": "示例人2"}])
def test_a_new_phone_or_name_of_somebody_else_is_looked_at_first(
    connection: Connection, keyring: KeyRing, worker_id: str, same: dict[str, object]
) -> None:
    other = register_worker(connection, keyring, a_worker(2))
    with pytest.raises(PerhapsRegistered) as perhaps:
        edit_worker(connection, keyring, an_edit(worker_id, **same))
    assert [candidate.worker_id for candidate in perhaps.value.candidates] == [other]
    assert edit_worker(connection, keyring, an_edit(worker_id, **same, unlike=frozenset({other}))) == 1


def test_a_shared_phone_that_stays_is_asked_about_once(
    connection: Connection, keyring: KeyRing, worker_id: str
) -> None:
    register_worker(connection, keyring, a_worker(2, phone=parse_phone("13800000001"), unlike=frozenset({worker_id})))
    assert edit_worker(connection, keyring, an_edit(worker_id, address="示例街道1号")) == 1


def test_an_edit_that_changes_nothing_is_no_correction(
    connection: Connection, keyring: KeyRing, worker_id: str
) -> None:
    assert edit_worker(connection, keyring, an_edit(worker_id)) == 0
    assert revision(connection, Changed.WORKER, worker_id) == 0


def test_of_two_edits_at_the_same_moment_one_wins_and_the_other_is_told(engine: Engine, keyring: KeyRing) -> None:
    with write(engine) as connection:
        plant_examples(connection, keyring, NOW)
        worker_id = register_worker(connection, keyring, a_worker(1))

    def save(by: str) -> str:
        try:
            with write(engine) as connection:
                edit_worker(connection, keyring, an_edit(worker_id, address=f"{by}写的", by=by))
        except ChangedMeanwhile as told:
            return f"told of {told.changes[0].changed_by}"
        return f"saved by {by}"

    with ThreadPoolExecutor(2) as both:
        first, second = both.map(save, ("caseworker-1", "guide-1"))
    assert {first, second} in (
        {"saved by caseworker-1", "told of caseworker-1"},
        {"saved by guide-1", "told of guide-1"},
    )
