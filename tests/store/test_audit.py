import pytest
from sqlalchemy import Connection, select

from store.audit import AuditEvent, record_audit
from store.encryption import open_sealed
from store.erasure import erase_worker
from store.keys import KeyRing
from store.person_keys import KeyDestroyed, person_key
from store.tables.cases import audit_event
from tests.store.builders import NOW, an_erasure
from tests.store.casework import register

NOTE = "为示例人一核对推荐信"


def looked(note: str | None = NOTE) -> AuditEvent:
    return AuditEvent("reveal-phone", "caseworker-1", NOW, "worker", "worker-1", station_id="station-1", note=note)


def test_an_event_says_who_did_what_about_whom_and_when(connection: Connection, keyring: KeyRing) -> None:
    register(connection, keyring, "worker-1")
    event_id = record_audit(connection, keyring, looked())
    row = connection.execute(select(audit_event).where(audit_event.c.id == event_id)).mappings().one()
    assert (row["actor"], row["kind"], row["about_kind"], row["about_id"]) == (
        "caseworker-1",
        "reveal-phone",
        "worker",
        "worker-1",
    )
    assert row["at"] == NOW
    assert row["station_id"] == "station-1"


def test_what_was_written_about_a_person_is_sealed_under_their_key(connection: Connection, keyring: KeyRing) -> None:
    register(connection, keyring, "worker-1")
    event_id = record_audit(connection, keyring, looked())
    sealed = connection.scalar(select(audit_event.c.note_sealed).where(audit_event.c.id == event_id))
    assert sealed is not None
    assert NOTE.encode() not in sealed
    key = person_key(connection, keyring, "worker-1")
    assert open_sealed(key, "audit_event", "note_sealed", event_id, sealed) == NOTE


def test_the_event_outlives_an_erased_person_and_what_was_written_about_them_does_not(
    connection: Connection, keyring: KeyRing
) -> None:
    register(connection, keyring, "worker-1")
    event_id = record_audit(connection, keyring, looked())
    erase_worker(connection, keyring, "worker-1", an_erasure())
    assert connection.scalar(select(audit_event.c.id).where(audit_event.c.id == event_id)) == event_id
    with pytest.raises(KeyDestroyed):
        person_key(connection, keyring, "worker-1")


def test_an_event_without_a_note_needs_nobodys_key(connection: Connection, keyring: KeyRing) -> None:
    event_id = record_audit(connection, keyring, AuditEvent("sign-in", "caseworker-1", NOW))
    assert connection.scalar(select(audit_event.c.note_sealed).where(audit_event.c.id == event_id)) is None
