"""A case as a terminal shows it, in Chinese or English."""

from collections.abc import Iterator
from datetime import datetime

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from activities.case_view import CaseView, ClockView
from cases.commands import Receipt
from cases.days import shown_instant
from cases.hardship.case import HardshipCase
from cases.hardship.progress import ACTS, policies_due
from cases.hardship.proofs import CONDITIONS, ItemProof
from cases.papers import PaperKind
from cases.reckoning import State
from cases.roles import Role
from cases.wording import Language, Wording
from cases.zone import STATION_ZONE
from cli.determination_text import cited, determination_lines
from cli.screen import indented, section
from store.case_list import ListedCase

PLAN, CLOCKS, TIMELINE, NEXT, DETERMINATIONS, PAPERS = (
    Wording("帮扶方案与履职证明", "Service plan and proof of duty"),
    Wording("时限", "Clocks"),
    Wording("时间线", "Timeline"),
    Wording("下一步", "Next"),
    Wording("认定", "Determinations"),
    Wording("文书", "Papers"),
)
UNCONFIRMED = Wording("（构成未经核实）", " (composition unconfirmed)")
DETERMINING = Wording(
    "规则正在认定，稍候再看（驿站须在运行：yizhan run）",
    "The rules are determining: look again in a moment (a station must be running: yizhan run)",
)
NEXT_STEP = Wording("{why}  → {title} {act}（{by}）", "{why}  → {title} {act} ({by})")
FAILED = Wording("{condition}：{met}", "{condition}: {met}")
PAUSED = Wording("已暂停", "paused")
PROVISIONAL = Wording("预估", "provisional")
LATE = Wording("超期", "overdue")
COUNTS = Wording("有效", "counts")
MADE, OWED, WAIVED = Wording("已出具", "made"), Wording("待出具", "owed"), Wording("不再出具", "waived")
MISSING = {None: Wording("不明", "unknown"), False: Wording("不符合", "not met")}


def paper_list(case: HardshipCase, language: Language) -> RenderableType:
    return Group(*_papers(case, language))


def case_text(view: CaseView, language: Language) -> RenderableType:
    case = view.case
    head = Text(f"{case.id}  {case.stage.label.within(language)}", style="bold")
    if case.outcome:
        head.append(f" · {case.outcome.label.within(language)}")
    if case.paused:
        head.append(f" · {PAUSED.within(language)}")
    who = f"{view.worker.name}  {view.worker.identity}  {case.station_id}  {case.caseworker or ''}"
    return Group(
        head,
        Text(who),
        next_text(view, language),
        *section(DETERMINATIONS, language, _determinations(view, language)),
        *section(PLAN, language, _plan(view, language)),
        *section(CLOCKS, language, _clocks(view, language)),
        *section(PAPERS, language, _papers(case, language)),
        *section(TIMELINE, language, _timeline(view, language)),
    )


def next_text(view: CaseView, language: Language) -> RenderableType:
    return Group(*section(NEXT, language, _next(view, language)))


def story_text(title: Wording, view: CaseView, language: Language) -> RenderableType:
    """A finished case as a story: its title, how it ended, and every step on its day."""
    ended = view.case.outcome.label.within(language) if view.case.outcome else ""
    head = Text(f"\n{title.within(language)} → {ended}", style="bold")
    return Group(head, *(indented(line) for line in _timeline(view, language)))


def case_list(found: tuple[ListedCase, ...], language: Language) -> RenderableType:
    table = Table(box=None, pad_edge=False)
    for zh, en in (("个案", "case"), ("驿站", "station"), ("阶段", "stage"), ("经办人", "caseworker"), ("到期", "due")):
        table.add_column(Wording(zh, en).within(language))
    for case in found:
        ended = case.outcome.label if case.outcome else case.stage.label
        due = shown_instant(case.next_due_at) if case.next_due_at else ""
        table.add_row(case.id, case.station_id, ended.within(language), case.caseworker or "", due)
    return table


def receipt_text(receipt: Receipt, language: Language) -> str:
    saved = Wording(
        f"已保存：{receipt.case_id} 第{receipt.revision}步，阶段“{receipt.stage_label.zh}”。",
        f"Saved: {receipt.case_id}, step {receipt.revision}, stage {receipt.stage_label.en}.",
    )
    return saved.within(language)


def shown(at: datetime) -> str:
    return f"{at.astimezone(STATION_ZONE):%Y-%m-%d %H:%M}"


def _next(view: CaseView, language: Language) -> Iterator[Text]:
    if any(policies_due(view.case)):
        yield Text(DETERMINING.within(language))
    for step in view.next:
        title, by = ACTS[step.act].TITLE.within(language), step.by.label.within(language)
        said = NEXT_STEP.within(language)
        yield Text(said.format(why=step.why.within(language), title=title, act=step.act, by=by))


def _determinations(view: CaseView, language: Language) -> Iterator[Text]:
    for each in view.determinations:
        if not each.state.superseded:
            yield from determination_lines(each, language)


def _papers(case: HardshipCase, language: Language) -> Iterator[Text]:
    for paper in case.papers:
        made = MADE if paper.sha256 else OWED if paper.owed else WAIVED
        kind = PaperKind(paper.kind).wording.within(language)
        yield Text(f"{paper.id}  {kind}  {paper.about}  {paper.dated.isoformat()}  {made.within(language)}")


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


def _clocks(view: CaseView, language: Language) -> Iterator[Text]:
    for clock in view.clocks:
        if clock.position is None:
            continue
        yield Text(f"{clock.title.within(language)}  {_due(clock, language)}  {cited(clock.authority, language)}")
        yield from (Text(f"    {step.within(language)}", style="dim") for step in clock.reckoning)


def _due(clock: ClockView, language: Language) -> str:
    if clock.state.due_at is None:
        return PAUSED.within(language)
    marks = [shown_instant(clock.state.due_at)]
    if clock.state.provisional:
        marks.append(PROVISIONAL.within(language))
    if clock.position and clock.position.state is State.OVER:
        marks.append(LATE.within(language))
    return " ".join(marks)


def _timeline(view: CaseView, language: Language) -> Iterator[Text]:
    for entry in view.timeline:
        actor = Role.ENGINE.label.within(language) if entry.actor == Role.ENGINE else entry.actor
        yield Text(f"{entry.revision:>3}  {shown(entry.at)}  {entry.title.within(language)}  {actor}")
