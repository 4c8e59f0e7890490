"""Links for workers (一次性链接): a link, or the code that says the same, lets one worker see one case, once."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Final

from sqlalchemy import Connection, insert, select, update

from store.keys import KeyRing
from store.rows import filled
from store.search import Sought, search_token
from store.tables.access import worker_link as table
from store.ulids import new_id

LASTS: Final = timedelta(days=3)
_TOKEN_BYTES: Final = 32
_CODE_DIGITS: Final = 8


@dataclass(frozen=True)
class NewLink:
    """What is told to the worker, once; the record keeps only what recognises it."""

    token: str
    code: str
    ends_at: datetime


@dataclass(frozen=True)
class Link:
    id: str
    case_id: str
    worker_id: str
    made_by: str
    made_at: datetime
    ends_at: datetime
    used_at: datetime | None
    withdrawn_at: datetime | None

    def good(self, now: datetime) -> bool:
        return self.used_at is None and self.withdrawn_at is None and now < self.ends_at


def make_link(
    connection: Connection, keyring: KeyRing, case_id: str, worker_id: str, phone_tail: str, made_by: str, now: datetime
) -> NewLink:
    """A new link; those made before for the case no longer work. The code works with the phone's last four figures."""
    withdraw_links(connection, case_id, now)
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    code = "".join(secrets.choice("0123456789") for _ in range(_CODE_DIGITS))
    new = NewLink(token, code, now + LASTS)
    connection.execute(
        insert(table).values(
            id=new_id(now),
            case_id=case_id,
            worker_id=worker_id,
            token_hash=_hash(token),
            code_token=_code_token(keyring, code, phone_tail),
            made_by=made_by,
            made_at=now,
            ends_at=new.ends_at,
        )
    )
    return new


def link_of_token(connection: Connection, token: str) -> Link | None:
    row = connection.execute(select(table).where(table.c.token_hash == _hash(token))).mappings().one_or_none()
    return filled(Link, row) if row else None


def link_of_code(connection: Connection, keyring: KeyRing, code: str, phone_tail: str, now: datetime) -> Link | None:
    """The link whose code this is, with the last four figures of its worker's phone; only a good one."""
    query = select(table).where(table.c.code_token == _code_token(keyring, code, phone_tail))
    found = (filled(Link, row) for row in connection.execute(query).mappings())
    return next((link for link in found if link.good(now)), None)


def latest_link(connection: Connection, case_id: str) -> Link | None:
    query = select(table).where(table.c.case_id == case_id).order_by(table.c.made_at.desc()).limit(1)
    row = connection.execute(query).mappings().one_or_none()
    return filled(Link, row) if row else None


def use_link(connection: Connection, link_id: str, now: datetime) -> bool:
    """Take a link, once; False: somebody was quicker, or it is no longer good."""
    done = connection.execute(
        update(table)
        .where(table.c.id == link_id, table.c.used_at.is_(None), table.c.withdrawn_at.is_(None), table.c.ends_at > now)
        .values(used_at=now)
    )
    return done.rowcount == 1


def withdraw_links(connection: Connection, case_id: str, now: datetime) -> None:
    """No link made so far for this case works any more."""
    connection.execute(
        update(table)
        .where(table.c.case_id == case_id, table.c.used_at.is_(None), table.c.withdrawn_at.is_(None))
        .values(withdrawn_at=now)
    )


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def _code_token(keyring: KeyRing, code: str, phone_tail: str) -> str:
    return search_token(keyring, Sought.LINK_CODE, f"{code}/{phone_tail}")
