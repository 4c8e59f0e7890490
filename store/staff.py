"""Staff, and the roles they hold at a node of the organisation tree on a day."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import Connection, and_, bindparam, insert, or_, select

from cases.roles import Role
from store import organisation
from store.rows import filled
from store.tables.organisation import role_grant
from store.tables.organisation import staff as staff_table
from store.ulids import new_id

# Grants at a node, or above it for all below, in force on a day, of staff who serve on it. Made once: every act asks.
_HELD: Final = and_(
    role_grant.c.node_id.in_(bindparam("line", expanding=True)),
    or_(role_grant.c.below, role_grant.c.node_id == bindparam("node")),
    role_grant.c.from_on <= bindparam("on"),
    or_(role_grant.c.until_on.is_(None), role_grant.c.until_on >= bindparam("on")),
    staff_table.c.joined_on <= bindparam("on"),
    or_(staff_table.c.left_on.is_(None), staff_table.c.left_on >= bindparam("on")),
)
_ROLES: Final = select(role_grant.c.role).join(staff_table).where(_HELD, staff_table.c.id == bindparam("staff"))
_HOLDERS: Final = (
    select(staff_table, role_grant.c.node_id)
    .join(role_grant)
    .where(_HELD, role_grant.c.role == bindparam("role"))
    .order_by(staff_table.c.id)
    .distinct()
)


@dataclass(frozen=True)
class Staff:
    id: str
    name: str
    joined_on: date
    left_on: date | None = None  # the last day


@dataclass(frozen=True)
class Grant:
    """A role at a node from a day on, in the whole subtree unless `below` says otherwise."""

    staff_id: str
    role: Role
    node_id: str
    from_on: date
    until_on: date | None = None  # the last day
    below: bool = True


def add_staff(connection: Connection, new: Staff, recorded_at: datetime) -> None:
    connection.execute(insert(staff_table).values(**vars(new), recorded_at=recorded_at))


def staff_member(connection: Connection, staff_id: str) -> Staff | None:
    row = connection.execute(select(staff_table).where(staff_table.c.id == staff_id)).mappings().one_or_none()
    return filled(Staff, row) if row else None


def grant_role(connection: Connection, grant: Grant, granted_by: str, recorded_at: datetime) -> str:
    grant_id = new_id(recorded_at)
    connection.execute(
        insert(role_grant).values(**vars(grant), id=grant_id, granted_by=granted_by, recorded_at=recorded_at)
    )
    return grant_id


def roles(connection: Connection, staff_id: str, node_id: str, on: date) -> frozenset[Role]:
    """The roles that a member of staff holds at a node on a day, granted there or above."""
    of = {"line": organisation.line(connection, node_id), "node": node_id, "on": on, "staff": staff_id}
    return frozenset(connection.scalars(_ROLES, of))


def has_role(connection: Connection, staff_id: str, role: Role, node_id: str, on: date) -> bool:
    return role in roles(connection, staff_id, node_id, on)


def station_roles(connection: Connection, staff_id: str, station_id: str, on: date) -> frozenset[Role]:
    """The roles that a member of staff holds at a station on a day."""
    station = organisation.station(connection, station_id)
    return roles(connection, staff_id, station.node_id, on) if station else frozenset()


def nearest(connection: Connection, role: Role, node_id: str, on: date) -> tuple[Staff, ...]:
    """Who holds a role for a node on a day: those granted it closest to the node (such as its own supervisors)."""
    line = organisation.line(connection, node_id)
    of = {"line": line, "node": node_id, "on": on, "role": role}
    holders = connection.execute(_HOLDERS, of).mappings().all()
    closest = max((line.index(row["node_id"]) for row in holders), default=None)
    return tuple(filled(Staff, row) for row in holders if line.index(row["node_id"]) == closest)


def supervisors(connection: Connection, station_id: str, on: date) -> tuple[Staff, ...]:
    """Who supervises a station on a day."""
    station = organisation.station(connection, station_id)
    return nearest(connection, Role.SUPERVISOR, station.node_id, on) if station else ()
