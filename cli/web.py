"""`yizhan web`: the web pages."""

import asyncio
import signal
import socket

import uvicorn

from cli.logs import write_logs_to
from cli.readiness import announce
from store.settings import Settings, load_settings

# Named, not imported: pages and commands do not know each other.
PAGES = "web.app:app_from_environment"
STOPS_WITHIN_S = 5


def command() -> None:
    settings = load_settings()
    write_logs_to(settings.logs, "web")
    # uvicorn hands its stop signals on when it is done; by then there is nothing left to stop.
    for stopping in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stopping, lambda *_: None)
    asyncio.run(_Pages(_config(settings)).serve())


def _config(settings: Settings) -> uvicorn.Config:
    return uvicorn.Config(
        PAGES,
        factory=True,
        host=settings.host,
        port=settings.port,
        access_log=False,  # an address can name a case
        log_config=None,
        server_header=False,
        timeout_graceful_shutdown=STOPS_WITHIN_S,
    )


class _Pages(uvicorn.Server):
    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        announce()
