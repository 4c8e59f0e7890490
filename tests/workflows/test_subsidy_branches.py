"""Every branch of a subsidy case, months long, on the real server with time skipped."""

from typing import Final

import pytest
from temporalio.client import Client

from activities.bootstrap import Station
from cases.subsidy.stages import Outcome, Stage
from cli.stagehand import SubsidyHand
from cli.subsidy_plays import A_MONTH, SUBSIDY_PLAYS
from tests.workflows.office import Office

pytestmark = [pytest.mark.server, pytest.mark.asyncio(loop_scope="session")]

# How each ends, and how many months stay paid.
ENDS: Final = {
    "subsidy-paid": (Outcome.PAID, 2),
    "subsidy-refused": (Outcome.REFUSED, 0),
    "subsidy-expired": (Outcome.EXPIRED, 0),
    "subsidy-departed": (Outcome.PAID, 1),
    "subsidy-reversed": (Outcome.PAID, 2),
    "subsidy-stopped": (Outcome.STOPPED, 2),
    "subsidy-recovered": (Outcome.RECOVERED, 1),
    "subsidy-returned": (Outcome.PAID, 2),
    "subsidy-struck": (Outcome.PAID, 2),
    "subsidy-appealed": (Outcome.REFUSED, 0),
    "subsidy-running": (Outcome.PAID, 4),
}
DATABASES: Final[dict[str, tuple[pytest.MarkDecorator, ...]]] = {"sqlite": (), "postgres": (pytest.mark.postgres,)}
# Each branch on one of the databases, turn about.
BRANCHES: Final = [
    pytest.param(branch, database, marks=mark, id=f"{branch}-{database}")
    for number, branch in enumerate(SUBSIDY_PLAYS)
    for turn, (database, mark) in enumerate(DATABASES.items())
    if number % 2 == turn
]


@pytest.mark.parametrize(("branch", "database_url"), BRANCHES, indirect=["database_url"])
async def test_a_branch_ends_as_it_should(branch: str, office: Office, client: Client, station: Station) -> None:
    play = SubsidyHand(client, station, office.queue)
    await SUBSIDY_PLAYS[branch][1](play)
    case, (outcome, months) = play.case, ENDS[branch]
    assert (case.stage, case.outcome) == (Stage.CLOSED, outcome)
    assert case.paid_fen == months * A_MONTH
    assert bool([claim for claim in case.claims if claim.released_on is None]) == bool(months)
    assert not any(paper.owed for paper in case.papers)
