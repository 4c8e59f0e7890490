"""A published change of the law reaches paid cases: one pays on top, the other pays back, each tracked to its end."""

import asyncio
from collections.abc import Awaitable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from temporalio.client import Client

from activities.bootstrap import POLICIES, Station
from activities.cohort_follow_up import followed_up
from activities.composing.desk import papers_desk
from activities.papers import Press
from activities.policies import Policies
from activities.published import PublishedLaw
from cases.cohorts import FollowUp
from cases.days import day_of
from cases.subsidy.paying import EVERY_VALUE, AcceptUnverified
from cases.subsidy.recovering import DemandRecovery, RecordRepayment
from cases.subsidy.running import Finish
from cases.subsidy.stages import Outcome
from cli.stagehand import SubsidyHand
from cli.subsidy_plays import A_MONTH, CASEWORKER, OFFICER, accepted, applied, granted, settled, shown
from store.engine import write
from store.seed import plant_staff
from store.seed_staff import DEMO_GRANTS, DEMO_STAFF
from tests.activities.district import ALL
from tests.cohort_drafts import GETS_LESS, GETS_MORE, LESS, MORE, plant_change, publish_change
from workflows.worker import Pace, working

pytestmark = [pytest.mark.server, pytest.mark.asyncio(loop_scope="session")]


async def paid_and_over(play: SubsidyHand, fact: tuple[str, str]) -> None:
    told: dict[str, Any] = dict([fact])
    await applied(play, months=1, **told)
    await granted(play)
    await shown(play)
    await accepted(play)
    await settled(play)
    await play.does(Finish("不再从事灵活就业"), CASEWORKER)
    assert (play.case.outcome, play.case.paid_fen) == (Outcome.PAID, A_MONTH)


async def both(*plays: Awaitable[object]) -> None:
    await asyncio.gather(*plays)


async def asked_anew(play: SubsidyHand) -> None:
    await play.until(lambda case: case.applied_anew)
    play.skipped = timedelta()  # a closed case goes on in a run of its own, whose clock is the wall's
    await play.settled()


def publish(station: Station) -> None:
    """In use from today; the report was made before, and both cases are entered."""
    cohorts, now = station.cohorts, datetime.now(UTC)
    with write(station.engine) as connection:
        plant_staff(connection, DEMO_STAFF, DEMO_GRANTS, now)
        plant_change(connection, station.keyring, day_of(now))
    report = cohorts.report("proposal-1", "policy-officer-1", ALL, now)
    assert (report.top_up_fen, report.recovery_fen) == (MORE - A_MONTH, A_MONTH - LESS)
    with write(station.engine) as connection:
        publish_change(connection, station.keyring, day_of(now))
    assert cohorts.open_follow_ups("proposal-1", "policy-officer-1", now) == 2


def state_of(station: Station, play: SubsidyHand) -> FollowUp:
    return next(each.state for each in followed_up(station.engine, "proposal-1") if each.case_id == play.case_id)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_paid_cases_are_topped_up_or_recovered_and_tracked_until_they_are_settled(
    client: Client, station: Station, press: Press
) -> None:
    law = PublishedLaw(station.engine, POLICIES, station.policies.calendar.hash, seconds=0)
    live = replace(station, policies=Policies(law.book(), station.policies.calendar, law))
    queue = f"cases-{uuid4().hex}"
    async with working(client, live, queue, Pace(versioned=False), papers_desk(live, press)):
        more, less = SubsidyHand(client, live, queue), SubsidyHand(client, live, queue)
        await both(paid_and_over(more, GETS_MORE), paid_and_over(less, GETS_LESS))
        await asyncio.to_thread(publish, live)
        await both(asked_anew(more), asked_anew(less))
        assert {state_of(live, more), state_of(live, less)} == {FollowUp.DECIDING}
        await both(granted(more), granted(less))
        assert (state_of(live, more), state_of(live, less)) == (FollowUp.TOP_UP, FollowUp.RECOVERY)
        await less.does(DemandRecovery("政策调整，多发部分退回"), OFFICER)
        await less.does(RecordRepayment(less.case.overpaid_fen, less.today, "R-0001"), CASEWORKER)
        await shown(more)
        await more.does(AcceptUnverified(EVERY_VALUE, "修正后的办法已公布"), OFFICER)
        await settled(more)
        assert (more.case.outcome, more.case.paid_fen) == (Outcome.PAID, MORE)
        assert (less.case.outcome, less.case.paid_fen) == (Outcome.RECOVERED, LESS)
        assert {state_of(live, more), state_of(live, less)} == {FollowUp.SETTLED}
