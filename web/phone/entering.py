"""Coming in by a link or a code. A link opens by a button: what looks at links by itself cannot use it up."""

from typing import Final

from starlette.responses import Response

from cases.refusals import Refusal, refusal
from store.links import Link, link_of_code, link_of_token, use_link
from store.sessions import close_session, open_worker_session
from store.sign_ins import MustWait, attempt_succeeded, begin_attempt, source
from web import cookies
from web.forms import UNPROCESSABLE
from web.proving import address_of
from web.roles import LINKED, PUBLIC
from web.serving import Page
from web.visit import Visit

GONE, TOO_MANY = 410, 429
_WAIT: Final = refusal(
    "wait",
    "错误次数太多，请过一会儿再试，或请驿站再给您一个链接。",
    "Too many wrong codes: try again later, or ask the station for a new link.",
)
_SPENT: Final = refusal(
    "link-spent",
    "这个链接已用过或已过期。请让驿站的经办人再给您一个。",
    "This link was used, or is too old. Ask your caseworker at the station for a new one.",
)
_WRONG: Final = refusal(
    "wrong-code",
    "号码不对，或已用过、已过期。请核对后再试，或请驿站再给您一个。",
    "The code does not fit, was used or is too old. Check it and try again, or ask the station for a new one.",
)


def code_page(visit: Visit) -> Response:
    if visit.reader and visit.reader.session.worker_id:
        return visit.go("/w/case")
    return visit.render("phone/enter.html", {"errors": ()})


def enter_code(visit: Visit) -> Response:
    """By the code and the phone's last four figures; who guesses is made to wait, as with a password."""
    keyring = visit.office.station.keyring
    code, tail = _digits(visit.field("code")), _digits(visit.field("tail"))
    with visit.writing() as connection:
        tried = source(keyring, f"worker-code/{tail}", visit.request.client.host if visit.request.client else "")
        attempt = begin_attempt(connection, tried, visit.now)
        if isinstance(attempt, MustWait):
            return _entering(visit, _WAIT, status=TOO_MANY)
        found = link_of_code(connection, keyring, code, tail, visit.now)
        if found:
            attempt_succeeded(connection, attempt)
    return _let_in(visit, found) if found else _entering(visit, _WRONG)


def link_page(visit: Visit) -> Response:
    with visit.reading() as connection:
        found = link_of_token(connection, visit.part("token"))
    good = found is not None and found.good(visit.now)
    return visit.render("phone/open.html", {"good": good, "spent": _SPENT}, status=200 if good else 410)


def open_link(visit: Visit) -> Response:
    with visit.reading() as connection:
        found = link_of_token(connection, visit.part("token"))
    if found is None:
        return visit.render("phone/open.html", {"good": False, "spent": _SPENT}, status=GONE)
    return _let_in(visit, found)


def leave(visit: Visit) -> Response:
    with visit.writing() as connection:
        close_session(connection, visit.me.session.token_hash, visit.now)
    response = visit.go("/w")
    cookies.drop_session(response, visit.office.settings)
    return response


def _let_in(visit: Visit, link: Link) -> Response:
    """Once: of two who open a link at once, one comes in."""
    with visit.writing() as connection:
        if not use_link(connection, link.id, visit.now):
            return visit.render("phone/open.html", {"good": False, "spent": _SPENT}, status=GONE)
        token = open_worker_session(connection, link.worker_id, link.case_id, address_of(visit), visit.now)
    response = visit.go("/w/case")
    cookies.set_session(response, visit.office.settings, token)
    return response


def _entering(visit: Visit, error: Refusal, *, status: int = UNPROCESSABLE) -> Response:
    return visit.render("phone/enter.html", {"errors": (error,)}, status=status)


def _digits(typed: str) -> str:
    return "".join(c for c in typed if c.isascii() and c.isdecimal())


ROUTES: Final = [
    Page("/w", code_page, PUBLIC),
    Page("/w", enter_code, PUBLIC, methods=("POST",)),
    Page("/w/leave", leave, LINKED, methods=("POST",)),
]
# After the worker's own pages, whose addresses a token could otherwise take.
LAST_ROUTES: Final = [
    Page("/w/{token}", link_page, PUBLIC),
    Page("/w/{token}", open_link, PUBLIC, methods=("POST",)),
]
