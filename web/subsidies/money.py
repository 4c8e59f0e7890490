"""Money of a subsidy case: shown to the public, paid for which periods, stopped, and asked back."""

from cases.parts import find
from cases.subsidy.case import PaymentState, StopState
from cases.subsidy.stages import PaymentStatus
from store.ulids import LENGTH
from web.case.doing import button, buttons
from web.case.speech import Shown, due_day
from web.shown import money
from web.subsidies.naming import event_named, period_named
from web.subsidies.opened import OpenSubsidy

_LOOKS = {
    PaymentStatus.ORDERED: "soon",
    PaymentStatus.SENT: "waiting",
    PaymentStatus.PAID: "done",
    PaymentStatus.RETURNED: "overdue",
    PaymentStatus.CANCELLED: "waiting",
}


def notice(opened: OpenSubsidy) -> Shown | None:
    """The public notice: since when, on which list, until when, and every objection."""
    case, speech = opened.case, opened.speech
    if case.noticed_on is None and not case.objections:
        return None
    clock = find(case.clocks, "public-notice")
    until = speech.day(due_day(clock.due_at)) if clock and clock.due_at else ""
    return {
        "list": case.notice_id,
        "href": f"/subsidies/notices/{case.notice_id}" if len(case.notice_id or "") == LENGTH else None,
        "since": speech.day(case.noticed_on) if case.noticed_on else "",
        "until": until,
        "running": bool(clock and clock.running),
        "objections": [_objection(opened, number) for number in range(len(case.objections))],
        "raise": button(opened, "raise-objection"),
    }


def periods(opened: OpenSubsidy) -> list[Shown]:
    """Each period that is claimed, and which payment pays it."""
    speech, case = opened.speech, opened.case
    return [
        {
            "period": period_named(speech, claim.id),
            "claimed": speech.day(claim.claimed_on),
            "payment": _paid_by(opened, find(case.payments, claim.payment_id) if claim.payment_id else None),
            "released": speech.day(claim.released_on) if claim.released_on else "",
            "recovered": bool(claim.released_on and claim.payment_id),
        }
        for claim in case.claims
    ]


def payments(opened: OpenSubsidy) -> list[Shown]:
    speech = opened.speech
    return [
        {
            "id": each.id,
            "number": _number(opened, each),
            "amount": money(each.amount_fen),
            "ordered": speech.at(each.ordered_at),
            "by": opened.actor(each.ordered_by),
            "look": _LOOKS[each.status],
            "status": speech.w(each.status.label),
            "batch": each.batch_id,
            "settled": speech.day(each.settled_on) if each.settled_on else "",
            "returned": speech(f"{speech.day(each.returned_on)}退汇", f"came back on {speech.day(each.returned_on)}")
            if each.returned_on
            else "",
            "code": each.return_code,
            "acts": _on_payment(opened, each),
        }
        for each in opened.case.payments
    ]


def stops(opened: OpenSubsidy) -> list[Shown]:
    speech = opened.speech
    return [
        {
            "event": event_named(speech, each.event),
            "month": period_named(speech, each.month),
            "recorded": speech.day(each.recorded_on),
            "struck": _struck(opened, each),
            "acts": buttons(opened, ("strike-stop-event", each.id)) if each.struck_on is None else [],
        }
        for each in opened.case.stops
    ]


def recovery(opened: OpenSubsidy) -> Shown | None:
    """What is owed back, what came, and what is left."""
    case, speech = opened.case, opened.speech
    if case.recovery is None and not case.repayments and not case.overpaid_fen and not case.written_off_fen:
        return None
    demanded = case.recovery
    repaid = sum(each.amount_fen for each in case.repayments)
    said = []
    if demanded:
        who, when = opened.actor(demanded.demanded_by), speech.at(demanded.demanded_at)
        said.append(speech(f"{who}于 {when} 责令退回。", f"Demanded by {who} on {when}."))
    if demanded and demanded.written_off_on:
        on = speech.day(demanded.written_off_on)
        said.append(speech(f"{on}核销。", f"Written off on {on}."))
    return {
        "said": said,
        "owed": money(demanded.owed_fen if demanded else case.overpaid_fen),
        "repaid": money(repaid),
        "written_off": money(case.written_off_fen),
        "left": money(case.overpaid_fen),
        "repayments": [
            {"on": speech.day(each.received_on), "amount": money(each.amount_fen)} for each in case.repayments
        ],
        "acts": buttons(opened, ("demand-recovery", None), ("record-repayment", None), ("write-off", None)),
    }


def _struck(opened: OpenSubsidy, stop: StopState) -> str:
    if stop.struck_on is None:
        return ""
    day, who = opened.speech.day(stop.struck_on), opened.actor(stop.struck_by or "")
    return opened.speech(f"{who}于{day}撤销，不再计算", f"struck out by {who} on {day}: it does not count")


def _objection(opened: OpenSubsidy, number: int) -> Shown:
    each, speech = opened.case.objections[number], opened.speech
    day = speech.day(each.raised_on)
    state = {
        None: speech("待处理", "to be settled"),
        True: speech("成立", "upheld"),
        False: speech("不成立", "not upheld"),
    }[each.upheld]
    acts = buttons(opened, ("settle-objection", each.id)) if each.upheld is None else []
    return {
        "words": speech(f"{day}提出", f"Raised on {day}"),
        "state": state,
        "open": each.upheld is None,
        "acts": acts,
    }


def _paid_by(opened: OpenSubsidy, payment: PaymentState | None) -> str:
    if payment is None:
        return opened.speech("还没有拨付", "not paid yet")
    status = opened.speech.w(payment.status.label)
    return opened.speech(f"{_number(opened, payment)}，{status}", f"{_number(opened, payment)}, {status}")


def _number(opened: OpenSubsidy, payment: PaymentState) -> str:
    number = payment.id.rpartition("-")[2]
    return opened.speech(f"第 {number} 笔", f"No. {number}")


def _on_payment(opened: OpenSubsidy, payment: PaymentState) -> list[dict[str, object]]:
    match payment.status:
        case PaymentStatus.ORDERED:
            return buttons(opened, ("send-payment", payment.id), ("cancel-payment", payment.id))
        case PaymentStatus.SENT:
            return buttons(opened, ("settle-payment", payment.id))
        case PaymentStatus.PAID:
            return buttons(opened, ("return-payment", payment.id))
        case _:
            return []
