"""`yizhan policy cohort`, `yizhan policy follow-up`: what a change of the law does to real subsidy cases, and after."""

import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Annotated, Final

import typer
from pydantic import TypeAdapter

from activities.cohort_follow_up import FollowedUp, followed_up
from activities.cohorts import CohortReport
from activities.deciding_again import UNTRIED
from cases.cohorts import FollowUp
from cases.money import in_figures
from cases.refusals import Refused, refusal
from cases.wording import Language
from cli.commands import told
from cli.policy_book import AsJson, AsStaff, Lang, ProposalId
from cli.policy_words import said
from cli.record import opened
from rules.simulated_effects import CHANGES, Tally
from store.settings import load_settings

HELP: Final = told(
    "受影响个案报告：一项提议对在办和已拨付的补贴个案的影响（新符合、不再符合、金额变化）；报告保留，发布后逐案跟踪。",
    "The cohort report: what a proposal does to open and paid subsidy cases. It is kept, to be followed up.",
)
HELP_FOLLOW: Final = told(
    "发布后登记受影响的个案，由引擎逐案重新认定，补发或追回；再次运行只登记新的，并显示各案进展。",
    "Once published: enter the cases that are to be asked anew, and show how far each has come. Again is harmless.",
)
REPORT: Final = TypeAdapter(CohortReport)
FOLLOWED: Final = TypeAdapter(tuple[FollowedUp, ...])

From = Annotated[str, typer.Option("--from", help="此日及以后申请的个案 · cases applied for on this day or later")]


def cohort(
    proposal_id: ProposalId, *, staff: AsStaff, from_on: From, as_json: AsJson = False, language: Lang = None
) -> None:
    settings = load_settings()
    with opened(settings) as station:
        found = station.cohorts.report(proposal_id, staff, _day(from_on), datetime.now(UTC), _progress)
    if as_json:
        typer.echo(REPORT.dump_json(found, indent=2).decode())
    else:
        typer.echo("\n".join(cohort_lines(found, language or settings.language)))


def follow_up(proposal_id: ProposalId, *, staff: AsStaff, as_json: AsJson = False, language: Lang = None) -> None:
    settings = load_settings()
    with opened(settings) as station:
        opened_now = station.cohorts.open_follow_ups(proposal_id, staff, datetime.now(UTC))
        found = followed_up(station.engine, proposal_id)
    if as_json:
        typer.echo(FOLLOWED.dump_json(found, indent=2).decode())
    else:
        typer.echo("\n".join(follow_up_lines(opened_now, found, language or settings.language)))


def cohort_lines(report: CohortReport, language: Language) -> Iterator[str]:
    """The report as text; it is for policy officers, who write the law for the place, and names case numbers only."""
    cohort_, total = report.cohort, report.total
    law = cohort_.as_of or "—"  # a file that changes no policy reaches nobody
    zh = f"{cohort_.from_on}起申请的补贴个案{cohort_.cases}件，按{law}施行的版本：{total.changed}件改变"
    en = f"{cohort_.cases} subsidy cases applied for since {cohort_.from_on}, by the law of {law}"
    yield said(language, zh, f"{en}: {total.changed} change")
    yield from _tally_lines(total, language)
    up, back = in_figures(report.top_up_fen), in_figures(report.recovery_fen)
    yield said(
        language, f"  需补发 {up} 元，需追回 {back} 元", f"  to be topped up {up} yuan, to be recovered {back} yuan"
    )
    for name, tallies in (
        (said(language, "办理情况", "standing"), report.by(lambda case: case.standing.label.within(language))),
        (said(language, "驿站", "station"), report.by(lambda case: case.station_id)),
    ):
        for key, tally in sorted(tallies.items()):
            yield f"{name} {key}: {', '.join(_effects(tally, language)) or '—'}"
    for why, count in cohort_.untried.items():
        yield said(
            language, f"未能重新计算：{UNTRIED[why].zh} {count}", f"not decided again: {UNTRIED[why].en} {count}"
        )
    for case in report.reached:
        before, after = (in_figures(fen or 0) for fen in (case.before_fen, case.after_fen))
        paid = in_figures(max(0, case.paid_fen))
        yield f"  {case.case_id} {case.policy}: {before} → {after} ({said(language, '已付', 'paid')} {paid})"


def _tally_lines(total: Tally, language: Language) -> Iterator[str]:
    yield from (f"  {line}" for line in _effects(total, language))
    before, after = in_figures(total.before_fen), in_figures(total.after_fen)
    yield said(language, f"  金额 {before} → {after} 元", f"  amounts {before} → {after} yuan")


def _effects(tally: Tally, language: Language) -> Iterator[str]:
    for effect in CHANGES:
        if count := tally.effects.get(effect):
            yield f"{effect.label.within(language)} {count}"


def follow_up_lines(opened_now: int, found: tuple[FollowedUp, ...], language: Language) -> Iterator[str]:
    yield said(language, f"新登记{opened_now}件，共{len(found)}件", f"{opened_now} entered now, {len(found)} in all")
    for state in FollowUp:
        if count := sum(each.state is state for each in found):
            yield f"  {state.label.within(language)}: {count}"
    for each in found:
        due = said(language, f"（{each.due_on}起）", f", from {each.due_on} on")
        more = due if each.state is FollowUp.WAITING else f" ({each.refused})" if each.refused else ""
        yield f"  {each.case_id}: {each.state.label.within(language)}{more}"


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        zh, en = f"“{written}”不是日期，应写作2026-01-01。", f"“{written}” is not a day: write it as 2026-01-01."
        raise Refused((refusal("not-a-day", zh, en),)) from None


def _progress(done: int, of: int) -> None:
    """On a terminal, where somebody waits."""
    if sys.stderr.isatty():
        typer.echo(f"\r{done}/{of}", err=True, nl=done == of)
