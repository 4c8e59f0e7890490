"""Where one is signed in: one's own sessions, each of which can be ended, and all at once."""

from hashlib import sha256
from typing import Final

from starlette.responses import Response

from store.sessions import Session, close_session, close_sessions_of, sessions_of
from web.proving import note
from web.roles import SIGNED_IN
from web.serving import Page
from web.signing_in import leave
from web.visit import Visit

EVERYWHERE: Final = "everywhere"


def sessions_page(visit: Visit) -> Response:
    with visit.reading() as connection:
        mine = sessions_of(connection, visit.me.staff_id, visit.now)
    rows = [
        {"handle": handle(each), "session": each, "here": each.token_hash == visit.me.session.token_hash}
        for each in mine
    ]
    return visit.render("sessions.html", {"rows": rows, "account": visit.me.account})


def end_session(visit: Visit) -> Response:
    """One of one's own, named by its handle, or all of them; what is not there any more is ended already."""
    wanted = visit.field("session")
    with visit.writing() as connection:
        if wanted == EVERYWHERE:
            close_sessions_of(connection, visit.me.staff_id, visit.now)
            note(visit, connection, "end-sessions", visit.me.staff_id)
            return leave(visit, "signed-out-everywhere")
        for each in sessions_of(connection, visit.me.staff_id, visit.now):
            if handle(each) == wanted:
                close_session(connection, each.token_hash, visit.now)
                note(visit, connection, "end-session", visit.me.staff_id)
                if each.token_hash == visit.me.session.token_hash:
                    return leave(visit, "signed-out")
    return visit.go("/sessions", said="session-ended")


def handle(each: Session) -> str:
    """What the page calls a session: it says nothing about the token."""
    return sha256(f"handle {each.token_hash}".encode()).hexdigest()[:16]


ROUTES: Final = [
    Page("/sessions", sessions_page, SIGNED_IN),
    Page("/sessions", end_session, SIGNED_IN, methods=("POST",)),
]
