"""`yizhan server`: the embedded workflow server, with its file in the data folder."""

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import structlog
import typer

from activities.connection import connect
from activities.embedded_server import ServerHandle, embedded_server, server_binary, server_version
from activities.namespace import prepare_namespace
from cli.data_folder import locked_data_folder
from cli.logs import write_logs_to
from cli.migrate import migrate
from cli.ports import must_be_free
from store.settings import LOOPBACK, Settings, load_settings

log = structlog.get_logger(__name__)

DROPPED = (
    "流程服务换了版本，旧文件不能沿用：已丢弃，每个未结个案从数据库重新启动。\n"
    "The workflow server is of another version and cannot read its old file: the file was dropped, "
    "and every open case is restarted from the database."
)


def command() -> None:
    settings = load_settings()
    with locked_data_folder(settings.data):
        must_be_free(LOOPBACK, settings.temporal_port, "YIZHAN_TEMPORAL_PORT")
        write_logs_to(settings.logs, "server")
        migrate(settings)
        asyncio.run(_serve(settings))


async def _serve(settings: Settings) -> None:
    stopping = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    async with server_of_the_station(settings) as server:
        typer.echo(f"流程服务已就绪 · the workflow server is ready: {server.address}")
        ended = asyncio.create_task(server.ended())
        await asyncio.wait({ended, asyncio.create_task(stopping.wait())}, return_when=asyncio.FIRST_COMPLETED)
        if not stopping.is_set():
            typer.echo(f"流程服务意外停止 · the workflow server ended by itself, code {ended.result()}", err=True)
            raise typer.Exit(1)


@asynccontextmanager
async def server_of_the_station(settings: Settings) -> AsyncIterator[ServerHandle]:
    """Serving, with every open case of the database in it."""
    binary = server_binary(settings.temporal_cli)
    stamp = _Stamp(settings.temporal_file, server_version(binary))
    if not stamp.matches:
        stamp.drop_file()
    async with embedded_server(
        settings.temporal_file,
        settings.temporal_port,
        namespace=settings.temporal_namespace,
        binary=binary,
        time_skipping_flag=settings.training,
        log=settings.logs / "temporal.log",
    ) as server:
        await prepare_namespace(await connect(settings))
        if not stamp.matches:
            await _restart_open_cases(settings)
            stamp.confirm()
        yield server


async def _restart_open_cases(settings: Settings) -> None:
    from cli.rebuild import rebuild_open_cases  # noqa: PLC0415 - rarely needed, and would slow every start

    report = await rebuild_open_cases(settings)
    log.info("open cases restarted", report=str(report))


class _Stamp:
    """Which server wrote the file; left only when all open cases are in it, so that no half-filled file counts."""

    def __init__(self, file: Path, version: str) -> None:
        self._file, self._version = file, version
        self._stamp = file.with_name(f"{file.name}.version")

    @property
    def matches(self) -> bool:
        written = self._stamp.read_text(encoding="utf-8") if self._stamp.exists() else None
        return self._file.exists() and written == self._version

    def drop_file(self) -> None:
        if self._file.exists():
            typer.echo(DROPPED, err=True)
        for suffix in ("", "-wal", "-shm", ".version"):
            self._file.with_name(self._file.name + suffix).unlink(missing_ok=True)

    def confirm(self) -> None:
        self._stamp.write_text(self._version, encoding="utf-8")
