"""The processes that the fault test kills, each started again as soon as it is gone."""

import asyncio
import os
import signal
import subprocess
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from activities.embedded_server import embedded_server, stop
from activities.processes import dies_with_its_parent
from store.settings import Settings
from tests.faults.worker import AT_WORK, TRIED_AGAIN

ROOT = Path(__file__).parents[2]
WORKER_STOPS_WITHIN_S = 20

Running: TypeAlias = AbstractAsyncContextManager[Process]


@dataclass
class Victim:
    """A process that is kept running, and can be killed while it is at work."""

    name: str
    start: Callable[[], Running]
    at_work: asyncio.Event = field(default_factory=asyncio.Event)
    process: Process | None = None
    starts: int = 0

    async def keep(self) -> None:
        while True:
            async with self.start() as process:
                self.process, self.starts = process, self.starts + 1
                self.at_work.set()
                await process.wait()
                self.at_work.clear()

    async def kill(self) -> int:
        """Its process id. It had no warning, and nothing of it is left."""
        await self.at_work.wait()
        if self.process is None:
            raise ProcessLookupError(self.name)
        self.at_work.clear()
        os.kill(self.process.pid, signal.SIGKILL)
        return self.process.pid


@asynccontextmanager
async def kept(victim: Victim) -> AsyncIterator[Victim]:
    keeper = asyncio.create_task(victim.keep(), name=victim.name)
    try:
        await victim.at_work.wait()
        yield victim
    finally:
        keeper.cancel()
        with suppress(asyncio.CancelledError):
            await keeper


def server(settings: Settings) -> Victim:
    @asynccontextmanager
    async def start() -> AsyncIterator[Process]:
        async with embedded_server(
            settings.temporal_file, settings.temporal_port, log=settings.logs / "temporal.log"
        ) as serving:
            yield serving.process

    return Victim("server", start)


def worker(settings: Settings, words: list[str], tried_again: Callable[[], None]) -> Victim:
    @asynccontextmanager
    async def start() -> AsyncIterator[Process]:
        process = await _worker_process(settings, words)
        listening = asyncio.create_task(_listen(process, said := asyncio.Event(), tried_again))
        try:
            await _at_work_or_gone(process, said)
            yield process
        finally:
            await stop(process, WORKER_STOPS_WITHIN_S)
            await listening

    return Victim("worker", start)


async def _worker_process(settings: Settings, words: list[str]) -> Process:
    with (settings.logs / "worker.out").open("ab") as errors:
        return await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tests.faults.worker",
            *words,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
            env={
                **os.environ,
                "YIZHAN_DATA": str(settings.data),
                "YIZHAN_TEMPORAL_PORT": str(settings.temporal_port),
            },
            start_new_session=True,
            preexec_fn=dies_with_its_parent(os.getpid()),
        )


async def _listen(process: Process, at_work: asyncio.Event, tried_again: Callable[[], None]) -> None:
    if process.stdout is None:
        raise ValueError("The worker has no output to listen to.")
    async for line in process.stdout:
        match line.decode().strip():
            case said if said == AT_WORK:
                at_work.set()
            case said if said == TRIED_AGAIN:
                tried_again()


async def _at_work_or_gone(process: Process, at_work: asyncio.Event) -> None:
    """A worker that ends before it is at work is started again, as one that was killed."""
    waits = {asyncio.create_task(at_work.wait()), asyncio.create_task(process.wait())}
    _, pending = await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    for wait in pending:
        wait.cancel()
