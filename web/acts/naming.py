"""The parts of a case as a form names them to choose from."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from cases.case import Case
from cases.case_parts import DeterminationState, PaperState
from cases.hardship.case import (
    AppointmentState,
    FollowUpState,
    NeedState,
    ReferralState,
    ServiceState,
    TalkState,
    TrainingState,
)
from cases.hardship.moving import MakeAppointment
from cases.hardship.needing import OpenNeed
from cases.papers import PaperKind
from cases.subsidy.case import ObjectionState, PaymentState, ReviewState, StopState
from web.acts.asked import Ask
from web.case.opened_any import Opened
from web.case.words import SERVICE_KINDS
from web.subsidies.naming import named_part

Part = (
    DeterminationState
    | ReferralState
    | TrainingState
    | NeedState
    | ServiceState
    | TalkState
    | AppointmentState
    | FollowUpState
    | PaperState
    | ObjectionState
    | PaymentState
    | ReviewState
    | StopState
)


@dataclass(frozen=True)
class Option:
    """One answer: what is sent, what it says, and what is known of it."""

    value: str
    words: str
    hint: str = ""


def parts_of(ask: Ask, case: Case) -> tuple[Part, ...]:
    """The parts of a case that a field may name, the newest first; of follow-ups the next."""
    if ask is Ask.HELP:
        return _help(case)[::-1]
    parts: tuple[Part, ...] = getattr(case, _NAMES[ask], ())
    return parts if ask is Ask.FOLLOW_UP else parts[::-1]


def named(opened: Opened, part: Part) -> str:  # noqa: C901, PLR0911 - one for each kind of part
    speech, names = opened.speech, opened.names
    match part:
        case DeterminationState():
            made, said = speech.at(part.made_at), speech.w(part.conclusion.label)
            called = speech.w(opened.called(part.policy))
            return speech(f"{called}：{said}（{made}）", f"{called}: {said} ({made})")
        case ReferralState():
            title = names.vacancy(part.vacancy_id, speech)
            firm = names.employer_of(part.vacancy_id, speech)
            day = speech.day(part.made_on)
            return speech(f"{title} · {firm}，{day}推荐", f"{title} · {firm}, referred {day}")
        case TrainingState():
            day = speech.day(part.enrolled_on)
            return speech(
                f"{names.course(part.course_id, speech)}，{day}报名",
                f"{names.course(part.course_id, speech)}, enrolled {day}",
            )
        case NeedState():
            return _need(opened, part)
        case ServiceState():
            kind, day = speech.w(SERVICE_KINDS[part.kind]), speech.day(part.held_on)
            return speech(f"{kind}，{day}", f"{kind}, {day}")
        case TalkState():
            firm, day = names.employer(part.employer_id, speech), speech.day(part.held_on)
            return speech(f"点对点洽谈：{firm}，{day}", f"Talk with {firm}, {day}")
        case AppointmentState():
            return _appointment(opened, part)
        case FollowUpState():
            return speech(f"安置后 {part.days} 天的回访", f"The follow-up at {part.days} days")
        case PaperState():
            kind, day = speech.w(PaperKind(part.kind).wording), speech.day(part.dated)
            return speech(f"{kind}，{day}", f"{kind}, {day}")
        case ObjectionState() | PaymentState() | ReviewState() | StopState():
            return named_part(speech, part)


def _need(opened: Opened, need: NeedState) -> str:
    """In the words in which it was opened; needs are numbered in the order of these acts."""
    if not opened.working:
        return opened.speech.day(need.opened_on)
    said = [step.act.what for step in opened.steps if isinstance(step.act, OpenNeed)]
    place = int(need.id.rpartition("-")[2]) - 1
    return said[place] if place < len(said) else need.id


def _appointment(opened: Opened, appointment: AppointmentState) -> str:
    made = [step.act.purpose for step in opened.steps if isinstance(step.act, MakeAppointment)]
    place = int(appointment.id.rpartition("-")[2]) - 1
    at, who = opened.speech.at(appointment.at), opened.actor(appointment.with_staff)
    purpose = made[place] if place < len(made) and opened.working else ""
    return " · ".join(words for words in (at, who, purpose) if words)


def _help(case: Case) -> tuple[Part, ...]:
    return tuple(part for name in ("services", "referrals", "trainings", "talks") for part in getattr(case, name, ()))


# By the name of the part in its case; a kind of case that has no such part offers none.
_NAMES: Final[Mapping[Ask, str]] = {
    Ask.DETERMINATION: "determinations",
    Ask.REFERRAL: "referrals",
    Ask.TRAINING: "trainings",
    Ask.NEED: "needs",
    Ask.APPOINTMENT: "appointments",
    Ask.FOLLOW_UP: "follow_ups",
    Ask.PAPER: "papers",
    Ask.OBJECTION: "objections",
    Ask.PAYMENT: "payments",
    Ask.REVIEW: "reviews",
    Ask.STOP: "stops",
}
