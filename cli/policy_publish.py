"""`yizhan policy publish` and `withdraw`: what becomes of a proposal, by a second person's hand or its own."""

from datetime import UTC, datetime
from typing import Final

import typer
from pydantic import TypeAdapter

from cli.commands import told
from cli.policy_book import AsJson, AsStaff, Lang, ProposalId, Why
from cli.policy_words import proposal_lines, said
from cli.record import opened
from store.policy_proposals import Publication
from store.settings import load_settings

HELP = told(
    "发布一项提议：由提议人以外的政策专员办理，全部示例再运行一遍；次日起使用，无须重启。",
    "Publish a proposal, as another policy officer; every example is run again. In use from the next day, no restart.",
)
HELP_WITHDRAW = told("撤回一项提议；提议和理由仍留在记录中。", "Withdraw a proposal; it stays in the record, with why.")
SHAPE: Final = TypeAdapter(Publication)


def publish(
    proposal_id: ProposalId, *, staff: AsStaff, why: Why, as_json: AsJson = False, language: Lang = None
) -> None:
    settings = load_settings()
    with opened(settings) as station:
        made = station.publishing.publish(proposal_id, staff, why, datetime.now(UTC))
    if as_json:
        typer.echo(SHAPE.dump_json(made, indent=2).decode())
        return
    zh = f"已发布，第{made.number}号；新增内容自{made.in_use_from}起使用。"
    en = f"Published as number {made.number}; what it adds is in use from {made.in_use_from}."
    typer.echo(said(language or settings.language, zh, en))


def withdraw(proposal_id: ProposalId, *, staff: AsStaff, why: Why, language: Lang = None) -> None:
    settings = load_settings()
    with opened(settings) as station:
        withdrawn = station.publishing.withdraw(proposal_id, staff, why, datetime.now(UTC))
    typer.echo("\n".join(proposal_lines(withdrawn, language or settings.language)))
