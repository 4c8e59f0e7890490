"""`yizhan policy analyse`: rules that can never hold, pairs that contradict, gaps, and rows that nobody reaches."""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from cases.refusals import Refusal, Refused
from cases.wording import Wording
from cli.commands import told
from cli.exit import FAILED
from cli.policy_book import AsJson, Lang, day, load, refused
from rules.policies import NoPolicyInForce, PolicyBook
from rules.solver_findings import Analysis
from rules.solver_policies import Asked, analysed, asked_of, left_out
from rules.solver_text import analysis_lines, summary
from rules.solver_there import no_solver
from store.settings import load_settings

HELP = told(
    "用 z3 分析政策：永不成立的规则、相互矛盾的条款、没有答案的情形、重叠或永不用到的行；每项都附反例并经评估器证实。",
    "Analyse policies with z3: rules that can never hold, clauses that contradict, cases without an answer, rows that "
    "overlap or are never reached. Each finding has a witness, which the evaluator then proves.",
)


def analyse(
    policies: Annotated[
        list[str] | None,
        typer.Argument(metavar="IDS", help="政策编号，不写则全部 · policies by their ids; all of them"),
    ] = None,
    jurisdiction: Annotated[
        str, typer.Option(help="地域，不写则文件所及各地 · the place; every place that a file names")
    ] = "",
    on: Annotated[
        str, typer.Option(help="只看这一天施行的版本 · only the versions in force on this day, such as 2024-03-31")
    ] = "",
    files: Annotated[
        list[Path] | None, typer.Option("--with", help="另加的政策 · further policies", exists=True)
    ] = None,
    as_json: AsJson = False,
    language: Lang = None,
) -> None:
    if (none := no_solver()) is not None:
        raise Refused((none,))
    book = load(files)
    spoken = language or load_settings().language
    found: list[Analysis] = []
    asked = _asked(book, policies or [], jurisdiction, on)
    for number, each in enumerate(asked, 1):
        _progress(number, len(asked), each)
        found.append(analysed(book, each))
        if not as_json and (found[-1].findings or found[-1].open or policies):
            typer.echo("\n".join(analysis_lines(found[-1], spoken)))
    if not (as_json or jurisdiction or on):
        for out in left_out(book, asked, policies or []):
            why = out.why.within(spoken)
            typer.echo(
                f"{Wording('没有分析', 'not analysed').within(spoken)}: {out.policy} · {out.jurisdiction}: {why}"
            )
    typer.echo(
        json.dumps([asdict(each) for each in found], ensure_ascii=False) if as_json else summary(found).within(spoken)
    )
    if any(each.wrong for each in found):
        raise typer.Exit(FAILED)


def _asked(book: PolicyBook, policies: list[str], jurisdiction: str, on: str) -> list[Asked]:
    try:
        for policy in policies:
            book.places(policy)  # one that does not exist is refused with what may be meant
    except NoPolicyInForce as error:
        raise refused(error) from None
    asked = asked_of(book, policies, jurisdiction, day(on) if on else None)
    if not asked:
        raise Refused((NOTHING,))
    return asked


NOTHING = Refusal(
    "nothing-to-analyse",
    Wording(
        "没有可分析的版本：当地当日没有政策施行，或其中的值留给下级确定；标准表随查用它的政策一并分析。",
        "No version to analyse: nothing is in force there on that day, or its values are left to a nearer place; a "
        "table of amounts is analysed with the policies that look it up.",
    ),
)


def _progress(number: int, of: int, each: Asked) -> None:
    """On a terminal, where somebody waits."""
    if sys.stderr.isatty():
        typer.echo(f"\r\033[K{number}/{of} {each.policy.policy} {each.policy.jurisdiction}", err=True, nl=number == of)
