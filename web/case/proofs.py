"""Proof of duty as the page shows it: every service, whether it counts, what failed and why, and what would mend it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import Connection

from cases.hardship.case import Condition, ReferralState, ServiceState, TrainingState
from cases.hardship.parts import find
from cases.hardship.proofs import CONDITIONS, TO_COME, ItemProof, ServiceProof, prove
from cases.plans import ServiceKind
from store.employers import Verification, verification
from store.tables.employers import VerificationResult
from web.case.opened import OpenCase
from web.case.speech import Shown, Speech
from web.case.words import REFERRAL_OUTCOMES, SERVICE_KINDS, SHORT, TRAINING_RESULTS

SUITS: Final = ("meets-hours", "meets-place", "meets-pay-floor", "meets-health")
# Shown only where they are what fails; else they would be two ticks more in every row.
SILENT: Final = frozenset({"not-contested", "not-refused-without-cause"})


@dataclass(frozen=True)
class Failing:
    """What happened, and whether it can be mended."""

    name: str
    text: str


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
        failing = _referral_failings(connection, opened, proof, service, referral)
    elif training := find(case.trainings, service.id):
        shown |= _training(opened, training)
        failing = tuple(_training_failings(service, training, speech))
    else:
        given = find(case.services, service.id)
        shown |= _given(opened, given) if given else {}
        failing = tuple(Failing(_lead(each, speech), _not_described(speech)) for each in service.failed)
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


# What happened, and whether it can be mended.


def _lead(condition: Condition, speech: Speech) -> str:
    if condition.name == "not-contested":
        return speech("本人对这次推荐有异议。", "The worker contests it.")
    told = speech.w(CONDITIONS[condition.name])
    if condition.met is None:
        return speech(f"不知道是否{told}。", f"Not known: {told[0].lower()}{told[1:]}.")
    return speech(f"未满足：{told}。", f"Failed: {told[0].lower()}{told[1:]}.")


def _not_described(speech: Speech) -> str:
    return speech("补写服务内容需另行登记一次。", "Record the service again, with what was done.")


def _training_failings(service: ServiceProof, training: TrainingState, speech: Speech) -> Iterator[Failing]:
    if training.result is None:
        return
    for condition in service.failed:
        yield Failing(_lead(condition, speech), speech("另报一门课程可以补上。", "Another course can make up for it."))


def _referral_failings(
    connection: Connection, opened: OpenCase, proof: ItemProof, service: ServiceProof, referral: ReferralState
) -> tuple[Failing, ...]:
    told: Mapping[str, str] = {
        "vacancy-live": _not_live(opened, referral),
        "vacancy-truth-checked": _on_the_day(
            opened, referral, "岗位当天没有通过真实性审查", "the vacancy had not passed its truth check"
        ),
        "distinct-employer": _repeated(opened, proof, referral),
        "not-contested": opened.speech(
            "只有本人可以撤回异议；另作一次推荐不受影响。",
            "Only the worker can take that back; another referral is free of it.",
        ),
        "not-refused-without-cause": opened.speech(
            "按方案，无故拒绝的推荐不计入；另行推荐后可以计入。",
            "By the plan a referral refused without cause does not count; another one can.",
        ),
    }
    if _state(service) == "open":
        return ()
    failings = []
    for condition in service.failed:
        if condition.name in TO_COME:
            continue
        if condition.name == "employer-verified":
            failings.append(_unverified(connection, opened, referral))
            continue
        text = told.get(condition.name) or _unsuited(opened, condition)
        failings.append(Failing(_lead(condition, opened.speech), text))
    return tuple(failings)


def _mend(speech: Speech) -> str:
    return speech("另行推荐后可以计入，这一次不能补。", "A new referral will count; this one cannot be mended.")


def _on_the_day(opened: OpenCase, referral: ReferralState, zh: str, en: str) -> str:
    day = opened.speech.day(referral.made_on)
    return opened.speech(f"推荐日{day}，{zh}。", f"On {day}, when it was made, {en}. ") + _mend(opened.speech)


def _not_live(opened: OpenCase, referral: ReferralState) -> str:
    speech, offered = opened.speech, opened.names.vacancies.get(referral.vacancy_id)
    ended: date | None = (
        min((d for d in (offered.expires_on, offered.closed_on) if d), default=None) if offered else None
    )
    if ended is None:
        return _on_the_day(opened, referral, "岗位不在有效期内", "the vacancy was not open")
    day = speech.day(ended)
    return _on_the_day(opened, referral, f"岗位有效到{day}", f"the vacancy was open until {day}")


def _unverified(connection: Connection, opened: OpenCase, referral: ReferralState) -> Failing:
    """The employer's verification as it stood on the day: never made, not passed, or run out."""
    speech, offered = opened.speech, opened.names.vacancies.get(referral.vacancy_id)
    found: Verification | None = verification(connection, offered.employer_id, referral.made_on) if offered else None
    made = speech.day(referral.made_on)
    mend = speech(
        "重新核实后再推荐即可计入，这一次不能补。",
        "A new referral after verification will count; this one cannot be mended.",
    )
    if found is None:
        lead = speech("用工主体在推荐前没有核实过。", "The employer had never been verified.")
        return Failing(lead, speech(f"推荐在{made}。", f"The referral was made on {made}. ") + mend)
    if found.result is not VerificationResult.VERIFIED or found.good_until is None:
        lead = speech("用工主体核实没有通过。", "The employer's verification was not passed.")
        checked = speech.day(found.verified_on)
        return Failing(
            lead, speech(f"{checked}核实，推荐在{made}。", f"Checked on {checked}, referral on {made}. ") + mend
        )
    lead = speech("用工主体核实在推荐前已过期。", "The employer's verification had expired before the referral.")
    until = speech.day(found.good_until)
    return Failing(
        lead, speech(f"核实有效到{until}，推荐在{made}。", f"Verified until {until}, referral on {made}. ") + mend
    )


def _unsuited(opened: OpenCase, condition: Condition) -> str:
    speech = opened.speech
    if condition.met is None:
        return speech(
            "本人或用工主体没有说明，不知道就不能算满足；问清后另行推荐。",
            "The worker or the employer did not say, and what is unknown proves nothing: ask, then refer again.",
        )
    return _mend(speech)


def _repeated(opened: OpenCase, proof: ItemProof, referral: ReferralState) -> str:
    speech = opened.speech
    same = [r for r in opened.case.referrals if r.employer == referral.employer and r.id != referral.id]
    numbers = [number for number, each in enumerate(proof.services, start=1) if any(each.id == r.id for r in same)]
    which = speech.list([speech(f"第 {number} 次", f"No. {number}") for number in numbers])
    return speech(f"与{which}是同一家用工主体。", f"It is the same employer as {which}. ") + _mend(speech)
