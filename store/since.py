"""What happened to a case since somebody looked at it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, bindparam, select

from store.tables.cases import case_step, hardship_case
from store.tables.subsidies import subsidy_case

_SINCE: Final = (
    select(case_step.c.revision, case_step.c.kind, case_step.c.actor, case_step.c.at)
    .where(case_step.c.case_id == bindparam("of_case"), case_step.c.revision > bindparam("of_revision"))
    .order_by(case_step.c.revision)
)
_REVISIONS: Final = tuple(
    select(table.c.revision).where(table.c.id == bindparam("of_case")) for table in (hardship_case, subsidy_case)
)
_LATEST: Final = (
    select(case_step.c.at).where(case_step.c.case_id == bindparam("of_case")).order_by(case_step.c.revision.desc())
)


@dataclass(frozen=True)
class Happened:
    """One step: what kind, who, when; not what was written in it."""

    revision: int
    kind: str
    actor: str
    at: datetime


def happened_since(connection: Connection, case_id: str, revision: int) -> tuple[Happened, ...]:
    rows = connection.execute(_SINCE, {"of_case": case_id, "of_revision": revision})
    return tuple(Happened(row.revision, row.kind, row.actor, row.at) for row in rows)


def revision_of(connection: Connection, case_id: str) -> int | None:
    """Of a case of whatever kind."""
    found = (connection.scalar(query, {"of_case": case_id}) for query in _REVISIONS)
    return next((revision for revision in found if revision is not None), None)


def latest_step_at(connection: Connection, case_id: str) -> datetime | None:
    """The instant of the case's latest step: in a case whose time was skipped it lies ahead of the wall clock."""
    return connection.scalar(_LATEST.limit(1), {"of_case": case_id})
