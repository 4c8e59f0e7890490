"""Months-long lives on the time-skipping server: every alarm rings once, in order, and nothing is forgotten."""

import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
import pytest_asyncio
from temporalio.api.operatorservice.v1 import AddSearchAttributesRequest
from temporalio.testing import WorkflowEnvironment

from activities.bootstrap import Station
from activities.codec import EncryptingCodec
from activities.connection import data_converter
from activities.namespace import SEARCH_ATTRIBUTES
from cases.days import day_of
from cases.hardship.case import HARDSHIP, HardshipCase
from cases.hardship.determining import AdoptDetermination
from cases.hardship.stages import Stage
from cli.people import a_person
from tests.workflows.office import Office
from workflows.worker import Pace, working

pytestmark = [pytest.mark.server, pytest.mark.asyncio(loop_scope="session")]

CASES = 10
LONG_WAIT, FAR_OFF = 90, 80  # days of waiting that the district asks for, and those that are missing


@pytest_asyncio.fixture(loop_scope="session")
async def skipping(station: Station) -> AsyncIterator[WorkflowEnvironment]:
    environment = await WorkflowEnvironment.start_time_skipping(
        test_server_existing_path=str(Path(sys.executable).with_name("temporal-test-server")),
        data_converter=data_converter(EncryptingCodec(station.keyring)),
    )
    async with environment:
        client = environment.client
        await client.operator_service.add_search_attributes(
            AddSearchAttributesRequest(namespace=client.namespace, search_attributes=SEARCH_ATTRIBUTES)
        )
        yield environment


@pytest_asyncio.fixture(loop_scope="session")
async def office(skipping: WorkflowEnvironment, station: Station) -> AsyncIterator[Office]:
    queue = f"cases-{uuid4().hex}"
    async with working(skipping.client, station, queue, Pace(versioned=False)):
        yield Office(skipping.client, station, queue)


def rung(case: HardshipCase, clock_id: str) -> tuple[int, ...]:
    return next(clock.sent for clock in case.clocks if clock.id == clock_id)


async def test_a_year_without_help_rings_every_alarm_of_every_case_once(
    office: Office, skipping: WorkflowEnvironment
) -> None:
    case_ids = [office.register() for _ in range(CASES)]
    for case_id in case_ids:
        await office.until(case_id, lambda case: case.current(HARDSHIP))
        await office.does(case_id, AdoptDetermination(f"{HARDSHIP}-1"), "officer-1")
    await skipping.sleep(timedelta(days=365))
    for case_id in case_ids:
        case = await office.until(case_id, lambda case: case.term_over_at)
        assert rung(case, "term") == rung(case, "item/guidance") == (50, 75, 100)
        assert case.stage is Stage.HELP  # help is still owed: a term that ends is no failed market
        assert not case.market_failed


async def test_a_day_far_off_is_seen_to_once_whoever_runs_the_case_then(
    office: Office, skipping: WorkflowEnvironment
) -> None:
    """Undecided for months: every alarm has rung, the run has been begun anew, and the day still comes."""
    since = day_of(datetime.now(UTC)) - timedelta(days=LONG_WAIT - FAR_OFF)
    known = {"in_work": False, "disabled": False, "household_size": 3, "household_income": 900_000}
    case_id = office.register(**a_person(**known, waiting_since=since.isoformat()))
    case = await office.until(case_id, lambda case: case.current(HARDSHIP))
    assert case.current(HARDSHIP)
    await skipping.sleep(timedelta(days=FAR_OFF + 1))
    case = await office.until(case_id, lambda case: (found := case.current(HARDSHIP)) and found.woken_at)
    woken = [found.id for found in case.determinations if found.woken_at]
    assert woken == [f"{HARDSHIP}-1"]
    assert rung(case, "determination") == (50, 75, 100)
