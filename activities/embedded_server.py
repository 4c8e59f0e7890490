"""The workflow server that comes with the lock file: started, awaited and stopped by us.

It is Temporal's development server, kept in one SQLite file: right for one machine, not a production store. Losing the
file loses no case (`yizhan rebuild`). Its file cannot be migrated, so another version's file is dropped.
"""

import asyncio
import os
import socket
import subprocess
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from temporalio.client import Client
from temporalio.service import RPCError

from activities.processes import dies_with_its_parent

DEFAULT_NAMESPACE = "yizhan"
STARTS_WITHIN_S = 30
STOPS_WITHIN_S = 10
_LOOPBACK = "127.0.0.1"
_PRAGMAS = ("journal_mode=wal", "synchronous=full")


class ServerDidNotStart(Exception):
    """The workflow server ended, or did not answer in time."""


@dataclass(frozen=True)
class ServerHandle:
    address: str
    process: Process

    @property
    def pid(self) -> int:
        return self.process.pid

    async def ended(self) -> int:
        """Its exit code, once it has one."""
        return await self.process.wait()


def server_binary(named: Path | None = None) -> Path:
    """The binary an operator names (`TEMPORAL_CLI`), else the one of the lock file."""
    binary = named or Path(sys.executable).parent / "temporal"
    if not binary.is_file():
        raise ServerDidNotStart(f"There is no Temporal server at {binary}: run `make setup`, or correct TEMPORAL_CLI.")
    return binary


def server_version(binary: Path) -> str:
    said = subprocess.run([binary, "--version"], capture_output=True, text=True, check=True, timeout=30)
    return said.stdout.strip()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((_LOOPBACK, 0))
        port: int = probe.getsockname()[1]
        return port


@asynccontextmanager
async def embedded_server(
    db_file: Path | None,
    port: int | None = None,
    *,
    namespace: str = DEFAULT_NAMESPACE,
    binary: Path | None = None,
    time_skipping_flag: bool = False,
    log: Path | None = None,
) -> AsyncIterator[ServerHandle]:
    """Serving when the block begins; gone when it ends. Without a file it forgets everything."""
    address = f"{_LOOPBACK}:{port or free_port()}"
    command = _command(server_binary(binary), address, db_file, namespace, time_skipping_flag=time_skipping_flag)
    process = await _start(command, log)
    try:
        await _serving(process, address, namespace, log)
        yield ServerHandle(address, process)
    finally:
        await stop(process, STOPS_WITHIN_S)


async def stop(process: Process, within_s: float) -> None:
    """Asked first, then ended."""
    with suppress(ProcessLookupError):
        process.terminate()
    try:
        await asyncio.wait_for(process.wait(), within_s)
    except TimeoutError:
        process.kill()
        await process.wait()


def _command(
    binary: Path, address: str, db_file: Path | None, namespace: str, *, time_skipping_flag: bool
) -> list[str | Path]:
    ip, _, port = address.partition(":")
    command: list[str | Path] = [binary, "server", "start-dev", "--ip", ip, "--port", port, "--headless"]
    command += ["--namespace", namespace, "--log-level", "error"]
    if db_file:
        command += ["--db-filename", db_file]
        command += [part for pragma in _PRAGMAS for part in ("--sqlite-pragma", pragma)]
    if time_skipping_flag:
        command += ["--dynamic-config-value", "frontend.WorkflowTimeSkippingEnabled=true"]
    return command


async def _start(command: list[str | Path], log: Path | None) -> Process:
    with (log or Path(os.devnull)).open("ab") as output:
        return await asyncio.create_subprocess_exec(
            *command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,  # Ctrl-C is for us, who stop things in order
            preexec_fn=dies_with_its_parent(os.getpid()),
        )


async def _serving(process: Process, address: str, namespace: str, log: Path | None) -> None:
    try:
        async with asyncio.timeout(STARTS_WITHIN_S):
            while not await _answers(address, namespace):
                if process.returncode is not None:
                    raise ServerDidNotStart(f"The workflow server ended with code {process.returncode}; see {log}.")
                await asyncio.sleep(0.05)
    except TimeoutError:
        raise ServerDidNotStart(f"The workflow server did not answer within {STARTS_WITHIN_S} s; see {log}.") from None


async def _answers(address: str, namespace: str) -> bool:
    try:
        client = await Client.connect(address, namespace=namespace)
        return await client.service_client.check_health() and await _knows(client, namespace)
    except (RPCError, RuntimeError):
        return False


async def _knows(client: Client, namespace: str) -> bool:
    """The server answers a moment before its namespace exists."""
    async for _ in client.list_workflows(f"WorkflowId = '{namespace}'", limit=1):
        break
    return True
