"""The band at the top of every page of a subsidy case: which subsidy, for whom, how far it has come, and its pages."""

from collections.abc import Iterator
from typing import Final

from cases.days import day_of
from cases.subsidy.stages import Applicant, Outcome, Stage
from cases.wording import Wording
from web.case.doing import buttons
from web.case.marking import pinyin_marked
from web.case.speech import Shown
from web.roles import CASE_READING, POLICY_READING
from web.shown import money
from web.subsidies.opened import OpenSubsidy

OVERVIEW, TIMELINE, PAPERS, DETERMINATIONS, CLOCKS = ("", "/timeline", "/papers", "/determinations", "/clocks")
_TABS: Final = (
    (OVERVIEW, Wording("概况", "Overview")),
    (TIMELINE, Wording("时间线", "Timeline")),
    (PAPERS, Wording("文书", "Papers")),
    (DETERMINATIONS, Wording("审核与决定", "Determinations")),
    (CLOCKS, Wording("时限", "Clocks")),
)
# The ways a subsidy can go; which one it is follows from where it stands and how it ended.
_PAID: Final = (Stage.DETERMINATION, Stage.NOTICE, Stage.PAYMENT, Stage.RUNNING)
_REFUSED: Final = (Stage.DETERMINATION, Stage.REFUSAL)
_RECOVERED: Final = (Stage.DETERMINATION, Stage.NOTICE, Stage.PAYMENT, Stage.RECOVERY)
_STOPS: Final = {
    "counted": Wording("已过", "passed"),
    "under-way": Wording("现在在这里", "here now"),
    "not-yet": Wording("还没有到", "to come"),
    "cannot": Wording("不经过", "passed over"),
}
# What concerns the case as a whole.
_OF_THE_WHOLE: Final = ("assign", "ask-person", "claim-periods", "withdraw-application")


def of_subsidy(opened: OpenSubsidy, here: str) -> Shown:
    """What the layout of a subsidy's pages needs besides what every case has; `here`: the page's own address."""
    return {
        "layout": "subsidies/layout.html",
        "head": head(opened, here),
        "head_acts": buttons(opened, *((kind, None) for kind in _OF_THE_WHOLE)),
        "reads_people": bool(opened.visit.roles & CASE_READING.roles),
        "applicant": opened.applicant,
        "hired": opened.hired,
        "of_worker": opened.applicant.kind is Applicant.WORKER,
    }


def head(opened: OpenSubsidy, here: str) -> Shown:
    speech, case, applicant = opened.speech, opened.case, opened.applicant
    reading = pinyin_marked(applicant.reading) if applicant.reading else ""
    since = speech.day(case.applied_on)
    return {
        "name": applicant.name,
        "beside": [
            words
            for words in (reading, applicant.about, _hired(opened), f"{speech.w(opened.title)} · {status(opened)}")
            if words
        ],
        "subsidy": speech.w(opened.title),
        "policy": _policy(opened),
        "applied": speech(f"{since}，第 {_age(opened)} 天", f"{since}, day {_age(opened)}"),
        "granted": _fen(opened, case.granted_fen),
        "paid": _fen(opened, case.paid_fen),
        "caseworker": opened.actor(case.caseworker) if case.caseworker else speech("未分派", "nobody yet"),
        "station": opened.names.station(case.station_id),
        "opened_from": f"/cases/{case.opened_from}" if case.opened_from else None,
        "tabs": [_tab(opened, path, words, here) for path, words in _TABS],
        "road": list(road(opened)),
        "back": {"href": opened.ways.back, "words": speech.w(opened.ways.words)},
        "next": None,
    }


def _hired(opened: OpenSubsidy) -> str:
    if opened.hired is None:
        return ""
    return opened.speech(f"招用 {opened.hired.name}", f"for {opened.hired.name}")


def _policy(opened: OpenSubsidy) -> str | None:
    """The subsidy as it stood in the place on the day, for those who read policies."""
    case = opened.case
    if not opened.visit.roles & POLICY_READING.roles:
        return None
    return f"/policies/resolve?policy={case.policy}&place={case.jurisdiction}&on={case.applied_on}"


def status(opened: OpenSubsidy) -> str:
    case, speech = opened.case, opened.speech
    words = speech.w(case.stage.label)
    if case.outcome:
        words = f"{words}{speech('：', ': ')}{speech.w(case.outcome.label)}"
    return words


def road(opened: OpenSubsidy) -> Iterator[Shown]:
    """One stop for each stage of the way that this case goes, and the house at its end."""
    case, speech = opened.case, opened.speech
    way = list(_way(opened))
    at = way.index(case.stage) if case.stage in way else len(way)
    for number, stage in enumerate(way):
        state = "counted" if number < at else "under-way" if number == at else "not-yet"
        if number < at and _passed_over(opened, stage):
            state = "cannot"
        yield {
            "title": speech.w(stage.label),
            "stops": [state],
            "said": speech.w(_STOPS[state]),
            "note": _note(opened, stage),
        }
    ended = speech.w(case.outcome.label) if case.outcome else ""
    yield {"title": speech.w(Stage.CLOSED.label), "stops": ["end"], "note": ended}


def _way(opened: OpenSubsidy) -> tuple[Stage, ...]:
    case = opened.case
    if case.stage is Stage.RECOVERY or case.outcome in (Outcome.RECOVERED, Outcome.WRITTEN_OFF):
        return _RECOVERED
    if case.stage is Stage.REFUSAL or case.outcome is Outcome.REFUSED:
        return _REFUSED
    if case.outcome in (Outcome.EXPIRED, Outcome.WITHDRAWN) and not case.payments:
        return (Stage.DETERMINATION, *((Stage.NOTICE,) if case.noticed_on else ()))
    return _PAID if opened.monthly else _PAID[:-1]


def _passed_over(opened: OpenSubsidy, stage: Stage) -> bool:
    """Some subsidies are paid without a public notice, and some end once they are paid."""
    return stage is Stage.NOTICE and opened.case.noticed_on is None


def _note(opened: OpenSubsidy, stage: Stage) -> str:
    case, speech = opened.case, opened.speech
    match stage:
        case Stage.DETERMINATION if case.standing:
            return speech.w(case.standing.conclusion.label)
        case Stage.NOTICE if case.noticed_on:
            return speech.day(case.noticed_on)
        case Stage.PAYMENT if case.payments:
            paid = money(case.paid_fen)
            return speech(f"{paid} 元", f"{paid} yuan")
        case Stage.RUNNING if case.stopped_on:
            return speech(f"{speech.day(case.stopped_on)}停发", f"stopped {speech.day(case.stopped_on)}")
        case _:
            return ""


def _fen(opened: OpenSubsidy, fen: int | None) -> str:
    """Sums are no secret: the public notice names them, beside a masked name."""
    if fen is None:
        return "—"
    return opened.speech(f"{money(fen)} 元", f"{money(fen)} yuan")


def _age(opened: OpenSubsidy) -> int:
    """The day of the application is the first."""
    closed = opened.case.closed_at
    until = opened.visit.today if closed is None else day_of(closed)
    return max((until - opened.case.applied_on).days, 0) + 1


def _tab(opened: OpenSubsidy, path: str, words: Wording, here: str) -> Shown:
    case = opened.case
    counts = {
        TIMELINE: len(opened.steps),
        PAPERS: len(case.papers),
        DETERMINATIONS: len(case.determinations),
        CLOCKS: sum(clock.running for clock in case.clocks),
    }
    href = opened.ways.on(opened.path + path)
    return {"href": href, "words": opened.speech.w(words), "count": counts.get(path), "here": path == here}
