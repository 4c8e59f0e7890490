"""What an officer did, or can do, with a determination: adopt it, or depart from it with a second person."""

from datetime import datetime
from typing import Any

from cases.acts import refusals
from cases.acts_of_any.determining import (
    AdoptDetermination,
    ConfirmDeparture,
    DepartFromDetermination,
    OnDetermination,
)
from cases.case_parts import DeterminationState
from cases.determinations import Conclusion
from cases.refusals import Refusal
from cases.wording import Wording
from web.case.doing import button
from web.case.opened_any import Opened, Written
from web.case.speech import Shown

GRANTED, REFUSED = Wording("符合", "granted"), Wording("不符合", "refused")


def decision(opened: Opened, state: DeterminationState) -> Shown:
    """The panel of the decision: how it stands in words, and the buttons that are the reader's."""
    speech = opened.speech
    shown: Shown = {"title": speech("决定", "Decision"), "said": [], "acts": [], "mine": False}
    if state.superseded:
        said = speech(
            "已被后来的认定取代，不再决定。", "Superseded by a later determination; nobody decides on it any more."
        )
        return shown | {"said": [*_taken(opened, state), said]}
    if state.granted is not None:
        return shown | {"said": list(_taken(opened, state))}
    if state.departing is not None:
        return shown | _pending(opened, state)
    acts = _offered(opened, state)
    if acts:
        note = speech(
            "签署后写入决定日志，不能改，只能更正；不采纳须写明理由，并由第二人复核才生效。",
            "Once signed it stands in the decision log; to depart needs a reason and a second officer.",
        )
        return shown | {"title": speech("您的决定", "Your decision"), "acts": acts, "note": note, "mine": True}
    return shown | {"said": [_waits(opened, state)]}


def written_on(opened: Opened, state: DeterminationState, *kinds: type[OnDetermination[Any, Any]]) -> Written | None:
    """The latest step of these kinds on one determination."""
    return next(
        (step for step in reversed(opened.steps) if isinstance(step.act, kinds) and step.act.determination == state.id),
        None,
    )


def decided_at(opened: Opened, state: DeterminationState) -> datetime | None:
    step = written_on(opened, state, AdoptDetermination, ConfirmDeparture)
    return step.entry.at if step else None


def _taken(opened: Opened, state: DeterminationState) -> list[str]:
    """Who decided, when, and where it departs from what the rules concluded, why."""
    speech = opened.speech
    if state.granted is None:
        return []
    outcome, at = GRANTED if state.granted else REFUSED, decided_at(opened, state)
    when = speech.at(at) if at else ""
    officer = opened.actor(state.decided_by) if state.decided_by else ""
    if at is None:  # determined anew, and it came to the same: the decision of before stands
        return [
            speech(
                f"{officer}此前的决定仍然有效：{outcome.zh}。",
                f"The earlier decision by {officer} stands: {outcome.en}.",
            )
        ]
    if state.departed_by is None:
        return [speech(f"{officer}于 {when} 采纳：{outcome.zh}。", f"Adopted by {officer} on {when}: {outcome.en}.")]
    first = opened.actor(state.departed_by)
    said = [
        speech(
            f"{first}提出偏离，{officer}于 {when} 复核同意：{outcome.zh}。",
            f"{first} departed from it, confirmed by {officer} on {when}: {outcome.en}.",
        )
    ]
    return [*said, *_reason(opened, state)]


def _pending(opened: Opened, state: DeterminationState) -> Shown:
    """A departure that waits: who proposed what, when and why; a second officer confirms or rejects it."""
    speech = opened.speech
    step = written_on(opened, state, DepartFromDetermination)
    outcome = GRANTED if state.departing else REFUSED
    who = opened.actor(state.departed_by) if state.departed_by else ""
    when = speech.at(step.entry.at) if step else ""
    said = [
        speech(
            f"{who}于 {when} 提出偏离，按{outcome.zh}办理；等第二人复核，在此之前没有效力。",
            f"{who} proposed on {when} to depart from it: {outcome.en}. It has no effect until seconded.",
        ),
        *_reason(opened, state),
    ]
    if state.departed_by == opened.visit.me.staff_id:
        said.append(speech("提出的人不能自己复核。", "Whoever proposed it cannot confirm it."))
        return {"said": said, "title": speech("偏离待复核", "A departure waits")}
    acts = [
        found
        for kind, asked in (("confirm-departure", True), ("reject-departure", False))
        if not (asked and _against(opened, kind, state)) and (found := button(opened, kind, state.id))
    ]
    return {"said": said, "acts": acts, "mine": bool(acts), "title": speech("偏离待复核", "A departure waits")}


def _reason(opened: Opened, state: DeterminationState) -> list[str]:
    step = written_on(opened, state, DepartFromDetermination)
    if step is None or not isinstance(step.act, DepartFromDetermination) or not opened.working:
        return []
    return [opened.speech(f"理由：{step.act.reason}", f"Reason: {step.act.reason}")]


def _offered(opened: Opened, state: DeterminationState) -> list[Shown]:
    """The two buttons, where the case leaves room for them."""
    speech = opened.speech
    agreed = GRANTED if state.conclusion is Conclusion.GRANTED else REFUSED
    other = REFUSED if state.conclusion is Conclusion.GRANTED else GRANTED
    adopt = speech(f"采纳：{agreed.zh}", f"Adopt: {agreed.en}")
    depart = speech("不采纳，说明理由", "Depart, with a reason")
    if state.conclusion.adoptable:
        depart = speech(f"不采纳，按{other.zh}办理", f"Depart: {other.en}")
    wanted: tuple[tuple[str, dict[str, object], str], ...] = (
        ("adopt-determination", {}, adopt),
        ("depart-from-determination", _departure(state), depart),
    )
    return [
        found
        for kind, more, words in wanted
        if not _against(opened, kind, state, **more) and (found := button(opened, kind, state.id, words))
    ]


def _departure(state: DeterminationState) -> dict[str, object]:
    """Any departure, to ask whether one is possible at all."""
    return {"granted": state.conclusion is not Conclusion.GRANTED, "reason": "?"}


def _against(opened: Opened, kind: str, state: DeterminationState, **more: object) -> tuple[Refusal, ...]:
    """What the case itself has against an act on a determination."""
    act = opened.ACTS.read_act(kind, {"determination": state.id, **more})
    return refusals(act, opened.case)


def _waits(opened: Opened, state: DeterminationState) -> str:
    speech = opened.speech
    refused = _against(opened, "adopt-determination", state)
    if opened.case.closed:
        return speech("没有决定；个案已办结。", "It was not decided; the case is closed.")
    if state.conclusion is Conclusion.NEEDS_INFORMATION:
        return speech("等补充事实；登记后会重新认定。", "It waits for facts; once recorded, it is determined anew.")
    if any(each.code in ("out-of-date", "market-not-failed") for each in refused):
        return speech.w(refused[0].wording)
    return speech("等审批人决定。", "It waits for an officer.")
