"""What the page of a case asks besides the case: names of staff and stations, the person's other cases, who looked."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, select

from cases.hardship.stages import Outcome, Stage
from store.rows import filled
from store.scope import Scope
from store.tables.cases import audit_event, hardship_case
from store.tables.organisation import staff
from store.tables.organisation import station as stations


@dataclass(frozen=True)
class OtherCase:
    id: str
    stage: Stage
    outcome: Outcome | None
    applied_on: date
    closed_at: datetime | None


def staff_names(connection: Connection, ids: Collection[str]) -> Mapping[str, str]:
    query = select(staff.c.id, staff.c.name).where(staff.c.id.in_(ids))
    return {row.id: row.name for row in connection.execute(query)}


def station_names(connection: Connection, ids: Collection[str]) -> Mapping[str, str]:
    query = select(stations.c.id, stations.c.name).where(stations.c.id.in_(ids))
    return {row.id: row.name for row in connection.execute(query)}


def other_cases(connection: Connection, scope: Scope, worker_id: str, but: str) -> tuple[OtherCase, ...]:
    """The person's other cases that the reader may see, the latest first."""
    query = (
        select(hardship_case)
        .where(hardship_case.c.worker_id == worker_id, hardship_case.c.id != but, scope.has_case())
        .order_by(hardship_case.c.opened_at.desc())
    )
    return tuple(filled(OtherCase, row) for row in connection.execute(query).mappings())


def looked_since(connection: Connection, kind: str, actor: str, case_id: str, since: datetime) -> bool:
    """Whether a look at a case by one person was written down since a moment."""
    query = select(audit_event.c.id).where(
        audit_event.c.case_id == case_id,
        audit_event.c.kind == kind,
        audit_event.c.actor == actor,
        audit_event.c.at >= since,
    )
    return connection.execute(query.limit(1)).first() is not None
