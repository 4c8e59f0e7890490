"""A paper that nobody can print holds neither its case nor its workflow for ever."""

import asyncio
from uuid import uuid4

import pytest
from sqlalchemy import Connection
from temporalio.client import Client, WorkflowExecutionStatus

from activities.bootstrap import Station
from activities.papers_desk import PapersDesk
from cases.any_case import OneCase
from cases.case_parts import PaperState
from cases.hardship.case import HARDSHIP
from cases.hardship.determining import AdoptDetermination
from cases.hardship.leaving import ApproveClosure, HandOver
from cases.hardship.papering import PutOff, WaivePaper
from cases.papers import Paper
from cases.refusals import Refused, refusal
from store.engine import read
from store.messages import inbox
from store.tables.cases import case_step
from tests.workflows.office import PATIENCE_S, Office
from workflows.worker import Pace, working

pytestmark = [pytest.mark.server, pytest.mark.asyncio(loop_scope="session")]


def nothing(_record: Connection, _station: Station, _case: OneCase, _paper: PaperState) -> Paper:
    raise Refused((refusal("no-address", "没有住址。", "There is no address."),))


async def test_a_paper_that_cannot_be_made_is_told_and_once_it_is_waived_the_workflow_ends(
    client: Client, station: Station
) -> None:
    queue = f"cases-{uuid4().hex}"
    broken = PapersDesk(station, nothing, lambda _: b"")
    async with working(client, station, queue, Pace(versioned=False), broken):
        office = Office(client, station, queue)
        case_id = office.register()
        await office.until(case_id, lambda case: case.current(HARDSHIP))
        await office.does(case_id, AdoptDetermination(f"{HARDSHIP}-1"), "officer-1")
        await office.does(case_id, HandOver("示例区残联", "托养服务"))
        await office.does(case_id, ApproveClosure(), "supervisor-1")
        closed_at = office.case(case_id).revision
        case = await office.until(case_id, lambda case: case.revision > closed_at)
        handle = client.get_workflow_handle(case_id)
        assert (await handle.describe()).status is WorkflowExecutionStatus.RUNNING
        assert put_offs(station, case_id) == 1
        await office.does(case_id, WaivePaper("paper-1", "已当面告知"), "supervisor-1")
        async with asyncio.timeout(PATIENCE_S):
            assert await handle.result() == case.outcome
            while not told(station, "caseworker-1"):  # noqa: ASYNC110  # what changes is a row
                await asyncio.sleep(0.05)


def put_offs(station: Station, case_id: str) -> int:
    with read(station.engine) as connection:
        kinds = connection.scalars(case_step.select().with_only_columns(case_step.c.kind).filter_by(case_id=case_id))
        return list(kinds).count(PutOff.KIND)


def told(station: Station, whom: str) -> bool:
    with read(station.engine) as connection:
        return any("paper-1" in str(wording) for _, wording in inbox(connection, whom))
