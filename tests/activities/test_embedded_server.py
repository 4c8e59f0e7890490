import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from temporalio.api.operatorservice.v1 import ListSearchAttributesRequest
from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest
from temporalio.client import Client

from activities.embedded_server import ServerDidNotStart, embedded_server, server_binary, server_version
from activities.namespace import RETENTION, SEARCH_ATTRIBUTES, prepare_namespace

OUR_OWN_CHILD_SERVER = """
import asyncio
from activities.embedded_server import embedded_server
async def main():
    async with embedded_server(None) as server:
        print(server.pid, flush=True)
        await asyncio.sleep(60)
asyncio.run(main())
"""


def _alive(pid: int) -> bool:
    with suppress(ProcessLookupError):
        os.kill(pid, 0)
        return True
    return False


@pytest.mark.server
async def test_the_namespace_gets_what_it_needs_once_and_keeps_it_over_a_restart(tmp_path: Path) -> None:
    for _ in range(2):
        async with embedded_server(tmp_path / "temporal.db", log=tmp_path / "temporal.log") as server:
            client = await Client.connect(server.address, namespace="yizhan")
            await prepare_namespace(client)
            await prepare_namespace(client)
            described = await client.workflow_service.describe_namespace(DescribeNamespaceRequest(namespace="yizhan"))
            assert described.config.workflow_execution_retention_ttl.ToTimedelta() == RETENTION
            listed = await client.operator_service.list_search_attributes(
                ListSearchAttributesRequest(namespace="yizhan")
            )
            assert dict(listed.custom_attributes).items() >= SEARCH_ATTRIBUTES.items()
        assert not _alive(server.pid)


@pytest.mark.server
async def test_its_file_is_written_ahead_and_synchronously(tmp_path: Path) -> None:
    async with embedded_server(tmp_path / "temporal.db"):
        assert (tmp_path / "temporal.db-wal").exists()


@pytest.mark.server
def test_a_server_does_not_outlive_a_killed_parent() -> None:
    parent = subprocess.Popen([sys.executable, "-c", OUR_OWN_CHILD_SERVER], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    with parent, parent.stdout:
        server = int(parent.stdout.readline())
        assert _alive(server)
        parent.send_signal(signal.SIGKILL)
        parent.wait()
    deadline = time.monotonic() + 15
    while _alive(server) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not _alive(server)


async def test_a_server_that_cannot_start_says_so(tmp_path: Path) -> None:
    broken = tmp_path / "temporal"
    broken.write_text("#!/bin/sh\nexit 3\n")
    broken.chmod(0o755)
    with pytest.raises(ServerDidNotStart, match="code 3"):
        async with embedded_server(None, binary=broken):
            pass


def test_a_binary_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ServerDidNotStart, match="nowhere"):
        server_binary(tmp_path / "nowhere")


@pytest.mark.server
def test_the_server_tells_its_version() -> None:
    assert "Server 1.32.0" in server_version(server_binary())
