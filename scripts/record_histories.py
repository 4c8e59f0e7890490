"""Record the history of every branch of a case anew: `make histories`, after a change of the workflows that is meant.

Each branch is played on the real server with time skipped, and every run of its case, from its start through each
continue-as-new to its end, is written to `tests/histories/`. The people are invented and a case holds nothing personal,
so payloads lie there in clear: what is replayed offline needs no key, and a reviewer can read it.
"""

import asyncio
import dataclasses
import json
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from temporalio.client import Client, WorkflowHistory
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.converter import DataConverter, DefaultFailureConverterWithEncodedAttributes

from activities.bootstrap import Station, open_station
from activities.composing.desk import papers_desk
from activities.embedded_server import embedded_server
from activities.namespace import prepare_namespace
from activities.papers import Press
from activities.queues import CASES
from cli.exit import shutdown_and_exit
from cli.plays import PLAYS
from cli.stagehand import Stagehand, SubsidyHand
from cli.subsidy_plays import SUBSIDY_PLAYS
from store.engine import write
from store.migrate import upgrade
from store.seed import plant_examples
from store.settings import Settings
from workflows.reconciliation import ReconciliationWorkflow
from workflows.worker import PRINTERS, Pace, working

FOLDER: Final = Path(__file__).parents[1] / "tests" / "histories"
RECONCILIATION: Final = "reconciliation"


def plain_converter() -> DataConverter:
    """The station's converter without its encryption."""
    return dataclasses.replace(
        pydantic_data_converter, failure_converter_class=DefaultFailureConverterWithEncodedAttributes
    )


async def record(branches: list[str]) -> None:
    with tempfile.TemporaryDirectory(prefix="yizhan-histories-") as data:
        async with _stage(Path(data)) as (client, station):
            for name in branches:
                case_id = await _played(name, client, station)
                _keep(name, await _histories(client, case_id))
            await client.execute_workflow(ReconciliationWorkflow.run, id=RECONCILIATION, task_queue=CASES)
            _keep(RECONCILIATION, await _histories(client, RECONCILIATION))


async def _played(name: str, client: Client, station: Station) -> str:
    """The branch of one kind of case or the other; its case."""
    if name in SUBSIDY_PLAYS:
        counter = SubsidyHand(client, station, CASES)
        await SUBSIDY_PLAYS[name][1](counter)
        return counter.case_id
    hand = Stagehand(client, station, CASES)
    await PLAYS[name][1](hand)
    return hand.case_id


def _keep(name: str, histories: list[WorkflowHistory]) -> None:
    """In place of what was recorded earlier."""
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob(f"{name}-*.json"):
        old.unlink()
    for number, history in enumerate(histories, start=1):
        path = FOLDER / f"{name}-{number}.json"
        path.write_text(json.dumps(json.loads(history.to_json()), separators=(",", ":")) + "\n", encoding="utf-8")
        sys.stdout.write(f"{path.name}: {len(history.events)} events, {path.stat().st_size:,} bytes\n")


async def _histories(client: Client, workflow_id: str) -> list[WorkflowHistory]:
    """Of every run of a workflow, the first one first, once its last has ended."""
    await client.get_workflow_handle(workflow_id).result()
    runs = await _runs(client, workflow_id)
    return [await client.get_workflow_handle(workflow_id, run_id=run).fetch_history() for run in runs]


async def _runs(client: Client, workflow_id: str) -> list[str]:
    """The run ids in the order of their start, once the list, which lags behind, has the last of them."""
    last = (await client.get_workflow_handle(workflow_id).describe()).run_id
    while True:
        runs = [run async for run in client.list_workflows(f"WorkflowId = '{workflow_id}'")]
        if last in [run.run_id for run in runs]:
            return [run.run_id for run in sorted(runs, key=lambda run: run.start_time)]
        await asyncio.sleep(0.1)


@asynccontextmanager
async def _stage(folder: Path) -> AsyncIterator[tuple[Client, Station]]:
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(
            embedded_server(folder / "temporal.db", time_skipping_flag=True, log=folder / "temporal.log")
        )
        client = await Client.connect(server.address, namespace="yizhan", data_converter=plain_converter())
        await prepare_namespace(client)
        station = stack.enter_context(open_station(Settings(data=folder)))
        upgrade(station.engine)
        with write(station.engine) as connection:
            plant_examples(connection, station.keyring, datetime.now(UTC))
        papers = papers_desk(station, stack.enter_context(Press(PRINTERS)))
        await stack.enter_async_context(working(client, station, CASES, Pace(versioned=False), papers))
        yield client, station


if __name__ == "__main__":
    asyncio.run(record(sys.argv[1:] or [*PLAYS, *SUBSIDY_PLAYS]))
    shutdown_and_exit(0)
