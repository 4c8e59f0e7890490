"""Referrals (岗位推荐): made, delivered, confirmed or contested by the worker, and their outcome."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from cases.acts import blank, in_future, unknown
from cases.case_parts import PaperState
from cases.hardship.acts import HELPING_STAGES, Act
from cases.hardship.case import HardshipCase, ReferralState
from cases.hardship.helping import contacted
from cases.hardship.proofs import referral_conditions
from cases.hardship.record import Seen
from cases.hardship.serving import not_before_application
from cases.hardship.stages import ReferralOutcome, Stage
from cases.parts import find, numbered, put
from cases.refusals import Refusal, refusal
from cases.roles import Role
from cases.timing import begin, stop
from cases.wording import Wording

REFERRING_STAGES = frozenset({Stage.HELP, Stage.POST})


@dataclass(frozen=True)
class RecordReferral(Act):
    """Recorded as it was done; whether it counts is shown by name, on the day's facts (cases.hardship.proofs).

    A letter is owed, and a clock waits for the outcome.
    """

    KIND: ClassVar = "record-referral"
    TITLE: ClassVar = Wording("登记岗位推荐", "Record a referral")
    BY: ClassVar = frozenset({Role.CASEWORKER})
    DURING: ClassVar = REFERRING_STAGES

    vacancy: str
    made_on: date

    def refusals(self, case: HardshipCase) -> Iterator[Refusal]:
        yield from not_before_application("made_on", self.made_on, case)
        if any(r.vacancy_id == self.vacancy for r in case.referrals):
            yield refusal(
                "already-referred",
                f"本案已向岗位{self.vacancy}推荐过，不能重复推荐。",
                f"This case already has a referral to {self.vacancy}: one vacancy, one referral.",
            )

    def objections(self, case: HardshipCase, seen: Seen) -> Iterator[Refusal]:
        if self.made_on > seen.on:
            yield in_future("made_on", self.made_on, seen.on)
        if seen.record.vacancy(self.vacancy, case.worker_id, self.made_on) is None:
            yield unknown(Wording("岗位", "vacancy"), self.vacancy)

    def apply(self, case: HardshipCase, seen: Seen) -> HardshipCase:
        vacancy = seen.record.vacancy(self.vacancy, case.worker_id, self.made_on)
        employer = seen.record.employer(vacancy.employer_id, self.made_on) if vacancy else None
        if vacancy is None or employer is None:
            raise LookupError(self.vacancy)
        referral = ReferralState(
            id=numbered("referral", case.referrals),
            vacancy_id=self.vacancy,
            employer=employer.distinct_key,
            made_on=self.made_on,
            conditions=referral_conditions(vacancy, employer),
        )
        letter = PaperState(numbered("paper", case.papers), "referral-letter", referral.id, seen.on)
        case = replace(case, referrals=(*case.referrals, referral), papers=(*case.papers, letter))
        case = begin(case, f"outcome/{referral.id}", seen.terms["referral-outcome"], seen, on=self.made_on)
        return contacted(case, seen)


@dataclass(frozen=True)
class OnReferral(Act):
    KIND: ClassVar = ""
    BY: ClassVar = frozenset({Role.CASEWORKER})
    DURING: ClassVar = HELPING_STAGES

    referral: str

    def refusals(self, case: HardshipCase) -> Iterator[Refusal]:
        found = find(case.referrals, self.referral)
        if found is None:
            yield unknown(Wording("推荐", "referral"), self.referral)
        else:
            yield from self.doubts(found)

    def doubts(self, found: ReferralState) -> Iterator[Refusal]:
        yield from ()

    def found(self, case: HardshipCase) -> ReferralState:
        referral = find(case.referrals, self.referral)
        if referral is None:
            raise LookupError(self.referral)
        return referral


@dataclass(frozen=True)
class DeliverReferral(OnReferral):
    KIND: ClassVar = "deliver-referral"
    TITLE: ClassVar = Wording("送达推荐", "Deliver a referral")

    delivered_on: date
    channel: str  # how: 当面, 电话, 短信 …

    def refusals(self, case: HardshipCase) -> Iterator[Refusal]:
        yield from super().refusals(case)
        yield from blank("送达方式 channel", self.channel)

    def doubts(self, found: ReferralState) -> Iterator[Refusal]:
        if found.delivered_on is not None:
            yield refusal(
                "delivered", f"{found.id}已于{found.delivered_on}送达。", f"{found.id} was delivered already."
            )
        if self.delivered_on < found.made_on:
            yield refusal(
                "before-made",
                f"送达日{self.delivered_on}早于推荐日{found.made_on}。",
                f"It cannot be delivered on {self.delivered_on}, before it was made on {found.made_on}.",
            )

    def objections(self, case: HardshipCase, seen: Seen) -> Iterator[Refusal]:
        if self.delivered_on > seen.on:
            yield in_future("delivered_on", self.delivered_on, seen.on)

    def apply(self, case: HardshipCase, seen: Seen) -> HardshipCase:
        case = replace(case, referrals=put(case.referrals, replace(self.found(case), delivered_on=self.delivered_on)))
        return begin(case, f"outcome/{self.referral}", seen.terms["referral-outcome"], seen)


@dataclass(frozen=True)
class AnswerReferral(OnReferral):
    """The worker confirms a referral, or contests it with a reason; at the counter the caseworker writes it down.

    A contest weighs against the station, so nobody of the station can lift it.
    """

    KIND: ClassVar = "answer-referral"
    TITLE: ClassVar = Wording("本人确认或异议", "Confirm or contest a referral")
    BY: ClassVar = frozenset({Role.WORKER, Role.CASEWORKER})

    confirmed: bool
    reason: str = ""

    def refusals(self, case: HardshipCase) -> Iterator[Refusal]:
        yield from super().refusals(case)
        if not self.confirmed:
            yield from blank("异议理由 reason", self.reason)

    def objections(self, case: HardshipCase, seen: Seen) -> Iterator[Refusal]:
        found = find(case.referrals, self.referral)
        if found and found.confirmed is False and self.confirmed and Role.WORKER not in seen.roles:
            yield refusal(
                "contested",
                f"本人对{found.id}有异议，只能由本人撤回；经办人可以另行推荐。",
                f"The worker contested {found.id}, and only the worker takes that back: make another referral.",
            )

    def apply(self, case: HardshipCase, seen: Seen) -> HardshipCase:
        return replace(case, referrals=put(case.referrals, replace(self.found(case), confirmed=self.confirmed)))


@dataclass(frozen=True)
class RecordReferralOutcome(OnReferral):
    KIND: ClassVar = "record-referral-outcome"
    TITLE: ClassVar = Wording("登记推荐结果", "Record a referral's outcome")

    outcome: ReferralOutcome
    known_on: date
    reason: str = ""

    def refusals(self, case: HardshipCase) -> Iterator[Refusal]:
        yield from super().refusals(case)
        if self.outcome in (ReferralOutcome.DECLINED_WITH_CAUSE, ReferralOutcome.DECLINED_WITHOUT_CAUSE):
            yield from blank("拒绝理由 reason", self.reason)

    def doubts(self, found: ReferralState) -> Iterator[Refusal]:
        if found.delivered_on is None:
            yield refusal("not-delivered", f"{found.id}尚未送达本人。", f"{found.id} was not delivered yet.")
        elif self.known_on < found.delivered_on:
            yield refusal(
                "before-delivery",
                f"结果日{self.known_on}早于送达日{found.delivered_on}。",
                f"Its outcome cannot be known on {self.known_on}, before its delivery on {found.delivered_on}.",
            )
        if found.outcome is not None:
            yield refusal("outcome-known", f"{found.id}已有结果。", f"{found.id} has its outcome already.")

    def objections(self, case: HardshipCase, seen: Seen) -> Iterator[Refusal]:
        if self.known_on > seen.on:
            yield in_future("known_on", self.known_on, seen.on)

    def apply(self, case: HardshipCase, seen: Seen) -> HardshipCase:
        settled = replace(self.found(case), outcome=self.outcome, outcome_on=self.known_on)
        case = replace(case, referrals=put(case.referrals, settled))
        return stop(case, f"outcome/{self.referral}", seen.at)
