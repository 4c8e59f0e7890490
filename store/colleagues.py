"""Colleagues (同事): who works as a caseworker within a scope, to whom cases can be given."""

from datetime import date

from sqlalchemy import Connection, or_, select

from cases.roles import Role
from store.scope import Scope
from store.tables.organisation import organisation_node, role_grant, staff
from store.tables.organisation import station as stations


def caseworkers(connection: Connection, scope: Scope, on: date) -> tuple[tuple[str, str], ...]:
    """Ids and names, by name."""
    query = (
        select(staff.c.id, staff.c.name)
        .join(role_grant, role_grant.c.staff_id == staff.c.id)
        .where(
            role_grant.c.role == Role.CASEWORKER,
            role_grant.c.node_id.in_(scope.nodes),
            role_grant.c.from_on <= on,
            or_(role_grant.c.until_on.is_(None), role_grant.c.until_on >= on),
            staff.c.joined_on <= on,
            or_(staff.c.left_on.is_(None), staff.c.left_on >= on),
        )
        .distinct()
        .order_by(staff.c.name, staff.c.id)
    )
    return tuple((row.id, row.name) for row in connection.execute(query))


def stations_of_caseworkers(connection: Connection, scope: Scope, on: date) -> dict[str, str]:
    """Of each caseworker the station they are granted at, where it is one; for a list of names that repeat."""
    query = (
        select(role_grant.c.staff_id, stations.c.name)
        .join(organisation_node, organisation_node.c.id == role_grant.c.node_id)
        .join(stations, stations.c.node_id == organisation_node.c.id)
        .where(
            role_grant.c.role == Role.CASEWORKER,
            role_grant.c.node_id.in_(scope.nodes),
            role_grant.c.from_on <= on,
            or_(role_grant.c.until_on.is_(None), role_grant.c.until_on >= on),
        )
        .order_by(role_grant.c.id)
    )
    return {row.staff_id: row.name for row in connection.execute(query)}
