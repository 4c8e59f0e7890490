"""Audit events (审计事件) outside a case's steps: a look at what is masked, a sign-in, an export."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy import Connection, insert

from store.encryption import seal
from store.keys import KeyRing
from store.person_keys import person_key
from store.tables.cases import audit_event
from store.ulids import new_id


@dataclass(frozen=True)
class AuditEvent:
    """`note` is what somebody wrote about a person, and is sealed under that person's key (`about_id`)."""

    kind: str
    actor: str
    at: datetime
    about_kind: str | None = None
    about_id: str | None = None
    case_id: str | None = None
    station_id: str | None = None
    reason: str | None = None
    note: str | None = field(default=None, repr=False)


def record_audit(connection: Connection, keyring: KeyRing, event: AuditEvent) -> str:
    """Write an event in the caller's transaction: what it speaks of happens with it, or not at all."""
    event_id = new_id(event.at)
    note_sealed = None
    if event.note and event.about_id:
        key = person_key(connection, keyring, event.about_id)
        note_sealed = seal(key, "audit_event", "note_sealed", event_id, event.note)
    connection.execute(
        insert(audit_event).values(
            id=event_id,
            case_id=event.case_id,
            actor=event.actor,
            kind=event.kind,
            station_id=event.station_id,
            about_kind=event.about_kind,
            about_id=event.about_id,
            reason=event.reason,
            note_sealed=note_sealed,
            at=event.at,
            recorded_at=datetime.now(UTC),
        )
    )
    return event_id
