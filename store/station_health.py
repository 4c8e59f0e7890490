"""How the record itself is doing: what waits to go out, what failed, and what was found when it was last looked at."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Select, func, select

from store.any_case import any_case
from store.log_checks import LogChecked, latest_log_check
from store.reconciliations import Reconciliation, latest_reconciliation
from store.tables.access import DraftState, draft, web_session
from store.tables.cases import outbox, paper


@dataclass(frozen=True)
class Failing:
    """Messages that failed in one way."""

    kind: str
    error: str
    messages: int
    most_attempts: int


@dataclass(frozen=True)
class RecordHealth:
    open_cases: int
    unsent: int
    oldest_unsent_at: datetime | None
    failing: tuple[Failing, ...]
    papers_owed: int
    forms_unanswered: int  # sent, and not answered by the workflow yet
    sessions_open: int
    reconciled: Reconciliation | None
    log_checked: tuple[datetime, LogChecked] | None


def record_health(connection: Connection, now: datetime) -> RecordHealth:
    waiting = outbox.c.sent_at.is_(None)
    unsent, oldest = connection.execute(select(func.count(), func.min(outbox.c.at)).where(waiting)).one()
    failing = (
        select(outbox.c.kind, outbox.c.last_error, func.count(), func.max(outbox.c.attempts))
        .where(waiting, outbox.c.last_error.is_not(None))
        .group_by(outbox.c.kind, outbox.c.last_error)
        .order_by(outbox.c.kind, outbox.c.last_error)
    )
    owed = select(func.count()).where(paper.c.sha256.is_(None), paper.c.waived_on.is_(None))
    sessions = select(func.count()).where(web_session.c.closed_at.is_(None), web_session.c.ends_at > now)
    return RecordHealth(
        open_cases=_count(connection, select(func.count()).where(any_case.c.closed_at.is_(None))),
        unsent=unsent,
        oldest_unsent_at=oldest,
        failing=tuple(Failing(*row) for row in connection.execute(failing)),
        papers_owed=_count(connection, owed),
        forms_unanswered=_count(connection, select(func.count()).where(draft.c.state == DraftState.SENT)),
        sessions_open=_count(connection, sessions),
        reconciled=latest_reconciliation(connection),
        log_checked=latest_log_check(connection),
    )


def _count(connection: Connection, query: Select[int]) -> int:
    return connection.execute(query).scalar_one()
