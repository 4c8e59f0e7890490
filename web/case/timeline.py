"""The timeline of a case: who did what and when, the newest first; a correction leaves the old entry standing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from activities.case_view import OPENED
from cases.acts_of_any.determining import RecordFact
from cases.roles import Role
from cases.wording import Wording
from web.case.facts import fact_label
from web.case.opened_any import Opened, Written
from web.case.speech import Shown
from web.case.told import first_facts, subject, written


class Kind(StrEnum):
    """What a timeline can be narrowed to."""

    SERVICES = "services"
    CLOCKS = "clocks"
    DECISIONS = "decisions"
    PAPERS = "papers"
    MOVES = "moves"
    CORRECTIONS = "corrections"

    @property
    def label(self) -> Wording:
        return KIND_LABELS[self]


KIND_LABELS: Final[Mapping[Kind, Wording]] = {
    Kind.SERVICES: Wording("服务", "Services"),
    Kind.CLOCKS: Wording("时限", "Clocks"),
    Kind.DECISIONS: Wording("决定", "Decisions"),
    Kind.PAPERS: Wording("文书", "Papers"),
    Kind.MOVES: Wording("分派与移交", "Assignments"),
    Kind.CORRECTIONS: Wording("更正", "Corrections"),
}
_MODULES: Final = {
    "serving": Kind.SERVICES,
    "referring": Kind.SERVICES,
    "needing": Kind.SERVICES,
    "placing": Kind.SERVICES,
    "determining": Kind.DECISIONS,
    "leaving": Kind.DECISIONS,
    "moving": Kind.MOVES,
    "papering": Kind.PAPERS,
    "waking": Kind.DECISIONS,
    "claiming": Kind.SERVICES,
    "noticing": Kind.DECISIONS,
    "paying": Kind.DECISIONS,
    "running": Kind.DECISIONS,
    "recovering": Kind.DECISIONS,
    "looking": Kind.DECISIONS,
    "appealing": Kind.DECISIONS,
    "new_law": Kind.DECISIONS,
}
_OF_KIND: Final = {
    "ring-alarm": Kind.CLOCKS,
    "reckon-anew": Kind.CLOCKS,
    "assign": Kind.MOVES,
    "waive-paper": Kind.PAPERS,
    "put-off": Kind.PAPERS,
    "pause": Kind.CLOCKS,
    "resume": Kind.CLOCKS,
    "keep-paper": Kind.PAPERS,
    "make-appointment": Kind.SERVICES,
    "keep-appointment": Kind.SERVICES,
}
_LOOKS: Final = {"pause": "paused", "resume": "resumed"}


@dataclass(frozen=True)
class Corrected:
    """Which later step took the place of a recorded fact, and which earlier one it corrected."""

    later: Mapping[int, int]
    earlier: Mapping[int, int]


def kind_of(opened: Opened, step: Written) -> Kind | None:
    """None: the registration, which is in no narrower list."""
    kind = step.entry.kind
    if kind in _OF_KIND:
        return _OF_KIND[kind]
    act = opened.ACTS.known.get(kind)
    return _MODULES.get(act.__module__.rpartition(".")[2]) if act else None


def narrowed(opened: Opened, kind: Kind | None) -> list[Written]:
    """The steps of a kind, the newest first."""
    corrected = corrections(opened)
    chosen = (
        step
        for step in reversed(opened.steps)
        if kind is None
        or kind_of(opened, step) is kind
        or (kind is Kind.CORRECTIONS and step.entry.revision in corrected.earlier)
    )
    return list(chosen)


def corrections(opened: Opened) -> Corrected:
    """A fact recorded again is a correction of what was recorded before; both entries stay."""
    latest: dict[str, int] = {}
    later: dict[int, int] = {}
    earlier: dict[int, int] = {}
    for step in opened.steps:
        revision = step.entry.revision
        if step.act is None:
            latest |= dict.fromkeys(first_facts(opened), revision)
        elif isinstance(step.act, RecordFact):
            if step.act.name in latest:
                earlier[revision] = latest[step.act.name]
                later[latest[step.act.name]] = revision
            latest[step.act.name] = revision
    return Corrected(later, earlier)


def entries(opened: Opened, steps: list[Written]) -> list[Shown]:
    """As the macro `timeline` takes them."""
    corrected = corrections(opened)
    return [_entry(opened, step, corrected) for step in steps]


def entry_title(opened: Opened, step: Written, corrected: Corrected) -> str:
    speech = opened.speech
    if step.entry.revision in corrected.earlier and isinstance(step.act, RecordFact):
        label = fact_label(opened, step.act.name)
        return speech(f"更正：{label.zh}", f"Correction: {label.en}")
    title, about = speech.w(step.act.TITLE if step.act else OPENED), subject(opened, step.act)
    return speech(f"{title}：{about}", f"{title}: {about}") if about else title


def _entry(opened: Opened, step: Written, corrected: Corrected) -> Shown:
    entry = step.entry
    return {
        "kind": _look(step, corrected),
        "title": entry_title(opened, step, corrected),
        "who": opened.actor(entry.actor),
        "when": opened.speech.at(entry.at),
        "note": opened.speech("；", "; ").join(_notes(opened, step, corrected)) or None,
        "href": opened.ways.on(f"{opened.path}/timeline/{entry.revision}"),
        "source": None,
    }


def _look(step: Written, corrected: Corrected) -> str:
    if step.entry.revision in corrected.earlier:
        return "correction"
    if step.entry.kind in _LOOKS:
        return _LOOKS[step.entry.kind]
    return "system" if step.entry.actor == Role.ENGINE else "act"


def _notes(opened: Opened, step: Written, corrected: Corrected) -> Iterator[str]:
    """What was written, for those who work on the case; others open the entry, and that is written down."""
    speech, revision = opened.speech, step.entry.revision
    if opened.working:
        if revision in corrected.earlier and isinstance(step.act, RecordFact):
            yield speech("原记录保留", "The first entry is kept")
        for label, text in written(opened, step.act):
            yield speech(f"{label}：{text}", f"{label}: {text}")
    if revision in corrected.later:
        number = corrected.later[revision] + 1
        yield speech(f"后由第 {number} 步更正", f"Corrected later, by step {number}")
