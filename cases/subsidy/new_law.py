"""A change of the law that reaches a case already decided: the rules are asked again, by the law as it now stands."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from cases.refusals import Refusal, refusal
from cases.subsidy.case import SubsidyCase
from cases.subsidy.claiming import claimed_elsewhere
from cases.subsidy.engine import ByEngine
from cases.subsidy.moves import anew, revived
from cases.subsidy.record import Seen
from cases.wording import Wording


@dataclass(frozen=True)
class ApplyNewLaw(ByEngine):
    """By the follow-up of a publication that somebody ordered. Where the rules come to the same, the decision stands.

    Where they do not, an officer decides anew; what is then due on top is paid, what was paid too much recovered.
    """

    KIND: ClassVar = "apply-new-law"
    TITLE: ClassVar = Wording("按新政策重新认定", "Ask anew under the changed law")

    on: date  # the day whose law applies
    publication: str

    def refusals(self, case: SubsidyCase) -> Iterator[Refusal]:
        if dict(case.applied_anew).get(case.policy, date.min) >= self.on:
            yield refusal(
                "asked-anew", "已按该日或更后的政策认定。", "It was asked by the law of that day, or a later one."
            )

    def objections(self, case: SubsidyCase, seen: Seen) -> Iterator[Refusal]:
        if case.closed:
            yield from claimed_elsewhere(case, (claim.id for claim in case.claims), seen)

    def apply(self, case: SubsidyCase, seen: Seen) -> SubsidyCase:
        case = replace(case, applied_anew=tuple(sorted({**dict(case.applied_anew), case.policy: self.on}.items())))
        return anew(revived(case), seen) if case.closed else replace(case, facts_seen=case.facts_seen + 1)
