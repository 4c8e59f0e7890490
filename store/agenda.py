"""A day's agenda beside the queue: appointments to come, and notices that came in."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select, update

from cases.wording import Wording
from store.scope import Scope
from store.tables.cases import appointment, hardship_case, notice


@dataclass(frozen=True)
class Meeting:
    case_id: str
    worker_id: str
    about: str
    at: datetime
    with_staff: str


@dataclass(frozen=True)
class Told:
    id: str
    case_id: str
    wording: Wording
    at: datetime
    read_at: datetime | None


def meetings(
    connection: Connection, scope: Scope, staff_ids: Collection[str], from_at: datetime, until: datetime, at_most: int
) -> tuple[Meeting, ...]:
    """Appointments that are not kept yet, with these members of staff."""
    query = (
        select(
            appointment.c.case_id,
            hardship_case.c.worker_id,
            appointment.c.id,
            appointment.c.at,
            appointment.c.with_staff,
        )
        .join(hardship_case, hardship_case.c.id == appointment.c.case_id)
        .where(
            appointment.c.with_staff.in_(staff_ids),
            appointment.c.at >= from_at,
            appointment.c.at < until,
            appointment.c.kept.is_(None),
            hardship_case.c.closed_at.is_(None),
            scope.has_case(),
        )
        .order_by(appointment.c.at, appointment.c.case_id)
        .limit(at_most)
    )
    return tuple(Meeting(*row) for row in connection.execute(query))


def unread(connection: Connection, recipient: str, since: datetime, at_most: int) -> tuple[Told, ...]:
    """The notices of somebody since a moment that they have not marked as read, the latest first."""
    query = (
        select(notice.c.id, notice.c.case_id, notice.c.wording, notice.c.at, notice.c.read_at)
        .where(notice.c.recipient == recipient, notice.c.at >= since, notice.c.read_at.is_(None))
        .order_by(notice.c.at.desc(), notice.c.id)
        .limit(at_most)
    )
    return tuple(
        Told(row.id, row.case_id, Wording(row.wording["zh"], row.wording["en"]), row.at, row.read_at)
        for row in connection.execute(query)
    )


def mark_read(connection: Connection, recipient: str, ids: Sequence[str], at: datetime) -> int:
    """Only one's own."""
    these = update(notice).where(notice.c.recipient == recipient, notice.c.id.in_(ids), notice.c.read_at.is_(None))
    return connection.execute(these.values(read_at=at)).rowcount
