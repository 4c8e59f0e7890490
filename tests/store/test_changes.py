"""Corrections: nothing that stood before is lost, and nothing about a person stands in clear."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, func, select

from store.changes import Changed, ChangedMeanwhile, Correction, changes, record_correction, require_revision, revision
from store.engine import read, write
from store.keys import KeyRing
from store.person_keys import make_person_key
from store.tables.cases import audit_event
from store.tables.changes import change

AT = datetime(2026, 3, 2, 1, tzinfo=UTC)


@pytest.fixture
def person(engine: Engine, keyring: KeyRing) -> str:
    with write(engine) as connection:
        make_person_key(connection, keyring, "w-1", AT)
    return "w-1"


def corrected(person: str, phone: str, was: str, at: datetime = AT, by: str = "caseworker-1") -> Correction:
    return Correction(Changed.WORKER, person, {"phone": (was, phone), "name": ("周", "周")}, by, at, "本人换号")


def test_a_correction_keeps_what_stood_before(engine: Engine, keyring: KeyRing, person: str) -> None:
    with write(engine) as connection:
        assert record_correction(connection, keyring, corrected(person, "13900000002", "13900000001")) == 1
    with read(engine) as connection:
        (kept,) = changes(connection, keyring, Changed.WORKER, person)
    assert (kept.field, kept.before, kept.after) == ("phone", "13900000001", "13900000002")
    assert (kept.reason, kept.changed_by, kept.changed_at) == ("本人换号", "caseworker-1", AT)


def test_what_is_about_a_person_is_sealed(engine: Engine, keyring: KeyRing, person: str) -> None:
    with write(engine) as connection:
        record_correction(connection, keyring, corrected(person, "13900000002", "13900000001"))
        row = connection.execute(select(change)).mappings().one()
    assert (row["content"], row["reason"]) == (None, None)
    assert b"13900000002" not in row["content_sealed"]


def test_what_is_about_an_offer_stands_in_clear(engine: Engine, keyring: KeyRing) -> None:
    correction = Correction(Changed.VACANCY, "v-1", {"title": ("保洁", "门卫")}, "caseworker-1", AT, "写错")
    with write(engine) as connection:
        record_correction(connection, keyring, correction)
        row = connection.execute(select(change)).mappings().one()
    assert (row["content"], row["reason"]) == (["保洁", "门卫"], "写错")


def test_an_edit_that_changes_nothing_leaves_nothing(engine: Engine, keyring: KeyRing, person: str) -> None:
    with write(engine) as connection:
        assert record_correction(connection, keyring, corrected(person, "1", "1")) == 0
        assert connection.scalar(select(func.count()).select_from(audit_event)) == 0


def test_each_edit_is_one_audit_event_that_names_the_fields_only(engine: Engine, keyring: KeyRing, person: str) -> None:
    with write(engine) as connection:
        record_correction(connection, keyring, corrected(person, "13900000002", "13900000001"))
        event = connection.execute(select(audit_event)).mappings().one()
    assert (event["kind"], event["about_id"], event["reason"]) == ("correct-worker", person, "phone")


def test_the_second_of_two_edits_is_told_what_the_first_did(engine: Engine, keyring: KeyRing, person: str) -> None:
    with write(engine) as connection:
        seen = revision(connection, Changed.WORKER, person)
        record_correction(connection, keyring, corrected(person, "2", "1"))
    with write(engine) as connection:
        record_correction(connection, keyring, corrected(person, "3", "2", AT + timedelta(hours=1), "guide-1"))
    with read(engine) as connection:
        require_revision(connection, keyring, Changed.WORKER, person, seen + 2)
        with pytest.raises(ChangedMeanwhile) as told:
            require_revision(connection, keyring, Changed.WORKER, person, seen + 1)
    assert [(c.changed_by, c.after) for c in told.value.changes] == [("guide-1", "3")]
    assert told.value.revision == 2
