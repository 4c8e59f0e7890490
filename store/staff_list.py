"""The staff of a place, their roles and whether they can sign in; and what an administrator changes of it."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, or_, select, update

from cases.roles import Role
from store.scope import Scope
from store.tables.access import account
from store.tables.organisation import organisation_node, role_grant, staff


@dataclass(frozen=True)
class Held:
    """A role at a node, with the words for the node."""

    id: str
    role: Role
    node_id: str
    node_name: str
    below: bool
    from_on: date
    until_on: date | None

    def holds(self, on: date) -> bool:
        return self.from_on <= on and (self.until_on is None or on <= self.until_on)


@dataclass(frozen=True)
class StaffRow:
    id: str
    name: str
    joined_on: date
    left_on: date | None
    login: str | None
    disabled_at: datetime | None
    held: tuple[Held, ...]


def staff_of(connection: Connection, scope: Scope) -> tuple[StaffRow, ...]:
    """Those who hold, or held, a role at a node in scope, and those who hold none anywhere yet."""
    here = select(role_grant.c.staff_id).where(role_grant.c.node_id.in_(scope.nodes))
    nowhere = staff.c.id.not_in(select(role_grant.c.staff_id))
    query = (
        select(staff, account.c.login, account.c.disabled_at)
        .outerjoin(account, account.c.staff_id == staff.c.id)
        .where(or_(staff.c.id.in_(here), nowhere))
        .order_by(staff.c.id)
    )
    held = _held(connection, scope)
    return tuple(
        StaffRow(r.id, r.name, r.joined_on, r.left_on, r.login, r.disabled_at, held.get(r.id, ()))
        for r in connection.execute(query)
    )


def staff_row(connection: Connection, scope: Scope, staff_id: str) -> StaffRow | None:
    return next((row for row in staff_of(connection, scope) if row.id == staff_id), None)


def holds_elsewhere(connection: Connection, scope: Scope, staff_id: str, on: date) -> bool:
    """Whether they hold, or will hold, a role outside the scope: who ruled their account would rule there too."""
    query = select(role_grant.c.id).where(
        role_grant.c.staff_id == staff_id,
        role_grant.c.node_id.not_in(scope.nodes),
        or_(role_grant.c.until_on.is_(None), role_grant.c.until_on >= on),
    )
    return connection.execute(query.limit(1)).first() is not None


def end_grant(connection: Connection, scope: Scope, staff_id: str, grant_id: str, last_day: date) -> bool:
    """Let a role end after a day; False: it is not in scope, or has ended by then."""
    done = connection.execute(
        update(role_grant)
        .where(
            role_grant.c.id == grant_id,
            role_grant.c.staff_id == staff_id,
            role_grant.c.node_id.in_(scope.nodes),
            role_grant.c.from_on <= last_day,
            or_(role_grant.c.until_on.is_(None), role_grant.c.until_on > last_day),
        )
        .values(until_on=last_day)
    )
    return done.rowcount == 1


def leave(connection: Connection, staff_id: str, last_day: date) -> bool:
    """Write down a member of staff's last day; False: it is written already, or lies before they joined."""
    done = connection.execute(
        update(staff)
        .where(staff.c.id == staff_id, staff.c.left_on.is_(None), staff.c.joined_on <= last_day)
        .values(left_on=last_day)
    )
    return done.rowcount == 1


def lock_staff(connection: Connection, staff_id: str) -> None:
    """Nobody else changes the entry until the transaction ends."""
    connection.execute(select(staff.c.id).where(staff.c.id == staff_id).with_for_update())


def rename(connection: Connection, staff_id: str, name: str) -> None:
    connection.execute(update(staff).where(staff.c.id == staff_id).values(name=name))


def nodes(connection: Connection, scope: Scope) -> tuple[tuple[str, str], ...]:
    """The nodes in scope with their names, each below its parent."""
    query = (
        select(organisation_node.c.id, organisation_node.c.name, organisation_node.c.path)
        .where(organisation_node.c.id.in_(scope.nodes))
        .order_by(organisation_node.c.path)
    )
    return tuple((r.id, "　" * (r.path.count("/") - 2) + r.name) for r in connection.execute(query))


def _held(connection: Connection, scope: Scope) -> dict[str, tuple[Held, ...]]:
    query = (
        select(role_grant, organisation_node.c.name.label("node_name"))
        .join(organisation_node, organisation_node.c.id == role_grant.c.node_id)
        .where(role_grant.c.node_id.in_(scope.nodes))
        .order_by(role_grant.c.from_on, role_grant.c.id)
    )
    found: dict[str, tuple[Held, ...]] = {}
    for row in connection.execute(query):
        one = Held(row.id, row.role, row.node_id, row.node_name, row.below, row.from_on, row.until_on)
        found[row.staff_id] = (*found.get(row.staff_id, ()), one)
    return found
