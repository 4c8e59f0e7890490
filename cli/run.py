"""`yizhan run`: the whole station on one machine, from one command until Ctrl-C."""

import asyncio
import signal
import time
from contextlib import AsyncExitStack
from pathlib import Path

import typer

from cli.data_folder import locked_data_folder
from cli.examples import PLANTED, accounts_to_show, plant_in_empty_record
from cli.logs import write_logs_to
from cli.migrate import migrate
from cli.parts import Once, Part, Ready, kept_running, own_command
from cli.ports import must_be_free
from cli.server import server_of_the_station
from store.settings import LOOPBACK, Settings, load_settings

# Time for a Temporal worker to finish what it has begun, for a page to be sent.
WORKER_STOPS_WITHIN_S, WEB_STOPS_WITHIN_S = 30, 10
READY = "驿站已就绪 · the station is ready: http://{host}:{port}   ({seconds:.1f} s; Ctrl-C 停止 · to stop)"
STOPPING = "正在停止 · stopping …"
STOPPED = "已停止 · stopped"


def command() -> None:
    started = time.monotonic()
    settings = load_settings()
    with locked_data_folder(settings.data):
        must_be_free(settings.host, settings.port, "YIZHAN_PORT")
        if settings.temporal_address is None:
            must_be_free(LOOPBACK, settings.temporal_port, "YIZHAN_TEMPORAL_PORT")
        write_logs_to(settings.logs, "run")
        migrate(settings)
        if settings.examples and plant_in_empty_record(settings):
            typer.echo(PLANTED)
        asyncio.run(_run(settings, started))


async def _run(settings: Settings, started: float) -> None:
    stopping = _stop_signal()
    async with AsyncExitStack() as station:  # stops in the opposite order: Temporal worker, pages, server
        parts: list[Part] = []
        for name, once, last_words in _parts(settings):
            parts.append(await station.enter_async_context(kept_running(name, once, last_words)))
        if await _ready_or_stopped(parts, stopping):
            seconds = time.monotonic() - started
            ready = READY.format(host=settings.host, port=settings.port, seconds=seconds)
            typer.echo("\n".join(filter(None, (ready, accounts_to_show(settings)))))
            await _until_stopped(parts, stopping)
        typer.echo(STOPPING)
    typer.echo(STOPPED)


def _parts(settings: Settings) -> list[tuple[str, Once, Path]]:
    """Each with the file that holds what it says when it fails."""
    logs = settings.logs
    parts = [] if settings.temporal_address else [("server", _server(settings), logs / "temporal.log")]
    for name, stops_within_s in (("web", WEB_STOPS_WITHIN_S), ("worker", WORKER_STOPS_WITHIN_S)):
        output = logs / f"{name}.out"
        parts.append((name, own_command(name, output, stops_within_s), output))
    return parts


def _server(settings: Settings) -> Once:
    async def once(ready: Ready) -> int:
        async with server_of_the_station(settings) as server:
            ready()
            return await server.ended()

    return once


def _stop_signal() -> asyncio.Task[bool]:
    asked = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, asked.set)
    return asyncio.create_task(asked.wait(), name="stop signal")


async def _ready_or_stopped(parts: list[Part], stopping: asyncio.Task[bool]) -> bool:
    """False when somebody asked to stop before the station was ready."""
    ready = asyncio.create_task(_all_ready(parts))
    await asyncio.wait({ready, stopping, *(part.keeper for part in parts)}, return_when=asyncio.FIRST_COMPLETED)
    ready.cancel()
    _raise_failures(parts)
    return not stopping.done()


async def _all_ready(parts: list[Part]) -> None:
    for part in parts:
        await part.ready.wait()


async def _until_stopped(parts: list[Part], stopping: asyncio.Task[bool]) -> None:
    await asyncio.wait({stopping, *(part.keeper for part in parts)}, return_when=asyncio.FIRST_COMPLETED)
    _raise_failures(parts)


def _raise_failures(parts: list[Part]) -> None:
    for part in parts:
        if part.keeper.done():
            part.keeper.result()
