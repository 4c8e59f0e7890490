"""Changing one's password: one that somebody else chose must be changed before anything else."""

from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from cases.refusals import Refusal
from cases.wording import Wording
from store.accounts import password_hash, set_password
from store.sessions import close_sessions_of
from web import cookies
from web.forms import REQUIRED, UNPROCESSABLE, Form
from web.password_rules import password_error
from web.proving import WRONG, Waiting, in_lane, proved
from web.roles import SIGNED_IN
from web.serving import Page
from web.signing_in import TOO_MANY, new_session
from web.visit import Visit

_WRONG: Final = Wording("现在的密码不正确", "This is not your password")
_NOT_THE_SAME: Final = Wording("两次填写的新密码不一样", "The two new passwords differ")
_NOT_NEW: Final = Wording("新密码和现在的密码一样，请换一个", "The new password is the one you have: choose another")
CURRENT, NEW, REPEATED = "password", "new-password", "repeated"


def password_page(visit: Visit) -> Response:
    return _shown(visit, Form())


async def change_password(visit: Visit) -> Response:
    form = Form.sent(visit)
    current, new = form.value(CURRENT), form.value(NEW)
    _check(visit, form, current, new)
    if form.errors:
        return await run_in_threadpool(_shown, visit, form, UNPROCESSABLE)
    account = visit.me.account
    answer = await proved(visit, account.login if account else "", current)
    if isinstance(answer, Waiting):
        form.wrong("", answer.refusal.wording)
        return await run_in_threadpool(_shown, visit, form, TOO_MANY)
    if isinstance(answer, Refusal):
        form.wrong(CURRENT, _WRONG if answer is WRONG else answer.wording)
        return await run_in_threadpool(_shown, visit, form, UNPROCESSABLE)
    hashed = await in_lane(password_hash, new)
    return await run_in_threadpool(_changed, visit, hashed)


def _check(visit: Visit, form: Form, current: str, new: str) -> None:
    about = (visit.me.name, visit.me.staff_id, visit.me.account.login if visit.me.account else "")
    for name in (CURRENT, NEW, REPEATED):
        if not form.value(name):
            form.wrong(name, REQUIRED)
    if not new:
        return
    error = password_error(new, about)
    if error:
        form.wrong(NEW, error)
    elif new == current:
        form.wrong(NEW, _NOT_NEW)
    if form.value(REPEATED) and form.value(REPEATED) != new:
        form.wrong(REPEATED, _NOT_THE_SAME)


def _changed(visit: Visit, hashed: str) -> Response:
    """Under the new password this browser goes on in a new session, and every other one is out."""
    with visit.writing() as connection:
        set_password(connection, visit.me.staff_id, hashed, visit.now)
        close_sessions_of(connection, visit.me.staff_id, visit.now)
        token = new_session(visit, connection, visit.me.staff_id, "change-password")
    response = visit.go("/") if _must(visit) else visit.go("/sessions", said="password-changed")
    cookies.set_session(response, visit.office.settings, token)
    return response


def _must(visit: Visit) -> bool:
    return bool(visit.me.account and visit.me.account.must_change)


def _shown(visit: Visit, form: Form, status: int = 200) -> Response:
    return visit.render("password.html", {"form": form, "must": _must(visit)}, status=status)


ROUTES: Final = [
    Page("/password", password_page, SIGNED_IN),
    Page("/password", change_password, SIGNED_IN, methods=("POST",)),
]
