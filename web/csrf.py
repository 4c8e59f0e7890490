"""Whether a form was sent from our own page: a token bound to the session, and the browser's word for its origin."""

import hmac
from typing import Final

from starlette.requests import Request

FIELD: Final = "csrf"
HEADER: Final = "x-csrf"
SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})


def csrf_token(token: str) -> str:
    """What a form must carry, made from what only this browser has."""
    return hmac.digest(token.encode(), b"yizhan csrf", "sha256").hex()


def is_ours(request: Request, token: str, given: str) -> bool:
    return bool(token) and hmac.compare_digest(csrf_token(token).encode(), given.encode()) and _same_origin(request)


def _same_origin(request: Request) -> bool:
    """Browsers say where a form comes from; one that says nothing is judged by the token alone."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = request.headers.get("origin")
    return origin is None or origin.partition("://")[2] == request.headers.get("host", "")
