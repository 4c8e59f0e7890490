"""The list of cases: which are open, where they stand, and what is due next."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, func, select

from cases.hardship.stages import Outcome, Stage
from store.tables.cases import clock, hardship_case


@dataclass(frozen=True)
class ListedCase:
    id: str
    station_id: str
    stage: Stage
    outcome: Outcome | None
    caseworker: str | None
    applied_on: date
    next_due_at: datetime | None


def listed_cases(
    connection: Connection, station_id: str | None = None, *, with_closed: bool = False
) -> tuple[ListedCase, ...]:
    """What is due first comes first."""
    due = (
        select(func.min(clock.c.due_at))
        .where(clock.c.case_id == hardship_case.c.id, clock.c.stopped_at.is_(None))
        .scalar_subquery()
    )
    query = select(
        hardship_case.c.id,
        hardship_case.c.station_id,
        hardship_case.c.stage,
        hardship_case.c.outcome,
        hardship_case.c.caseworker,
        hardship_case.c.applied_on,
        due.label("next_due_at"),
    ).order_by(due.is_(None), due, hardship_case.c.id)
    if station_id is not None:
        query = query.where(hardship_case.c.station_id == station_id)
    if not with_closed:
        query = query.where(hardship_case.c.closed_at.is_(None))
    return tuple(ListedCase(*row) for row in connection.execute(query))
