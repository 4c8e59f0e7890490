"""`yizhan reconcile`: compare the record with the workflow server now; exit 1 if they differ."""

import asyncio
from datetime import UTC, datetime
from typing import Annotated, Final

import typer
from pydantic import TypeAdapter

from activities.connection import connect
from activities.drift import MEANING
from activities.reconciling import Reconciling
from cases.wording import Language, Wording
from cli.record import opened
from store.reconciliations import Reconciliation
from store.settings import Settings, load_settings

FOUND: Final = TypeAdapter(Reconciliation)


def command(as_json: Annotated[bool, typer.Option("--json", help="输出 JSON · print JSON")] = False) -> None:
    settings = load_settings()
    found = asyncio.run(_reconcile(settings))
    if as_json:
        typer.echo(FOUND.dump_json(found, indent=2).decode())
    else:
        typer.echo(_text(found, settings.language))
    if found.findings:
        raise typer.Exit(1)


async def _reconcile(settings: Settings) -> Reconciliation:
    client = await connect(settings)
    with opened(settings) as station:
        return await Reconciling(client, station.engine, station.policies, station.keyring).reconcile(datetime.now(UTC))


def _text(found: Reconciliation, language: Language) -> str:
    head = Wording(f"比对{found.compared}个个案。", f"{found.compared} cases compared.").within(language)
    if not found.findings:
        return head + Wording("全部一致。", " All agree.").within(language)
    lines = [f"{MEANING[kind].within(language)}：{', '.join(ids)}" for kind, ids in found.findings.items()]
    return "\n".join([head, *lines])
