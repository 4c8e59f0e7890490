"""A person can be asked for (人工复核): an officer looks at what rules refused, before it is adopted and after."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

from cases.acts import blank
from cases.determinations import Conclusion
from cases.refusals import Refusal, refusal
from cases.roles import Role
from cases.subsidy.acts import Act
from cases.subsidy.case import LookState, SubsidyCase
from cases.subsidy.moves import anew, refusal_over
from cases.subsidy.record import Seen
from cases.subsidy.stages import Stage
from cases.wording import Wording


@dataclass(frozen=True)
class AskPerson(Act):
    """Once for each determination that refuses."""

    KIND: ClassVar = "ask-person"
    TITLE: ClassVar = Wording("要求人工复核", "Ask for a person")
    BY: ClassVar = frozenset({Role.CASEWORKER, Role.WORKER})
    DURING: ClassVar = frozenset({Stage.DETERMINATION, Stage.REFUSAL})

    reason: str

    def refusals(self, case: SubsidyCase) -> Iterator[Refusal]:
        yield from blank("理由 reason", self.reason)
        if case.standing is None or case.standing.conclusion is Conclusion.GRANTED:
            yield refusal("nothing-refused", "规则没有得出不予补贴。", "The rules refused nothing.")
        elif case.look:
            yield refusal("asked", "已要求人工复核。", "A person was asked for already.")

    def apply(self, case: SubsidyCase, seen: Seen) -> SubsidyCase:
        return replace(case, look=LookState(seen.at))


@dataclass(frozen=True)
class AnswerPerson(Act):
    """An officer has looked at it, never one who decided or proposed it. Where it does not stand it is decided anew."""

    KIND: ClassVar = "answer-person"
    TITLE: ClassVar = Wording("答复人工复核", "Answer as a person")
    BY: ClassVar = frozenset({Role.OFFICER})
    DURING: ClassVar = frozenset({Stage.DETERMINATION, Stage.REFUSAL})

    stands: bool
    finding: str

    def refusals(self, case: SubsidyCase) -> Iterator[Refusal]:
        yield from blank("复核情况 finding", self.finding)
        if case.look is None or case.look.stands is not None:
            yield refusal("not-asked", "没有待答复的人工复核。", "No person was asked for.")

    def objections(self, case: SubsidyCase, seen: Seen) -> Iterator[Refusal]:
        decided = case.standing if case.standing and case.standing.granted is not None else None
        if decided and seen.actor in (decided.decided_by, decided.departed_by):
            yield refusal(
                "own-decision", "不能复核本人作出的决定。", "Nobody looks again at a decision that was their own."
            )

    def apply(self, case: SubsidyCase, seen: Seen) -> SubsidyCase:
        if case.look is None:
            raise LookupError("look")
        looked = replace(case, look=replace(case.look, stands=self.stands, by=seen.actor, looked_on=seen.on))
        if case.stage is Stage.DETERMINATION:
            return looked
        return refusal_over(looked, seen) if self.stands else anew(looked, seen)
