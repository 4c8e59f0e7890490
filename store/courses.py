"""Training courses (培训课程) that a worker can be sent to."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, insert, select

from store.rows import filled
from store.tables.courses import course as table


@dataclass(frozen=True)
class Course:
    """`minimum_hours` is what a worker attends at least for the course to count."""

    id: str
    station_id: str
    title: str
    provider: str
    trade: str
    place: str
    begins_on: date
    ends_on: date
    hours: int
    minimum_hours: int
    seats: int
    free: bool = True


def add_course(connection: Connection, new: Course, recorded_at: datetime) -> None:
    connection.execute(insert(table).values(**vars(new), recorded_at=recorded_at))


def course(connection: Connection, course_id: str) -> Course | None:
    row = connection.execute(select(table).where(table.c.id == course_id)).mappings().one_or_none()
    return filled(Course, row) if row else None


def courses_ahead(connection: Connection, station_id: str, on: date) -> tuple[Course, ...]:
    """The courses of a station that have not ended on a day, the next to begin first."""
    query = select(table).where(table.c.station_id == station_id, table.c.ends_on >= on)
    rows = connection.execute(query.order_by(table.c.begins_on, table.c.id)).mappings()
    return tuple(filled(Course, row) for row in rows)
