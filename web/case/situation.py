"""What else stands on the overview: what waits for somebody, needs, placements, limits, the person's other cases."""

from collections.abc import Iterator

from sqlalchemy import Connection

from cases.constraints import Constraints
from cases.hardship.leaving import ProposeExit
from cases.hardship.moving import Pause, ProposeTransfer
from cases.hardship.needing import OpenNeed
from cases.hours import Hours
from cases.papers import PaperKind
from cases.roles import Role
from store.case_reading import OtherCase, other_cases
from store.constraints import constraints
from store.organisation import node
from web.case.doing import buttons
from web.case.opened import OpenCase
from web.case.speech import Shown
from web.case.words import HEALTH_DEMANDS, PAY_UNITS, STATUS, WEEKDAYS
from web.shown import case_number, money

WHOLE_WEEK = 7


def pending(opened: OpenCase) -> list[Shown]:
    """Panels of what was proposed and waits for somebody: a transfer, a closure, an exit, a pause."""
    return [panel for made in (_pause, _transfer, _exit, _closure) for panel in made(opened)]


def _pause(opened: OpenCase) -> Iterator[Shown]:
    case, speech = opened.case, opened.speech
    if not case.paused:
        return
    act = next((s.act for s in reversed(opened.steps) if isinstance(s.act, Pause)), None)
    listed = opened.law.pause_reasons.get(act.reason) if act else None
    since = speech.at(case.pauses[-1].from_at)
    said = [speech(f"自 {since} 起暂停，各项时限停计。", f"Paused since {since}; no clock runs.")]
    if listed:
        said.append(speech(f"情形：{listed.zh}。", f"Reason: {listed.en}."))
    if act and act.explanation and opened.working:
        said.append(act.explanation)
    yield _panel("pause", speech("已暂停", "Paused"), said, buttons(opened, ("resume", None)))


def _transfer(opened: OpenCase) -> Iterator[Shown]:
    case, speech = opened.case, opened.speech
    if case.transfer is None:
        return
    who, at = opened.actor(case.transfer.proposed_by), speech.at(case.transfer.proposed_at)
    where = opened.names.station(case.transfer.to_station)
    said = [
        speech(
            f"{who}于 {at} 提出移交到{where}，等对方接收；在此之前仍由本站办理。",
            f"{who} proposed on {at} to transfer the case to {where}; until it is accepted, it stays here.",
        )
    ]
    act = next((s.act for s in reversed(opened.steps) if isinstance(s.act, ProposeTransfer)), None)
    if act and opened.working:
        said.append(speech(f"理由：{act.reason}", f"Reason: {act.reason}"))
    acts = buttons(opened, ("accept-transfer", None), ("decline-transfer", None))
    yield _panel("transfer", speech("移交待接收", "A transfer waits to be accepted"), said, acts)


def _exit(opened: OpenCase) -> Iterator[Shown]:
    case, speech = opened.case, opened.speech
    if case.exit is None:
        return
    listed = opened.law.exits.get(case.exit.reason)
    who, at = opened.actor(case.exit.proposed_by), speech.at(case.exit.told_at)
    reason = speech.w(listed.title) if listed else case.exit.reason.value
    said = [speech(f"情形：{reason}。{who}于 {at} 告知本人。", f"Reason: {reason}. {who} told the worker on {at}.")]
    act = next((s.act for s in reversed(opened.steps) if isinstance(s.act, ProposeExit)), None)
    if act and opened.working:
        said.append(act.explanation)
    if case.exit.review_asked_at:
        asked = speech.at(case.exit.review_asked_at)
        said.append(speech(f"本人于 {asked} 申请复核。", f"The worker asked for a review on {asked}."))
    else:
        said.append(speech("本人可以在期限内申请复核。", "The worker may ask for a review within the term."))
    acts = (
        buttons(opened, ("decide-review", None)) if case.exit.review_asked_at else buttons(opened, ("ask-review", None))
    )
    mine = opened.visit.me.staff_id in (case.caseworker, case.exit.proposed_by)
    acts = [act for act in acts if act["kind"] != "decide-review" or not mine]
    yield _panel("exit", speech("退出告知", "Exit notice"), said, acts, listed.authority.clause if listed else "")


def _closure(opened: OpenCase) -> Iterator[Shown]:
    case, speech = opened.case, opened.speech
    if case.closure is None or case.closed:
        return
    who, at = opened.actor(case.closure.proposed_by), speech.at(case.closure.proposed_at)
    outcome = speech.w(case.closure.outcome.label)
    said = [
        speech(
            f"结果：{outcome}。{who}于 {at} 提出，等主管批准。",
            f"Outcome: {outcome}. Proposed by {who} on {at}; a supervisor approves it.",
        )
    ]
    acts = buttons(opened, ("approve-closure", None), ("return-closure", None))
    proposers = {each.proposed_by for each in (case.closure, case.exit) if each} | {case.caseworker}
    if opened.visit.me.staff_id in proposers:
        acts = [act for act in acts if act["kind"] != "approve-closure"]
        said.append(speech("经办或提出的人不能批准。", "Whoever has the case, or proposed it, does not approve it."))
    yield _panel("closure", speech("办结待批准", "Closure waits for approval"), said, acts)


def _panel(name: str, title: str, said: list[str], acts: list[Shown], authority: str = "") -> Shown:
    return {"id": f"pending-{name}", "title": title, "said": said, "acts": acts, "authority": authority}


def needs(opened: OpenCase) -> list[Shown]:
    """The living list of needs, the open ones first; their text only for those who work on the case."""
    speech = opened.speech
    told = [step.act.what for step in opened.steps if isinstance(step.act, OpenNeed)]
    shown = []
    for need in sorted(opened.case.needs, key=lambda each: each.solved is not None):
        number = int(need.id.rpartition("-")[2])
        what = told[number - 1] if opened.working and number <= len(told) else speech("（内容不显示）", "(not shown)")
        state = {
            None: speech(f"{speech.day(need.opened_on)}提出", f"opened {speech.day(need.opened_on)}"),
            True: speech("已解决", "solved"),
            False: speech("未能解决", "given up"),
        }[need.solved]
        acts = buttons(opened, ("answer-need", need.id), ("settle-need", need.id)) if need.solved is None else []
        answered = speech(f"已有 {len(need.answered_by)} 项服务回应", f"answered by {len(need.answered_by)}")
        shown.append(
            {
                "what": what,
                "state": f"{state}{speech('，', ', ')}{answered}" if need.answered_by else state,
                "open": need.solved is None,
                "acts": acts,
            }
        )
    return shown


def placements(opened: OpenCase) -> list[Shown]:
    speech, case = opened.speech, opened.case
    shown = []
    for placement in reversed(case.placements):
        form = speech.w(PaperKind(placement.form.value).wording)
        began = speech.day(placement.started_on)
        said = speech(f"{began}上岗，{form}", f"since {began}, {form}")
        if placement.ended_on:
            ended = speech.day(placement.ended_on)
            said += speech(f"，{ended}终止", f", ended {ended}")
        follow_ups = [_follow_up(opened, f.id) for f in case.follow_ups if f.placement_id == placement.id]
        title = opened.names.employer(placement.employer_id, speech)
        shown.append({"title": title, "said": said, "follow_ups": follow_ups, "standing": placement.ended_on is None})
    return shown


def _follow_up(opened: OpenCase, follow_up_id: str) -> Shown:
    speech, case = opened.speech, opened.case
    found = next(each for each in case.follow_ups if each.id == follow_up_id)
    title = speech(f"{found.days} 天回访", f"At {found.days} days")
    if found.held_on:
        still = speech("仍在岗", "still employed") if found.still_employed else speech("已失业", "the work was lost")
        day = speech.day(found.held_on)
        return {"title": title, "state": "done", "words": f"{day} {still}", "href": None}
    standing = case.placement is not None and case.placement.id == found.placement_id
    words = speech("未进行", "not held yet") if standing else speech("不再进行", "no longer held")
    acts = buttons(opened, ("record-follow-up", found.id)) if standing else []
    return {"title": title, "state": "later", "words": words, "href": acts[0]["href"] if acts else None}


def limits(connection: Connection, opened: OpenCase) -> Shown:
    """What the worker cannot do without; health among it, so only for those who work on the case."""
    speech = opened.speech
    edits = opened.mine & {Role.CASEWORKER, Role.GUIDE}
    edit = opened.ways.on(f"/workers/{opened.case.worker_id}/edit") if edits else None
    if not opened.working:
        return {"hidden": True, "lines": [], "edit": None}
    known = constraints(connection, opened.station.keyring, opened.case.worker_id, opened.visit.today)
    lines = list(_limits(connection, opened, known))
    return {
        "hidden": False,
        "lines": lines or [speech("都不知道，请先问清。", "Nothing is known: ask first.")],
        "edit": edit,
    }


def _limits(connection: Connection, opened: OpenCase, known: Constraints) -> Iterator[str]:
    speech = opened.speech
    unknown = []
    if known.hours is None:
        unknown.append(speech("工作时间", "hours"))
    else:
        yield _hours(opened, known.hours)
    if known.places is None:
        unknown.append(speech("地点", "place"))
    else:
        names = [found.name for each in sorted(known.places) if (found := node(connection, each))]
        yield (
            speech(f"可去：{speech.list(names)}", f"can work in {speech.list(names)}")
            if names
            else speech("没有可去的地点", "nowhere")
        )
    if known.pay_floor is None:
        unknown.append(speech("报酬", "pay"))
    elif known.pay_floor.fen:
        floor = f"{money(known.pay_floor.fen)} {speech.w(PAY_UNITS[known.pay_floor.unit])}"
        yield speech(f"不低于 {floor}", f"at least {floor}")
    else:
        yield speech("报酬没有底线", "no pay floor")
    if known.ruled_out is None:
        unknown.append(speech("健康", "health"))
    elif known.ruled_out:
        yield from (speech.w(HEALTH_DEMANDS[each]) for each in sorted(known.ruled_out))
    else:
        yield speech("健康上没有限制", "no limits of health")
    if unknown:
        yield speech(f"还不知道：{speech.list(unknown)}", f"not known yet: {speech.list(unknown)}")


def _hours(opened: OpenCase, hours: Hours) -> str:
    speech = opened.speech
    shifts = []
    for shift in hours.shifts:
        whole = len(shift.days) == WHOLE_WEEK
        days = (
            speech("每天", "every day")
            if whole
            else speech.list([speech.w(WEEKDAYS[day - 1]) for day in sorted(shift.days)])
        )
        begin, until = f"{shift.begin:%H:%M}", f"{shift.until:%H:%M}"
        shifts.append(f"{days} {speech('全天', 'all day') if begin == until else f'{begin}–{until}'}")
    return speech(f"可做：{'；'.join(shifts)}", f"can work {'; '.join(shifts)}")


def others(connection: Connection, opened: OpenCase) -> list[Shown]:
    """The person's other cases that the reader may see."""
    case = opened.case
    found = other_cases(connection, opened.visit.scope, case.worker_id, case.id)
    return [
        {"href": f"/cases/{each.id}", "number": case_number(each.id), "said": _other(opened, each)} for each in found
    ]


def _other(opened: OpenCase, other: OtherCase) -> str:
    speech = opened.speech
    began, stands = (
        speech.day(other.applied_on),
        speech.w(other.outcome.label if other.outcome else STATUS[other.stage]),
    )
    return speech(f"{began}开案，{stands}", f"opened {began}, {stands}")
