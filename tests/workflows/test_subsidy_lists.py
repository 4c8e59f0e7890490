"""Public lists and bank files by the workflows of real cases, as the command line has them told."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from typing import TypeVar

import pytest
from temporalio.client import Client

from activities.bank_files import BankFiles, Made
from activities.desk import Desk
from activities.errands import Do, through_desk
from activities.starting import workflow_of
from activities.subsidy_notices import Notices, Published
from cases.subsidy.stages import PaymentStatus, Stage
from tests.activities.subsidy_crowd import OFFICER, POLICY, STATION, Person, case_of, people, plant, statuses
from tests.workflows.office import Office

pytestmark = [pytest.mark.server, pytest.mark.asyncio(loop_scope="session")]

T = TypeVar("T")
APART = count(1, 10)  # the server keeps the cases of every test


async def begun(office: Office, crowd: list[Person], stage: Stage) -> None:
    """Each case with its workflow."""
    plant(office.station, crowd, stage)
    for person in crowd:
        await started(office, person)


async def started(office: Office, person: Person) -> None:
    case = case_of(office.station, person)
    await office.client.start_workflow(workflow_of(case), case, id=case.id, task_queue=office.queue)


async def by_their_workflows(office: Office, work: Callable[[Do], T]) -> T:
    """As the command line does it: in a thread with a loop of its own."""
    settings, now = office.client.service_client.config, datetime.now(UTC)
    converter = office.client.data_converter

    def in_a_thread() -> T:
        with asyncio.Runner() as runner:
            client = runner.run(Client.connect(settings.target_host, namespace="yizhan", data_converter=converter))
            station = office.station
            desk = Desk(client, station.engine, station.keyring, station.policies, office.queue)
            return work(through_desk(desk, runner, now))

    return await asyncio.to_thread(in_a_thread)


async def test_a_list_is_told_to_each_case_by_its_workflow(office: Office) -> None:
    crowd = people(3, next(APART))
    await begun(office, crowd, Stage.NOTICE)
    now = datetime.now(UTC)

    def publishes(do: Do) -> Published:
        return Notices(office.station, do).publish(STATION, POLICY, OFFICER, now)

    made = await by_their_workflows(office, publishes)
    assert (made.cases, made.left_out) == (3, ())
    assert {case_of(office.station, person).notice_id for person in crowd} == {made.notice.id}


async def test_a_case_without_a_workflow_holds_up_no_other(office: Office) -> None:
    crowd = people(3, next(APART))
    await begun(office, crowd[:2], Stage.NOTICE)
    plant(office.station, crowd[2:], Stage.NOTICE)
    now = datetime.now(UTC)

    def publishes(do: Do) -> Published:
        return Notices(office.station, do).publish(STATION, POLICY, OFFICER, now)

    made = await by_their_workflows(office, publishes)
    assert (made.cases, made.left_out) == (2, ((crowd[2].case_id, "workflow-not-begun"),))
    await started(office, crowd[2])
    again = await by_their_workflows(office, publishes)
    assert (again.cases, again.left_out) == (1, ())


async def test_a_file_takes_the_payments_whose_workflows_agree(office: Office) -> None:
    crowd = people(3, next(APART))
    await begun(office, crowd, Stage.PAYMENT)
    now = datetime.now(UTC)

    def makes(do: Do) -> Made:
        return BankFiles(office.station, do).make(STATION, OFFICER, now)

    made = await by_their_workflows(office, makes)
    assert (made.batch.payments, made.left_out) == (3, ())
    assert set(statuses(office.station, crowd)) == {PaymentStatus.SENT}
