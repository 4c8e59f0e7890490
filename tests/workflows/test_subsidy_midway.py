"""Subsidy cases midway: a lost workflow goes on from the record, and what is asked for twice is done once."""

from uuid import uuid4

import pytest
from temporalio.client import Client

from activities.bootstrap import Station
from activities.desk import Desk
from activities.rebuilding import RebuildReport, rebuild
from cases.commands import command
from cases.refusals import Refused
from cases.subsidy.case import SubsidyCase
from cases.subsidy.paying import OrderPayment, Recheck, SettlePayment
from cases.subsidy.stages import PaymentStatus, Stage
from cli.stagehand import SubsidyHand
from cli.subsidy_plays import SECOND_OFFICER, accepted, applied, granted, ordered, shown
from tests.workflows.office import Office

pytestmark = [pytest.mark.server, pytest.mark.asyncio(loop_scope="session")]


@pytest.fixture
def play(office: Office, client: Client, station: Station) -> SubsidyHand:
    return SubsidyHand(client, station, office.queue)


async def in_payment(play: SubsidyHand) -> None:
    await applied(play, months=2)
    await granted(play)
    await shown(play)
    await accepted(play)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_case_whose_workflow_is_lost_goes_on_from_the_record(play: SubsidyHand, client: Client) -> None:
    await in_payment(play)
    payment = await ordered(play)
    before = play.case
    await client.get_workflow_handle(play.case_id).terminate("lost")
    assert await rebuild(client, play.station, play.queue) == RebuildReport(1, 0)
    assert await client.get_workflow_handle(play.case_id).query("state", result_type=SubsidyCase) == before
    # What was played in skipped time lies ahead of the workflow that has just begun.
    settle = SettlePayment(payment, paid=False, settled_on=play.case.applied_on, code="R01")
    await play.does(settle, SECOND_OFFICER)
    assert [each.status for each in play.case.payments] == [PaymentStatus.RETURNED]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_the_rules_are_asked_again_by_the_system_where_another_case_paid_meanwhile(play: SubsidyHand) -> None:
    """Two cases of one person, both checked today: the second order is refused once, and nobody asks for the check."""
    other = SubsidyHand(play.client, play.station, play.queue)
    await in_payment(play)
    await applied(other, months=1, back=2, worker=play.case.applicant_id)
    await granted(other)
    await shown(other)
    await accepted(other)
    for each in (play, other):
        await each.does(Recheck(), SECOND_OFFICER)
    await play.does(OrderPayment(), SECOND_OFFICER)
    checked = other.case.standing
    with pytest.raises(Refused) as refused:
        await other.does(OrderPayment(), SECOND_OFFICER)
    assert [reason.code for reason in refused.value.refusals] == ["paid-meanwhile"]
    assert checked
    case = await other.until(lambda case: case.standing and case.standing.id != checked.id)
    assert (await other.settled()).facts_seen == case.facts_seen
    assert not other.case.payments


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_payment_is_ordered_once_however_often_it_is_asked_for(play: SubsidyHand) -> None:
    await in_payment(play)
    await play.does(Recheck(), SECOND_OFFICER)
    station = play.station
    desk = Desk(play.client, station.engine, station.keyring, station.policies, play.queue)
    wanted = command(uuid4().hex, OrderPayment(), SECOND_OFFICER)
    first = await desk.submit(play.case_id, wanted, now=play.now)
    assert await desk.submit(play.case_id, wanted, now=play.now) == first
    with pytest.raises(Refused) as refused:
        await desk.submit(play.case_id, command(uuid4().hex, OrderPayment(), SECOND_OFFICER), now=play.now)
    assert {reason.code for reason in refused.value.refusals} >= {"payment-under-way", "nothing-due"}
    assert (play.case.stage, len(play.case.payments)) == (Stage.PAYMENT, 1)
