"""Sessions (会话): who is signed in, kept on the server by the hash of a token that only the browser has."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from sqlalchemy import Connection, delete, insert, select, update

from store.rows import filled
from store.tables.access import web_session as table

TOKEN_BYTES: Final = 32
IDLE: Final = timedelta(minutes=15)  # office computers are shared
ABSOLUTE: Final = timedelta(hours=10)  # a working day
WORKER_ABSOLUTE: Final = timedelta(hours=1)
REMEMBERED: Final = timedelta(days=1)  # an ended session still says whose half-filled form came in
_SEEN_EVERY: Final = timedelta(seconds=30)


@dataclass(frozen=True)
class Session:
    token_hash: str
    staff_id: str | None
    worker_id: str | None
    case_id: str | None
    opened_at: datetime
    seen_at: datetime
    ends_at: datetime
    closed_at: datetime | None

    def alive(self, now: datetime) -> bool:
        return self.closed_at is None and now < self.ends_at and now - self.seen_at < IDLE

    def idle_ends_at(self) -> datetime:
        return min(self.seen_at + IDLE, self.ends_at)


def token_hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def open_staff_session(connection: Connection, staff_id: str, address_token: str, now: datetime) -> str:
    """A new session, and the token for the browser."""
    return _open(connection, {"staff_id": staff_id}, address_token, now, ABSOLUTE)


def open_worker_session(connection: Connection, worker_id: str, case_id: str, address_token: str, now: datetime) -> str:
    """A worker's, who came by a link: it shows one case, and is short."""
    return _open(connection, {"worker_id": worker_id, "case_id": case_id}, address_token, now, WORKER_ABSOLUTE)


def session(connection: Connection, token: str) -> Session | None:
    """The session of a token, alive or not."""
    query = select(table).where(table.c.token_hash == token_hash(token))
    row = connection.execute(query).mappings().one_or_none()
    return filled(Session, row) if row else None


def due_to_be_seen(found: Session, now: datetime) -> bool:
    """Whether it is time to write down that somebody is at work; not at every request."""
    return now - found.seen_at >= _SEEN_EVERY


def seen(connection: Connection, found: Session, now: datetime) -> None:
    connection.execute(update(table).where(table.c.token_hash == found.token_hash).values(seen_at=now))


def close_session(connection: Connection, hashed: str, now: datetime) -> None:
    connection.execute(
        update(table).where(table.c.token_hash == hashed, table.c.closed_at.is_(None)).values(closed_at=now)
    )


def close_sessions_of(connection: Connection, staff_id: str, now: datetime, *, but: str | None = None) -> int:
    """Sign a member of staff out everywhere, but for one session; how many were ended."""
    these = update(table).where(table.c.staff_id == staff_id, table.c.closed_at.is_(None))
    if but is not None:
        these = these.where(table.c.token_hash != but)
    return connection.execute(these.values(closed_at=now)).rowcount


def sessions_of(connection: Connection, staff_id: str, now: datetime) -> tuple[Session, ...]:
    """Those that are alive, the latest first."""
    query = select(table).where(table.c.staff_id == staff_id).order_by(table.c.opened_at.desc())
    found = (filled(Session, row) for row in connection.execute(query).mappings())
    return tuple(each for each in found if each.alive(now))


def forget_sessions(connection: Connection, now: datetime) -> int:
    """Remove those that ended long enough ago."""
    return connection.execute(delete(table).where(table.c.ends_at < now - REMEMBERED)).rowcount


def _open(connection: Connection, who: dict[str, str], address_token: str, now: datetime, lasts: timedelta) -> str:
    token = secrets.token_urlsafe(TOKEN_BYTES)
    connection.execute(
        insert(table).values(
            token_hash=token_hash(token),
            **who,
            address_token=address_token,
            opened_at=now,
            seen_at=now,
            ends_at=now + lasts,
        )
    )
    return token
