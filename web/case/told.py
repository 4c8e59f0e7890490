"""The timeline in sentences: what a step was about, and what was written in it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from cases.acts import Act
from cases.acts_of_any import determining, engine, moving, papering
from cases.canonical import Json, from_canonical
from cases.determinations import Conclusion
from cases.facts import SourceKind
from cases.hardship import leaving
from cases.hardship import moving as of_hardship
from cases.papers import PaperKind
from cases.parts import find
from web.case.facts import detail_words, fact_label, fact_words
from web.case.opened import OpenCase
from web.case.opened_any import Opened, Written
from web.case.saying import called_of, with_words
from web.case.told_help import subject_of_help
from web.case.words import SOURCES
from web.subsidies.opened import OpenSubsidy
from web.subsidies.told import subject_of_subsidy

AnyAct = Act[Any, Any]


def subject(opened: Opened, act: AnyAct | None) -> str:
    """What a step was about, in words that hold nothing of a person; empty where its title says it all."""
    words = _of_any(opened, act)
    if words is None and isinstance(opened, OpenCase):
        words = subject_of_help(opened, act)
    if words is None and isinstance(opened, OpenSubsidy):
        words = subject_of_subsidy(opened, act)
    return words or ""


def _of_any(opened: Opened, act: AnyAct | None) -> str | None:  # noqa: PLR0911 - one for each kind of act
    speech = opened.speech
    match act:
        case determining.RecordFact(name=name):
            return speech.w(fact_label(opened, name))
        case determining.DeterminationMade(policy=policy, conclusion=conclusion):
            return with_words(opened, speech.w(opened.called(policy)), speech.w(Conclusion(conclusion).label))
        case determining.DepartFromDetermination(determination=of, granted=granted):
            words = speech("按符合办理", "as granted") if granted else speech("按不符合办理", "as refused")
            return with_words(opened, called_of(opened, of), words)
        case determining.OnDetermination(determination=of):
            return called_of(opened, of)
        case moving.Assign(to=who):
            return opened.actor(who)
        case engine.RingAlarm(clock=clock, percent=percent):
            return f"{_clock(opened, clock)} {percent}%"
        case engine.KeepPaper(paper=paper) | papering.WaivePaper(paper=paper):
            return _paper(opened, paper)
        case engine.PutOff(what=what):
            return _paper(opened, what) if what.startswith("paper-") else speech.w(opened.called(what))
        case _:
            return None


def written(opened: Opened, act: AnyAct | None) -> Iterator[tuple[str, str]]:
    """The texts in a step, each with its label; for those who work on the case."""
    speech = opened.speech
    if isinstance(act, determining.RecordFact):
        yield speech("值", "Value"), fact_words(opened, act.name, act.value)
        source = speech.w(SOURCES[act.source])
        yield (
            speech("来源", "Source"),
            speech.list([each for each in (source, act.body, act.paper, act.detail) if each]),
        )
        yield speech("依据日期", "As of"), speech.day(act.established_on)
        return
    for name, zh, en in _TEXTS:
        value = getattr(act, name, "")
        if isinstance(value, str) and value.strip() and not (name == "reason" and isinstance(act, _CODED)):
            yield speech(zh, en), value
    for name, zh, en in _DAYS:
        value = getattr(act, name, None)
        if value is not None:
            yield speech(zh, en), speech.day(value)


_CODED: Final = (of_hardship.Pause, leaving.ProposeExit)  # their reason is one of a list, and stands in the sentence
_TEXTS: Final = (
    ("content", "内容", "Content"),
    ("finding", "复核情况", "What was found"),
    ("detail", "来源", "Seen in"),
    ("receipt", "回单", "Receipt"),
    ("what", "需求或困难", "Need"),
    ("reason", "理由", "Reason"),
    ("explanation", "说明", "Explanation"),
    ("matter", "事项", "Matter"),
    ("channel", "方式", "How"),
    ("open_needs_reason", "未决需求的说明", "On the needs left open"),
    ("cause", "原因", "Cause"),
)
_DAYS: Final = (
    ("held_on", "日期", "On"),
    ("asked_on", "提出日期", "Asked for on"),
    ("decided_on", "决定日期", "Decided on"),
    ("settled_on", "银行日期", "The bank's day"),
    ("received_on", "收到日期", "Received on"),
    ("made_on", "推荐日期", "Made on"),
    ("delivered_on", "送达日期", "Delivered on"),
    ("known_on", "得知日期", "Known on"),
    ("enrolled_on", "报名日期", "Enrolled on"),
    ("result_on", "结果日期", "Result on"),
    ("started_on", "上岗日期", "Started on"),
    ("ended_on", "终止日期", "Ended on"),
)


def opening(opened: Opened, step: Written) -> Iterator[tuple[str, str]]:
    """What was registered when the case was opened: the facts, and what they were seen in."""
    speech = opened.speech
    for fact in _registered(step):
        name = str(fact["name"])
        words = [fact_words(opened, name, fact.get("value"))]
        source = fact.get("source")
        if source in tuple(SourceKind):
            words.append(speech.w(SOURCES[SourceKind(str(source))]))
        detail = fact.get("detail")
        yield (
            speech.w(fact_label(opened, name)),
            speech.list([*words, *([detail_words(opened, detail)] if isinstance(detail, str) else [])]),
        )


def first_facts(opened: Opened) -> Iterator[str]:
    """The names of the facts that the registration brought."""
    for step in opened.steps:
        if step.act is None:
            yield from (str(fact["name"]) for fact in _registered(step))


def _registered(step: Written) -> Iterator[Mapping[str, Json]]:
    body = from_canonical(step.entry.body)
    facts = body.get("facts") if isinstance(body, Mapping) else None
    for fact in facts if isinstance(facts, Sequence) and not isinstance(facts, str) else ():
        if isinstance(fact, Mapping) and isinstance(fact.get("name"), str):
            yield fact


def _clock(opened: Opened, clock_id: str) -> str:
    found = find(opened.case.clocks, clock_id)
    terms = opened.terms.get(found.terms_id) if found else None
    return opened.speech.w(terms.title) if terms else clock_id


def _paper(opened: Opened, paper_id: str) -> str:
    found = find(opened.case.papers, paper_id)
    return opened.speech.w(PaperKind(found.kind).wording) if found else paper_id
