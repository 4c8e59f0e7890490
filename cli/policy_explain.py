"""`yizhan policy explain`: why facts come out as they do, what would change that, and what another version says."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from pydantic import TypeAdapter

from activities.engine_process import EngineProcess
from cases.canonical import from_canonical
from cases.determinations import Determination
from cases.refusals import Refusal, Refused
from cases.wording import Language, Wording
from cli.commands import told
from cli.policy_book import AsJson, Lang, day, load, refused
from rules.comparing import Comparison, compared, decided_anew, determined_side
from rules.comparing_text import comparison_lines
from rules.decisions import determine
from rules.errors import PolicyError, PolicyRefused
from rules.examples import stored_facts
from rules.explain import Explanation, explanation, flips_of
from rules.explain_text import explained
from rules.facts import FactRefused, StoredFact
from rules.loading import load_file
from rules.policies import NoPolicyInForce, PolicyBook, ResolvedPolicy
from rules.reading import any_mapping
from rules.repeals import repealed
from store.settings import load_settings

HELP = told(
    "按一组事实作出认定，并逐条说明理由；不写入任何记录。",
    "Determine one set of facts and give every reason. Nothing is recorded.",
)
LAYER_SINCE = re.compile(r"\S+@(\d{4}-\d{2}-\d{2})")


@dataclass(frozen=True)
class Explained:
    """What `--json` prints. `comparison` is null unless another version was asked for."""

    determination: Determination
    explanation: Explanation
    against: str | None
    comparison: Comparison | None


def explain_one(
    policy: Annotated[str, typer.Argument(help="政策编号 · the policy's id, such as hardship-worker")],
    jurisdiction: Annotated[str, typer.Option(help="地域，如 cn-50-99 · the place, such as cn-50-99")],
    on: Annotated[str, typer.Option(help="选定版本的日期 · the day that selects the version, such as 2024-03-31")],
    facts: Annotated[Path, typer.Option(help="事实（YAML）· a YAML file of facts", exists=True, dir_okay=False)],
    language: Lang = None,
    files: Annotated[
        list[Path] | None, typer.Option("--with", help="另加的政策 · further policies", exists=True)
    ] = None,
    with_flips: Annotated[
        bool, typer.Option("--flips", help="哪项事实变更会改变结论 · which change of a fact would change the outcome")
    ] = False,
    against: Annotated[
        str | None,
        typer.Option(help="与另一版本比较：日期或版本号 · the same facts under another version: its day, or its name"),
    ] = None,
    as_json: AsJson = False,
) -> None:
    book = load(files)
    try:
        resolved = book.resolve(policy, jurisdiction, day(on))
        given = stored_facts(any_mapping(load_file(facts)), book.facts)
        with EngineProcess(children=1) as engine:
            made = determine(resolved, given, engine.verdicts)
        other = _version(book, resolved, against) if against else None
        comparison = _compared(resolved, made, other, given) if other else None
    except (NoPolicyInForce, PolicyError, PolicyRefused, FactRefused) as error:
        raise refused(error) from None
    flips = flips_of(resolved, made) if with_flips else None
    found = explanation(resolved, made, flips, repealed(book.files, jurisdiction, day(on)))
    if as_json:
        whole = Explained(made, found, other.version if other else None, comparison)
        plain = TypeAdapter(Explained).dump_python(whole, mode="json")
        typer.echo(json.dumps(plain, ensure_ascii=False))
    else:
        spoken = language or load_settings().language
        typer.echo(explained(found, spoken))
        if other and comparison:
            typer.echo("\n".join(_comparison(resolved, other, comparison, spoken)))


def _version(book: PolicyBook, policy: ResolvedPolicy, against: str) -> ResolvedPolicy:
    """By a day on which it is in force, or by its name, all layers (cn-50@2022-09-14 cn-50-99@2023-01-01)."""
    named = LAYER_SINCE.findall(against)
    if not named:
        return book.resolve(policy.policy, policy.jurisdiction, day(against))
    found = book.resolve(policy.policy, policy.jurisdiction, max(map(date.fromisoformat, named)))
    if found.version != against.strip():
        zh = f"{policy.policy}没有版本“{against}”；当日的版本是“{found.version}”。"
        en = f"{policy.policy} has no version “{against}”; the one of that day is “{found.version}”."
        raise Refused((Refusal("no-such-version", Wording(zh, en)),))
    return found


def _compared(
    policy: ResolvedPolicy, made: Determination, other: ResolvedPolicy, given: Mapping[str, StoredFact]
) -> Comparison:
    """On all the facts that were given: the other version may read more of them than this one."""
    facts = {name: from_canonical(fact.json) for name, fact in given.items()}
    return compared(replace(determined_side(policy, made), facts=facts), decided_anew(other, facts))


def _comparison(
    policy: ResolvedPolicy, other: ResolvedPolicy, comparison: Comparison, language: Language
) -> Iterator[str]:
    yield ""
    yield Wording("同样的事实，另一版本", "The same facts under another version").within(language)
    facts = {**other.rules.facts, **policy.rules.facts}
    yield from comparison_lines(comparison, facts, (policy.version, other.version), language)
