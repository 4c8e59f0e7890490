"""Whether a referral will count: the conditions of its proof, as they would stand once it is saved."""

from dataclasses import dataclass
from typing import Final

from cases.case import Case
from cases.hardship.case import HardshipCase
from cases.hardship.proofs import CONDITIONS, ItemProof, ServiceProof, prove
from cases.plans import ServiceKind
from cases.wording import Wording
from web.acts.at_hand import AtHand
from web.acts.hardship_hand import HardshipHand
from web.case.speech import Shown

# What comes after a referral was made: not failed, but still to come.
LATER: Final = {
    "delivered": Wording("送达后", "once delivered"),
    "outcome-known": Wording("有结果后", "once known"),
}


@dataclass(frozen=True)
class Counting:
    """`conditions` as the macro takes them; `verdict` says what they come to."""

    conditions: list[Shown]
    verdict: str
    note: str


def counting(hand: AtHand, then: Case) -> Counting | None:
    """Of a referral that the act would make."""
    if not isinstance(hand, HardshipHand) or not isinstance(then, HardshipCase):
        return None
    proof = next((p for p in prove(hand.opened.law.plan, then) if p.item.kind is ServiceKind.REFERRAL), None)
    if proof is None or len(then.referrals) == len(hand.case.referrals):
        return None
    made = next((service for service in proof.services if service.id == then.referrals[-1].id), None)
    if made is None:
        return None
    return Counting(
        [_shown(hand, c.name, met=c.met) for c in made.conditions], _verdict(hand, proof, made), _note(hand, proof)
    )


def _shown(hand: AtHand, name: str, *, met: bool | None) -> Shown:
    speech = hand.opened.speech
    if name in LATER and met is not True:
        return {"name": speech.w(CONDITIONS[name]), "met": None, "value": speech.w(LATER[name])}
    value = speech("未知", "unknown") if met is None else ""
    return {"name": speech.w(CONDITIONS[name]), "met": met, "value": value}


def _verdict(hand: AtHand, proof: ItemProof, made: ServiceProof) -> str:
    speech = hand.opened.speech
    failed = [c for c in made.conditions if c.met is not True and c.name not in LATER]
    if failed:
        said = speech.list([speech.w(CONDITIONS[condition.name]) for condition in failed])
        return speech(f"可以保存，但不会计入：{said}", f"It can be saved, and will not count: {said}")
    counted, owed = min(proof.counted + 1, proof.item.count), proof.item.count
    return speech(
        f"送达并有结果后，计入 {counted}/{owed}。",
        f"Delivered and with its outcome known, it counts: {counted}/{owed}.",
    )


def _note(hand: AtHand, proof: ItemProof) -> str:
    clause = proof.item.authority.clause
    if proof.item.refusal_counts:
        return hand.opened.speech(
            f"零工谢绝的推荐也计入，{clause}。", f"A referral that the worker declines counts too ({clause})."
        )
    return hand.opened.speech(f"依据：{clause}。", f"Authority: {clause}.")
