"""Whatever drifts apart between the record and the workflow engine is found, each way, and regularly."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
import pytest_asyncio
from sqlalchemy import delete, insert, select, update
from temporalio.client import Client, ScheduleOverlapPolicy

from activities.bootstrap import Station
from activities.codec import encrypting_codec
from activities.connection import data_converter
from activities.drift import (
    CASE_WITHOUT_WORKFLOW,
    CLOCKS_DIFFER,
    LEAF_ALTERED,
    LEAF_MISSING,
    POLICY_CHANGED,
    POLICY_LOST,
    QUEUE_DIFFERS,
    UNSENT,
    WORKFLOW_WITHOUT_CASE,
)
from activities.embedded_server import embedded_server
from activities.namespace import prepare_namespace
from activities.policies import Policies
from activities.reconciling import Reconciling
from activities.starting import start_case
from cases.hardship.case import HARDSHIP
from cases.hardship.stages import Stage
from store.append_only import lift_append_only
from store.decision_log import leaf_hash, receipt_of
from store.engine import make_engine, read, write
from store.files import FileStore
from store.keys import KeyRing
from store.reconciliations import Reconciliation, latest_reconciliation
from store.seed import plant_examples
from store.tables.cases import clock, hardship_case, log_pending
from store.tables.laws import pinned_policy
from store.tables.log import log_entry, log_waiting
from store.tables.queue import queue_item
from tests.builders import OPENED_AT, a_case
from tests.faults.plain_press import plain_desk
from tests.workflows.midway import MIDWAY, lead, until_settled
from tests.workflows.office import Office
from workflows.reconciliation import EVERY, SCHEDULE, compare_regularly
from workflows.worker import Pace, working

pytestmark = [pytest.mark.server]


@pytest.fixture
def station(sqlite_url: str, keyring: KeyRing, policies: Policies, tmp_path: Path) -> Station:
    engine = make_engine(sqlite_url)
    with write(engine) as connection:
        plant_examples(connection, keyring, OPENED_AT)
    return Station(engine, keyring, policies, FileStore(tmp_path / "papers"))


@pytest_asyncio.fixture
async def client(keyring: KeyRing) -> AsyncIterator[Client]:
    """Of a server of its own: comparing looks at every workflow there is."""
    converter = data_converter(encrypting_codec(keyring))
    async with embedded_server(None) as server:
        client = await Client.connect(server.address, namespace="yizhan", data_converter=converter)
        await prepare_namespace(client)
        yield client


@pytest_asyncio.fixture
async def office(client: Client, station: Station) -> AsyncIterator[Office]:
    queue = f"cases-{uuid4().hex}"
    async with working(client, station, queue, Pace(versioned=False), plain_desk(station)):
        yield Office(client, station, queue)


async def compare(office: Office) -> Reconciliation:
    return await Reconciling(
        office.client, office.station.engine, office.station.policies, office.station.keyring
    ).reconcile(datetime.now(UTC))


async def listed(office: Office, case_id: str) -> None:
    """The server's list of workflows lags behind its workflows."""
    async with asyncio.timeout(30):
        while True:
            async for _ in office.client.list_workflows(f"WorkflowId = '{case_id}'"):
                return
            await asyncio.sleep(0.1)


async def test_nothing_is_found_where_all_agree(office: Office) -> None:
    for ordinal, stage in enumerate(("undecided", "paused", "placed")):
        await listed(office, await lead(office, ordinal, MIDWAY[stage]))
    found = await compare(office)
    assert (found.compared, found.findings) == (3, {})


async def test_an_open_case_without_its_workflow_is_found(office: Office) -> None:
    case_id = await lead(office, 1, MIDWAY["undecided"])
    await office.client.get_workflow_handle(case_id).terminate()
    assert (await compare(office)).findings == {CASE_WITHOUT_WORKFLOW: (case_id,)}


async def test_a_workflow_without_its_case_is_found(office: Office) -> None:
    stray = a_case(id=f"case-{uuid4().hex}")
    await start_case(office.client, stray, "a queue that nobody serves")
    await listed(office, stray.id)
    assert (await compare(office)).findings == {WORKFLOW_WITHOUT_CASE: (stray.id,)}


@pytest.mark.parametrize(("moved_by", "found"), [(timedelta(0), False), (timedelta(seconds=1), True)])
async def test_a_clock_that_was_moved_in_the_record_is_found(moved_by: timedelta, found: bool, office: Office) -> None:
    case_id = await lead(office, 1, MIDWAY["undecided"])
    await listed(office, case_id)
    due_at = office.case(case_id).clocks[0].due_at
    assert due_at
    with write(office.station.engine) as connection:
        connection.execute(update(clock).where(clock.c.case_id == case_id).values(due_at=due_at + moved_by))
    # The queue shows the due day, so it differs with the clock.
    differ = {CLOCKS_DIFFER: (case_id,), QUEUE_DIFFERS: (case_id,)}
    assert (await compare(office)).findings == (differ if found else {})


@pytest.mark.parametrize(("waits", "found"), [(timedelta(seconds=119), False), (timedelta(minutes=3), True)])
async def test_a_message_that_nobody_sends_is_found(
    waits: timedelta, found: bool, client: Client, station: Station
) -> None:
    nobody_drains = Office(client, station, "a queue that nobody serves")
    case_id = nobody_drains.register()
    at = datetime.now(UTC) + waits
    findings = (await Reconciling(client, station.engine, station.policies, station.keyring).reconcile(at)).findings
    assert findings.get(UNSENT, ()) == ((case_id,) if found else ())


async def test_a_leaf_that_even_a_holder_of_the_keys_changed_is_not_what_the_workflow_engine_was_told(
    office: Office,
) -> None:
    case_id = await lead(office, 1, MIDWAY["undecided"])
    await listed(office, case_id)
    assert (await compare(office)).findings == {}
    with write(office.station.engine) as connection:
        lift_append_only(connection)
        for table in (log_entry, log_waiting):
            connection.execute(delete(table))
        leaf_id, at = connection.execute(select(log_pending.c.id, log_pending.c.at).order_by(log_pending.c.id)).all()[0]
        forged = leaf_hash(record := "{}")
        receipt = receipt_of(office.station.keyring, leaf_id, forged, at)
        values = {"record": record, "leaf": forged, "receipt": receipt}
        connection.execute(update(log_pending).where(log_pending.c.id == leaf_id).values(values))
        connection.execute(
            insert(log_waiting).from_select(
                ["id", "at", "recorded_at"], select(log_pending.c.id, log_pending.c.at, log_pending.c.at)
            )
        )
    found = (await compare(office)).findings
    assert found[LEAF_ALTERED] == (case_id,)
    assert LEAF_MISSING not in found


async def test_it_is_compared_every_five_minutes(office: Office) -> None:
    await compare_regularly(office.client, office.queue)
    await compare_regularly(office.client, office.queue)  # as every worker does when it starts
    schedule = office.client.get_schedule_handle(SCHEDULE)
    told = (await schedule.describe()).schedule
    assert [interval.every for interval in told.spec.intervals] == [EVERY]
    assert told.policy.overlap is ScheduleOverlapPolicy.SKIP


async def test_what_the_schedule_finds_is_kept(office: Office) -> None:
    case_id = await lead(office, 1, MIDWAY["undecided"])
    await until_settled(office, case_id)
    await office.client.get_workflow_handle(case_id).terminate()
    await compare_regularly(office.client, office.queue)
    await office.client.get_schedule_handle(SCHEDULE).trigger()
    assert (await _kept(office.station)).findings == {CASE_WITHOUT_WORKFLOW: (case_id,)}


async def _kept(station: Station) -> Reconciliation:
    async with asyncio.timeout(60):
        while True:
            with read(station.engine) as connection:
                if found := latest_reconciliation(connection):
                    return found
            await asyncio.sleep(0.1)


async def test_a_policy_changed_or_lost_under_an_open_case_is_found(office: Office) -> None:
    case_id = office.register()
    await office.until(case_id, lambda case: case.current(HARDSHIP))
    await listed(office, case_id)
    assert not {POLICY_CHANGED, POLICY_LOST} & (await compare(office)).findings.keys()
    with write(office.station.engine) as connection:
        connection.execute(update(pinned_policy).values(hash="of a content that nobody has"))
    assert (await compare(office)).findings[POLICY_LOST] == (case_id,)
    with write(office.station.engine) as connection:
        of_before = {"law": None, "plan_hash": "as it was when the case opened"}
        connection.execute(update(hardship_case).values(of_before))
    assert (await compare(office)).findings[POLICY_CHANGED] == (case_id,)


async def test_a_row_of_the_queue_that_is_not_what_the_case_says_is_found(office: Office) -> None:
    case_id = await lead(office, 1, MIDWAY["undecided"])
    await listed(office, case_id)
    assert QUEUE_DIFFERS not in (await compare(office)).findings
    with write(office.station.engine) as connection:
        connection.execute(update(queue_item).values(stage=Stage.FOLLOW_UP))
    assert (await compare(office)).findings[QUEUE_DIFFERS] == (case_id,)
