"""`yizhan policy list` and `show`: what was proposed, by whom, and what became of it."""

from typing import Final

import typer
from pydantic import TypeAdapter

from cases.refusals import Refused
from cli.commands import told
from cli.policy_book import AsJson, Lang, ProposalId
from cli.policy_words import proposal_line, proposal_lines, report_lines
from cli.record import opened
from store.engine import read
from store.policy_files import checks, content, proposal, proposals
from store.policy_proposals import Proposal
from store.policy_refusals import NO_SUCH_PROPOSAL
from store.settings import load_settings

HELP = told("列出政策提议：待发布、已发布、已撤回。", "List the proposals: open, published, withdrawn.")
HELP_SHOW = told("查看一项提议：谁、何时、为什么、示例结果、全文。", "Show a proposal: who, when, why, examples, text.")
SHAPE: Final = TypeAdapter(Proposal)
MANY: Final = TypeAdapter(tuple[Proposal, ...])


def list_proposals(*, as_json: AsJson = False, language: Lang = None) -> None:
    settings = load_settings()
    with opened(settings) as station, read(station.engine) as connection:
        found = proposals(connection)
    if as_json:
        typer.echo(MANY.dump_json(found, indent=2).decode())
        return
    for each in found:
        typer.echo(proposal_line(each, language or settings.language))


def show(proposal_id: ProposalId, *, as_json: AsJson = False, language: Lang = None) -> None:
    settings = load_settings()
    with opened(settings) as station, read(station.engine) as connection:
        found = proposal(connection, proposal_id)
        if found is None:
            raise Refused((NO_SUCH_PROPOSAL,))
        runs, text = checks(connection, proposal_id), content(connection, found.sha256)
    if as_json:
        typer.echo(SHAPE.dump_json(found, indent=2).decode())
        return
    spoken = language or settings.language
    typer.echo("\n".join((*proposal_lines(found, spoken), *report_lines(runs[0].report, spoken), "", text)))
