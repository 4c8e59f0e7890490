"""The parts of a subsidy case as a form, a page or the timeline names them."""

from typing import TypeAlias

from cases.subsidy.case import ObjectionState, PaymentState, ReviewState, StopState
from web.acts.subsidy_words import SUBSIDY_MEMBERS
from web.case.speech import Speech
from web.shown import money

Part: TypeAlias = ObjectionState | PaymentState | ReviewState | StopState


def named_part(speech: Speech, part: Part) -> str:
    match part:
        case ObjectionState():
            day = speech.day(part.raised_on)
            return speech(f"{day}提出的异议", f"The objection of {day}")
        case PaymentState():
            return payment_named(speech, part)
        case ReviewState():
            instance, day = part.instance.label, speech.day(part.asked_on)
            return speech(
                f"{instance.zh}，{day}提出", f"{instance.en[:1].upper()}{instance.en[1:]}, asked for on {day}"
            )
        case StopState():
            return speech(
                f"{event_named(speech, part.event)}，{part.month}", f"{event_named(speech, part.event)}, {part.month}"
            )


def payment_named(speech: Speech, payment: PaymentState) -> str:
    number, status = payment.id.rpartition("-")[2], speech.w(payment.status.label)
    yuan = money(payment.amount_fen)
    return speech(f"第 {number} 笔，{yuan} 元，{status}", f"No. {number}, {yuan} yuan, {status}")


def event_named(speech: Speech, event: str) -> str:
    """A stop event of the closed list of the facts."""
    words = SUBSIDY_MEMBERS.get(event)
    return speech.w(words) if words else event


def period_named(speech: Speech, period: str) -> str:
    """`2026-03` is a month, `2026` a year, and what is had once has no period."""
    if period == "once":
        return speech("一次性", "once")
    year, _, month = period.partition("-")
    if not month:
        return speech(f"{year} 年", year)
    return speech(f"{year} 年 {int(month)} 月", f"{year}-{month}")
