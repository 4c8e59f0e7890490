"""Attempts to sign in (登录尝试): who guesses waits longer and longer. Logins and addresses are kept as tokens.

An attempt counts as wrong from its beginning until it has turned out right, so that many at once gain nothing.
"""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, Connection, and_, delete, func, insert, select, update

from store.keys import KeyRing
from store.one_at_a_time import hold
from store.tables.access import sign_in_attempt as table
from store.ulids import new_id

# An account: after so many wrong attempts in a row it waits, and twice as long after each further one.
WRONG_IN_A_ROW: Final = 5
FIRST_WAIT: Final = timedelta(minutes=15)
LONGEST_WAIT: Final = timedelta(hours=2)
IN_A_ROW_WITHIN: Final = timedelta(hours=24)
# An address: at most so many wrong attempts in such a time, whoever they were for. A station shares one address, so it
# has room for everybody's slips; no number of wrong attempts elsewhere keeps it out.
ADDRESS_LIMITS: Final = ((30, timedelta(minutes=15)), (200, timedelta(hours=24)))
REMEMBERED: Final = timedelta(days=183)  # network logs are kept for six months (网络安全法 21)


@dataclass(frozen=True)
class Attempt:
    """One attempt that may go on; `wrong_before` of them were wrong in a row."""

    id: str
    wrong_before: int


@dataclass(frozen=True)
class MustWait:
    """Nobody signs in to this account, or from this address, before then."""

    until: datetime
    whole_address: bool


@dataclass(frozen=True)
class Source:
    """Whose account is tried and from where, as tokens."""

    login_token: str
    address_token: str


def source(keyring: KeyRing, login: str, address: str) -> Source:
    return Source(_token(keyring, "login", login), address_token(keyring, address))


def address_token(keyring: KeyRing, address: str) -> str:
    return _token(keyring, "address", address)


def begin_attempt(
    connection: Connection, tried: Source, now: datetime, *, since: datetime | None = None
) -> Attempt | MustWait:
    """Begin an attempt, unless it has to wait. Wrong ones from before `since` (a new password) no longer count."""
    hold(connection, tried.login_token)  # attempts for one account count each other
    address_until = _address_waits_until(connection, tried.address_token, now)
    if address_until and address_until > now:
        return MustWait(address_until, whole_address=True)
    wrong, last = _in_a_row(connection, tried.login_token, now, since)
    if last and wrong >= WRONG_IN_A_ROW and (until := last + wait_after(wrong)) > now:
        return MustWait(until, whole_address=False)
    attempt_id = new_id(now)
    connection.execute(
        insert(table).values(
            id=attempt_id,
            login_token=tried.login_token,
            address_token=tried.address_token,
            succeeded=False,
            at=now,
        )
    )
    return Attempt(attempt_id, wrong)


def attempt_succeeded(connection: Connection, attempt: Attempt) -> None:
    connection.execute(update(table).where(table.c.id == attempt.id).values(succeeded=True))


def wait_after(wrong: int) -> timedelta:
    """How long an account waits after so many wrong attempts in a row."""
    if wrong < WRONG_IN_A_ROW:
        return timedelta(0)
    doublings = min(wrong - WRONG_IN_A_ROW, 10)
    return min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)


def forget_attempts(connection: Connection, now: datetime) -> int:
    return connection.execute(delete(table).where(table.c.at < now - REMEMBERED)).rowcount


def _in_a_row(
    connection: Connection, login_token: str, now: datetime, since: datetime | None
) -> tuple[int, datetime | None]:
    """How many attempts for an account were wrong since one was right, and when the last was."""
    mine = table.c.login_token == login_token
    right = select(func.max(table.c.at)).where(mine, table.c.succeeded).scalar_subquery()
    begun = max(now - IN_A_ROW_WITHIN, since) if since else now - IN_A_ROW_WITHIN
    after_right = func.coalesce(table.c.at > right, True)
    query = select(func.count(), func.max(table.c.at)).where(
        mine, table.c.succeeded.is_(False), table.c.at > begun, after_right
    )
    wrong, last = connection.execute(query).one()
    return wrong, last


def _address_waits_until(connection: Connection, token: str, now: datetime) -> datetime | None:
    """When the oldest attempt too many is old enough no longer to count."""
    until = None
    for most, within in ADDRESS_LIMITS:
        query = (
            select(table.c.at)
            .where(_wrong_from(token), table.c.at > now - within)
            .order_by(table.c.at.desc())
            .offset(most - 1)
            .limit(1)
        )
        oldest = connection.scalar(query)
        if oldest is not None:
            until = max(until or oldest + within, oldest + within)
    return until


def _wrong_from(token: str) -> ColumnElement[bool]:
    return and_(table.c.address_token == token, table.c.succeeded.is_(False))


def _token(keyring: KeyRing, kind: str, value: str) -> str:
    key = keyring.search_key
    mac = hmac.digest(key.secret, f"sign-in {kind}\0{value}".encode(), "sha256")
    return f"{key.id}:{mac.hex()}"
