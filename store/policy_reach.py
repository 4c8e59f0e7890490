"""For which jurisdictions somebody writes the law: those that their places name, and those within."""

from datetime import date
from typing import Final

from sqlalchemy import Connection, select

from cases.roles import Role
from store.scope import Scope, scope_of
from store.tables.organisation import organisation_node

NATION: Final = "cn"


def writes_law_for(connection: Connection, scope: Scope, jurisdiction: str) -> bool:
    """Whether a policy officer of this scope may propose and publish a file of the jurisdiction.

    A file of facts belongs to no place, so it is for whoever writes the nation's law.
    """
    officer = scope.holding({Role.POLICY_OFFICER})
    named = connection.scalars(
        select(organisation_node.c.jurisdiction).where(
            organisation_node.c.id.in_(officer.nodes), organisation_node.c.jurisdiction.is_not(None)
        )
    )
    wanted = jurisdiction if "/" not in jurisdiction else NATION
    return any(wanted == name or wanted.startswith(f"{name}-") for name in named)


def policy_officer(connection: Connection, staff_id: str, on: date) -> Scope:
    return scope_of(connection, staff_id, on).holding({Role.POLICY_OFFICER})


def stations_of(connection: Connection, scope: Scope) -> frozenset[str]:
    return frozenset(connection.scalars(scope.stations))
