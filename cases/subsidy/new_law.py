"""A change of the law that reaches a case already decided: the rules are asked again, by the law as it now stands."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar, Final

from cases.days import day_of
from cases.refusals import Refusal, refusal
from cases.subsidy.case import SubsidyCase
from cases.subsidy.claiming import claimed_elsewhere
from cases.subsidy.engine import ByEngine
from cases.subsidy.moves import anew, claimed_again, revived
from cases.subsidy.record import Seen
from cases.subsidy.stages import Outcome
from cases.wording import Wording

# Ended without a subsidy: granted now, one that runs month by month begins to run.
NEVER_RAN: Final = frozenset({Outcome.REFUSED, Outcome.EXPIRED})


@dataclass(frozen=True)
class ApplyNewLaw(ByEngine):
    """By the follow-up of a publication that somebody ordered.

    Of an open case: where the rules come to the same, the decision stands; where they do not, an officer decides anew.
    A closed case goes on, and an officer decides it. What is then due on top is paid, what was paid too much recovered.
    """

    KIND: ClassVar = "apply-new-law"
    TITLE: ClassVar = Wording("按新政策重新认定", "Ask anew under the changed law")

    on: date  # the day whose law applies
    publication: str

    def refusals(self, case: SubsidyCase) -> Iterator[Refusal]:
        if dict(case.applied_anew).get(case.policy, date.min) > self.on:
            yield refusal("asked-anew", "已按更后一日的政策认定。", "It was asked by the law of a later day already.")
        if given_up(case):
            yield refusal("withdrawn", "申请人已撤回申请。", "The applicant gave the application up.")

    def objections(self, case: SubsidyCase, seen: Seen) -> Iterator[Refusal]:
        if self.on > seen.on:
            yield refusal("not-yet", f"该政策自{self.on}起施行。", f"That law is in force from {self.on} on.")
        if case.closed:
            yield from claimed_elsewhere(case, (claim.id for claim in case.claims), seen)

    def apply(self, case: SubsidyCase, seen: Seen) -> SubsidyCase:
        asked = {**dict(case.applied_anew), case.policy: self.on}
        lapsed = (replace(each, lapsed_on=each.lapsed_on or seen.on) for each in case.acceptances)
        case = replace(case, applied_anew=tuple(sorted(asked.items())), acceptances=tuple(lapsed))
        if case.closed:
            return anew(_going_on(case), seen)
        again = claimed_again(case, seen)
        return replace(case, facts_seen=case.facts_seen + 1) if again == case else anew(again, seen)


def given_up(case: SubsidyCase) -> bool:
    """Whether the applicant withdrew, and nothing was paid: no change of the law brings that back."""
    return case.outcome is Outcome.WITHDRAWN and not case.paid_fen


def _going_on(case: SubsidyCase) -> SubsidyCase:
    """What had run and ended does not run again: only what was paid is put right."""
    if case.outcome in NEVER_RAN:
        return revived(case)
    ended = case.stopped_on or (day_of(case.closed_at) if case.closed_at else None)
    return replace(revived(case), stopped_on=ended, stopping=case.stopping)
