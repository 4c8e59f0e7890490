"""Corrections (更正) of what the record says: before, after, who and why; and the edit that came second is told so."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from dataclasses import field as unshown
from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import Connection, RowMapping, func, insert, select

from cases.canonical import Json, canonical, from_canonical
from cases.refusals import Refused, refusal
from store.aead import Key
from store.audit import AuditEvent, record_audit
from store.encryption import open_if_known, open_sealed, seal
from store.keys import KeyRing
from store.person_keys import person_key
from store.tables.changes import change as table
from store.ulids import new_id


class Changed(StrEnum):
    """What can be corrected, and is no case: a case changes by acts."""

    WORKER = "worker"
    EMPLOYER = "employer"
    VACANCY = "vacancy"
    COURSE = "course"
    STATION = "station"
    STAFF = "staff"


@dataclass(frozen=True)
class Correction:
    """One edit: each field with its values before and after.

    `personal`: sealed under the subject's own key, as is always so of a worker (and of a household that employs).
    """

    kind: Changed
    subject_id: str
    fields: Mapping[str, tuple[Json, Json]] = field(repr=False)
    by: str
    at: datetime
    reason: str | None = field(default=None, repr=False)
    station_id: str | None = None
    personal: bool = False


@dataclass(frozen=True)
class Change:
    """One field of one correction."""

    id: str
    field: str
    before: Json = unshown(repr=False)
    after: Json = unshown(repr=False)
    reason: str | None = unshown(repr=False)
    changed_by: str
    changed_at: datetime


class ChangedMeanwhile(Refused):
    """Somebody else saved an edit after this one was begun; what was filled in is not lost by saying so."""

    def __init__(self, changes: tuple[Change, ...], revision: int) -> None:
        self.changes = changes
        self.revision = revision
        super().__init__(
            (
                refusal(
                    "changed-meanwhile",
                    "您填写期间，别人已修改了这条记录。您填写的内容都在，请核对后再保存。",
                    "Somebody else changed this record while you were at it. What you filled in is all here: "
                    "look at both, then save again.",
                ),
            )
        )


def revision(connection: Connection, kind: Changed, subject_id: str) -> int:
    """How many fields were corrected so far: what a form carries, to know whether it is out of date."""
    query = select(func.count()).where(table.c.subject_kind == kind, table.c.subject_id == subject_id)
    return connection.scalar(query) or 0


def require_revision(connection: Connection, keyring: KeyRing, kind: Changed, subject_id: str, expected: int) -> None:
    """Raises ChangedMeanwhile with the corrections since; call it once the subject's own row is locked for update."""
    known = changes(connection, keyring, kind, subject_id)
    if len(known) != expected:
        raise ChangedMeanwhile(known[max(expected, 0) :], len(known))


def record_correction(connection: Connection, keyring: KeyRing, correction: Correction) -> int:
    """Write down the fields that differ, with one audit event, in the caller's transaction; say how many did."""
    differ = {name: pair for name, pair in correction.fields.items() if pair[0] != pair[1]}
    if not differ:
        return 0
    key = None
    if correction.personal or correction.kind is Changed.WORKER:
        key = person_key(connection, keyring, correction.subject_id)
    recorded_at = datetime.now(UTC)
    rows = [_row(correction, name, pair, key, recorded_at) for name, pair in differ.items()]
    connection.execute(insert(table), rows)
    event = AuditEvent(
        f"correct-{correction.kind}",
        correction.by,
        correction.at,
        about_kind=correction.kind,
        about_id=correction.subject_id,
        station_id=correction.station_id,
        reason=",".join(sorted(differ)),
    )
    record_audit(connection, keyring, event)
    return len(differ)


def changes(connection: Connection, keyring: KeyRing, kind: Changed, subject_id: str) -> tuple[Change, ...]:
    """Every correction of a subject, the oldest first; those of one edit in the order of their names."""
    query = (
        select(table)
        .where(table.c.subject_kind == kind, table.c.subject_id == subject_id)
        .order_by(table.c.changed_at, table.c.recorded_at, table.c.field)
    )
    rows = connection.execute(query).mappings().all()
    sealed = any(row["content_sealed"] is not None for row in rows)
    key = person_key(connection, keyring, subject_id) if sealed else None
    return tuple(_opened(row, key) for row in rows)


def _row(
    correction: Correction, name: str, pair: tuple[Json, Json], key: Key | None, recorded_at: datetime
) -> dict[str, object]:
    change_id = new_id(correction.at)
    content: Json = [*pair]
    row: dict[str, object] = {
        "id": change_id,
        "subject_kind": correction.kind,
        "subject_id": correction.subject_id,
        "field": name,
        "content": None,
        "content_sealed": None,
        "reason": None,
        "reason_sealed": None,
        "changed_by": correction.by,
        "changed_at": correction.at,
        "recorded_at": recorded_at,
    }
    if key is None:
        return row | {"content": content, "reason": correction.reason}
    row["content_sealed"] = seal(key, "change", "content_sealed", change_id, canonical(content))
    if correction.reason is not None:
        row["reason_sealed"] = seal(key, "change", "reason_sealed", change_id, correction.reason)
    return row


def _opened(row: RowMapping, key: Key | None) -> Change:
    content, reason = row["content"], row["reason"]
    if key is not None and row["content_sealed"] is not None:
        content = from_canonical(open_sealed(key, "change", "content_sealed", row["id"], row["content_sealed"]))
        reason = open_if_known(key, "change", "reason_sealed", row["id"], row["reason_sealed"])
    before, after = content
    return Change(row["id"], row["field"], before, after, reason, row["changed_by"], row["changed_at"])
