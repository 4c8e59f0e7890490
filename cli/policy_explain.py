"""`yizhan policy explain`: why one set of facts comes out as it does."""

from pathlib import Path
from typing import Annotated

import typer
from pydantic import TypeAdapter

from activities.engine_process import EngineProcess
from cases.determinations import Determination
from cli.commands import told
from cli.policy_book import AsJson, Lang, day, load, refused
from rules.decisions import determine
from rules.errors import PolicyError, PolicyRefused
from rules.examples import stored_facts
from rules.explain import explained
from rules.facts import FactRefused
from rules.loading import load_file
from rules.policies import NoPolicyInForce
from rules.reading import any_mapping
from store.settings import load_settings

HELP = told(
    "按一组事实作出认定，并逐条说明理由；不写入任何记录。",
    "Determine one set of facts and give every reason. Nothing is recorded.",
)


def explain_one(
    policy: Annotated[str, typer.Argument(help="政策编号 · the policy's id, such as hardship-worker")],
    jurisdiction: Annotated[str, typer.Option(help="地域，如 cn-50-99 · the place, such as cn-50-99")],
    on: Annotated[str, typer.Option(help="选定版本的日期 · the day that selects the version, such as 2024-03-31")],
    facts: Annotated[Path, typer.Option(help="事实（YAML）· a YAML file of facts", exists=True, dir_okay=False)],
    language: Lang = None,
    files: Annotated[
        list[Path] | None, typer.Option("--with", help="另加的政策 · further policies", exists=True)
    ] = None,
    as_json: AsJson = False,
) -> None:
    book = load(files)
    try:
        resolved = book.resolve(policy, jurisdiction, day(on))
        given = stored_facts(any_mapping(load_file(facts)), book.facts)
        with EngineProcess(children=1) as engine:
            made = determine(resolved, given, engine.verdicts)
    except (NoPolicyInForce, PolicyError, PolicyRefused, FactRefused) as error:
        raise refused(error) from None
    if as_json:
        typer.echo(TypeAdapter(Determination).dump_json(made).decode())
    else:
        typer.echo(explained(resolved, made, language or load_settings().language))
