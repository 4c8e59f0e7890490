"""What each comparison of the record with the workflow engine found."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import Connection, func, insert, select

from store.cases import cases_owing_papers
from store.tables.cases import clock, hardship_case, outbox, reconciliation
from store.ulids import new_id


@dataclass(frozen=True)
class Reconciliation:
    at: datetime
    compared: int
    findings: Mapping[str, tuple[str, ...]]  # kind of drift → case ids


def keep_reconciliation(connection: Connection, found: Reconciliation) -> None:
    findings = {kind: list(ids) for kind, ids in found.findings.items()}
    row = {"id": new_id(found.at), "at": found.at, "compared": found.compared, "findings": findings}
    connection.execute(insert(reconciliation), row)


def latest_reconciliation(connection: Connection) -> Reconciliation | None:
    row = connection.execute(select(reconciliation).order_by(reconciliation.c.at.desc()).limit(1)).one_or_none()
    if row is None:
        return None
    findings = cast("dict[str, list[str]]", row.findings)
    return Reconciliation(row.at, row.compared, {kind: tuple(ids) for kind, ids in findings.items()})


def next_due(connection: Connection) -> Mapping[str, datetime | None]:
    """Every case that needs a workflow, with the first due instant among its running clocks."""
    printing = cases_owing_papers()
    running = (clock.c.case_id == hardship_case.c.id) & clock.c.stopped_at.is_(None)
    query = (
        select(hardship_case.c.id, func.min(clock.c.due_at).label("due_at"))
        .outerjoin(clock, running)
        .where(hardship_case.c.closed_at.is_(None) | hardship_case.c.id.in_(printing))
        .group_by(hardship_case.c.id)
    )
    return {row.id: row.due_at for row in connection.execute(query)}


def unsent_since(connection: Connection, before: datetime) -> tuple[str, ...]:
    """Cases with a message that should have gone out before this instant."""
    query = select(outbox.c.case_id).where(outbox.c.sent_at.is_(None), outbox.c.at < before).distinct()
    return tuple(connection.execute(query).scalars())
