"""What goes out because of a step: the outbox, sent by a loop of its own, and the inbox of each member of staff."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import Connection, func, select, update
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from cases.canonical import Json
from store.tables.cases import notice, outbox


@dataclass(frozen=True)
class Message:
    id: str
    kind: str
    case_id: str
    content: dict[str, Json]
    at: datetime


def unsent(connection: Connection, at_most: int) -> tuple[Message, ...]:
    """The oldest messages that were not sent yet; one that failed often waits behind the others."""
    query = (
        select(outbox.c.id, outbox.c.kind, outbox.c.case_id, outbox.c.message, outbox.c.at)
        .where(outbox.c.sent_at.is_(None))
        .order_by(outbox.c.attempts, outbox.c.at, outbox.c.id)
        .limit(at_most)
    )
    return tuple(
        Message(row.id, row.kind, row.case_id, cast("dict[str, Json]", row.message), row.at)
        for row in connection.execute(query)
    )


def unsent_count(connection: Connection) -> int:
    return connection.execute(select(func.count()).select_from(outbox).where(outbox.c.sent_at.is_(None))).scalar_one()


def mark_sent(connection: Connection, ids: Sequence[str], at: datetime) -> None:
    connection.execute(update(outbox).where(outbox.c.id.in_(ids)).values(sent_at=at))


def mark_failed(connection: Connection, message_id: str, error: str) -> None:
    """`error` is the kind of failure, never its text: that may hold what the message holds."""
    failed = update(outbox).where(outbox.c.id == message_id)
    connection.execute(failed.values(attempts=outbox.c.attempts + 1, last_error=error))


def put_in_inbox(connection: Connection, message: Message, recipients: Sequence[str]) -> None:
    """A notice for each recipient, once however often it is sent."""
    insert = sqlite_insert if connection.dialect.name == "sqlite" else postgres_insert
    rows = [
        {
            "id": f"{message.id}/{recipient}",
            "recipient": recipient,
            "case_id": message.case_id,
            "wording": {"zh": message.content["zh"], "en": message.content["en"]},
            "at": message.at,
        }
        for recipient in recipients
    ]
    if rows:
        connection.execute(insert(notice).on_conflict_do_nothing(), rows)


def inbox(connection: Connection, recipient: str) -> tuple[tuple[datetime, Json], ...]:
    query = select(notice.c.at, notice.c.wording).where(notice.c.recipient == recipient).order_by(notice.c.at)
    return tuple((row.at, row.wording) for row in connection.execute(query))
