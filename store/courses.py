"""Training courses (培训课程) that a worker can be sent to."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import Connection, func, insert, select, update

from store.rows import filled
from store.scope import Scope
from store.tables.cases import training
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


def change_course(connection: Connection, changed: Course) -> None:
    """Write a course as it now is; the caller has locked it, and keeps what stood before (`store.changes`)."""
    values = {name: value for name, value in vars(changed).items() if name not in ("id", "station_id")}
    connection.execute(update(table).where(table.c.id == changed.id).values(**values))


def lock_course(connection: Connection, course_id: str) -> None:
    """Nobody else changes it until the transaction ends."""
    connection.execute(select(table.c.id).where(table.c.id == course_id).with_for_update())


@dataclass(frozen=True)
class CourseFilter:
    """What a reader asks of the list; nothing asked: the courses that have not ended."""

    words: str = ""
    trade: str = ""
    station_id: str = ""
    ended: bool = False
    free: bool = False


@dataclass(frozen=True)
class ListedCourse:
    course: Course
    enrolled: int

    @property
    def seats_left(self) -> int:
        return max(self.course.seats - self.enrolled, 0)


def courses_in(
    connection: Connection, scope: Scope, asked: CourseFilter, on: date, page: tuple[int, int]
) -> tuple[tuple[ListedCourse, ...], int]:
    """A page of the courses in a reader's place, the next to begin first, and how many there are in all."""
    conditions = [scope.has_course(), table.c.ends_on < on if asked.ended else table.c.ends_on >= on]
    if asked.words:
        conditions.append(table.c.title.contains(asked.words, autoescape=True))
    if asked.trade:
        conditions.append(table.c.trade == asked.trade)
    if asked.station_id:
        conditions.append(table.c.station_id == asked.station_id)
    if asked.free:
        conditions.append(table.c.free)
    order = table.c.begins_on.desc() if asked.ended else table.c.begins_on
    limit, offset = page
    rows = connection.execute(
        select(table, _ENROLLED.label("enrolled"))
        .where(*conditions)
        .order_by(order, table.c.id)
        .limit(limit)
        .offset(offset)
    ).mappings()
    listed = tuple(ListedCourse(filled(Course, row), row["enrolled"]) for row in rows)
    return listed, connection.scalar(select(func.count()).select_from(table).where(*conditions)) or 0


def enrolled(connection: Connection, course_id: str) -> int:
    """How many workers were enrolled, whichever station sent them."""
    return connection.scalar(select(func.count()).select_from(training).where(training.c.course_id == course_id)) or 0


def course_trades(connection: Connection, scope: Scope) -> tuple[str, ...]:
    return tuple(connection.scalars(select(table.c.trade).where(scope.has_course()).distinct().order_by(table.c.trade)))


_ENROLLED: Final = select(func.count()).where(training.c.course_id == table.c.id).scalar_subquery()
