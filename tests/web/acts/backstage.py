"""What works behind the pages: the real workflow server and a Temporal worker, on a loop of a thread of their own.

A test stops either of them, and starts it again, while people are at the counter.
"""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep
from typing import Any, Self, TypeVar
from uuid import uuid4

from temporalio.client import Client

from activities.bootstrap import Station
from activities.codec import encrypting_codec
from activities.connection import data_converter
from activities.embedded_server import ServerHandle, embedded_server, free_port
from activities.namespace import prepare_namespace
from workflows.worker import Pace, working

T = TypeVar("T")
WITHIN_S = 60


class Backstage:
    """One workflow server at one port; its file outlives it."""

    def __init__(self, folder: Path) -> None:
        self.file, self.log, self.port = folder / "temporal.db", folder / "log", free_port()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._server: tuple[AsyncExitStack, ServerHandle] | None = None

    def __enter__(self) -> Self:
        self._thread.start()
        self.start_server()
        return self

    def __exit__(self, *_: object) -> None:
        if self._server:
            self.run(self._server[0].aclose())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    def run(self, what: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(what, self._loop).result(WITHIN_S)

    def start_server(self) -> None:
        self._server = self.run(self._started())

    def kill_server(self) -> None:
        """As a power cut would."""
        assert self._server
        stack, handle = self._server
        handle.process.kill()
        self.run(stack.aclose())
        self._server = None

    def worker(self, station: Station) -> "Worker":
        return Worker(self, station)

    async def _started(self) -> tuple[AsyncExitStack, ServerHandle]:
        stack = AsyncExitStack()
        handle = await stack.enter_async_context(embedded_server(self.file, self.port, log=self.log))
        await prepare_namespace(await Client.connect(handle.address, namespace="yizhan"))
        return stack, handle


@dataclass
class Worker:
    """A Temporal worker of one station, and its outbox; it comes when a test lets it."""

    backstage: Backstage
    station: Station
    queue: str = field(default_factory=lambda: f"cases-{uuid4().hex}")
    _stack: AsyncExitStack | None = None

    def start(self) -> Self:
        self._stack = self.backstage.run(self._started())
        return self

    def stop(self) -> None:
        if self._stack:
            self.backstage.run(self._stack.aclose())
            self._stack = None

    async def _started(self) -> AsyncExitStack:
        stack = AsyncExitStack()
        client = await Client.connect(
            self.backstage.address,
            namespace="yizhan",
            data_converter=data_converter(encrypting_codec(self.station.keyring)),
        )
        await stack.enter_async_context(working(client, self.station, self.queue, Pace(versioned=False)))
        return stack


def until(true: Callable[[], object], within_s: float = WITHIN_S) -> None:
    """Wait for what happens by itself."""
    ends = monotonic() + within_s
    while not true():
        assert monotonic() < ends, "it did not come about"
        sleep(0.05)
