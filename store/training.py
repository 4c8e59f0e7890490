"""Training (培训模式): how far the time of a practice case was moved ahead. The audit events of it are the record."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, select

from store.since import latest_step_at
from store.tables.cases import audit_event

SKIP_TIME: Final = "skip-time"


def skipped(connection: Connection, case_id: str) -> timedelta:
    """How far this case's clock is ahead of the wall clock."""
    query = select(audit_event.c.reason).where(audit_event.c.case_id == case_id, audit_event.c.kind == SKIP_TIME)
    return timedelta(days=sum(int(days) for days in connection.execute(query).scalars() if days))


def time_of_case(connection: Connection, case_id: str, now: datetime) -> datetime:
    """The wall clock's and what was skipped, and never before what was written last."""
    own = now + skipped(connection, case_id)
    latest = latest_step_at(connection, case_id)
    return max(own, latest) if latest else own
