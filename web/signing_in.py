"""Signing in and out."""

from typing import Final

from starlette.responses import Response

from cases.refusals import Refusal, refusal
from store.accounts import account_by_login, right_password
from store.search import Sought, search_token
from store.sessions import close_session, open_staff_session
from web import cookies
from web.roles import PUBLIC, SIGNED_IN
from web.serving import Page
from web.visit import Visit

_WRONG: Final = refusal("wrong-password", "账号或密码不正确。", "The account or the password is wrong.")


def sign_in_page(visit: Visit) -> Response:
    return _form(visit)


def sign_in(visit: Visit) -> Response:
    login, password = visit.field("login"), next(iter(visit.fields.get("password", ())), "")
    with visit.reading() as connection:
        found = account_by_login(connection, login)
    if not right_password(found, password) or found is None:
        return _form(visit, (_WRONG,), status=422)
    with visit.writing() as connection:
        token = open_staff_session(connection, found.staff_id, _address_token(visit), visit.now)
    response = visit.go(safe_path(visit.asked("next")))
    cookies.set_session(response, visit.office.settings, token)
    return response


def sign_out(visit: Visit) -> Response:
    with visit.writing() as connection:
        close_session(connection, visit.me.session.token_hash, visit.now)
    response = visit.go("/sign-in", said="signed-out")
    cookies.drop_session(response, visit.office.settings)
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def safe_path(path: str) -> str:
    """An address of our own pages, or the home page."""
    return path if path.startswith("/") and not path.startswith(("//", "/\\")) else "/"


def _address_token(visit: Visit) -> str:
    host = visit.request.client.host if visit.request.client else ""
    return search_token(visit.office.station.keyring, Sought.PHONE, host)


def _form(visit: Visit, errors: tuple[Refusal, ...] = (), *, status: int = 200) -> Response:
    return visit.render("sign_in.html", {"errors": errors, "login": visit.field("login")}, status=status)


ROUTES: Final = [
    Page("/sign-in", sign_in_page, PUBLIC),
    Page("/sign-in", sign_in, PUBLIC, methods=("POST",)),
    Page("/sign-out", sign_out, SIGNED_IN, methods=("POST",)),
]
