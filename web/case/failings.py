"""Why a service does not count: what happened on the day, and whether it can be mended."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from cases.hardship.case import Condition, ReferralState, TrainingState
from cases.hardship.proofs import CONDITIONS, TO_COME, ItemProof, ServiceProof
from store.employers import Verification, verification
from store.tables.employers import VerificationResult
from web.case.opened import OpenCase
from web.case.speech import Speech


@dataclass(frozen=True)
class Failing:
    """What happened, and whether it can be mended."""

    name: str
    text: str


def lead(condition: Condition, speech: Speech) -> str:
    if condition.name == "not-contested":
        return speech("本人对这次推荐有异议。", "The worker contests it.")
    told = speech.w(CONDITIONS[condition.name])
    if condition.met is None:
        return speech(f"不知道是否{told}。", f"Not known: {told[0].lower()}{told[1:]}.")
    return speech(f"未满足：{told}。", f"Failed: {told[0].lower()}{told[1:]}.")


def not_described(speech: Speech) -> str:
    return speech("补写服务内容需另行登记一次。", "Record the service again, with what was done.")


def training_failings(service: ServiceProof, training: TrainingState, speech: Speech) -> Iterator[Failing]:
    if training.result is None:
        return
    for condition in service.failed:
        yield Failing(lead(condition, speech), speech("另报一门课程可以补上。", "Another course can make up for it."))


def referral_failings(
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
    if service.pending:
        return ()
    failings = []
    for condition in service.failed:
        if condition.name in TO_COME:
            continue
        if condition.name == "employer-verified":
            failings.append(_unverified(connection, opened, referral))
            continue
        text = told.get(condition.name) or _unsuited(opened, condition)
        failings.append(Failing(lead(condition, opened.speech), text))
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
