"""The cookies of the pages: the session, a visitor's token for forms before signing in, and the language."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from cases.wording import Language
from store.settings import Settings

_SESSION: Final = "yizhan"
_VISITOR: Final = "yizhan-visitor"
_LANGUAGE: Final = "yizhan-language"
_YEAR_S: Final = 365 * 24 * 3600


def session_token(request: Request, settings: Settings) -> str:
    return request.cookies.get(_name(_SESSION, settings), "")


def visitor_token(request: Request, settings: Settings) -> str:
    return request.cookies.get(_name(_VISITOR, settings), "")


def set_session(response: Response, settings: Settings, token: str) -> None:
    """Until the browser closes; the server ends it sooner."""
    _set(response, settings, _SESSION, token)


def set_visitor(response: Response, settings: Settings, token: str) -> None:
    _set(response, settings, _VISITOR, token)


def drop_session(response: Response, settings: Settings) -> None:
    response.delete_cookie(_name(_SESSION, settings), path="/", secure=settings.https, httponly=True, samesite="lax")


def language(request: Request) -> Language | None:
    value = request.cookies.get(_LANGUAGE)
    return Language(value) if value in tuple(Language) else None


def set_language(response: Response, settings: Settings, chosen: Language) -> None:
    response.set_cookie(
        _LANGUAGE, chosen, max_age=_YEAR_S, path="/", secure=settings.https, httponly=True, samesite="lax"
    )


def _set(response: Response, settings: Settings, name: str, value: str) -> None:
    response.set_cookie(_name(name, settings), value, path="/", secure=settings.https, httponly=True, samesite="lax")


def _name(name: str, settings: Settings) -> str:
    """Over HTTPS the prefix keeps other hosts and plain HTTP from setting it."""
    return f"__Host-{name}" if settings.https else name
