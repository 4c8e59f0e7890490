"""The cookies of the pages: the session, a visitor's token for forms before signing in, and how pages are liked."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from cases.wording import Language
from store.settings import Settings
from store.tables.access import TextSize

_SESSION: Final = "yizhan"
_VISITOR: Final = "yizhan-visitor"
_LANGUAGE: Final = "yizhan-language"
_TEXT: Final = "yizhan-text"
_CONTRAST: Final = "yizhan-contrast"
_HIGH: Final = "high"
_YEAR_S: Final = 365 * 24 * 3600


def session_token(request: Request, settings: Settings) -> str:
    return request.cookies.get(_name(_SESSION, settings), "")


def visitor_token(request: Request, settings: Settings) -> str:
    return request.cookies.get(_name(_VISITOR, settings), "")


def set_session(response: Response, settings: Settings, token: str) -> None:
    """Until the browser closes; the server ends it sooner."""
    _set(response, settings, _name(_SESSION, settings), token)


def set_visitor(response: Response, settings: Settings, token: str) -> None:
    _set(response, settings, _name(_VISITOR, settings), token)


def drop_session(response: Response, settings: Settings) -> None:
    response.delete_cookie(_name(_SESSION, settings), path="/", secure=settings.https, httponly=True, samesite="lax")


def language(request: Request) -> Language | None:
    value = request.cookies.get(_LANGUAGE)
    return Language(value) if value in tuple(Language) else None


def text_size(request: Request) -> TextSize:
    value = request.cookies.get(_TEXT)
    return TextSize(value) if value in tuple(TextSize) else TextSize.NORMAL


def high_contrast(request: Request) -> bool:
    return request.cookies.get(_CONTRAST) == _HIGH


def set_look(
    response: Response,
    settings: Settings,
    language: Language | None,
    text_size: TextSize | None,
    *,
    high_contrast: bool | None,
) -> None:
    """Keep what was chosen, and leave the rest."""
    contrast = None if high_contrast is None else (_HIGH if high_contrast else "normal")
    for name, chosen in ((_LANGUAGE, language), (_TEXT, text_size), (_CONTRAST, contrast)):
        if chosen is not None:
            _set(response, settings, name, chosen, lasts=_YEAR_S)


def _set(response: Response, settings: Settings, name: str, value: str, *, lasts: int | None = None) -> None:
    response.set_cookie(name, value, max_age=lasts, path="/", secure=settings.https, httponly=True, samesite="lax")


def _name(name: str, settings: Settings) -> str:
    """Over HTTPS the prefix keeps other hosts and plain HTTP from setting it."""
    return f"__Host-{name}" if settings.https else name
