"""Rebuilding (重建): every case that needs a workflow and has none is started again from the record."""

import asyncio
from dataclasses import dataclass

from temporalio.client import Client
from temporalio.common import WorkflowIDConflictPolicy
from temporalio.exceptions import WorkflowAlreadyStartedError

from activities.bootstrap import Station
from activities.starting import start_case
from store.cases import load_any, unfinished_case_ids
from store.engine import read

AT_ONCE = 8


@dataclass(frozen=True)
class RebuildReport:
    started: int
    running_already: int


async def rebuild(client: Client, station: Station, queue: str) -> RebuildReport:
    """Harmless however often it runs: a case that has its workflow keeps it, with every clock as it was."""
    with read(station.engine) as connection:
        case_ids = unfinished_case_ids(connection)
    places = asyncio.Semaphore(AT_ONCE)

    async def start(case_id: str) -> bool:
        async with places:
            with read(station.engine) as connection:
                case = load_any(connection, case_id)
            try:
                await start_case(client, case, queue, conflict=WorkflowIDConflictPolicy.FAIL)
            except WorkflowAlreadyStartedError:
                return False
            return True

    started = await asyncio.gather(*(start(case_id) for case_id in case_ids))
    return RebuildReport(sum(started), len(started) - sum(started))
