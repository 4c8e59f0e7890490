"""What a benchmark runs on: an embedded server, a record with the examples, and the worker that is measured."""

import asyncio
import os
import subprocess
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from temporalio.client import Client

from activities.bootstrap import Station, open_station
from activities.connection import connect
from activities.embedded_server import embedded_server, stop
from activities.namespace import prepare_namespace
from activities.processes import dies_with_its_parent
from bench.life import AGE
from bench.worker import AT_WORK
from store.engine import write
from store.migrate import upgrade
from store.seed import plant_examples
from store.settings import Settings

STOPS_WITHIN_S = 15


class WorkerDidNotStart(Exception):
    """The worker to be measured ended before it was at work."""


@dataclass(frozen=True)
class Town:
    client: Client
    station: Station
    worker_pid: int
    server_pid: int


@asynccontextmanager
async def a_town() -> AsyncIterator[Town]:
    with tempfile.TemporaryDirectory(prefix="yizhan-bench-") as folder:
        file = Path(folder) / "temporal.db"
        async with embedded_server(file, log=Path(folder) / "temporal.log") as server:
            settings = Settings(data=Path(folder), temporal_address=server.address)
            with open_station(settings) as station:
                upgrade(station.engine)
                with write(station.engine) as connection:
                    plant_examples(connection, station.keyring, datetime.now(UTC) - AGE - timedelta(days=10))
                client = await connect(settings)
                await prepare_namespace(client)
                async with _worker(settings) as pid:
                    yield Town(client, station, pid, server.pid)


@asynccontextmanager
async def _worker(settings: Settings) -> AsyncIterator[int]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bench.worker",
        stdout=subprocess.PIPE,
        env={**os.environ, "YIZHAN_DATA": str(settings.data), "TEMPORAL_ADDRESS": str(settings.temporal_address)},
        start_new_session=True,
        preexec_fn=dies_with_its_parent(os.getpid()),
    )
    try:
        if process.stdout is None or (await process.stdout.readline()).decode().strip() != AT_WORK:
            raise WorkerDidNotStart("The worker to be measured ended before it was at work; it said why above.")
        yield process.pid
    finally:
        await stop(process, STOPS_WITHIN_S)
