"""`yizhan policy propose`: a file, its examples run, kept for a second person to publish."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Final

import typer
from pydantic import TypeAdapter

from cli.commands import told
from cli.exit import FAILED
from cli.policy_book import AsJson, AsStaff, Lang, Why
from cli.policy_text import read_text
from cli.policy_words import proposal_lines, report_lines
from cli.record import opened
from store.engine import read
from store.policy_files import checks
from store.policy_proposals import Check, Proposal
from store.settings import load_settings
from store.ulids import new_id

HELP = told(
    "提议一份政策文件：在一次性进程中检查、比较、运行全部示例，再由另一位政策专员发布。",
    "Propose a policy file: it is checked, compared and tried on every example; another policy officer publishes it.",
)
PROPOSAL: Final = TypeAdapter(Proposal)
CHECK: Final = TypeAdapter(Check)


def propose(
    file: Annotated[Path, typer.Argument(help="政策文件 · the policy file", exists=True, dir_okay=False)],
    *,
    staff: AsStaff,
    why: Why,
    as_json: AsJson = False,
    language: Lang = None,
) -> None:
    settings, now = load_settings(), datetime.now(UTC)
    text = read_text(file)
    with opened(settings) as station:
        kept = station.publishing.propose(new_id(now), _name(file), text, staff, why, now)
        with read(station.engine) as connection:
            check = checks(connection, kept.id)[0]
    spoken = language or settings.language
    if as_json:
        typer.echo(f'{{"proposal": {PROPOSAL.dump_json(kept).decode()}, "check": {CHECK.dump_json(check).decode()}}}')
    else:
        typer.echo("\n".join((*proposal_lines(kept, spoken), *report_lines(check.report, spoken))))
    if not check.passed:
        raise typer.Exit(FAILED)


def _name(file: Path) -> str:
    """A file of facts goes by its folder and name; any other is named by what it says itself."""
    return f"{file.parent.name}/{file.name}" if file.parent.name == "facts" else file.name
