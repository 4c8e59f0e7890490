"""Leave cover (代班): while somebody is away, a deputy sees their rows among their own.

What the deputy may do is what their own roles allow; nothing changes hands.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, insert, or_, select, update

from store.rows import filled
from store.tables.access import leave_cover as table


@dataclass(frozen=True)
class Cover:
    """From a day to another, both with it."""

    id: str
    staff_id: str
    deputy_id: str
    from_on: date
    until_on: date
    recorded_by: str
    withdrawn_at: datetime | None = None


def add_cover(connection: Connection, new: Cover, recorded_at: datetime) -> None:
    connection.execute(insert(table).values(**vars(new), recorded_at=recorded_at))


def withdraw_cover(connection: Connection, cover_id: str, at: datetime) -> bool:
    """False: it was withdrawn before."""
    this = update(table).where(table.c.id == cover_id, table.c.withdrawn_at.is_(None))
    return connection.execute(this.values(withdrawn_at=at)).rowcount == 1


def cover(connection: Connection, cover_id: str) -> Cover | None:
    row = connection.execute(select(table).where(table.c.id == cover_id)).mappings().one_or_none()
    return filled(Cover, row) if row else None


def covers_of(connection: Connection, staff_ids: Collection[str], on: date) -> tuple[Cover, ...]:
    """Those of some members of staff, for them or by them, that are not over."""
    query = (
        select(table)
        .where(
            or_(table.c.staff_id.in_(staff_ids), table.c.deputy_id.in_(staff_ids)),
            table.c.until_on >= on,
            table.c.withdrawn_at.is_(None),
        )
        .order_by(table.c.from_on, table.c.id)
    )
    return tuple(filled(Cover, row) for row in connection.execute(query).mappings())


def covered_by(connection: Connection, deputy_id: str, on: date) -> tuple[Cover, ...]:
    """Whom somebody stands in for on a day."""
    return tuple(
        each
        for each in covers_of(connection, [deputy_id], on)
        if each.deputy_id == deputy_id and each.from_on <= on <= each.until_on
    )
