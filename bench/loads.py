"""The two loads that are compared: hardship cases from the counter to their end, and empty workflows of their shape."""

import asyncio
import os
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import uuid4

from sqlalchemy import select
from temporalio.client import Client

from activities.desk import Desk
from bench.empty import EmptyWorkflow, Shape
from bench.life import AGE, CASEWORKER, People, acts
from bench.processes import cpu_seconds
from bench.town import Town
from bench.worker import EMPTY
from cases.commands import command
from cases.days import day_of
from cases.hardship.case import HARDSHIP
from store.engine import read
from store.tables.cases import determination

LOOK_AGAIN_S = 0.05
_DETERMINED = select(determination.c.id).where(determination.c.policy == HARDSHIP)


@dataclass(frozen=True)
class Measured:
    """So many in so many seconds, and what each process used of the processor for one of them."""

    per_second: float
    worker_ms: float
    server_ms: float
    client_ms: float

    @property
    def cpu_ms(self) -> float:
        return self.worker_ms + self.server_ms + self.client_ms


@dataclass(frozen=True)
class Cases:
    """A case is done once its workflow has ended, with every step in the record."""

    town: Town
    people: People = field(default_factory=People)

    async def one(self) -> str:
        station, client = self.town.station, self.town.client
        desk = Desk(client, station.engine, station.keyring, station.policies)
        registration, opened_at = self.people.next(), datetime.now(UTC) - AGE
        case_id = (await asyncio.to_thread(station.intake.open_case, registration, CASEWORKER, opened_at)).id
        await self._determined(case_id)
        for act, actor in acts(day_of(datetime.now(UTC))):
            await desk.submit(case_id, command(uuid4().hex, act, actor))
        await client.get_workflow_handle(case_id).result()
        return case_id

    async def _determined(self, case_id: str) -> None:
        while True:
            with read(self.town.station.engine) as connection:
                if connection.execute(_DETERMINED.where(determination.c.case_id == case_id)).first():
                    return
            await asyncio.sleep(LOOK_AGAIN_S)  # what changes is a row


@dataclass(frozen=True)
class Empties:
    town: Town
    shape: Shape

    async def one(self) -> str:
        handle = await self.town.client.start_workflow(
            EmptyWorkflow.run, self.shape, id=f"empty-{uuid4().hex}", task_queue=EMPTY
        )
        for number in range(self.shape.updates):
            await handle.execute_update(EmptyWorkflow.act, number, id=uuid4().hex)
        await handle.result()
        return handle.id


async def shape_of(client: Client, case_id: str) -> Shape:
    """The updates and activities of a case, over all the runs of its workflow."""
    updates = activities = 0
    async for run in client.list_workflows(f"WorkflowId = '{case_id}'"):
        history = await client.get_workflow_handle(case_id, run_id=run.run_id).fetch_history()
        updates += sum(e.HasField("workflow_execution_update_accepted_event_attributes") for e in history.events)
        activities += sum(e.HasField("activity_task_scheduled_event_attributes") for e in history.events)
    return Shape(updates, activities)


async def measure(town: Town, one: Callable[[], Awaitable[str]], number: int, at_once: int) -> Measured:
    places = asyncio.Semaphore(at_once)

    async def placed() -> None:
        async with places:
            await one()

    before, began = _used(town), time.perf_counter()
    async with asyncio.TaskGroup() as running:
        for _ in range(number):
            running.create_task(placed())
    seconds = time.perf_counter() - began
    worker, server, client = (1000 * (now - then) / number for now, then in zip(_used(town), before, strict=True))
    return Measured(number / seconds, worker, server, client)


def _used(town: Town) -> tuple[float, float, float]:
    return cpu_seconds(town.worker_pid), cpu_seconds(town.server_pid), sum(os.times()[:2])
