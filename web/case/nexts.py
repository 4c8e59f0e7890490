"""The one next action of a case for its reader: what, until when, why and by which clause; or whom it waits for."""

from collections.abc import Iterator
from typing import Final

from markupsafe import Markup

from activities.case_view import ClockView
from cases.authorities import Authority
from cases.hardship.next_step import turned
from cases.hardship.progress import ACTS, policies_due
from cases.hardship.proofs import ItemProof, prove
from cases.hardship.queue_words import what_next
from cases.hardship.queueing import QueueRow, Turn, queue_rows
from cases.hardship.roads import road
from cases.hardship.turns import found_later
from cases.hardship.waking import AskAnew
from cases.parts import find
from cases.plans import ServiceKind
from cases.roles import Role
from cases.wording import Wording
from web.case.clocks import cited, clocks_of
from web.case.doing import address, button, may
from web.case.due import chip
from web.case.marking import code
from web.case.opened import OpenCase
from web.case.speech import Shown
from web.case.words import SERVICE_KINDS, without_id

_ORDER: Final = (Role.CASEWORKER, Role.OFFICER, Role.SUPERVISOR, Role.GUIDE)
# The second sentence of the reason: what the act is good for.
_BECAUSE: Final = {
    "adopt-determination": Wording(
        "决定后个案按结果继续；不采纳须写明理由并由第二人复核。",
        "The case goes on by what you decide; to depart needs a reason and a second officer.",
    ),
    "depart-from-determination": Wording(
        "规则不能下结论，须由审批人写明理由，并由第二人复核。",
        "The rules cannot conclude: an officer decides with a reason, and a second officer confirms.",
    ),
    "confirm-departure": Wording("提出偏离的人不能自己复核。", "Whoever proposed the departure cannot confirm it."),
    "record-fact": Wording("登记后规则会立即重新认定。", "Once recorded, the rules determine anew at once."),
    "ask-anew": Wording(
        "申请日期变为答复的那一天，其他时限和方案不变。",
        "The day of the answer becomes the day of application; clocks and plan stay as they are.",
    ),
    "deliver-referral": Wording(
        "没有送达本人的推荐不计入；送达后开始等结果。", "A referral that did not reach the worker does not count."
    ),
    "record-referral-outcome": Wording(
        "结果不明的推荐不计入；录用与否都可以计入。",
        "A referral without a known outcome does not count; it counts whether or not the worker was hired.",
    ),
    "record-training-result": Wording(
        "有出勤和结果的培训才计入。", "A training counts once its attendance and result are known."
    ),
    "record-guidance": Wording("写明谈了什么才计入。", "It counts once what was said is recorded."),
    "enrol-training": Wording("完成并有结果后计入。", "It counts once attended and with a result."),
    "propose-closure": Wording(
        "办结须由主管批准，不能由经办人自己批准。", "A supervisor approves the closure, never the caseworker."
    ),
    "approve-closure": Wording(
        "批准后出具办结通知书；退回须写明理由。", "Approved, a closing notice is made; to return it needs a reason."
    ),
    "decide-review": Wording(
        "不维持退出的，个案回到原来的阶段继续办理。", "If the exit is not upheld, the case goes on where it was."
    ),
    "accept-transfer": Wording(
        "接收后时限、预约和待办一并转入，政策版本不变。",
        "Clocks, appointments and open items follow; the policy versions stay.",
    ),
    "record-placement": Wording(
        "登记后出具协议，并按方案安排回访。", "An agreement is made, and the follow-ups of the plan begin."
    ),
    "record-follow-up": Wording("已失业的，帮扶期重新起算。", "If the work was lost, the term of help begins anew."),
    "resume": Wording("恢复后各项时限从停下的地方继续计。", "Every clock goes on from where it stood."),
}


def next_panel(opened: OpenCase) -> Shown:
    case, speech = opened.case, opened.speech
    if case.closed:
        return _closed(opened)
    past = [step.entry.kind for step in reversed(opened.steps)]
    rows = {row.role: row for row in queue_rows(case, opened.law.plan, past)}
    mine = _mine(opened, rows)
    row = mine or rows[Role.CASEWORKER]
    clock = next((view for view in clocks_of(opened) if view.state.id == row.clock), None)
    proofs = prove(opened.law.plan, case)
    stops = road(proofs, case)
    panel: Shown = {
        "kicker": speech("下一步", "Next action"),
        "title": speech.w(what_next(row.act, row.about, row.waiting_for, stops)),
        "why": speech("", " ").join(_why(opened, row, proofs)),
        "due_state": None,
        "due_words": None,
        "authorities": [cited(each) for each in _authorities(row, proofs, clock)],
        "policy": _policy(opened, row),
        "primary": None,
        "others": [],
        "cannot": None,
    }
    if clock:
        due = chip(clock, opened.station.policies.calendar, speech)
        panel |= {"due_state": due.state, "due_words": due.words}
    if mine is None:
        return panel | {"kicker": _whose_turn(opened, row), "others": _waiting(opened)}
    return panel | _acts(opened, row)


def _mine(opened: OpenCase, rows: dict[Role, QueueRow]) -> QueueRow | None:
    """What is the reader's to do, the first due first."""
    found = [
        rows[role]
        for role in _ORDER
        if role in rows and rows[role].act and may(opened, rows[role].act or "") and _theirs(opened, rows[role])
    ]
    return min(found, key=lambda row: (row.due_at is None, row.due_at or row.opened_at), default=None)


def _theirs(opened: OpenCase, row: QueueRow) -> bool:
    """Nobody confirms their own departure, or approves the closure of their own case."""
    me, case = opened.visit.me.staff_id, opened.case
    if row.act == "confirm-departure":
        pending = find(case.determinations, row.about or "")
        return pending is None or pending.departed_by != me
    if row.act in ("approve-closure", "decide-review"):
        proposed = [each.proposed_by for each in (case.closure, case.exit) if each]
        return me != case.caseworker and me not in proposed
    return row.turn is not Turn.WAITING or row.role is Role.CASEWORKER


def _why(opened: OpenCase, row: QueueRow, proofs: tuple[ItemProof, ...]) -> Iterator[str]:
    speech = opened.speech
    if any(policies_due(opened.case)) and row.act is None:
        yield speech(
            "规则正在认定，稍候刷新即可看到结论。",
            "The rules are determining; reload in a moment to see what they conclude.",
        )
        return
    proof = _item(row, proofs)
    if proof:
        yield from _owed(opened, proof)
    else:
        why = without_id(row.why, row.about)
        yield speech(f"{why.zh}。", f"{why.en}.")
    if row.act in _BECAUSE:
        yield speech.w(_BECAUSE[row.act])


def _item(row: QueueRow, proofs: tuple[ItemProof, ...]) -> ItemProof | None:
    """The item of the plan that the act serves by beginning another service."""
    beginning = {
        ServiceKind.GUIDANCE: "record-guidance",
        ServiceKind.REFERRAL: "record-referral",
        ServiceKind.TRAINING: "enrol-training",
        ServiceKind.POLICY_BRIEFING: "record-policy-briefing",
    }
    return next((p for p in proofs if beginning.get(p.item.kind) == row.act), None)


def _owed(opened: OpenCase, proof: ItemProof) -> Iterator[str]:
    speech, owed, counted = opened.speech, proof.item.count, proof.counted
    title = SERVICE_KINDS[proof.item.kind]
    yield speech(
        f"方案要求{title.zh} {owed} 次，已计入 {counted} 次。",
        f"{title.en}: the plan owes {owed}, and {counted} count.",
    )
    pending = sum(service.pending for service in proof.services)
    lost = len(proof.services) - counted - pending
    if pending:
        yield speech(f"有 {pending} 次还在等结果。", f"{pending} still under way.")
    if lost:
        yield speech(f"有 {lost} 次不计入，原因见下。", f"{lost} did not count; the reasons stand below.")


def _authorities(row: QueueRow, proofs: tuple[ItemProof, ...], clock: ClockView | None) -> list[Authority]:
    proof = _item(row, proofs)
    found = [proof.item.authority] if proof else []
    if clock:
        found.append(clock.authority)
    return list(dict.fromkeys(found))


def _policy(opened: OpenCase, row: QueueRow) -> Shown | None:
    plan, determination = opened.law.plan, find(opened.case.determinations, row.about or "")
    if determination:
        href = opened.ways.on(f"{opened.path}/determinations/{determination.id}")
        return {"words": opened.speech("看认定全文", "See the whole determination"), "href": href}
    if _item(row, prove(plan, opened.case)) is None:
        return None
    return {
        "words": Markup("{} {}").format(opened.speech("方案版本", "Plan version"), code(plan.version)),
        "href": None,
    }


def _acts(opened: OpenCase, row: QueueRow) -> Shown:
    speech, act = opened.speech, row.act or ""
    primary = {"href": address(opened, act, row.about), "words": speech.w(ACTS[act].TITLE)}
    others: list[Shown] = []
    cannot: Shown | None = {
        "href": "#all-acts",
        "words": speech("办不了：暂停、退出或移送", "Cannot be done: pause, exit or hand over"),
    }
    match act:
        case "record-referral":
            others.append({"href": "/vacancies", "words": speech("看在招的岗位", "See the live vacancies")})
        case "adopt-determination":
            others += _offered(
                opened, ("depart-from-determination", row.about, speech("不采纳，写明理由", "Depart, with a reason"))
            )
        case "confirm-departure":
            others += _offered(opened, ("reject-departure", row.about, None))
        case "approve-closure":
            others += _offered(opened, ("return-closure", None, None))
        case "accept-transfer":
            others += _offered(opened, ("decline-transfer", None, None))
        case "record-referral-outcome":
            others += _offered(opened, ("answer-referral", row.about, None))
        case "record-fact":
            others += _offered(opened, ("depart-from-determination", row.about, None))
        case _:
            pass
    if row.role is not Role.CASEWORKER or not may(opened, "propose-exit"):
        cannot = None
    return {"primary": primary, "others": others, "cannot": cannot}


def _offered(opened: OpenCase, *wanted: tuple[str, str | None, str | None]) -> Iterator[Shown]:
    for kind, about, words in wanted:
        found = button(opened, kind, about, words)
        if found:
            yield found


def _whose_turn(opened: OpenCase, row: QueueRow) -> str:
    speech = opened.speech
    if row.waiting_for is not None or row.act is None:
        return speech("等待他人", "Waiting for others")
    who = ACTS[row.act].BY & {row.role} and row.role.label
    return speech(f"轮到{who.zh}", f"The turn of the {who.en}") if who else speech("等待他人", "Waiting for others")


def _waiting(opened: OpenCase) -> list[Shown]:
    """What the reader can do while it is another's turn."""
    if opened.case.caseworker != opened.visit.me.staff_id:
        return []
    others = ("record-placement", "record-service", "make-appointment")
    return list(_offered(opened, *((kind, None, None) for kind in others)))


def _closed(opened: OpenCase) -> Shown:
    case, speech = opened.case, opened.speech
    outcome = speech.w(case.outcome.label) if case.outcome else ""
    day = speech.at(case.closed_at) if case.closed_at else ""
    owed = sum(paper.owed for paper in case.papers)
    why = speech(f"{day}办结。", f"Closed on {day}.")
    if owed:
        why += speech(f"还有 {owed} 份文书待出具。", f" {owed} papers are still to be made.")
    return {
        "kicker": speech("已办结", "Closed"),
        "title": outcome,
        "why": why,
        "due_state": "done",
        "due_words": speech("已办结", "Closed"),
        "authorities": [],
        "policy": None,
        "primary": None,
        "others": list(_offered(opened, ("reopen", None, speech("情况有变，重启个案", "Reopen the case")))),
        "cannot": None,
    } | _asked_anew(opened)


def _asked_anew(opened: OpenCase) -> Shown:
    """Of a closed case whose day has come: its worker is to be asked."""
    found, speech = found_later(opened.case), opened.speech
    if found is None or found.turns_on is None or found.turns_on > opened.visit.today:
        return {}
    why, act = without_id(turned(found), found.id), AskAnew.KIND
    shown: Shown = {
        "title": speech.w(what_next(act, found.id, None)),
        "why": speech(f"{why.zh}。", f"{why.en}."),
    }
    if may(opened, act):
        shown["primary"] = {"href": address(opened, act, found.id), "words": speech.w(ACTS[act].TITLE)}
    return shown
