"""What a request may bring and under which name: what is larger, or for another name, is refused unread."""

from typing import Final
from urllib.parse import urlsplit

from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MAX_BODY_BYTES: Final = 12 << 20  # a spreadsheet to import with room to spare; a form is far smaller
TOO_LARGE, BAD_REQUEST = 413, 400
UNKNOWN_HOST: Final = (
    "这个地址不属于本驿站，请用站里给的网址。管理员可用 YIZHAN_HOSTS 登记新地址。\n"
    "This name is not one of the station's: use the address you were given. An operator can add it to YIZHAN_HOSTS.\n"
)


class KnownHosts:
    """Answers under the station's own names only, so that no link we make leads to a name that somebody else sent."""

    def __init__(self, app: ASGIApp, *, hosts: str = "") -> None:
        self._app = app
        self._hosts = frozenset(host.strip().casefold() for host in hosts.split(",") if host.strip())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and self._hosts:
            named = next((value.decode("latin-1") for name, value in scope["headers"] if name == b"host"), "")
            if _name(named) not in self._hosts:
                await PlainTextResponse(UNKNOWN_HOST, BAD_REQUEST)(scope, receive, send)
                return
        await self._app(scope, receive, send)


def _name(host: str) -> str | None:
    """Without its port; None for what is no name at all."""
    try:
        return urlsplit(f"//{host}").hostname
    except ValueError:
        return None


class BodyLimit:
    def __init__(self, app: ASGIApp, *, most: int = MAX_BODY_BYTES) -> None:
        self._app = app
        self._most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        announced = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
        most = self._most
        came = int(announced) if announced.isdigit() else 0

        async def receive_within() -> Message:
            """What was announced is refused before it is read; what was not is counted as it comes."""
            nonlocal came
            if came > most:
                raise HTTPException(TOO_LARGE)
            message = await receive()
            if not announced.isdigit() or announced == b"0":
                came += len(message.get("body", b""))
                if came > most:
                    raise HTTPException(TOO_LARGE)
            return message

        await self._app(scope, receive_within, send)
