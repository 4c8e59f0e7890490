"""Proving who one is: a password, checked in a few threads of its own, and counted whether right or wrong."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from math import ceil
from typing import Final, ParamSpec, TypeVar

from anyio import CapacityLimiter, to_thread
from anyio.lowlevel import RunVar
from sqlalchemy import Connection
from starlette.concurrency import run_in_threadpool

from cases.refusals import Refusal, refusal
from store.accounts import Account, account_by_login, account_in_force, hash_anew, outdated, password_hash
from store.accounts import right_password as is_right
from store.audit import AuditEvent, record_audit
from store.sign_ins import (
    WRONG_IN_A_ROW,
    Attempt,
    MustWait,
    Source,
    address_token,
    attempt_succeeded,
    begin_attempt,
    source,
)
from web.visit import Visit

# Each check takes a core and 46 MiB: a flood of sign-ins waits in line, and the other pages go on.
PASSWORDS_AT_ONCE: Final = 2
P = ParamSpec("P")
T = TypeVar("T")
_lanes: Final[RunVar[CapacityLimiter]] = RunVar("password lanes")

WRONG: Final = refusal("wrong-password", "账号或密码不正确。", "The account or the password is wrong.")
NOT_IN_FORCE: Final = refusal(
    "account-disabled",
    "这个账号已停用。需要继续使用时，请找系统管理员。",
    "This account is disabled. If you still need it, ask the administrator.",
)


@dataclass(frozen=True)
class Waiting:
    """Why nobody can sign in now, and for how long."""

    refusal: Refusal
    seconds: int


async def proved(visit: Visit, login: str, password: str) -> Account | Refusal | Waiting:
    """Whose account it is, if the password is right and whoever tries need not wait."""
    found, begun = await run_in_threadpool(_begin, visit, login)
    if isinstance(begun, MustWait):
        return _waiting(visit, begun)
    right = await in_lane(is_right, found, password)
    if not right or found is None:
        await run_in_threadpool(_note_lock, visit, found, begun)
        return WRONG
    anew = await in_lane(password_hash, password) if outdated(found) else None
    return await run_in_threadpool(_come_in, visit, found, begun, anew)


async def in_lane(work: Callable[P, T], *given: P.args, **named: P.kwargs) -> T:
    """Do what takes long about a password where it holds nobody up."""
    try:
        lanes = _lanes.get()
    except LookupError:
        lanes = CapacityLimiter(PASSWORDS_AT_ONCE)
        _lanes.set(lanes)
    return await to_thread.run_sync(partial(work, *given, **named), limiter=lanes)


def address_of(visit: Visit) -> str:
    """The token of the address a request came from."""
    return address_token(visit.office.station.keyring, _host(visit))


def note(visit: Visit, connection: Connection, kind: str, staff_id: str) -> None:
    """An audit event about somebody's own account, by themselves."""
    event = AuditEvent(kind, actor=staff_id, at=visit.now, about_kind="staff", about_id=staff_id)
    record_audit(connection, visit.office.station.keyring, event)


def _host(visit: Visit) -> str:
    return visit.request.client.host if visit.request.client else ""


def _begin(visit: Visit, login: str) -> tuple[Account | None, Attempt | MustWait]:
    with visit.writing() as connection:
        found = account_by_login(connection, login)
        tried = _tried(visit, login)
        return found, begin_attempt(connection, tried, visit.now, since=found.password_set_at if found else None)


def _tried(visit: Visit, login: str) -> Source:
    return source(visit.office.station.keyring, login, _host(visit))


def _note_lock(visit: Visit, found: Account | None, begun: Attempt) -> None:
    if found and begun.wrong_before + 1 == WRONG_IN_A_ROW:
        with visit.writing() as connection:
            note(visit, connection, "lock-account", found.staff_id)


def _come_in(visit: Visit, found: Account, begun: Attempt, anew: str | None) -> Account | Refusal:
    with visit.writing() as connection:
        attempt_succeeded(connection, begun)
        if account_in_force(connection, found.staff_id, visit.today) is None:
            return NOT_IN_FORCE
        if anew:
            hash_anew(connection, found.staff_id, anew)
    return found


def _waiting(visit: Visit, must: MustWait) -> Waiting:
    """How long, why, and what helps sooner. The same is said of an account that nobody has."""
    seconds = max(1, ceil((must.until - visit.now).total_seconds()))
    minutes = ceil(seconds / 60)
    if must.whole_address:
        return Waiting(
            refusal(
                "address-waits",
                f"从这里登录的错误次数太多，请 {minutes} 分钟后再试。其他地方的登录不受影响。",
                f"Too many wrong attempts came from here. Try again in {minutes} min; "
                "signing in from elsewhere goes on.",
            ),
            seconds,
        )
    return Waiting(
        refusal(
            "account-waits",
            f"连续输错 {WRONG_IN_A_ROW} 次，这个账号已锁定，请 {minutes} 分钟后再试；"
            "急用时请系统管理员核对本人后重设密码。",
            f"After {WRONG_IN_A_ROW} wrong attempts in a row this account waits. Try again in {minutes} min; "
            "if it is urgent, ask the administrator to make sure it is you and set a new password.",
        ),
        seconds,
    )
