"""`yizhan worker`: one Temporal worker, which does the waiting, deciding, recording and rendering."""

import asyncio
import signal
from contextlib import suppress

from activities.worker import serve

from activities.connection import connect
from cli.logs import write_logs_to
from cli.readiness import announce
from store.settings import Settings, load_settings


def command() -> None:
    settings = load_settings()
    write_logs_to(settings.logs, "worker")
    asyncio.run(_work(settings))


async def _work(settings: Settings) -> None:
    client = await connect(settings)
    serving = asyncio.create_task(serve(client, settings))
    for stopping in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(stopping, serving.cancel)
    asyncio.get_running_loop().call_soon(announce)
    with suppress(asyncio.CancelledError):
        await serving
