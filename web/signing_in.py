"""Signing in and out."""

from typing import Final

from sqlalchemy import Connection
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from cases.refusals import Refusal
from cases.wording import Wording
from store.accounts import Account
from store.sessions import IDLE, close_session, open_staff_session
from store.sign_ins import FIRST_WAIT, WRONG_IN_A_ROW
from web import cookies
from web.forms import UNPROCESSABLE
from web.paths import safe_path
from web.proving import Waiting, address_of, note, proved
from web.roles import PUBLIC, SIGNED_IN
from web.serving import Page
from web.visit import Visit

__all__ = ["ROUTES", "enter", "leave", "safe_path"]

TOO_MANY: Final = 429
# Nothing of the pages stays on a shared computer. Cookies are not named: how the pages are liked may stay.
CLEAR: Final = '"cache", "storage"'
_LOGIN_MISSING: Final = Wording("请填写账号", "Enter your account")
_PASSWORD_MISSING: Final = Wording("请填写密码", "Enter your password")


def sign_in_page(visit: Visit) -> Response:
    if visit.reader and visit.reader.account:
        return visit.go(safe_path(visit.asked("next")))
    return _form(visit)


async def sign_in(visit: Visit) -> Response:
    login, password = visit.field("login"), _typed(visit, "password")
    missing = [
        (n, w) for n, v, w in (("login", login, _LOGIN_MISSING), ("password", password, _PASSWORD_MISSING)) if not v
    ]
    if missing:
        return await run_in_threadpool(_form, visit, missing, status=UNPROCESSABLE)
    answer = await proved(visit, login, password)
    if isinstance(answer, Waiting):
        page = await run_in_threadpool(_form, visit, [("", answer.refusal.wording)], status=TOO_MANY)
        page.headers["Retry-After"] = str(answer.seconds)
        return page
    if isinstance(answer, Refusal):
        return await run_in_threadpool(_form, visit, [("", answer.wording)], status=UNPROCESSABLE)
    return await run_in_threadpool(_come_in, visit, answer)


def _come_in(visit: Visit, account: Account) -> Response:
    response = visit.go("/password" if account.must_change else safe_path(visit.asked("next")))
    enter(visit, response, account.staff_id, "sign-in")
    return response


def enter(visit: Visit, response: Response, staff_id: str, kind: str) -> None:
    """Begin a session; the one this browser had before ends."""
    with visit.writing() as connection:
        token = new_session(visit, connection, staff_id, kind)
    cookies.set_session(response, visit.office.settings, token)


def new_session(visit: Visit, connection: Connection, staff_id: str, kind: str) -> str:
    """Its token, in the caller's transaction; `kind` is what the audit calls it."""
    if visit.reader:
        close_session(connection, visit.reader.session.token_hash, visit.now)
    note(visit, connection, kind, staff_id)
    return open_staff_session(connection, staff_id, address_of(visit), visit.now)


def sign_out(visit: Visit) -> Response:
    with visit.writing() as connection:
        close_session(connection, visit.me.session.token_hash, visit.now)
        note(visit, connection, "sign-out", visit.me.staff_id)
    return leave(visit, "signed-out")


def leave(visit: Visit, said: str) -> Response:
    """To the sign-in page, with nothing left behind in the browser."""
    response = visit.go("/sign-in", said=said)
    cookies.drop_session(response, visit.office.settings)
    response.headers["Clear-Site-Data"] = CLEAR
    return response


def _typed(visit: Visit, name: str) -> str:
    """As it was typed: spaces around a password are part of it."""
    return next(iter(visit.fields.get(name, ())), "")


def _form(visit: Visit, errors: list[tuple[str, Wording]] | None = None, *, status: int = 200) -> Response:
    context = {
        "errors": errors or [],
        "login": visit.field("login"),
        "wrong_in_a_row": WRONG_IN_A_ROW,
        "wait_minutes": int(FIRST_WAIT.total_seconds() // 60),
        "idle_minutes": int(IDLE.total_seconds() // 60),
    }
    return visit.render("sign_in.html", context, status=status)


ROUTES: Final = [
    Page("/sign-in", sign_in_page, PUBLIC),
    Page("/sign-in", sign_in, PUBLIC, methods=("POST",)),
    Page("/sign-out", sign_out, SIGNED_IN, methods=("POST",)),
]
