"""The timeline in sentences: what a step was about, and what was written in it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from cases.canonical import Json, from_canonical
from cases.determinations import Conclusion
from cases.facts import SourceKind
from cases.hardship import determining, engine, leaving, moving, needing, papering, placing, referring, serving, waking
from cases.hardship.acts import Act
from cases.hardship.next_step import CALLED
from cases.papers import PaperKind
from cases.parts import find
from web.case.facts import detail_words, fact_label, fact_words
from web.case.opened import OpenCase, Written
from web.case.words import REFERRAL_OUTCOMES, SOURCES, TRAINING_RESULTS


def subject(opened: OpenCase, act: Act | None) -> str:
    """What a step was about, in words that hold nothing of a person; empty where its title says it all."""
    for told in (_of_determinations, _of_referrals, _of_trainings, _of_help, _of_moving, _of_leaving, _of_engine):
        words = told(opened, act)
        if words is not None:
            return words
    return ""


def _of_determinations(opened: OpenCase, act: Act | None) -> str | None:
    speech = opened.speech
    match act:
        case determining.RecordFact(name=name):
            return speech.w(fact_label(opened, name))
        case determining.DeterminationMade(policy=policy, conclusion=conclusion):
            return _with(opened, _called(opened, policy), speech.w(Conclusion(conclusion).label))
        case determining.DepartFromDetermination(determination=of, granted=granted):
            words = speech("按符合办理", "as granted") if granted else speech("按不符合办理", "as refused")
            return _with(opened, _called(opened, _policy(opened, of)), words)
        case waking.AskAnew(determination=of, applies=applies):
            words = speech("重新申请", "applies anew") if applies else speech("暂不申请", "not now")
            return _with(opened, _called(opened, _policy(opened, of)), words)
        case determining.OnDetermination(determination=of) | waking.TurnDay(determination=of):
            return _called(opened, _policy(opened, of))
        case _:
            return None


def _of_referrals(opened: OpenCase, act: Act | None) -> str | None:
    speech, names = opened.speech, opened.names
    match act:
        case referring.RecordReferral(vacancy=vacancy):
            return f"{names.vacancy(vacancy, speech)} · {names.employer_of(vacancy, speech)}"
        case referring.RecordReferralOutcome(referral=of, outcome=outcome):
            return _with(opened, _numbered(opened, of), speech.w(REFERRAL_OUTCOMES[outcome]))
        case referring.AnswerReferral(referral=of, confirmed=confirmed):
            words = speech("确认", "confirmed") if confirmed else speech("有异议", "contested")
            return _with(opened, _numbered(opened, of), words)
        case referring.OnReferral(referral=of):
            return _numbered(opened, of)
        case _:
            return None


def _of_trainings(opened: OpenCase, act: Act | None) -> str | None:
    speech = opened.speech
    match act:
        case serving.EnrolTraining(course=course):
            return opened.names.course(course, speech)
        case serving.RecordTrainingResult(training=of, result=result):
            return _with(opened, _course(opened, of), speech.w(TRAINING_RESULTS[result]))
        case serving.RecordAttendance(training=of, hours=hours):
            return _with(opened, _course(opened, of), speech(f"{hours} 课时", f"{hours} class hours"))
        case _:
            return None


def _of_help(opened: OpenCase, act: Act | None) -> str | None:
    """Guidance, work found, how it went, and needs."""
    speech = opened.speech
    match act:
        case serving.RecordGuidance(guide=guide):
            return opened.actor(guide)
        case serving.RecordTalk(employer=employer) | placing.RecordPlacement(employer=employer):
            return opened.names.employer(employer, speech)
        case placing.RecordFollowUp(follow_up=of, still_employed=still):
            found = find(opened.case.follow_ups, of)
            days = speech(f"{found.days} 天", f"at {found.days} days") if found else of
            words = speech("仍在岗", "still employed") if still else speech("已失业", "the work was lost")
            return _with(opened, days, words)
        case needing.SettleNeed(solved=solved):
            return speech("已解决", "solved") if solved else speech("未能解决", "given up")
        case _:
            return None


def _of_moving(opened: OpenCase, act: Act | None) -> str | None:
    """Who has the case, whom it meets and when, and while it stands."""
    speech = opened.speech
    match act:
        case moving.Assign(to=who) | moving.AcceptTransfer(caseworker=who):
            return opened.actor(who)
        case moving.ProposeTransfer(to_station=station):
            return opened.names.station(station)
        case moving.MakeAppointment(at=at, with_staff=who):
            return f"{speech.at(at)} {opened.actor(who)}"
        case moving.KeepAppointment(kept=kept):
            return speech("已履行", "kept") if kept else speech("未履行", "not kept")
        case moving.Pause(reason=reason):
            listed = opened.law.pause_reasons.get(reason)
            return speech.w(listed) if listed else reason
        case _:
            return None


def _of_leaving(opened: OpenCase, act: Act | None) -> str | None:
    speech, law = opened.speech, opened.law
    match act:
        case leaving.ProposeExit(reason=reason):
            return speech.w(law.exits[reason].title) if reason in law.exits else reason
        case leaving.DecideReview(upheld=upheld):
            return speech("维持退出", "the exit stands") if upheld else speech("不维持", "not upheld")
        case leaving.HandOver(body=body):
            return body
        case _:
            return None


def _of_engine(opened: OpenCase, act: Act | None) -> str | None:
    """Clocks and papers."""
    match act:
        case engine.RingAlarm(clock=clock, percent=percent):
            return f"{_clock(opened, clock)} {percent}%"
        case engine.KeepPaper(paper=paper) | papering.WaivePaper(paper=paper):
            return _paper(opened, paper)
        case papering.PutOff(what=what):
            return _paper(opened, what) if what.startswith("paper-") else _called(opened, what)
        case _:
            return None


def written(opened: OpenCase, act: Act | None) -> Iterator[tuple[str, str]]:
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


_CODED: Final = (moving.Pause, leaving.ProposeExit)  # their reason is one of a list, and stands in the sentence
_TEXTS: Final = (
    ("content", "内容", "Content"),
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
    ("made_on", "推荐日期", "Made on"),
    ("delivered_on", "送达日期", "Delivered on"),
    ("known_on", "得知日期", "Known on"),
    ("enrolled_on", "报名日期", "Enrolled on"),
    ("result_on", "结果日期", "Result on"),
    ("started_on", "上岗日期", "Started on"),
    ("ended_on", "终止日期", "Ended on"),
)


def opening(opened: OpenCase, step: Written) -> Iterator[tuple[str, str]]:
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


def first_facts(opened: OpenCase) -> Iterator[str]:
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


def _with(opened: OpenCase, what: str, how: str) -> str:
    return f"{what}{opened.speech('，', ', ')}{how}"


def _called(opened: OpenCase, policy: str) -> str:
    return opened.speech.w(CALLED[policy]) if policy in CALLED else policy


def _policy(opened: OpenCase, determination: str) -> str:
    found = find(opened.case.determinations, determination)
    return found.policy if found else determination


def _numbered(opened: OpenCase, referral: str) -> str:
    number = referral.rpartition("-")[2]
    found = find(opened.case.referrals, referral)
    which = opened.speech(f"第 {number} 次推荐", f"referral {number}")
    return f"{which} · {opened.names.vacancy(found.vacancy_id, opened.speech)}" if found else which


def _course(opened: OpenCase, training: str) -> str:
    found = find(opened.case.trainings, training)
    return opened.names.course(found.course_id, opened.speech) if found else training


def _clock(opened: OpenCase, clock_id: str) -> str:
    found = find(opened.case.clocks, clock_id)
    terms = opened.law.terms.get(found.terms_id) if found else None
    return opened.speech.w(terms.title) if terms else clock_id


def _paper(opened: OpenCase, paper_id: str) -> str:
    found = find(opened.case.papers, paper_id)
    return opened.speech.w(PaperKind(found.kind).wording) if found else paper_id
