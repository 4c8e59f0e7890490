"""What cases of every kind show alike on a terminal: head, next steps, clocks, papers, timeline."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from rich.console import Group, RenderableType
from rich.text import Text

from activities.case_view import ClockView, Entry
from cases.case import Case
from cases.commands import AnyAct, Receipt
from cases.days import shown_instant
from cases.next_steps import NextStep
from cases.papers import PaperKind
from cases.reckoning import State
from cases.roles import Role
from cases.wording import Language, Wording
from cases.zone import STATION_ZONE
from cli.determination_text import cited
from cli.screen import indented, section

CLOCKS, TIMELINE, NEXT, DETERMINATIONS, PAPERS = (
    Wording("时限", "Clocks"),
    Wording("时间线", "Timeline"),
    Wording("下一步", "Next"),
    Wording("认定", "Determinations"),
    Wording("文书", "Papers"),
)
DETERMINING = Wording(
    "规则正在认定，稍候再看（驿站须在运行：yizhan run）",
    "The rules are determining: look again in a moment (a station must be running: yizhan run)",
)
NEXT_STEP = Wording("{why}  → {title} {act}（{by}）", "{why}  → {title} {act} ({by})")
PAUSED = Wording("已暂停", "paused")
PROVISIONAL = Wording("预估", "provisional")
LATE = Wording("超期", "overdue")
MADE, OWED, WAIVED = Wording("已出具", "made"), Wording("待出具", "owed"), Wording("不再出具", "waived")


def head_of(case: Case, language: Language) -> Text:
    head = Text(f"{case.id}  {case.stage.label.within(language)}", style="bold")
    if case.outcome:
        head.append(f" · {case.outcome.label.within(language)}")
    if case.paused:
        head.append(f" · {PAUSED.within(language)}")
    return head


def paper_list(case: Case, language: Language) -> RenderableType:
    return Group(*paper_lines(case, language))


def story(title: Wording, case: Case, timeline: Iterable[Entry], language: Language) -> RenderableType:
    """A finished case as a story: its title, how it ended, and every step on its day."""
    ended = case.outcome.label.within(language) if case.outcome else ""
    head = Text(f"\n{title.within(language)} → {ended}", style="bold")
    return Group(head, *(indented(line) for line in timeline_lines(timeline, language)))


def next_section(
    steps: Iterable[NextStep], acts: Mapping[str, type[AnyAct]], language: Language, *, determining: bool
) -> RenderableType:
    return Group(*section(NEXT, language, _next(steps, acts, language, determining=determining)))


def receipt_text(receipt: Receipt, language: Language) -> str:
    saved = Wording(
        f"已保存：{receipt.case_id} 第{receipt.revision}步，阶段“{receipt.stage_label.zh}”。",
        f"Saved: {receipt.case_id}, step {receipt.revision}, stage {receipt.stage_label.en}.",
    )
    return saved.within(language)


def shown(at: datetime) -> str:
    return f"{at.astimezone(STATION_ZONE):%Y-%m-%d %H:%M}"


def paper_lines(case: Case, language: Language) -> Iterator[Text]:
    for paper in case.papers:
        made = MADE if paper.sha256 else OWED if paper.owed else WAIVED
        kind = PaperKind(paper.kind).wording.within(language)
        yield Text(f"{paper.id}  {kind}  {paper.about}  {paper.dated.isoformat()}  {made.within(language)}")


def clock_lines(clocks: Iterable[ClockView], language: Language) -> Iterator[Text]:
    for clock in clocks:
        if clock.position is None:
            continue
        yield Text(f"{clock.title.within(language)}  {_due(clock, language)}  {cited(clock.authority, language)}")
        yield from (Text(f"    {step.within(language)}", style="dim") for step in clock.reckoning)


def timeline_lines(timeline: Iterable[Entry], language: Language) -> Iterator[Text]:
    for entry in timeline:
        actor = Role.ENGINE.label.within(language) if entry.actor == Role.ENGINE else entry.actor
        yield Text(f"{entry.revision:>3}  {shown(entry.at)}  {entry.title.within(language)}  {actor}")


def _next(
    steps: Iterable[NextStep], acts: Mapping[str, type[AnyAct]], language: Language, *, determining: bool
) -> Iterator[Text]:
    if determining:
        yield Text(DETERMINING.within(language))
    for step in steps:
        title, by = acts[step.act].TITLE.within(language), step.by.label.within(language)
        said = NEXT_STEP.within(language)
        yield Text(said.format(why=step.why.within(language), title=title, act=step.act, by=by))


def _due(clock: ClockView, language: Language) -> str:
    if clock.state.due_at is None:
        return PAUSED.within(language)
    marks = [shown_instant(clock.state.due_at)]
    if clock.state.provisional:
        marks.append(PROVISIONAL.within(language))
    if clock.position and clock.position.state is State.OVER:
        marks.append(LATE.within(language))
    return " ".join(marks)
