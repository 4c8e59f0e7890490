"""The one next action of a subsidy case for its reader: what, until when and why; or whom or what it waits for."""

from collections.abc import Iterator
from typing import Final

from activities.case_view import ClockView
from cases.days import day_of
from cases.next_steps import NextStep
from cases.parts import find
from cases.subsidy.appealing import took_part
from cases.subsidy.next_step import next_steps
from cases.subsidy.paying import recorded_return
from cases.subsidy.progress import next_dated, policies_due
from cases.subsidy.stages import Stage
from cases.wording import Wording
from web.case.clocks import cited, clocks_of
from web.case.doing import address, button, may
from web.case.due import chip
from web.case.speech import Shown
from web.subsidies.naming import Part, named_part
from web.subsidies.opened import OpenSubsidy

# The second sentence of the reason: what the act is good for.
_BECAUSE: Final = {
    "adopt-determination": Wording(
        "决定后出具决定书；不采纳须写明理由并由第二人复核。",
        "A decision notice is made; to depart needs a reason and a second officer.",
    ),
    "depart-from-determination": Wording(
        "规则不能下结论，须由审批人写明理由，并由第二人复核。",
        "The rules cannot conclude: an officer decides with a reason, and a second officer confirms.",
    ),
    "confirm-departure": Wording("提出偏离的人不能自己复核。", "Whoever proposed the departure cannot confirm it."),
    "record-fact": Wording("登记后规则会立即重新审核。", "Once recorded, the rules determine anew at once."),
    "publish-notice": Wording(
        "公示期满且没有未处理的异议，才能拨付。", "Paid only once its days are over and no objection is open."
    ),
    "order-payment": Wording(
        "拨付当天须先重新核查；本系统只开单，不动钱。",
        "On the day it is checked again first; this system orders, and moves no money.",
    ),
    "settle-payment": Wording("被银行退回的，期间可以再次拨付。", "What the bank returns can be paid anew."),
    "answer-person": Wording(
        "规则得出的不予补贴，有人看过才算数。", "A refusal by rules is final only once a person has looked at it."
    ),
    "decide-review": Wording("参与过原决定的人不能复核。", "Nobody reviews a decision that they took part in."),
    "settle-appeal": Wording(
        "在此之前个案留在清单上；改变决定的，重新审核。",
        "Until then it stays on the list; found wrong, it is decided anew.",
    ),
    "record-delivery": Wording(
        "申请复核、退款等期限从送达之日起算。", "The days to ask for a review, or to repay, run from that day."
    ),
    "demand-recovery": Wording("金额由系统算出，不用填写。", "The sum is reckoned; nobody types it."),
    "record-repayment": Wording("全部退回后个案按结果继续或办结。", "All of it back, the case goes on or is closed."),
}
_CLOCKS: Final = {
    "record-fact": "supply-information",
    "adopt-determination": "decision",
    "depart-from-determination": "decision",
    "confirm-departure": "decision",
    "order-payment": "payment",
    "send-payment": "payment",
    "settle-payment": "payment",
    "record-repayment": "repayment",
}
_OF_PARTS: Final = {"settle-objection": "objection", "decide-review": "review"}
# Done for all that wait at once, on a page of their own; by hand only where a list that was begun names the case.
_TOGETHER: Final = {
    "publish-notice": ("/subsidies/notices", Wording("制作公示名单", "Make the public list")),
    "send-payment": ("/subsidies/bank", Wording("制作银行文件", "Make the bank file")),
}
# What else can be done about the same.
_BESIDE: Final = {
    "adopt-determination": ("depart-from-determination",),
    "confirm-departure": ("reject-departure",),
    "record-fact": ("depart-from-determination",),
    "order-payment": ("recheck",),
    "publish-notice": ("publish-notice",),
    "send-payment": ("cancel-payment", "send-payment"),
    "record-repayment": ("write-off",),
}


def next_panel(opened: OpenSubsidy) -> Shown:
    case, speech = opened.case, opened.speech
    steps = list(next_steps(case))
    mine = next((step for step in steps if may(opened, step.act) and _theirs(opened, step)), None)
    step = mine or next(iter(steps), None)
    if step is None:
        return _quiet(opened)
    clock = _clock(opened, step)
    panel = _panel(opened, clock) | {
        "title": speech.w(opened.ACTS.known[step.act].TITLE),
        "why": speech("", " ").join(_why(opened, step)),
        "policy": _determination(opened, step),
    }
    if mine is None:
        by = step.by.label
        return panel | {"kicker": speech(f"轮到{by.zh}", f"The turn of the {by.en}")}
    primary = _primary(opened, step, f"{panel['title']}")
    beside = (button(opened, kind, step.about) for kind in _BESIDE.get(step.act, ()))
    return panel | {"primary": primary, "others": [each for each in beside if each]}


def _primary(opened: OpenSubsidy, step: NextStep, title: str) -> Shown:
    if step.act in _TOGETHER:
        href, words = _TOGETHER[step.act]
        return {"href": href, "words": opened.speech.w(words)}
    about = None if step.act == "record-fact" else step.about  # which fact it is stands on a page of its own
    return {"href": address(opened, step.act, about), "words": title}


def _panel(opened: OpenSubsidy, clock: ClockView | None) -> Shown:
    speech = opened.speech
    shown: Shown = {
        "kicker": speech("下一步", "Next action"),
        "due_state": None,
        "due_words": None,
        "authorities": [cited(clock.authority)] if clock else [],
        "policy": None,
        "primary": None,
        "others": [],
        "cannot": None,
    }
    if clock:
        due = chip(clock, opened.station.policies.calendar, speech)
        shown |= {"due_state": due.state, "due_words": due.words}
    return shown


def _theirs(opened: OpenSubsidy, step: NextStep) -> bool:
    """Nobody confirms their own departure, looks again at their own decision, or pays what they granted alone."""
    me, case = opened.visit.me.staff_id, opened.case
    standing = case.standing
    decided = (standing.decided_by, standing.departed_by) if standing else ()
    match step.act:
        case "confirm-departure":
            return standing is None or standing.departed_by != me
        case "order-payment":
            return not (opened.law.process.second_person and me in decided) and not recorded_return(case, me)
        case "decide-review":
            return me not in took_part(case)
        case "answer-person":
            return standing is None or standing.granted is None or standing.decided_by != me
        case _:
            return True


def _clock(opened: OpenSubsidy, step: NextStep) -> ClockView | None:
    wanted = f"{_OF_PARTS[step.act]}/{step.about}" if step.act in _OF_PARTS else _CLOCKS.get(step.act)
    return _running(opened, wanted)


def _running(opened: OpenSubsidy, clock_id: str | None) -> ClockView | None:
    return next((view for view in clocks_of(opened) if view.state.id == clock_id and view.state.running), None)


def _why(opened: OpenSubsidy, step: NextStep) -> Iterator[str]:
    """The engine's own words, with parts of the case as people call them."""
    speech, case = opened.speech, opened.case
    why = speech.w(step.why)
    parts: tuple[Part, ...] = (*case.objections, *case.reviews, *case.payments)
    part = next((each for each in parts if each.id == step.about), None)
    if part and part.id in why:
        why = why.replace(part.id, speech(f"“{named_part(speech, part)}”", f"“{named_part(speech, part)}”"))
    yield speech(f"{why}。", f"{why}.")
    if step.act in _BECAUSE:
        yield speech.w(_BECAUSE[step.act])


def _determination(opened: OpenSubsidy, step: NextStep) -> Shown | None:
    found = find(opened.case.determinations, step.about or "")
    if found is None:
        return None
    href = opened.ways.on(f"{opened.path}/determinations/{found.id}")
    return {"words": opened.speech("看审核全文", "See the whole determination"), "href": href}


def _quiet(opened: OpenSubsidy) -> Shown:
    """Nobody has to do anything: the rules, time, the applicant or the bank have the word; or it is over."""
    case, speech = opened.case, opened.speech
    waits = speech("等待", "Waiting")
    if case.closed:
        outcome = speech.w(case.outcome.label) if case.outcome else ""
        why = (
            speech(f"{speech.at(case.closed_at)}办结。", f"Closed on {speech.at(case.closed_at)}.")
            if case.closed_at
            else ""
        )
        reopen = button(opened, "reopen", None, speech("情况有变，重启个案", "Reopen the case"))
        shown = {"kicker": speech("已办结", "Closed"), "title": outcome, "why": why, "due_state": "done"}
        return (
            _panel(opened, None)
            | shown
            | {"due_words": speech("已办结", "Closed"), "others": [reopen] if reopen else []}
        )
    if any(policies_due(case)):
        title = speech("规则正在审核", "The rules are determining")
        why = speech("稍候刷新即可看到结论。", "Reload in a moment to see what they conclude.")
        return _panel(opened, None) | {"kicker": waits, "title": title, "why": why}
    title, why, clock = _waits_for(opened)
    others = [each for kind in ("claim-periods", "raise-objection", "ask-person") if (each := button(opened, kind))]
    return _panel(opened, _running(opened, clock)) | {"kicker": waits, "title": title, "why": why, "others": others}


def _waits_for(opened: OpenSubsidy) -> tuple[str, str, str | None]:
    case, speech = opened.case, opened.speech
    match case.stage:
        case Stage.NOTICE:
            return (
                speech("公示中", "Shown to the public"),
                speech("期满没有未处理的异议，就进入拨付。", "Its days over and no objection open, it is paid."),
                "public-notice",
            )
        case Stage.REFUSAL:
            return (
                speech("不予补贴已决定", "Refused"),
                speech(
                    "决定送达后，申请人可以在期限内申请复核，或要求人工复核；期满办结。",
                    "Once it is delivered the applicant may ask for a review or for a person within the term; then it "
                    "is closed.",
                ),
                "refusal-review",
            )
        case Stage.RUNNING:
            dated = next_dated(case)
            on = speech.day(day_of(dated.at)) if dated else ""
            return (
                speech("享受期内", "Running"),
                speech(
                    f"下一次按月核查在{on}；新的月份可以续报。",
                    f"The next monthly check is on {on}; more months can be claimed.",
                ),
                None,
            )
        case _:
            return (
                speech("等银行或他人", "The bank or others have the word"),
                speech("现在没有要办的。", "There is nothing to do now."),
                "payment",
            )
