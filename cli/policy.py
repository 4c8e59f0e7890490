"""`yizhan policy`: are the policies well formed, do their examples come out, and why did one come out as it did."""

import json
import subprocess
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from pydantic import TypeAdapter

from activities.bootstrap import POLICIES, load_calendar
from activities.engine_process import EngineProcess
from cases.determinations import Determination
from cases.refusals import Refusal, Refused
from cases.wording import Language, Wording
from cli.commands import told
from cli.exit import FAILED
from rules.decisions import determine
from rules.errors import PolicyError, PolicyRefused
from rules.examples import Outcome, run_examples, stored_facts
from rules.explain import explained
from rules.facts import FactRefused
from rules.loading import load_file
from rules.policies import NoPolicyInForce, PolicyBook
from rules.reading import any_mapping
from rules.uses import check_uses
from store.settings import load_settings

app = typer.Typer(rich_markup_mode=None)
SECONDS_FOR_EXAMPLES = 60

Files = Annotated[
    list[Path] | None,
    typer.Argument(
        help="另加的政策文件或文件夹，与随附政策一并读取 · policy files or folders, read beside those shipped",
        exists=True,
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="以 JSON 输出 · print JSON")]


@app.command(
    "check", **told("检查每个版本在每个地方是否成立。", "Check that every version holds together in every place.")
)
def check_policies(files: Files = None, as_json: AsJson = False) -> None:
    book = load(files)
    found = [
        {
            "policy": id_,
            "jurisdiction": file.jurisdiction,
            "versions": [str(version.since) for version in file.versions],
        }
        for id_, policies in book.files.items()
        for file in policies
    ]
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False))
        return
    for each in found:
        typer.echo(f"{each['policy']} · {each['jurisdiction']} · {', '.join(each['versions'])}")
    typer.echo(f"{len(found)} 个政策文件均可使用 · policy files, all usable")


@app.command(
    "test",
    **told(
        "用两个引擎运行政策中的全部示例；在一次性进程中运行，超时即止。",
        "Run every example of the policies on both engines, in a process that is thrown away and may not take long.",
    ),
)
def run_the_examples(
    files: Files = None,
    as_json: AsJson = False,
    here: Annotated[bool, typer.Option("--here", hidden=True)] = False,
) -> None:
    if not here:
        raise typer.Exit(_in_a_process_of_its_own(files, as_json))
    book = load(files)
    with EngineProcess(children=1) as engine:
        outcomes = list(run_examples(book, engine.verdicts))
    typer.echo(_as_json(outcomes) if as_json else "\n".join(_as_lines(outcomes)))
    if any(outcome.problems for outcome in outcomes):
        raise typer.Exit(FAILED)


@app.command(
    "explain",
    **told(
        "按一组事实作出认定，并逐条说明理由；不写入任何记录。",
        "Determine one set of facts and give every reason. Nothing is recorded.",
    ),
)
def explain_one(
    policy: Annotated[str, typer.Argument(help="政策编号 · the policy's id, such as hardship-worker")],
    jurisdiction: Annotated[str, typer.Option(help="地域，如 cn-50-99 · the place, such as cn-50-99")],
    on: Annotated[str, typer.Option(help="选定版本的日期 · the day that selects the version, such as 2024-03-31")],
    facts: Annotated[Path, typer.Option(help="事实（YAML）· a YAML file of facts", exists=True, dir_okay=False)],
    language: Annotated[Language | None, typer.Option("--language", help="语言 · language: zh, en")] = None,
    files: Annotated[
        list[Path] | None, typer.Option("--with", help="另加的政策 · further policies", exists=True)
    ] = None,
    as_json: AsJson = False,
) -> None:
    book = load(files)
    try:
        resolved = book.resolve(policy, jurisdiction, _day(on))
        given = stored_facts(any_mapping(load_file(facts)), book.facts)
        with EngineProcess(children=1) as engine:
            made = determine(resolved, given, engine.verdicts)
    except (NoPolicyInForce, PolicyError, PolicyRefused, FactRefused) as error:
        raise refused(error) from None
    if as_json:
        typer.echo(TypeAdapter(Determination).dump_json(made).decode())
    else:
        typer.echo(explained(resolved, made, language or load_settings().language))


def load(files: Iterable[Path] | None) -> PolicyBook:
    """The shipped policies and these; Refused with everything that is wrong."""
    calendars = POLICIES / "calendars"
    try:
        book = PolicyBook.load(POLICIES, *(files or ()), calendar_hash=load_calendar(calendars).hash)
        check_uses(book)
    except PolicyRefused as error:
        raise refused(error) from None
    return book


def refused(error: Exception) -> Refused:
    """What a policy's writer must put right is said as the files say it, in English words around their own."""
    if isinstance(error, NoPolicyInForce):
        return Refused((Refusal("no-policy-in-force", error.wording),))
    said = [str(each) for each in error.errors] if isinstance(error, PolicyRefused) else [str(error)]
    return Refused(tuple(Refusal("policy", Wording(sentence, sentence)) for sentence in said))


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        sentence = Wording(
            f"“{written}”不是日期，应写作2024-03-31。", f"“{written}” is not a day: write it as 2024-03-31."
        )
        raise Refused((Refusal("not-a-day", sentence),)) from None


def _in_a_process_of_its_own(files: Iterable[Path] | None, as_json: bool) -> int:
    command = [sys.executable, "-m", "cli.main", "policy", "test", "--here", *(["--json"] if as_json else [])]
    try:
        return subprocess.run([*command, *map(str, files or ())], check=False, timeout=SECONDS_FOR_EXAMPLES).returncode
    except subprocess.TimeoutExpired:
        typer.echo(f"示例未在{SECONDS_FOR_EXAMPLES}秒内完成 · the examples took longer than allowed", err=True)
        return FAILED


def _as_lines(outcomes: list[Outcome]) -> Iterable[str]:
    for outcome in outcomes:
        for problem in outcome.problems:
            yield f"{outcome.place} {outcome.policy} {outcome.jurisdiction} · {outcome.name}: {problem}"
    failed = sum(bool(outcome.problems) for outcome in outcomes)
    yield f"{len(outcomes)} 个示例，{failed} 个未通过 · {len(outcomes)} examples, {failed} failed"


def _as_json(outcomes: list[Outcome]) -> str:
    return json.dumps(
        [
            {
                "policy": outcome.policy,
                "jurisdiction": outcome.jurisdiction,
                "version": str(outcome.since),
                "name": outcome.name,
                "place": str(outcome.place),
                "problems": outcome.problems,
            }
            for outcome in outcomes
        ],
        ensure_ascii=False,
    )
