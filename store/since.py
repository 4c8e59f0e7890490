"""What happened to a case since somebody looked at it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, bindparam, select

from store.tables.cases import case_step, hardship_case

_SINCE: Final = (
    select(case_step.c.revision, case_step.c.kind, case_step.c.actor, case_step.c.at)
    .where(case_step.c.case_id == bindparam("of_case"), case_step.c.revision > bindparam("of_revision"))
    .order_by(case_step.c.revision)
)
_REVISION: Final = select(hardship_case.c.revision).where(hardship_case.c.id == bindparam("of_case"))
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
    return connection.scalar(_REVISION, {"of_case": case_id})


def latest_step_at(connection: Connection, case_id: str) -> datetime | None:
    """The instant of the case's latest step: in a case whose time was skipped it lies ahead of the wall clock."""
    return connection.scalar(_LATEST.limit(1), {"of_case": case_id})
