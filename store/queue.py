"""The queue in the record: written with every step of a case, and taken or put back by one person at a time."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from pydantic import TypeAdapter
from sqlalchemy import Connection, RowMapping, Update, and_, bindparam, delete, insert, or_, select, update

from cases.hardship.case import HardshipCase
from cases.hardship.queue_words import Dated
from cases.hardship.queueing import QueueRow, Turn, queue_rows
from cases.hardship.roads import Stop
from cases.hardship.stages import Stage
from cases.hardship.turns import MISSED, found_later
from cases.plans import ServicePlan
from cases.roles import Role
from cases.wording import Wording
from store.audit import AuditEvent, record_audit
from store.cases import load_case
from store.keys import KeyRing
from store.tables.cases import case_step, determination, hardship_case
from store.tables.queue import queue_item as table

# What the engine does to keep house is nothing that a caseworker would call the last event.
HOUSEKEEPING: Final = ("ring-alarm", "keep-paper", "reckon-anew", "put-off", "turn-day")
_PROGRESS: Final = TypeAdapter(tuple[Stop, ...])
_PAST: Final = (
    select(case_step.c.kind, case_step.c.actor, case_step.c.at)
    .where(case_step.c.case_id == bindparam("of_case"), case_step.c.kind.not_in(HOUSEKEEPING))
    .order_by(case_step.c.revision.desc())
)
_OF_CASE: Final = select(table).where(table.c.case_id == bindparam("of_case"))
_WRITTEN: Final = [column.name for column in table.c if column.name not in ("case_id", "role")]
_INSERT: Final = insert(table)
_UPDATE: Final = (
    update(table)
    .where(table.c.case_id == bindparam("of_case"), table.c.role == bindparam("of_role"))
    .values({table.c[name]: bindparam(f"new_{name}") for name in _WRITTEN})
)


@dataclass(frozen=True)
class Entry:
    """A row of the queue as it is read."""

    case_id: str
    role: Role
    worker_id: str
    station_id: str
    stage: Stage
    turn: Turn
    held_by: str | None
    taken_at: datetime | None
    act: str | None
    about: str | None
    why: Wording
    waiting_for: Wording | None
    due_at: datetime | None
    due_counts: str | None
    clock: str | None
    progress: tuple[Stop, ...]
    last_kind: str
    last_by: str
    last_at: datetime
    opened_at: datetime
    since: datetime
    revision: int

    @property
    def dated(self) -> Dated:
        return Dated(self.turn, self.due_at, self.due_counts, self.since, self.waiting_for)


def keep_queue(connection: Connection, case: HardshipCase, plan: ServicePlan, at: datetime | None = None) -> None:
    """Make a case's rows what the case says, in the transaction of its step (`at`).

    A row that still asks for the same keeps who took it, and since when it has stood.
    """
    known = {Role(row["role"]): row for row in connection.execute(_OF_CASE, {"of_case": case.id}).mappings()}
    rows: tuple[QueueRow, ...] = ()
    if not case.closed or found_later(case):
        past = connection.execute(_PAST, {"of_case": case.id}).all()
        rows = queue_rows(case, plan, (step.kind for step in past))
        last = {"last_kind": past[0].kind, "last_by": past[0].actor, "last_at": past[0].at}
        new = [_values(row, known.get(row.role), at or past[0].at) | last for row in rows]
        _write(connection, new, known)
    gone = known.keys() - {row.role for row in rows}
    if gone:
        connection.execute(delete(table).where(table.c.case_id == case.id, table.c.role.in_(gone)))


def past_kinds(connection: Connection, case_id: str) -> tuple[str, ...]:
    """The kinds of a case's steps, the latest first, without those of housekeeping."""
    return tuple(step.kind for step in connection.execute(_PAST, {"of_case": case_id}))


def stale_cases(connection: Connection) -> tuple[str, ...]:
    """Open cases whose rows are missing or of an earlier revision, and closed ones with rows of an earlier one."""
    ours = and_(table.c.case_id == hardship_case.c.id, table.c.role == Role.CASEWORKER)
    behind = (
        select(hardship_case.c.id)
        .outerjoin(table, ours)
        .where(
            hardship_case.c.closed_at.is_(None),
            or_(table.c.case_id.is_(None), table.c.revision != hardship_case.c.revision),
        )
    )
    left = (
        select(table.c.case_id)
        .join(hardship_case, hardship_case.c.id == table.c.case_id)
        .where(hardship_case.c.closed_at.is_not(None), table.c.revision != hardship_case.c.revision)
    )
    return tuple(sorted({*connection.scalars(behind), *connection.scalars(left), *_lost(connection)}))


def _lost(connection: Connection) -> Iterator[str]:
    """Closed cases without the row that waits for a day."""
    may_wait = (
        select(hardship_case.c.id)
        .join(determination, determination.c.case_id == hardship_case.c.id)
        .outerjoin(table, table.c.case_id == hardship_case.c.id)
        .where(
            hardship_case.c.outcome.in_(MISSED),
            determination.c.turns_on.is_not(None),
            determination.c.superseded.is_(False),
            table.c.case_id.is_(None),
        )
        .distinct()
    )
    return (case_id for case_id in connection.scalars(may_wait).all() if found_later(load_case(connection, case_id)))


def entry(connection: Connection, case_id: str, role: Role) -> Entry | None:
    row = connection.execute(_OF_CASE.where(table.c.role == role), {"of_case": case_id}).mappings().one_or_none()
    return read_entry(row) if row else None


def queue_of_case(connection: Connection, case_id: str) -> tuple[Entry, ...]:
    rows = connection.execute(_OF_CASE.order_by(table.c.role), {"of_case": case_id}).mappings()
    return tuple(map(read_entry, rows))


def read_entry(row: RowMapping) -> Entry:
    values = {name: row[name] for name in Entry.__dataclass_fields__}
    values["why"] = _wording(row["why"])
    values["waiting_for"] = _wording(row["waiting_for"]) if row["waiting_for"] else None
    values["progress"] = _PROGRESS.validate_python(row["progress"])
    return Entry(**values)


# Taking and putting back (认领／放回): the roles that take a row; a caseworker's is the case's own, and is assigned.


@dataclass(frozen=True)
class Taken:
    """What became of it: `entry` as it stands now, and whether this was the one who changed it."""

    won: bool
    entry: Entry | None


def take(connection: Connection, keyring: KeyRing, entry: Entry, staff_id: str, at: datetime) -> Taken:
    """Make a row one's own, if nobody holds it and it is still the turn that was seen."""
    these = _as_seen(entry).where(table.c.held_by.is_(None)).values(held_by=staff_id, taken_at=at)
    return _changed(connection, keyring, these, entry, AuditEvent("take", staff_id, at))


def put_back(connection: Connection, keyring: KeyRing, entry: Entry, staff_id: str, at: datetime) -> Taken:
    """Give a row back that is one's own."""
    these = _as_seen(entry).where(table.c.held_by == staff_id).values(held_by=None, taken_at=None)
    return _changed(connection, keyring, these, entry, AuditEvent("put-back", staff_id, at))


def _as_seen(entry: Entry) -> Update:
    return update(table).where(
        table.c.case_id == entry.case_id,
        table.c.role == entry.role,
        table.c.role != Role.CASEWORKER,
        table.c.since == entry.since,
    )


def _changed(connection: Connection, keyring: KeyRing, these: Update, seen: Entry, event: AuditEvent) -> Taken:
    won = connection.execute(these).rowcount == 1
    if won:
        event = replace(
            event,
            case_id=seen.case_id,
            station_id=seen.station_id,
            about_kind="queue",
            about_id=f"{seen.case_id}/{seen.role}",
        )
        record_audit(connection, keyring, event)
    return Taken(won, entry(connection, seen.case_id, seen.role))


def _write(connection: Connection, rows: Sequence[dict[str, Any]], known: Mapping[Role, Any]) -> None:
    fresh = [row for row in rows if row["role"] not in known]
    if fresh:
        connection.execute(_INSERT, fresh)
    changed = [row for row in rows if row["role"] in known]
    if changed:
        connection.execute(
            _UPDATE,
            [
                {"of_case": row["case_id"], "of_role": row["role"]} | {f"new_{name}": row[name] for name in _WRITTEN}
                for row in changed
            ],
        )


def _values(row: QueueRow, before: RowMapping | None, at: datetime) -> dict[str, Any]:
    same = before is not None and _same_turn(row, before)
    held_by, taken_at = row.held_by, None
    if row.role is not Role.CASEWORKER and before is not None and same:
        held_by, taken_at = before["held_by"], before["taken_at"]
    return vars(row) | {
        "held_by": held_by,
        "taken_at": taken_at,
        "why": vars(row.why),
        "waiting_for": vars(row.waiting_for) if row.waiting_for else None,
        "progress": _PROGRESS.dump_python(row.progress, mode="json"),
        "since": before["since"] if before is not None and same else at,
    }


def _same_turn(row: QueueRow, before: RowMapping) -> bool:
    asked = (row.station_id, row.turn, row.act, row.about)
    waiting = vars(row.waiting_for) if row.waiting_for else None
    return asked == (before["station_id"], before["turn"], before["act"], before["about"]) and (
        waiting == before["waiting_for"]
    )


def _wording(value: Mapping[str, str]) -> Wording:
    return Wording(value["zh"], value["en"])
