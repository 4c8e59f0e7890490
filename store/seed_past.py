"""The past of the demonstration: its steps count as written when they happened, and what was told long ago is read."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, select, update

from store.messages import Message
from store.steps import NOTICE
from store.tables.cases import audit_event, case_step, notice, outbox

DEMO_KEY: Final = "demo/"  # how the registration of a life of the demonstration begins its key
_OPENING: Final = f"intake/{DEMO_KEY}"


def demo_cases(connection: Connection) -> Mapping[str, str]:
    """The case of every life of the demonstration, by the life's name; none in any other record."""
    openings = select(case_step.c.key, case_step.c.case_id).where(case_step.c.key.startswith(_OPENING, autoescape=True))
    return {row.key.removeprefix(_OPENING): row.case_id for row in connection.execute(openings.order_by("key"))}


def untold(connection: Connection) -> tuple[Message, ...]:
    """The notices that wait in the outbox."""
    waiting = select(outbox).where(outbox.c.kind == NOTICE, outbox.c.sent_at.is_(None)).order_by(outbox.c.id)
    return tuple(Message(row.id, row.kind, row.case_id, row.message, row.at) for row in connection.execute(waiting))


def written_then(connection: Connection, read_before: datetime) -> None:
    """Only for a record that has just been planted: elsewhere it would tell an untruth."""
    for table in (case_step, audit_event):
        connection.execute(update(table).values(recorded_at=table.c.at))
    connection.execute(update(outbox).where(outbox.c.kind == NOTICE).values(sent_at=outbox.c.at))
    connection.execute(update(notice).where(notice.c.at < read_before).values(read_at=notice.c.at))
