"""A step is written once under its key, with its audit event and what goes out because of it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Connection, select
from sqlalchemy.exc import IntegrityError

from cases.hardship.case import HardshipCase
from cases.hardship.moving import Assign
from cases.notices import Notice
from cases.roles import Role
from cases.wording import Wording
from store.aead import Key
from store.case_rows import StaleCase
from store.cases import load_case
from store.keys import KeyRing
from store.person_keys import person_key
from store.steps import NewStep, finished_step, same_act, step_key, timeline, write_opening, write_step
from store.tables.cases import audit_event, case_step, outbox
from tests.builders import OPENED_AT, Counter
from tests.store.casework import opened_case

LATER = OPENED_AT + timedelta(minutes=5)
TOLD = Notice(Role.CASEWORKER, "station-1", Wording("有个案分派给您", "A case is assigned to you"))


def a_step(key: str = "case-1/act/k", **changes: object) -> NewStep:
    step = NewStep(key, "assign", "supervisor-1", '{"to":"caseworker-2"}', OPENED_AT, LATER)
    return replace(step, **changes)  # type: ignore[arg-type]  # the caller names the field


def moved_on(case: HardshipCase) -> HardshipCase:
    return Counter(case).does(Assign("caseworker-2" if case.caseworker == "caseworker-1" else "caseworker-1"))


@pytest.fixture
def case(connection: Connection, keyring: KeyRing) -> HardshipCase:
    return opened_case(connection, keyring)


@pytest.fixture
def key(connection: Connection, keyring: KeyRing, case: HardshipCase) -> Key:
    return person_key(connection, keyring, case.worker_id)


def test_a_step_answers_with_its_receipt_and_its_key_gives_it_again(
    connection: Connection, key: Key, case: HardshipCase
) -> None:
    after = moved_on(case)
    receipt = write_step(connection, key, a_step(), case, after, [])
    assert (receipt.case_id, receipt.key, receipt.revision, receipt.stage, receipt.at) == (
        case.id,
        "case-1/act/k",
        1,
        after.stage,
        OPENED_AT,
    )
    found = finished_step(connection, "case-1/act/k")
    assert found
    assert found.receipt == receipt
    assert load_case(connection, case.id) == after
    assert finished_step(connection, "case-1/act/other") is None


@pytest.mark.parametrize(
    ("changes", "same"),
    [
        ({}, True),
        ({"kind": "pause"}, False),
        ({"actor": "caseworker-1"}, False),
        ({"body": '{"to":"caseworker-3"}'}, False),
    ],
    ids=["the same", "another kind", "another person", "another body"],
)
def test_a_key_that_comes_again_comes_with_the_same_act_or_not(
    connection: Connection, key: Key, case: HardshipCase, changes: dict[str, str], same: bool
) -> None:
    write_step(connection, key, a_step(), case, moved_on(case), [])
    found = finished_step(connection, "case-1/act/k")
    again = a_step(**changes)
    assert found
    assert same_act(found, key, again.key, again.kind, again.actor, again.body) is same


def test_what_was_said_is_sealed_for_its_step(connection: Connection, key: Key, case: HardshipCase) -> None:
    write_step(connection, key, a_step(body='{"reason":"本人住院"}'), case, moved_on(case), [])
    sealed = connection.execute(select(case_step.c.body_sealed)).scalar_one()
    assert "住院".encode() not in sealed
    [entry] = timeline(connection, key, case.id)
    assert entry.body == '{"reason":"本人住院"}'


def test_the_timeline_has_every_step_in_its_order(connection: Connection, key: Key, case: HardshipCase) -> None:
    at = case
    for number in range(12):
        after = moved_on(at)
        write_step(connection, key, a_step(f"case-1/act/{12 - number}"), at, after, [])
        at = after
    entries = timeline(connection, key, case.id)
    assert [entry.revision for entry in entries] == list(range(1, 13))
    assert (entries[0].actor, entries[0].at, entries[0].recorded_at) == ("supervisor-1", OPENED_AT, LATER)


def test_a_step_leaves_one_audit_event(connection: Connection, key: Key, case: HardshipCase) -> None:
    write_step(connection, key, a_step(), case, moved_on(case), [])
    event = connection.execute(select(audit_event)).one()
    assert (event.id, event.case_id, event.actor, event.kind, event.station_id, event.at, event.recorded_at) == (
        "case-1/act/k",
        "case-1",
        "supervisor-1",
        "assign",
        "station-1",
        OPENED_AT,
        LATER,
    )


def test_messages_are_numbered_under_their_step(connection: Connection, key: Key, case: HardshipCase) -> None:
    write_step(connection, key, a_step(), case, moved_on(case), [TOLD, TOLD])
    rows = connection.execute(select(outbox).order_by(outbox.c.id)).all()
    assert [row.id for row in rows] == ["case-1/act/k/1", "case-1/act/k/2"]
    assert rows[0].message == {"to": "caseworker", "station": "station-1", "zh": TOLD.wording.zh, "en": TOLD.wording.en}
    assert (rows[0].kind, rows[0].sent_at, rows[0].attempts) == ("notice", None, 0)


def test_a_key_is_used_once(connection: Connection, key: Key, case: HardshipCase) -> None:
    first = moved_on(case)
    write_step(connection, key, a_step(), case, first, [])
    with pytest.raises(IntegrityError), connection.begin_nested():
        write_step(connection, key, a_step(), first, moved_on(first), [])


def test_a_revision_is_one_step(connection: Connection, key: Key, case: HardshipCase) -> None:
    first = moved_on(case)
    write_step(connection, key, a_step(), case, first, [])
    skipped = replace(moved_on(first), revision=1)
    with pytest.raises(IntegrityError), connection.begin_nested():
        write_step(connection, key, a_step("case-1/act/other"), first, skipped, [])


def test_a_stale_step_writes_nothing_at_all(connection: Connection, key: Key, case: HardshipCase) -> None:
    write_step(connection, key, a_step(), case, moved_on(case), [])
    with pytest.raises(StaleCase):
        write_step(connection, key, a_step("case-1/act/late"), case, moved_on(case), [TOLD])
    assert finished_step(connection, "case-1/act/late") is None
    assert connection.execute(select(outbox)).all() == []


def test_an_opening_asks_for_its_workflow(connection: Connection, key: Key, case: HardshipCase) -> None:
    step = a_step("intake/k", kind="open-case")
    write_opening(connection, key, step, case)
    start = connection.execute(select(outbox)).one()
    assert (start.id, start.kind, start.case_id, start.at) == ("case-1/start", "start-case", "case-1", OPENED_AT)
    found = finished_step(connection, "intake/k")
    assert found
    assert (found.receipt.case_id, found.receipt.revision, found.kind) == ("case-1", 0, "open-case")


def test_a_key_of_a_step_names_its_case() -> None:
    assert step_key("case-1", "act", "k") == "case-1/act/k"
