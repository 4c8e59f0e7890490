"""`yizhan worker`: one Temporal worker, which does the waiting, deciding, recording and rendering."""

import asyncio
import signal
import time
from contextlib import suppress

from temporalio.client import Client

from activities.bootstrap import open_station
from activities.connection import ServerNotReached, connect
from cli.logs import write_logs_to
from cli.readiness import announce
from store.settings import Settings, load_settings
from workflows.worker import serve

SERVER_ANSWERS_WITHIN_S = 60


def command() -> None:
    settings = load_settings()
    write_logs_to(settings.logs, "worker")
    asyncio.run(_work(settings))


async def _work(settings: Settings) -> None:
    serving = asyncio.create_task(_serve(settings))
    for stopping in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(stopping, serving.cancel)
    with suppress(asyncio.CancelledError):
        await serving


async def _serve(settings: Settings) -> None:
    client = await _connect_patiently(settings)
    with open_station(settings) as station:
        await serve(client, station, announce)


async def _connect_patiently(settings: Settings) -> Client:
    """The server may be starting at the same moment."""
    deadline = time.monotonic() + SERVER_ANSWERS_WITHIN_S
    while True:
        try:
            return await connect(settings)
        except ServerNotReached:
            if time.monotonic() > deadline:
                raise
            await asyncio.sleep(0.1)
