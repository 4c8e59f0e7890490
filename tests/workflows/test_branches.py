"""Every branch of a hardship case, months long, on the real server with time skipped."""

from datetime import timedelta

import pytest
from temporalio.client import Client

from activities.bootstrap import Station
from cases.hardship.stages import Outcome, Stage
from cli.plays import PLAYS
from cli.stagehand import Stagehand
from tests.workflows.office import Office

pytestmark = [pytest.mark.server, pytest.mark.asyncio(loop_scope="session")]

ENDS = {
    "declined": Outcome.DECLINED,
    "needs-information": Outcome.HANDED_OVER,
    "woken": Outcome.HANDED_OVER,
    "placed": Outcome.PLACED,
    "job-lost": Outcome.PLACED,
    "reopened": Outcome.PLACED,
    "public-post": Outcome.PUBLIC_POST,
    "exit": Outcome.EXITED,
    "paused": Outcome.PLACED,
    "transferred": Outcome.PLACED,
    "handed-over": Outcome.HANDED_OVER,
}


BOTH = ("public-post", "reopened")  # the longest, and the one that starts anew
DATABASES: dict[str, tuple[pytest.MarkDecorator, ...]] = {"sqlite": (), "postgres": (pytest.mark.postgres,)}
# Each branch on one of the databases, turn about; what they share is tested on both elsewhere.
BRANCHES = [
    pytest.param(branch, database, marks=mark, id=f"{branch}-{database}")
    for number, branch in enumerate(PLAYS)
    for turn, (database, mark) in enumerate(DATABASES.items())
    if branch in BOTH or number % 2 == turn
]


@pytest.mark.parametrize(("branch", "database_url"), BRANCHES, indirect=["database_url"])
async def test_a_branch_ends_as_it_should(branch: str, office: Office, client: Client, station: Station) -> None:
    play = Stagehand(client, station, office.queue)
    await PLAYS[branch][1](play)
    case = play.case
    assert (case.stage, case.outcome) == (Stage.CLOSED, ENDS[branch])
    assert case.closed_at
    assert abs(play.now - case.closed_at) < timedelta(minutes=5)  # no time passed but what was skipped
