"""How much of a report somebody may see: every figure where they may see each of its people, else protected ones."""

from typing import Final

from sqlalchemy import Connection

from activities.simulation_report import Report
from cases.roles import Role
from rules.simulated_protection import ShownEffects, in_full, protected
from store.policy_reach import stations_of
from store.scope import Scope

# Those who read cases, and so may see single workers of their stations.
READS_CASES: Final = frozenset({Role.CASEWORKER, Role.GUIDE, Role.OFFICER, Role.SUPERVISOR, Role.MANAGER, Role.AUDITOR})


def seen_by(connection: Connection, scope: Scope, report: Report) -> ShownEffects:
    theirs = stations_of(connection, scope.holding(READS_CASES))
    return in_full(report.effects) if set(report.stations) <= theirs else protected(report.effects)
