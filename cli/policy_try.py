"""`yizhan policy try`: what a proposal would change in real past cases, before anybody sees it."""

import sys
from datetime import UTC, datetime
from typing import Annotated, Final

import typer
from pydantic import TypeAdapter

from activities.trying import MOST_CASES, Trial
from cases.days import day_of
from cases.refusals import Refused
from cli.commands import told
from cli.policy_book import AsJson, AsStaff, Lang, ProposalId
from cli.policy_words import trial_lines
from cli.record import opened
from store.engine import read
from store.policy_files import proposal
from store.policy_reach import stations_of
from store.policy_refusals import NO_SUCH_PROPOSAL
from store.scope import scope_of
from store.settings import load_settings

HELP = told(
    "用以往个案的事实试算一项提议：谁的结论会变、哪条规则、哪个驿站；不写入任何认定，查看留有记录。",
    "Try a proposal on the facts of past cases: whose outcome changes, by which rule. Only the look is recorded.",
)
SHAPE: Final = TypeAdapter(Trial)


def try_proposal(
    proposal_id: ProposalId,
    *,
    staff: AsStaff,
    most: Annotated[int, typer.Option("--most", min=1, help="最多试算几件 · how many cases at most")] = MOST_CASES,
    as_json: AsJson = False,
    language: Lang = None,
) -> None:
    settings, now = load_settings(), datetime.now(UTC)
    with opened(settings) as station:
        with read(station.engine) as connection:
            found = proposal(connection, proposal_id)
            stations = stations_of(connection, scope_of(connection, staff, day_of(now)))
        if found is None:
            raise Refused((NO_SUCH_PROPOSAL,))
        trial = station.trying.try_on_past_cases(found, staff, stations, now, most=most, progress=_progress)
    if as_json:
        typer.echo(SHAPE.dump_json(trial, indent=2).decode())
    else:
        typer.echo("\n".join(trial_lines(trial, language or settings.language)))


def _progress(done: int, of: int) -> None:
    """On a terminal, where somebody waits."""
    if sys.stderr.isatty():
        typer.echo(f"\r{done}/{of}", err=True, nl=done == of)
