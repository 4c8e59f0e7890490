"""The parts of a running station: each is kept running, and stopped in order."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import structlog

from activities.embedded_server import stop
from activities.processes import dies_with_its_parent
from cli.readiness import VARIABLE, announced

log = structlog.get_logger(__name__)

# A part that ends is started again after these pauses; one that was at work this long starts with the first again.
PAUSES_S = (1, 2, 4, 8, 16)
AT_WORK_S = 60

Ready = Callable[[], None]
# Runs a part once: calls `ready`, returns its exit code, and stops it cleanly when cancelled.
Once = Callable[[Ready], Awaitable[int]]


class PartFailed(Exception):
    """A part of the station cannot be kept running."""


@dataclass(frozen=True)
class Part:
    ready: asyncio.Event
    keeper: asyncio.Task[None]


@asynccontextmanager
async def kept_running(name: str, once: Once, last_words: Path) -> AsyncIterator[Part]:
    ready = asyncio.Event()
    keeper = asyncio.create_task(_keep(name, once, ready, last_words), name=name)
    try:
        yield Part(ready, keeper)
    finally:
        keeper.cancel()
        with suppress(asyncio.CancelledError, PartFailed):
            await keeper


async def _keep(name: str, once: Once, ready: asyncio.Event, last_words: Path) -> None:
    """A part that never got ready is not tried again: its settings are wrong, not its luck."""
    failures = 0
    while True:
        started = time.monotonic()
        code = await once(ready.set)
        if not ready.is_set():
            raise PartFailed(f"{name} ended with code {code} before it was ready; see {last_words}")
        failures = 0 if time.monotonic() - started >= AT_WORK_S else failures + 1
        if failures > len(PAUSES_S):
            raise PartFailed(f"{name} ended {failures} times in a row, at last with code {code}; see {last_words}")
        pause = PAUSES_S[max(failures - 1, 0)]
        log.warning("part ended", part=name, code=code, again_in_s=pause)
        await asyncio.sleep(pause)


def own_command(name: str, output: Path, stops_within_s: float) -> Once:
    """`yizhan NAME` as a process of its own."""

    async def once(ready: Ready) -> int:
        read_end, write_end = os.pipe()
        try:
            process = await _start(name, output, write_end)
        finally:
            os.close(write_end)
        try:
            if await announced(read_end):
                ready()
            return await process.wait()
        finally:
            await stop(process, stops_within_s)

    return once


async def _start(name: str, output: Path, ready_descriptor: int) -> asyncio.subprocess.Process:
    with output.open("ab") as out:
        return await asyncio.create_subprocess_exec(
            sys.executable,
            "-P",  # a folder named `rules` where the command is typed must not shadow ours
            "-m",
            "cli.main",
            name,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            pass_fds=[ready_descriptor],
            env={**os.environ, VARIABLE: str(ready_descriptor)},
            start_new_session=True,  # Ctrl-C is for us, who stop things in order
            preexec_fn=dies_with_its_parent(os.getpid()),
        )
