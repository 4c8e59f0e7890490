"""What is changed has to leave a trace of who did it, in the same transaction: watched at the database."""

import re
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Connection, Engine, event

WRITE: Final = re.compile(r"^\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+(\w+)", re.IGNORECASE)
# Whoever changes one of these leaves a trace of who did, in the same transaction.
AUDIT_DUE: Final = frozenset(
    {
        "policy_proposal",
        "policy_check",
        "policy_publication",
        "policy_withdrawal",
        "hardship_case",
        "worker",
        "worker_constraint",
        "worker_skill",
        "worker_wish",
        "employer",
        "employer_verification",
        "vacancy",
        "vacancy_check",
        "course",
        "station",
        "staff",
        "role_grant",
        "worker_link",
        "leave_cover",
    }
)
TRACES: Final = frozenset({"audit_event", "change", "case_step", "import_run"})


@dataclass
class Changes:
    """Every transaction that changed what is to be traced, and whether it left a trace."""

    traced: int = 0
    untraced: list[str] = field(default_factory=list)

    def watch(self, engine: Engine) -> None:
        event.listen(engine, "after_cursor_execute", self._note)
        event.listen(engine, "commit", self._judge)
        event.listen(engine, "rollback", lambda connection: connection.info.pop("written", None))

    def _note(self, connection: Connection, cursor: Any, statement: str, *_: Any) -> None:
        if (found := WRITE.match(statement)) and cursor.rowcount != 0:
            connection.info.setdefault("written", set()).add(found[1].lower().strip('"'))

    def _judge(self, connection: Connection) -> None:
        written: set[str] = connection.info.pop("written", set())
        if written & AUDIT_DUE and written & TRACES:
            self.traced += 1
        elif written & AUDIT_DUE:
            self.untraced.append(", ".join(sorted(written)))
