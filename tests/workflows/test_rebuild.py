"""The workflow server loses everything, and every open case goes on from the record as if nothing had been."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from temporalio.client import Client

from activities.bootstrap import Station
from activities.codec import encrypting_codec
from activities.connection import data_converter
from activities.embedded_server import embedded_server, free_port
from activities.namespace import prepare_namespace
from activities.policies import Policies
from activities.queues import CASES
from activities.rebuilding import RebuildReport, rebuild
from activities.reconciling import Reconciling
from cases.hardship.case import HardshipCase
from cases.hardship.progress import next_dated
from store.cases import unfinished_case_ids
from store.engine import make_engine, read, write
from store.files import FileStore
from store.keys import KeyRing
from store.seed import plant_examples
from store.tables.cases import PART_TABLES, audit_event, case_step, decision, log_pending, notice, outbox
from tests.faults.plain_press import plain_desk
from tests.workflows.midway import MIDWAY, NOW, PATIENCE_S, Midway, have_done, lead, until_settled
from tests.workflows.office import Office
from workflows.worker import Pace, working

TASK_TAKES = timedelta(seconds=20)  # at most, on a busy machine
pytestmark = [pytest.mark.server, pytest.mark.slow]

OF_EACH = 2
EFFECTS = (case_step, audit_event, outbox, notice, decision, *PART_TABLES.values())


@dataclass(frozen=True)
class Town:
    """A station whose workflow server can lose its file."""

    station: Station
    folder: Path
    port: int

    @asynccontextmanager
    async def served(self) -> AsyncIterator[Client]:
        converter = data_converter(encrypting_codec(self.station.keyring))
        async with embedded_server(self.folder / "temporal.db", self.port) as server:
            client = await Client.connect(server.address, namespace="yizhan", data_converter=converter)
            await prepare_namespace(client)
            yield client

    def lose_the_server(self) -> None:
        for file in self.folder.glob("temporal.db*"):
            file.unlink()

    @asynccontextmanager
    async def at_work(self, client: Client) -> AsyncIterator[Office]:
        async with working(client, self.station, CASES, Pace(), plain_desk(self.station)):
            yield Office(client, self.station, CASES)

    def effects(self, case_ids: frozenset[str]) -> Mapping[str, list[tuple[Any, ...]]]:
        """Every row that speaks of these cases, except what the outbox did with it."""
        kept: dict[str, list[tuple[Any, ...]]] = {}
        with read(self.station.engine) as connection:
            for table in EFFECTS:
                columns = [column for column in table.c if column.name not in ("sent_at", "attempts", "last_error")]
                rows = connection.execute(select(*columns).where(table.c.case_id.in_(case_ids)))
                kept[table.name] = sorted((tuple(row) for row in rows), key=repr)
            leaves = connection.execute(select(log_pending.c.id, log_pending.c.leaf).order_by(log_pending.c.id))
            kept[log_pending.name] = [tuple(row) for row in leaves if row.id.partition("/")[0] in case_ids]
        return kept

    async def told(self) -> None:
        """Once every message has gone out."""
        waiting = select(outbox.c.id).where(outbox.c.sent_at.is_(None)).limit(1)
        async with asyncio.timeout(PATIENCE_S):
            while True:
                with read(self.station.engine) as connection:
                    if connection.execute(waiting).first() is None:
                        return
                await asyncio.sleep(0.1)


@pytest.fixture
def town(sqlite_url: str, keyring: KeyRing, policies: Policies, tmp_path: Path) -> Town:
    engine = make_engine(sqlite_url)
    with write(engine) as connection:
        plant_examples(connection, keyring, NOW - timedelta(days=60))
    return Town(Station(engine, keyring, policies, FileStore(tmp_path / "papers")), tmp_path, free_port())


async def test_every_open_case_goes_on_after_the_server_lost_its_data(town: Town) -> None:
    started = [midway for midway in MIDWAY.values() for _ in range(OF_EACH)]
    async with town.served() as client, town.at_work(client) as office:
        async with asyncio.TaskGroup() as clerks:
            led = [clerks.create_task(lead(office, n, midway)) for n, midway in enumerate(started)]
        await town.told()
    waiting = {task.result(): midway for task, midway in zip(led, started, strict=True)}
    case_ids = frozenset(waiting)
    before, effects = {case_id: office.case(case_id) for case_id in waiting}, town.effects(case_ids)

    town.lose_the_server()
    opened_meanwhile = office.register(at=NOW - timedelta(days=50))
    async with town.served() as client:
        assert await rebuild(client, town.station, CASES) == RebuildReport(len(waiting) + 1, 0)
        assert await rebuild(client, town.station, CASES) == RebuildReport(0, len(waiting) + 1)
        async with town.at_work(client) as office:
            for case_id, case in before.items():
                await _as_it_was(client, case)
                assert office.case(case_id) == case
            assert town.effects(case_ids) == effects
            await _all_agree(client, town.station)
            async with asyncio.TaskGroup() as clerks:
                for case_id, midway in waiting.items():
                    clerks.create_task(_goes_on(office, case_id, midway))
            await _opened_once(office, opened_meanwhile)


async def _as_it_was(client: Client, case: HardshipCase) -> None:
    """The workflow holds the same stage and the same clocks, and waits for the same instant."""
    handle = client.get_workflow_handle(case.id)
    held = await handle.query("state", result_type=HardshipCase)
    assert held == case
    dated, wakes_at = next_dated(case), await _wakes_at(client, case.id)
    if dated is None:
        assert wakes_at is None
    else:
        assert wakes_at is not None
        # The deadline is the same to the microsecond; its timer begins when its task ends: on a busy machine, later.
        assert timedelta(seconds=-1) <= wakes_at - dated.at <= TASK_TAKES


async def _wakes_at(client: Client, case_id: str) -> datetime | None:
    """When the timer that the server holds for a case will fire."""
    history = await client.get_workflow_handle(case_id).fetch_history()
    timers = [event for event in history.events if event.HasField("timer_started_event_attributes")]
    if not timers:
        return None
    started = timers[-1].event_time.ToDatetime(tzinfo=UTC)
    return started + timers[-1].timer_started_event_attributes.start_to_fire_timeout.ToTimedelta()


async def _all_agree(client: Client, station: Station) -> None:
    found = await Reconciling(client, station.engine, station.policies, station.keyring).reconcile(datetime.now(UTC))
    assert found.findings == {}


async def _goes_on(office: Office, case_id: str, midway: Midway) -> None:
    assert (await have_done(office, case_id, midway.next)).stage == midway.then


async def _opened_once(office: Office, case_id: str) -> None:
    """Its start was in the outbox, and the rebuild started it too; its alarms were overdue when it began."""
    case = await until_settled(office, case_id)
    clock = case.clocks[0]
    assert clock.sent == tuple(alarm.percent for alarm in clock.alarms)
    with read(office.station.engine) as connection:
        steps = connection.execute(select(case_step.c.key).where(case_step.c.case_id == case_id)).scalars().all()
    assert len(steps) == 1 + len(clock.sent) + len(case.determinations)


async def test_a_closed_case_is_not_started_again(town: Town) -> None:
    async with town.served() as client:
        async with town.at_work(client) as office:
            case_id = await lead(office, 1, MIDWAY["handed over"])
            await _goes_on(office, case_id, MIDWAY["handed over"])
            await until_settled(office, case_id)
        assert await rebuild(client, town.station, CASES) == RebuildReport(0, 0)
        with read(town.station.engine) as connection:
            assert unfinished_case_ids(connection) == ()
