"""Planted, then served: every case goes on where it stands, and record and workflow engine say the same."""

import asyncio
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select
from temporalio.client import Client

from activities.bootstrap import Station
from activities.codec import encrypting_codec
from activities.connection import data_converter
from activities.embedded_server import embedded_server
from activities.namespace import prepare_namespace
from activities.queues import CASES
from activities.rebuilding import RebuildReport, rebuild
from activities.reconciling import Reconciling
from store.any_case import any_case
from store.cases import cases_owing_papers, load_any
from store.engine import read
from store.keys import KeyRing
from tests.demo_record import planted
from tests.faults.plain_press import plain_desk
from workflows.worker import Pace, working

pytestmark = [pytest.mark.server]
PATIENCE_S = 120


async def test_every_open_case_has_its_workflow_and_nothing_differs(
    sqlite_template: Path, keyring: KeyRing, tmp_path: Path
) -> None:
    file = tmp_path / "served.db"
    shutil.copy(sqlite_template, file)
    station = planted(file, keyring, datetime.now(UTC))
    with read(station.engine) as connection:
        before = {case_id: load_any(connection, case_id) for case_id in connection.scalars(select(any_case.c.id))}
    still_open = {case_id for case_id, case in before.items() if not case.closed}

    async with embedded_server(None) as server:
        converter = data_converter(encrypting_codec(keyring))
        client = await Client.connect(server.address, namespace="yizhan", data_converter=converter)
        await prepare_namespace(client)
        async with working(client, station, CASES, Pace(versioned=False), plain_desk(station)):
            async with asyncio.timeout(PATIENCE_S):
                while not _all_printed(station) or await _running(client) != still_open:  # noqa: ASYNC110
                    await asyncio.sleep(0.2)
            found = await Reconciling(client, station.engine, station.policies, station.keyring).reconcile(
                datetime.now(UTC)
            )
            assert (found.compared, found.findings) == (len(still_open), {})
            assert await rebuild(client, station, CASES) == RebuildReport(0, len(still_open))
            for case_id in still_open:
                held = await client.get_workflow_handle(case_id).query("state", result_type=type(before[case_id]))
                # Only its papers were made: no alarm rang and nothing was determined that the past had left undone.
                assert held.revision == before[case_id].revision + sum(p.owed for p in before[case_id].papers)
                assert held.clocks == before[case_id].clocks
    station.engine.dispose()


async def _running(client: Client) -> set[str]:
    return {
        each.id async for each in client.list_workflows("ExecutionStatus = 'Running'") if each.id.startswith("case-")
    }


def _all_printed(station: Station) -> bool:
    with read(station.engine) as connection:
        return connection.execute(cases_owing_papers()).first() is None
