"""Proof of duty as the page shows it: every service, whether it counts, what failed and why, and what would mend it."""

from collections.abc import Iterator
from typing import Final

from sqlalchemy import Connection

from cases.hardship.case import ReferralState, ServiceState, TrainingState
from cases.hardship.proofs import TO_COME, ItemProof, ServiceProof, prove
from cases.parts import find
from cases.plans import ServiceKind
from web.case.failings import Failing, lead, not_described, referral_failings, training_failings
from web.case.opened import OpenCase
from web.case.speech import Shown, Speech
from web.case.words import REFERRAL_OUTCOMES, SERVICE_KINDS, SHORT, TRAINING_RESULTS

SUITS: Final = ("meets-hours", "meets-place", "meets-pay-floor", "meets-health")
# Shown only where they are what fails; else they would be two ticks more in every row.
SILENT: Final = frozenset({"not-contested", "not-refused-without-cause"})


def proofs(connection: Connection, opened: OpenCase) -> list[Shown]:
    """One panel per item of the plan, and one for what was given on top of it."""
    shown = [_item(connection, opened, proof) for proof in prove(opened.law.plan, opened.case)]
    planned = {item.kind for item in opened.law.plan.items}
    extra = [s for s in opened.case.services if s.kind not in planned]
    if extra or opened.case.talks:
        shown.append(_on_top(opened, extra))
    return shown


def _item(connection: Connection, opened: OpenCase, proof: ItemProof) -> Shown:
    speech = opened.speech
    rows = [_row(connection, opened, proof, service, number) for number, service in enumerate(proof.services, start=1)]
    title = speech.w(SERVICE_KINDS[proof.item.kind])
    return {
        "id": f"item-{proof.item.id}",
        "title": f"{title} {proof.counted}/{proof.item.count}",
        "rule": speech.w(proof.item.title),
        "authority": {"clause": proof.item.authority.clause, "tag": proof.item.authority.tag.value},
        "side": _side(proof, speech),
        "rows": rows[::-1],
        "empty": speech("还没有登记。", "Nothing is recorded yet."),
    }


def _side(proof: ItemProof, speech: Speech) -> str:
    if proof.item.kind is ServiceKind.REFERRAL:
        return speech("七项条件全部满足才计入", "Counts only when all seven conditions hold")
    return speech("条件全部满足才计入", "Counts only when every condition holds")


def _row(connection: Connection, opened: OpenCase, proof: ItemProof, service: ServiceProof, number: int) -> Shown:
    speech, case = opened.speech, opened.case
    shown: Shown = {
        "id": service.id,
        "ordinal": speech(f"第 {number} 次", f"No. {number}"),
        "conditions": _conditions(service, speech),
        "state": _state(service),
        "why_not": None,
        "acts": [],
        "href": None,
    }
    if referral := find(case.referrals, service.id):
        shown |= _referral(opened, referral)
        failing = referral_failings(connection, opened, proof, service, referral)
    elif training := find(case.trainings, service.id):
        shown |= _training(opened, training)
        failing = tuple(training_failings(service, training, speech))
    else:
        given = find(case.services, service.id)
        shown |= _given(opened, given) if given else {}
        failing = tuple(Failing(lead(each, speech), not_described(speech)) for each in service.failed)
    if failing:
        shown["why_not"] = {"lead": failing[0].name, "text": _rest(failing, speech)}
    return shown


def _rest(failing: tuple[Failing, ...], speech: Speech) -> str:
    first, *others = failing
    return speech("", " ").join([first.text, *(f"{each.name}{each.text}" for each in others)])


def _state(service: ServiceProof) -> str:
    if service.counts:
        return "counts"
    lacking = {condition.name for condition in service.failed}
    if "not-contested" in lacking:
        return "contested"
    return "open" if service.pending else "not"


def _conditions(service: ServiceProof, speech: Speech) -> list[Shown]:
    """The conditions in one row: the four on what the worker cannot do without stand as one."""
    by_name = {condition.name: condition for condition in service.conditions}
    suits = [by_name[name].met for name in SUITS if name in by_name]
    shown: list[Shown] = []
    for name, condition in by_name.items():
        if name in SUITS:
            if name == SUITS[0]:
                shown.append({"name": speech.w(SHORT["suits"]), "met": _all(suits)})
        elif name not in SILENT or condition.met is not True:
            met = None if condition.met is False and name in TO_COME else condition.met
            shown.append({"name": speech.w(SHORT[name]), "met": met})
    return shown


def _all(answers: list[bool | None]) -> bool | None:
    if False in answers:
        return False
    return None if None in answers else True


def _referral(opened: OpenCase, referral: ReferralState) -> Shown:
    speech, names = opened.speech, opened.names
    firm = names.employer_of(referral.vacancy_id, speech)
    made, job = speech.day(referral.made_on), names.vacancy(referral.vacancy_id, speech)
    said = [speech(f"{made}推荐", f"Made {made}")]
    if referral.delivered_on:
        day = speech.day(referral.delivered_on)
        said.append(speech(f"{day}送达", f"delivered {day}"))
    if referral.outcome:
        day = f"{speech.day(referral.outcome_on)} " if referral.outcome_on else ""
        said.append(f"{day}{speech.w(REFERRAL_OUTCOMES[referral.outcome])}")
    said.append(
        {
            True: speech("本人已确认", "confirmed by the worker"),
            False: speech("本人有异议", "contested by the worker"),
            None: speech("等本人确认", "worker's word awaited"),
        }[referral.confirmed]
    )
    return {
        "title": f"{job} · {firm}",
        "dates": speech("；", "; ").join(said),
        "href": f"/vacancies/{referral.vacancy_id}",
        "acts": list(_referral_acts(referral)),
    }


def _referral_acts(referral: ReferralState) -> Iterator[tuple[str, str]]:
    """What can be done with one referral: kinds of act, and the part they are about."""
    if referral.delivered_on is None:
        yield "deliver-referral", referral.id
    elif referral.outcome is None:
        yield "record-referral-outcome", referral.id
    if referral.delivered_on is not None and referral.confirmed is None:
        yield "answer-referral", referral.id


def _training(opened: OpenCase, training: TrainingState) -> Shown:
    speech, course = opened.speech, opened.names.courses.get(training.course_id)
    enrolled = speech.day(training.enrolled_on)
    said = [speech(f"{enrolled}报名", f"Enrolled {enrolled}")]
    if course:
        span = speech(
            f"{speech.day(course.begins_on)}至{speech.day(course.ends_on)}",
            f"{speech.day(course.begins_on)} to {speech.day(course.ends_on)}",
        )
        said.append(span)
        said.append(
            speech(
                f"出勤 {training.hours_attended}/{course.hours} 课时",
                f"{training.hours_attended} of {course.hours} class hours attended",
            )
        )
    if training.result:
        day = f"{speech.day(training.result_on)} " if training.result_on else ""
        said.append(f"{day}{speech.w(TRAINING_RESULTS[training.result])}")
    title = opened.names.course(training.course_id, speech)
    return {
        "title": f"{title} · {course.provider}" if course else title,
        "dates": speech("；", "; ").join(said),
        "href": f"/courses/{training.course_id}",
        "acts": [("record-attendance", training.id), ("record-training-result", training.id)]
        if training.result is None
        else [],
    }


def _given(opened: OpenCase, service: ServiceState) -> Shown:
    speech = opened.speech
    day, who = speech.day(service.held_on), opened.actor(service.given_by)
    return {
        "title": speech.w(SERVICE_KINDS[service.kind]),
        "dates": speech(f"{day}，{who}", f"{day}, {who}"),
    }


def _on_top(opened: OpenCase, extra: list[ServiceState]) -> Shown:
    speech = opened.speech
    rows: list[Shown] = [{**_given(opened, each), "id": each.id} for each in extra]
    for talk in opened.case.talks:
        firm, day = opened.names.employer(talk.employer_id, speech), speech.day(talk.held_on)
        title = speech(f"点对点洽谈 · {firm}", f"Point-to-point talk · {firm}")
        rows.append({"id": talk.id, "title": title, "dates": day})
    return {
        "id": "item-on-top",
        "title": speech("方案之外的服务", "Help on top of the plan"),
        "rule": "",
        "authority": None,
        "side": "",
        "rows": [],
        "plain": rows[::-1],
        "empty": "",
    }
