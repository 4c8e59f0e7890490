"""`yizhan audit replay`: past determinations made again, each by the policy that made it."""

import json
import sys
from collections import Counter
from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from activities.replaying import Came, Replay, Replayed
from cases.refusals import Refused, refusal
from cases.wording import Language
from cli.audit_words import replayed_lines, summary_lines
from cli.auditor import auditors_scope
from cli.commands import told
from cli.exit import FAILED
from cli.policy_book import AsJson, AsStaff, Lang, day
from cli.record import opened
from store.engine import read
from store.kept_determinations import Chosen, Place
from store.settings import load_settings

HELP = told(
    "把以往的认定重新做一遍：按当时的政策内容和当时的事实，逐字节比较；有不同即列出，并以退出码 1 结束。",
    "Make past determinations again, by the policy and facts of then; every byte compared, exit code 1 if any differ.",
)
EVERY: int = 100  # how often a terminal is told how far it is


def replay(
    *,
    staff: AsStaff,
    case: Annotated[str | None, typer.Option("--case", help="只重放一个个案 · one case only")] = None,
    policy: Annotated[str | None, typer.Option("--policy", help="只重放一项政策 · one policy only")] = None,
    from_: Annotated[str | None, typer.Option("--from", help="从这天起作出的 · made from this day on")] = None,
    until: Annotated[str | None, typer.Option("--until", help="到这天为止作出的 · made until this day")] = None,
    sample: Annotated[int | None, typer.Option("--sample", min=1, help="抽样件数 · how many are drawn")] = None,
    seed: Annotated[int, typer.Option("--seed", help="抽样种子，同一种子抽到同一批 · draws the same again")] = 0,
    every: Annotated[bool, typer.Option("--all", help="全部 · every determination in reach")] = False,
    after: Annotated[
        str | None, typer.Option("--after", metavar="CASE/ID", help="从上次停下之处续做 · go on where a run ended")
    ] = None,
    today: Annotated[bool, typer.Option("--today", help="并与现行政策比较 · compare with today's policy too")] = False,
    as_json: AsJson = False,
    language: Lang = None,
) -> None:
    if not (case or policy or from_ or until or sample or every):
        raise Refused((WHICH,))
    chosen = Chosen(case, policy, day(from_) if from_ else None, day(until) if until else None)
    asked = Replay(chosen, sample, seed, _place(after), today=today)
    settings, now = load_settings(), datetime.now(UTC)
    telling = _Telling(language or settings.language, as_json=as_json)
    with opened(settings) as station:
        with read(station.engine) as connection:
            scope = auditors_scope(connection, staff, now)
        for each in station.replaying.replay(asked, staff, scope, now, counted=telling.drawn_from):
            telling.one(each)
    telling.end()
    if any(came.wrong for came in telling.counts):
        raise typer.Exit(FAILED)


WHICH = refusal(
    "replay-which",
    "请说明重放哪些：--case、--policy、--from、--until、--sample，或 --all 表示全部。",
    "Say which to replay: --case, --policy, --from, --until, --sample, or --all for every one.",
)
NOT_A_PLACE = refusal(
    "not-a-place",
    "--after 写作 个案号/认定编号，如 case-01…/hardship-worker-1。",
    "--after is written CASE/ID, such as case-01…/hardship-worker-1.",
)


def _place(written: str | None) -> Place | None:
    if written is None:
        return None
    case, slash, id_ = written.partition("/")
    if not (case and slash and id_):
        raise Refused((NOT_A_PLACE,))
    return case, id_


class _Telling:
    """What is printed as it comes: nothing is gathered but the counts."""

    def __init__(self, language: Language, *, as_json: bool) -> None:
        self.counts: Counter[Came] = Counter()
        self._language = language
        self._as_json = as_json
        self._of: int | None = None

    def drawn_from(self, total: int) -> None:
        self._of = total

    def one(self, each: Replayed) -> None:
        self.counts[each.came] += 1
        if self._as_json:
            typer.echo(json.dumps(as_json(each), ensure_ascii=False))
        elif each.came is not Came.SAME or each.today:
            typer.echo("\n".join(replayed_lines(each, self._language)))
        if self.counts.total() % EVERY == 0 and sys.stderr.isatty():
            typer.echo(f"\r{self.counts.total()} … {'/'.join(each.kept.place)}", err=True, nl=False)

    def end(self) -> None:
        if self._as_json:
            told_counts = {came.value: count for came, count in self.counts.items()}
            typer.echo(json.dumps({"replayed": self.counts.total(), "of": self._of, "came": told_counts}))
        else:
            typer.echo("\n".join(summary_lines(self.counts, self._of, self._language)))


def as_json(each: Replayed) -> dict[str, Any]:
    """One line of JSON: ids, codes and names of parts, and no value of a person's."""
    kept, comparison = each.kept, each.today.comparison if each.today else None
    found: dict[str, Any] = {
        "case": kept.case_id,
        "determination": kept.id,
        "policy": kept.policy,
        "version": kept.version,
        "policy_hash": kept.policy_hash,
        "made_at": kept.made_at.isoformat(),
        "came": each.came.value,
        "differences": [str(difference) for difference in each.differences],
    }
    if each.erased:
        found["erased"] = {"at": each.erased.at.isoformat(), "basis": each.erased.basis.value}
    if each.today:
        found["today"] = {
            "version": each.today.version,
            "why_not": each.today.why_not.en if each.today.why_not else None,
            "conclusion": comparison.second.conclusion.value if comparison else None,
            "amount_fen": comparison.second.amount_fen if comparison else None,
            "cause": comparison.cause.value if comparison else None,
        }
    return found
