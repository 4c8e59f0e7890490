"""A person refused for want of three days' waiting is found on the day: on the real server, whatever happens before."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from temporalio.client import Client

from activities.bootstrap import Station
from activities.rebuilding import RebuildReport, rebuild
from cases.case_parts import DeterminationState
from cases.days import day_of
from cases.determinations import Conclusion
from cases.facts import SourceKind
from cases.hardship.buckets import Horizon, horizon
from cases.hardship.case import HARDSHIP, HardshipCase
from cases.hardship.determining import AdoptDetermination, RecordFact
from cases.hardship.leaving import ApproveClosure
from cases.hardship.moving import Pause, Resume
from cases.hardship.queueing import Turn as WhoseTurn
from cases.hardship.stages import Stage
from cases.hardship.waking import AskAnew
from cli.people import a_person
from cli.stagehand import Stagehand
from store.engine import read
from store.queue import Entry
from store.queue_reading import Asked, Reading, View
from store.scope import scope_of
from store.tables.cases import case_step, notice
from tests.workflows.office import Office

pytestmark = [pytest.mark.server, pytest.mark.asyncio(loop_scope="session")]

LONG_WAIT, MISSING = 90, 3  # days; the first is the district's
FIRST = f"{HARDSHIP}-1"


@pytest.fixture
def play(client: Client, station: Station, office: Office) -> Stagehand:
    return Stagehand(client, station, office.queue)


def waiting(days: int, at: datetime | None = None) -> dict[str, Any]:
    """Nothing speaks for this person but the wait, which began so many days ago."""
    on = day_of(at or datetime.now(UTC))
    since = (on - timedelta(days=days)).isoformat()
    person = a_person(in_work=False, disabled=False, waiting_since=since, household_size=3, household_income=900_000)
    return person | {"facts": [fact | {"established_on": on.isoformat()} for fact in person["facts"]]}


def current(case: HardshipCase) -> DeterminationState:
    found = case.current(HARDSHIP)
    assert found
    return found


async def refused(play: Stagehand, missing: int = MISSING) -> DeterminationState:
    await play.register(waiting(LONG_WAIT - missing), "caseworker-1")
    found = current(play.case)
    assert (found.conclusion, found.turns_to) == (Conclusion.REFUSED, Conclusion.GRANTED)
    assert found.turns_on == play.case.applied_on + timedelta(days=missing)
    return found


def told(play: Stagehand) -> list[str]:
    """What the caseworker was told of a day that has come."""
    with read(play.station.engine) as connection:
        rows = connection.execute(select(notice.c.wording).where(notice.c.case_id == play.case_id)).scalars()
        return [row["zh"] for row in rows if "重新申请" in row["zh"]]


def queue(station: Station, case_id: str, now: datetime) -> list[Entry]:
    with read(station.engine) as connection:
        scope = scope_of(connection, "caseworker-1", day_of(now))
        seen: Horizon = horizon(now, station.policies.calendar)
        rows = Reading(connection, scope, seen).rows(Asked(View.MINE, "caseworker-1"), at_most=1000)
    return [row for row in rows if row.case_id == case_id]


def steps(station: Station, case_id: str, kind: str) -> int:
    with read(station.engine) as connection:
        query = select(case_step.c.key).where(case_step.c.case_id == case_id, case_step.c.kind == kind)
        return len(connection.execute(query).all())


async def test_an_open_case_is_woken_on_the_day_and_applied_for_anew_it_is_granted(play: Stagehand) -> None:
    await refused(play)
    await play.skip(MISSING - 1)
    assert current(play.case).woken_at is None
    await play.skip(1)
    woken_at = current(play.case).woken_at
    assert woken_at
    assert day_of(woken_at) == current(play.case).turns_on
    [row] = queue(play.station, play.case_id, play.now)
    assert (row.act, row.about) == ("ask-anew", FIRST)
    assert len(told(play)) <= 1  # it goes out by the outbox
    await play.does(AskAnew(FIRST, applies=True, said="当面询问，愿意"), "caseworker-1")
    again = current(play.case)
    assert (again.id, again.conclusion) == (f"{HARDSHIP}-2", Conclusion.GRANTED)
    await play.does(AdoptDetermination(again.id), "officer-1")
    assert play.case.stage is Stage.HELP


async def test_a_newer_determination_moves_the_day(play: Stagehand) -> None:
    await refused(play)
    since = play.today - timedelta(days=LONG_WAIT - MISSING - 2)
    fact = RecordFact("waiting_since", since.isoformat(), SourceKind.RECORD, play.today, "联网核验")
    await play.does(fact, "caseworker-1")
    await play.skip(MISSING)
    assert steps(play.station, play.case_id, "turn-day") == 0
    await play.skip(2)
    assert current(play.case).id == f"{HARDSHIP}-2"
    assert current(play.case).woken_at
    assert steps(play.station, play.case_id, "turn-day") == 1


async def test_a_case_that_is_paused_on_its_day_and_rebuilt_before_it_is_woken_once(
    play: Stagehand, office: Office, client: Client
) -> None:
    await refused(play)
    await play.does(Pause("ill", "住院"), "caseworker-1")
    await client.get_workflow_handle(play.case_id).terminate("the server lost its file")
    assert (await rebuild(client, play.station, office.queue)).started >= 1
    await play.skip(MISSING)
    await play.until(lambda case: current(case).woken_at)
    [row] = queue(play.station, play.case_id, play.now)
    assert row.turn is WhoseTurn.PAUSED
    await play.does(Resume("已出院"), "caseworker-1")
    [row] = queue(play.station, play.case_id, play.now)
    assert row.act == "ask-anew"
    await play.skip(1)
    assert steps(play.station, play.case_id, "turn-day") == 1


async def test_a_closed_case_is_found_on_the_day_and_reopened_as_of_it(office: Office, client: Client) -> None:
    """Declined and closed, no workflow waits for it: a row of the queue does."""
    applied = datetime.now(UTC) - timedelta(days=MISSING)
    play = Stagehand(client, office.station, office.queue)
    play.skipped = -timedelta(days=MISSING)
    await play.register(waiting(LONG_WAIT - MISSING, applied), "caseworker-1")
    play.skipped = timedelta()
    await play.does(AdoptDetermination(FIRST), "officer-1")
    await play.does(ApproveClosure(), "supervisor-1")
    assert play.case.closed
    assert await rebuild(client, office.station, office.queue) == RebuildReport(0, 0)
    assert queue(office.station, play.case_id, play.now - timedelta(days=1)) == []
    [row] = queue(office.station, play.case_id, play.now)
    assert (row.stage, row.act, row.about) == (Stage.CLOSED, "ask-anew", FIRST)
    await play.does(AskAnew(FIRST, applies=True, said="电话询问，愿意"), "caseworker-1")
    again = current(play.case)
    assert (play.case.stage, again.conclusion) == (Stage.DETERMINATION, Conclusion.GRANTED)
    await play.does(AdoptDetermination(again.id), "officer-1")
    assert play.case.stage is Stage.HELP


async def test_a_closed_case_whose_worker_does_not_wish_to_ends_again_at_once(office: Office, client: Client) -> None:
    applied = datetime.now(UTC) - timedelta(days=MISSING)
    play = Stagehand(client, office.station, office.queue)
    play.skipped = -timedelta(days=MISSING)
    await play.register(waiting(LONG_WAIT - MISSING, applied), "caseworker-1")
    play.skipped = timedelta()
    await play.does(AdoptDetermination(FIRST), "officer-1")
    await play.does(ApproveClosure(), "supervisor-1")
    await play.does(AskAnew(FIRST, applies=False, said="已在外地工作"), "caseworker-1")
    assert play.case.closed
    assert queue(office.station, play.case_id, play.now) == []
    async with asyncio.timeout(20):
        assert await client.get_workflow_handle(play.case_id).result()
