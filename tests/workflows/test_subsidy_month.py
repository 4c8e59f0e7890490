"""A month that was taken in bulk goes on by the workflow of each case: decided, checked on the day and ordered."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select
from temporalio.client import Client

from activities.bootstrap import Station
from activities.engine_process import EngineProcess
from activities.errands import Do
from activities.subsidy_intake import read_application
from activities.subsidy_month import Month, together
from activities.subsidy_month_done import Done
from activities.subsidy_month_lines import Line
from activities.subsidy_month_ways import by_workflows, until_determined
from activities.subsidy_notices import Notices
from bench.subsidies_month import CLERK, OFFICER, POLICY, SECOND, STATION, applicants, ring
from cases.refusals import Refusal
from cases.subsidy.case import SubsidyCase
from cases.subsidy.stages import Stage
from store.cases import SUBSIDY
from store.engine import read
from store.subsidy_month import not_begun
from store.tables.subsidies import subsidy_case
from tests.applications import an_application
from tests.workflows.office import PATIENCE_S, Office
from tests.workflows.test_subsidy_lists import by_their_workflows
from workflows.worker import Pace, working

pytestmark = [pytest.mark.server, pytest.mark.asyncio(loop_scope="session")]

HALF = 4


def cases(station: Station) -> tuple[SubsidyCase, ...]:
    with read(station.engine) as connection:
        return SUBSIDY.load_many(connection, list(connection.scalars(select(subsidy_case.c.id))))


def taken(month: Month, numbers: range, at: datetime) -> None:
    of = f"{at:%Y-%m}"
    lines = [Line(n, read_application(an_application(f"worker-{n:06d}", of))) for n in numbers]
    assert month.take(lines, CLERK, at) == Done(done=len(numbers))


async def all_begun(station: Station) -> None:
    """Once the outbox has started every workflow."""
    ids = [case.id for case in cases(station)]
    async with asyncio.timeout(PATIENCE_S):
        while waiting(station, ids):  # noqa: ASYNC110  # what changes is a row
            await asyncio.sleep(0.02)


def waiting(station: Station, ids: list[str]) -> frozenset[str]:
    with read(station.engine) as connection:
        return not_begun(connection, ids)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_month_is_decided_and_ordered_by_workflows(
    client: Client, station: Station, rule_engine: EngineProcess
) -> None:
    now = datetime.now(UTC)
    opened, queue, heard = now - timedelta(days=30), f"cases-{uuid4().hex}", list[str]()

    def refuse(of: str, reasons: Sequence[Refusal]) -> None:
        heard.extend(f"{of}: {reason.code}" for reason in reasons)

    applicants(station, 2 * HALF)
    before = Month(station, rule_engine, together(station, opened), refuse)
    taken(before, range(HALF), opened)
    before.adopt(STATION, POLICY, OFFICER, opened)
    Notices(station, together(station, opened)).publish(STATION, POLICY, OFFICER, opened)
    ring(station, now)
    before.accept(STATION, POLICY, SECOND, now, "示例区自行采用")
    taken(before, range(HALF, 2 * HALF), opened + timedelta(days=28))

    def goes_on(do: Do) -> tuple[Done, Done]:
        determined = until_determined(station)
        month = Month(station, rule_engine, by_workflows(station, do), refuse, determined=determined, chunk=3)
        return month.adopt(STATION, POLICY, OFFICER, now), month.order(STATION, POLICY, SECOND, now)

    async with working(client, station, queue, Pace(versioned=False)):
        office = Office(client, station, queue)
        await all_begun(station)
        decided, ordered = await by_their_workflows(office, goes_on)
    assert heard == []
    assert (decided.done, ordered) == (HALF, Done(done=HALF))
    assert sorted(case.stage for case in cases(station)) == sorted([Stage.NOTICE, Stage.PAYMENT] * HALF)
    assert [len(case.payments) for case in cases(station) if case.stage is Stage.PAYMENT] == [1] * HALF
