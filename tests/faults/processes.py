"""The processes that the fault test kills, each there again as soon as it is gone."""

import asyncio
import os
import signal
import subprocess
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from activities.embedded_server import embedded_server, stop
from activities.processes import dies_with_its_parent
from store.settings import Settings
from tests.faults.worker import AT_WORK, GONE, TRIED_AGAIN

ROOT = Path(__file__).parents[2]
STOPS_WITHIN_S = 10


@dataclass
class Victim:
    """A process of this name; `at_work` while it is."""

    name: str
    pid: int = 0
    starts: int = 0
    at_work: asyncio.Event = field(default_factory=asyncio.Event)

    def began(self, pid: int) -> None:
        self.pid, self.starts = pid, self.starts + 1
        self.at_work.set()

    def gone(self) -> None:
        self.at_work.clear()

    def kill(self) -> int:
        """Its process id. It has no warning, and leaves nothing tidy behind."""
        os.kill(self.pid, signal.SIGKILL)
        self.gone()
        return self.pid


@asynccontextmanager
async def server(settings: Settings) -> AsyncIterator[Victim]:
    """A Temporal server that starts again on the same file."""
    victim = Victim("server")

    async def keep() -> None:
        while True:
            async with embedded_server(
                settings.temporal_file, settings.temporal_port, log=settings.logs / "temporal.log"
            ) as serving:
                victim.began(serving.pid)
                await serving.ended()
                victim.gone()

    keeper = asyncio.create_task(keep())
    try:
        await victim.at_work.wait()
        yield victim
    finally:
        keeper.cancel()
        with suppress(asyncio.CancelledError):
            await keeper


@asynccontextmanager
async def worker(settings: Settings, words: list[str], tried_again: Callable[[], None]) -> AsyncIterator[Victim]:
    """A Temporal worker of the station; each start of it is another process."""
    victim = Victim("worker")
    nursery = await _nursery(settings, words)
    listening = asyncio.create_task(_listen(nursery, victim, tried_again))
    try:
        await victim.at_work.wait()
        yield victim
    finally:
        await stop(nursery, STOPS_WITHIN_S)
        await listening


async def _nursery(settings: Settings, words: list[str]) -> Process:
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


async def _listen(nursery: Process, victim: Victim, tried_again: Callable[[], None]) -> None:
    if nursery.stdout is None:
        raise ValueError("The worker has no output to listen to.")
    async for line in nursery.stdout:
        said, _, pid = line.decode().strip().rpartition(" ")
        if said == AT_WORK:
            victim.began(int(pid))
        elif said == GONE and victim.pid == int(pid):
            victim.gone()
        elif line.decode().strip() == TRIED_AGAIN:
            tried_again()
