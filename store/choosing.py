"""What a form offers to choose from besides offers and employers: who serves at a station, and the stations."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, or_, select

from cases.roles import Role
from store import organisation
from store.scope import Scope
from store.tables.courses import course
from store.tables.organisation import organisation_node, role_grant, staff, station


@dataclass(frozen=True)
class Serving:
    id: str
    name: str


@dataclass(frozen=True)
class Place:
    """A station, and the place it lies in."""

    id: str
    name: str
    within: str


def serving_at(
    connection: Connection, station_id: str, on: date, roles: frozenset[Role] | None = None
) -> tuple[Serving, ...]:
    """Who serves at a station on a day, in any of these roles."""
    found = organisation.station(connection, station_id)
    if found is None:
        return ()
    line = organisation.line(connection, found.node_id)
    query = (
        select(staff.c.id, staff.c.name)
        .join(role_grant, role_grant.c.staff_id == staff.c.id)
        .where(
            role_grant.c.node_id.in_(line),
            or_(role_grant.c.below, role_grant.c.node_id == found.node_id),
            role_grant.c.from_on <= on,
            or_(role_grant.c.until_on.is_(None), role_grant.c.until_on >= on),
            staff.c.joined_on <= on,
            or_(staff.c.left_on.is_(None), staff.c.left_on >= on),
        )
        .distinct()
        .order_by(staff.c.id)
    )
    if roles is not None:
        query = query.where(role_grant.c.role.in_(roles))
    return tuple(Serving(row.id, row.name) for row in connection.execute(query))


def stations_named(connection: Connection, words: str, on: date, limit: int) -> tuple[Place, ...]:
    """The open stations of the whole directory whose name, or whose place's, holds these words."""
    above = organisation_node.alias()
    query = (
        select(station.c.id, station.c.name, above.c.name.label("within"))
        .join(organisation_node, organisation_node.c.id == station.c.node_id)
        .join(above, above.c.id == organisation_node.c.parent_id, isouter=True)
        .where(station.c.opened_on <= on, or_(station.c.closed_on.is_(None), station.c.closed_on > on))
        .order_by(station.c.id)
        .limit(limit)
    )
    if words:
        named = station.c.name.contains(words, autoescape=True)
        query = query.where(or_(named, above.c.name.contains(words, autoescape=True)))
    return tuple(Place(row.id, row.name, row.within or "") for row in connection.execute(query))


def station_place(connection: Connection, station_id: str) -> Place | None:
    above = organisation_node.alias()
    query = (
        select(station.c.id, station.c.name, above.c.name.label("within"))
        .join(organisation_node, organisation_node.c.id == station.c.node_id)
        .join(above, above.c.id == organisation_node.c.parent_id, isouter=True)
        .where(station.c.id == station_id)
    )
    row = connection.execute(query).one_or_none()
    return Place(row.id, row.name, row.within or "") if row else None


def has_course_in(connection: Connection, scope: Scope, course_id: str) -> bool:
    """Whether a course is of the reader's place."""
    query = select(course.c.id).where(course.c.id == course_id, scope.has_course())
    return connection.execute(query).first() is not None
