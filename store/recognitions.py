"""What officers decided of a worker's hardship, as it stands in the worker's latest case."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import Connection, bindparam, select

from cases.days import day_of
from cases.hardship.case import DIFFICULTY, HARDSHIP
from cases.hardship.stages import Outcome
from store.tables.cases import decision, determination, hardship_case

# Facts that are an officer's decision, by the policy decided on.
DECIDED: Final = {HARDSHIP: "hardship_worker", DIFFICULTY: "employment_difficulty"}
# Whoever left help, or was refused it, is not shown as recognised by the case that ended so.
NO_LONGER: Final = (Outcome.EXITED, Outcome.DECLINED)

# Made once: every determination of a worker's subsidy asks.
_CASES: Final = (
    select(hardship_case.c.id, hardship_case.c.worker_id, hardship_case.c.outcome)
    .where(hardship_case.c.worker_id.in_(bindparam("workers", expanding=True)))
    .order_by(hardship_case.c.opened_at)
)
_GRANTED: Final = (
    select(determination.c.case_id, determination.c.policy, decision.c.at)
    .join(
        decision,
        (decision.c.case_id == determination.c.case_id) & (decision.c.determination_id == determination.c.id),
    )
    .where(
        determination.c.case_id.in_(bindparam("cases", expanding=True)),
        determination.c.policy.in_(DECIDED),
        determination.c.superseded.is_(False),
        determination.c.granted.is_(True),
    )
    .order_by(decision.c.at)
)


@dataclass(frozen=True)
class Recognised:
    """Granted, on which day, and in which case."""

    on: date
    case_id: str


def recognised(connection: Connection, worker_ids: Collection[str], on: date) -> Mapping[str, Mapping[str, Recognised]]:
    """By worker, and by the fact that it is: what was granted and stands."""
    latest = {row.worker_id: row for row in connection.execute(_CASES, {"workers": list(worker_ids)})}
    of = {row.id: row.worker_id for row in latest.values() if row.outcome not in NO_LONGER}
    found: dict[str, dict[str, Recognised]] = {}
    if not of:
        return found
    for row in connection.execute(_GRANTED, {"cases": list(of)}):
        if day_of(row.at) <= on:
            granted = Recognised(day_of(row.at), row.case_id)
            found.setdefault(of[row.case_id], {})[DECIDED[row.policy]] = granted
    return found
