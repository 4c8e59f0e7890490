"""How the frame of a page looks to its reader: text size, contrast, whose station it is, and when the session ends."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeVar

from starlette.responses import Response

from cases.wording import Language
from store.accounts import set_preferences
from store.tables.access import TextSize
from web import cookies
from web.paths import safe_path
from web.roles import CASE_READING, PUBLIC
from web.serving import Page
from web.visit import Visit

NO_CONTENT, NOT_SIGNED_IN = 204, 401
_E = TypeVar("_E", bound=StrEnum)


@dataclass(frozen=True)
class Look:
    """`here` is where a reader returns to after changing how pages look; `place` whose pages these are."""

    text_size: TextSize
    high_contrast: bool
    here: str
    searches: bool
    demo: bool
    sign_out: str
    place: str = ""
    session_s: int = 0  # until the session ends, if nothing is done before


def look(visit: Visit) -> Look:
    account = visit.reader.account if visit.reader else None
    query = visit.request.url.query
    return Look(
        text_size=account.text_size if account else cookies.text_size(visit.request),
        high_contrast=account.high_contrast if account else cookies.high_contrast(visit.request),
        here=visit.path + (f"?{query}" if query else ""),
        searches=bool(visit.roles & CASE_READING.roles),
        demo=visit.office.settings.examples,
        sign_out="/sign-out" if account else "/w/leave",
        place=visit.reader.place if visit.reader else "",
        session_s=int((visit.reader.session.idle_ends_at() - visit.now).total_seconds()) if visit.reader else 0,
    )


def change(visit: Visit) -> Response:
    """Kept with the account, or before signing in (and by workers, who have none) in this browser."""
    response = visit.go(safe_path(visit.field("back")))
    language = _one_of(Language, visit.field("language"))
    text_size = _one_of(TextSize, visit.field("text_size"))
    high_contrast = {"high": True, "normal": False}.get(visit.field("contrast"))
    if visit.reader and visit.reader.account:
        with visit.writing() as connection:
            set_preferences(
                connection,
                visit.reader.staff_id,
                language=language,
                text_size=text_size,
                high_contrast=high_contrast,
            )
    cookies.set_look(response, visit.office.settings, language, text_size, high_contrast=high_contrast)
    return response


def still_here(visit: Visit) -> Response:
    """Asked by a page whose reader wants to stay signed in: the asking itself is what counts."""
    return Response(status_code=NO_CONTENT if visit.reader else NOT_SIGNED_IN)


def _one_of(kind: type[_E], value: str) -> _E | None:
    return kind(value) if value in tuple(kind) else None


ROUTES: Final = [
    Page("/preferences", change, PUBLIC, methods=("POST",)),
    Page("/still-here", still_here, PUBLIC),
]
