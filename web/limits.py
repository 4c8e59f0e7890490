"""How much a request may bring: what is larger is refused with 413 before anybody reads it."""

from typing import Final

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MAX_BODY_BYTES: Final = 12 << 20  # a spreadsheet to import with room to spare; a form is far smaller
TOO_LARGE: Final = 413


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
