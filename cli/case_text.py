"""A case as a terminal shows it, in Chinese or English."""

from collections.abc import Iterator
from typing import Final

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from activities.case_view import CaseView
from cases.case_kinds import CaseKind
from cases.days import shown_instant
from cases.hardship.next_step import CALLED
from cases.hardship.progress import ACTS, policies_due
from cases.hardship.proofs import CONDITIONS, ItemProof
from cases.wording import Language, Wording
from cli.case_parts_text import (
    CLOCKS,
    DETERMINATIONS,
    PAPERS,
    TIMELINE,
    clock_lines,
    head_of,
    next_section,
    paper_lines,
    timeline_lines,
)
from cli.determination_text import determination_lines
from cli.screen import section
from store.every_case import ListedOfAny

KINDS: Final = {CaseKind.HARDSHIP: Wording("帮扶", "hardship"), CaseKind.SUBSIDY: Wording("补贴", "subsidy")}
COLUMNS: Final = (
    Wording("个案", "case"),
    Wording("种类", "kind"),
    Wording("驿站", "station"),
    Wording("阶段", "stage"),
    Wording("经办人", "caseworker"),
    Wording("到期", "due"),
)

PLAN = Wording("帮扶方案与履职证明", "Service plan and proof of duty")
UNCONFIRMED = Wording("（构成未经核实）", " (composition unconfirmed)")
FAILED = Wording("{condition}：{met}", "{condition}: {met}")
COUNTS = Wording("有效", "counts")
MISSING = {None: Wording("不明", "unknown"), False: Wording("不符合", "not met")}


def case_text(view: CaseView, language: Language) -> RenderableType:
    case = view.case
    who = f"{view.worker.name}  {view.worker.identity}  {case.station_id}  {case.caseworker or ''}"
    return Group(
        head_of(case, language),
        Text(who),
        next_text(view, language),
        *section(DETERMINATIONS, language, _determinations(view, language)),
        *section(PLAN, language, _plan(view, language)),
        *section(CLOCKS, language, clock_lines(view.clocks, language)),
        *section(PAPERS, language, paper_lines(case, language)),
        *section(TIMELINE, language, timeline_lines(view.timeline, language)),
    )


def next_text(view: CaseView, language: Language) -> RenderableType:
    return next_section(view.next, ACTS, language, determining=any(policies_due(view.case)))


def case_list(found: tuple[ListedOfAny, ...], language: Language) -> RenderableType:
    table = Table(box=None, pad_edge=False)
    for column in COLUMNS:
        table.add_column(column.within(language))
    for case in found:
        ended = case.outcome.label if case.outcome else case.stage.label
        due = shown_instant(case.next_due_at) if case.next_due_at else ""
        kind = KINDS[case.kind].within(language)
        of = f"{kind} {case.subsidy}" if case.subsidy else kind
        table.add_row(case.id, of, case.station_id, ended.within(language), case.caseworker or "", due)
    return table


def _determinations(view: CaseView, language: Language) -> Iterator[Text]:
    for each in view.determinations:
        if not each.state.superseded:
            yield from determination_lines(each, CALLED[each.state.policy], language)


def _plan(view: CaseView, language: Language) -> Iterator[Text]:
    title = view.plan.title.within(language)
    yield Text(title if view.plan.confirmed else title + UNCONFIRMED.within(language))
    for proof in view.proofs:
        yield from _item(proof, language)


def _item(proof: ItemProof, language: Language) -> Iterator[Text]:
    mark = "✓" if proof.proved else "·"
    yield Text(f"{mark} {proof.item.title.within(language)}  {proof.counted}/{proof.item.count}")
    for service in proof.services:
        failed = "; ".join(
            FAILED.within(language).format(
                condition=CONDITIONS[c.name].within(language), met=MISSING[c.met].within(language)
            )
            for c in service.failed
            if c.met is not True
        )
        yield Text(f"    {service.id}  {failed or COUNTS.within(language)}", style="dim")
