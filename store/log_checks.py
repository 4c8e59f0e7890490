"""What the checks of the decision log came to, night after night: audit events, the newest of which is shown."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, select

from cases.roles import Role
from cases.wording import Wording
from store.audit import AuditEvent, record_audit
from store.keys import KeyRing
from store.log_signing import log_origin
from store.tables.cases import audit_event

ABOUT: Final = "log"
HOLDS: Final = "log-check"
FAILED: Final = "log-check-failed"


@dataclass(frozen=True)
class LogChecked:
    """How much was checked, how much of it is wrong, and the first few findings in words that name nobody."""

    leaves: int
    checkpoints: int
    findings: int
    first: tuple[Wording, ...] = ()


def keep_log_check(connection: Connection, keyring: KeyRing, found: LogChecked, at: datetime) -> None:
    kind = FAILED if found.findings else HOLDS
    came_to = {
        "leaves": found.leaves,
        "checkpoints": found.checkpoints,
        "findings": found.findings,
        "first": [[each.zh, each.en] for each in found.first],
    }
    reason = json.dumps(came_to, ensure_ascii=False)
    event = AuditEvent(kind, Role.ENGINE, at, ABOUT, log_origin(connection), reason=reason)
    record_audit(connection, keyring, event)


def latest_log_check(connection: Connection) -> tuple[datetime, LogChecked] | None:
    of_log = audit_event.c.about_kind == ABOUT, audit_event.c.kind.in_((HOLDS, FAILED))
    query = select(audit_event.c.at, audit_event.c.reason).where(*of_log)
    row = connection.execute(query.order_by(audit_event.c.at.desc(), audit_event.c.id.desc()).limit(1)).one_or_none()
    return (row.at, log_checked(row.reason)) if row else None


def log_checked(reason: str) -> LogChecked:
    """Read what an audit event keeps of a check."""
    came_to = json.loads(reason)
    first = tuple(Wording(zh, en) for zh, en in came_to["first"])
    return LogChecked(came_to["leaves"], came_to["checkpoints"], came_to["findings"], first)
