"""What a reader gets when a page fails: words without a trace. The trace goes to the log, without what it was about."""

from typing import Final

import structlog
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.serving import WENT_WRONG, tell, went_wrong

log = structlog.get_logger(__name__)

# Said when not even the page of the failure can be made, such as while the database is away.
LAST_WORDS: Final = (
    '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>驿站 · Yizhan</title></head><body>'
    "<h1>系统出错，本次操作没有完成，已记录</h1><p>请稍后再试；一再出现时，请告诉管理员。</p>"
    '<p lang="en">Something went wrong on our side, and was logged. Try again later; if it happens again, tell the '
    "administrator.</p></body></html>"
)


class Failures:
    """Within the security headers, so that a page of a failure carries them too."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = False

        async def send_noting(message: Message) -> None:
            nonlocal begun
            begun = begun or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, send_noting)
        except ClientDisconnect:
            return  # nobody is there to be told
        except Exception as failure:
            log.error("a page failed", method=scope["method"], exc_info=failure)  # noqa: TRY400 - the trace is there
            if begun:
                return
            response = await _page(Request(scope, receive))
            await response(scope, receive, send)


async def _page(request: Request) -> Response:
    try:
        return await tell(request, went_wrong)
    except Exception as failure:
        log.error("the page of a failure failed", exc_info=failure)  # noqa: TRY400
        return HTMLResponse(LAST_WORDS, WENT_WRONG)
