"""`yizhan policy test`: that the examples come out as the policies say."""

import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from activities.bootstrap import POLICIES, load_calendar
from activities.engine_process import EngineProcess
from cli.commands import told
from cli.exit import FAILED
from cli.policy_book import AsJson, Files, load
from rules.examples import Outcome, run_examples

HELP = told(
    "用两个引擎运行政策中的全部示例；在一次性进程中运行，超时即止。",
    "Run every example of the policies on both engines, in a process that is thrown away and may not take long.",
)
SECONDS_FOR_EXAMPLES = 60


def run_the_examples(
    files: Files = None,
    as_json: AsJson = False,
    here: Annotated[bool, typer.Option("--here", hidden=True)] = False,
) -> None:
    if not here:
        raise typer.Exit(_in_a_process_of_its_own(files, as_json))
    book = load(files)
    with EngineProcess(children=1) as engine:
        outcomes = list(run_examples(book, engine.verdicts, load_calendar(POLICIES / "calendars")))
    typer.echo(_as_json(outcomes) if as_json else "\n".join(_as_lines(outcomes)))
    if any(outcome.problems for outcome in outcomes):
        raise typer.Exit(FAILED)


def _in_a_process_of_its_own(files: Iterable[Path] | None, as_json: bool) -> int:
    command = [sys.executable, "-m", "cli.main", "policy", "test", "--here", *(["--json"] if as_json else [])]
    try:
        return subprocess.run([*command, *map(str, files or ())], check=False, timeout=SECONDS_FOR_EXAMPLES).returncode
    except subprocess.TimeoutExpired:
        typer.echo(f"示例未在{SECONDS_FOR_EXAMPLES}秒内完成 · the examples took longer than allowed", err=True)
        return FAILED


def _as_lines(outcomes: list[Outcome]) -> Iterable[str]:
    for outcome in outcomes:
        for each in outcome.told:
            yield f"{outcome.place} {outcome.policy} {outcome.jurisdiction} · {outcome.name}: {each.zh} · {each.en}"
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
