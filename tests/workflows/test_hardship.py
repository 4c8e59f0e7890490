"""A hardship case on the real server and a real record: one act at a time."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from temporalio.client import Client, WorkflowUpdateFailedError
from temporalio.exceptions import ApplicationError

from activities.bootstrap import POLICIES, Station, load_calendar
from activities.calendar_news import tell_of_calendar
from activities.composing.desk import papers_desk
from activities.papers import Press
from activities.policies import Policies
from cases.commands import Receipt, command
from cases.days import day_of
from cases.determinations import Conclusion
from cases.hardship.case import DIFFICULTY, HARDSHIP, HardshipCase
from cases.hardship.determining import AdoptDetermination
from cases.hardship.leaving import HandOver
from cases.hardship.referring import RecordReferral
from cases.hardship.serving import RecordGuidance
from cases.hardship.stages import Stage
from cases.refusals import Refused
from rules.calendars import calendar
from tests.workflows.office import Office
from workflows.worker import Pace, working

pytestmark = [pytest.mark.server, pytest.mark.asyncio(loop_scope="session")]

ADOPTION = AdoptDetermination(f"{HARDSHIP}-1")


def today() -> date:
    return day_of(datetime.now(UTC))


def determined(case: HardshipCase) -> bool:
    return all(case.current(policy) for policy in (HARDSHIP, DIFFICULTY))


def conclusion(case: HardshipCase, policy: str) -> Conclusion | None:
    current = case.current(policy)
    return current.conclusion if current else None


async def test_help_begins_when_an_officer_adopts_what_the_rules_concluded(office: Office) -> None:
    case_id = office.register()
    case = await office.until(case_id, determined)
    assert conclusion(case, HARDSHIP) is Conclusion.GRANTED
    receipt = await office.does(case_id, ADOPTION, "officer-1")
    assert receipt.stage == Stage.HELP
    await office.does(case_id, RecordGuidance(today(), "谈了择业方向", "guide-1"))
    await office.does(case_id, RecordReferral("vacancy-1", today()))
    [referral] = office.case(case_id).referrals
    assert all(condition.met for condition in referral.conditions)


async def test_an_act_out_of_place_is_refused_and_leaves_no_trace(office: Office) -> None:
    case_id = office.register()
    before = await office.until(case_id, determined)
    with pytest.raises(Refused) as refused:
        await office.does(case_id, RecordReferral("vacancy-1", today()))
    assert [reason.code for reason in refused.value.refusals] == ["wrong-stage"]
    assert office.case(case_id) == before


async def test_the_validator_itself_refuses_what_the_desk_would_not_have_sent(office: Office) -> None:
    case_id = office.register()
    before = await office.until(case_id, determined)
    sent = command(uuid4().hex, RecordReferral("vacancy-1", today()), "caseworker-1")
    handle = office.client.get_workflow_handle(case_id)
    with pytest.raises(WorkflowUpdateFailedError) as refused:
        await handle.execute_update("act", sent, result_type=Receipt)
    assert isinstance(refused.value.cause, ApplicationError)
    assert refused.value.cause.type == "Refused"
    assert office.case(case_id) == before
    accepted = [
        e
        async for e in handle.fetch_history_events()
        if e.HasField("workflow_execution_update_accepted_event_attributes")
    ]
    assert accepted == []


async def test_the_same_command_twice_has_one_effect(office: Office) -> None:
    case_id = office.register()
    await office.until(case_id, determined)
    first = await office.does(case_id, ADOPTION, "officer-1", key="k")
    again = await office.does(case_id, ADOPTION, "officer-1", key="k")
    assert again == first


async def test_a_key_sent_again_with_another_act_is_refused(office: Office) -> None:
    case_id = office.register()
    await office.until(case_id, determined)
    await office.does(case_id, ADOPTION, "officer-1", key="k")
    with pytest.raises(Refused) as refused:
        await office.does(case_id, RecordReferral("vacancy-1", today()), key="k")
    assert [reason.code for reason in refused.value.refusals] == ["key-taken"]


async def test_a_command_made_on_an_old_view_is_refused(office: Office) -> None:
    case_id = office.register()
    seen = await office.until(case_id, determined)
    await office.does(case_id, ADOPTION, "officer-1")
    stale = command(uuid4().hex, HandOver("示例区民政局", "社会救助"), "caseworker-1", seen.revision)
    with pytest.raises(Refused) as refused:
        await office.desk.submit(case_id, stale)
    assert [reason.code for reason in refused.value.refusals] == ["changed-meanwhile"]


async def test_of_two_acts_sent_at_once_the_second_is_judged_after_the_first(office: Office) -> None:
    case_id = office.register()
    await office.until(case_id, determined)
    await office.does(case_id, ADOPTION, "officer-1")
    both = [office.does(case_id, RecordReferral("vacancy-1", today())) for _ in range(2)]
    results = await asyncio.gather(*both, return_exceptions=True)
    assert [type(result).__name__ for result in results].count("Refused") == 1
    assert len(office.case(case_id).referrals) == 1


async def test_a_calendar_that_arrives_makes_provisional_days_firm(
    client: Client, station: Station, press: Press
) -> None:
    """The case is opened under calendars that end with last year, and told of this year's."""
    this_year = today().year
    texts = {path.stem: path.read_text(encoding="utf-8") for path in (POLICIES / "calendars").glob("*.yaml")}
    old = calendar(text for year, text in texts.items() if int(year) < this_year)
    before = replace(station, policies=Policies(station.policies.book, old))
    queue = f"cases-{uuid4().hex}"
    async with working(client, before, queue, Pace(versioned=False), papers_desk(before, press)):
        case_id = Office(client, before, queue).register()
        case = await Office(client, before, queue).until(case_id, determined)
        assert [clock.provisional for clock in case.clocks] == [True]
    after = replace(station, policies=Policies(station.policies.book, load_calendar(POLICIES / "calendars")))
    async with working(client, after, queue, Pace(versioned=False), papers_desk(after, press)):
        assert await tell_of_calendar(client, after) == 1
        case = await Office(client, after, queue).until(case_id, lambda case: not case.clocks[0].provisional)
    assert case.clocks[0].calendar_hash == after.policies.calendar.hash


async def test_cases_are_directed_to_the_version_of_the_worker(client: Client, station: Station, press: Press) -> None:
    queue = f"cases-{uuid4().hex}"
    async with working(client, station, queue, Pace(versioned=True), papers_desk(station, press)):
        office = Office(client, station, queue)
        case_id = office.register()
        await office.until(case_id, determined)
        described = await client.get_workflow_handle(case_id).describe()
    versioning = described.raw_description.workflow_execution_info.versioning_info
    assert versioning.deployment_version.deployment_name == "station-cases"
