"""Who audits at a terminal: an auditor in office, and what they reach."""

from datetime import datetime

from sqlalchemy import Connection

from cases.days import day_of
from cases.refusals import Refused, refusal
from cases.roles import Role
from store.scope import Scope, scope_of


def auditors_scope(connection: Connection, staff_id: str, now: datetime) -> Scope:
    """Raises Refused for whoever is no auditor today."""
    scope = scope_of(connection, staff_id, day_of(now)).holding([Role.AUDITOR])
    if not scope.reaches:
        zh, en = f"{staff_id}今天不是审计人员。", f"{staff_id} is no auditor today."
        raise Refused((refusal("not-an-auditor", zh, en),))
    return scope
