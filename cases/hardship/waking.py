"""What is done on the day on which a determination turns: the engine notes it, and the worker is asked."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

from cases.acts import blank, unknown
from cases.hardship.acts import Act
from cases.hardship.case import HardshipCase
from cases.hardship.determining import DECIDING_STAGES
from cases.hardship.engine import ByEngine
from cases.hardship.leaving import other_case, reopened
from cases.hardship.record import Seen
from cases.hardship.stages import Stage
from cases.hardship.turns import apply_anew, askable, next_turn
from cases.parts import find, put
from cases.refusals import Refusal, refusal
from cases.roles import Role
from cases.wording import Wording


@dataclass(frozen=True)
class TurnDay(ByEngine):
    """The day has come. What moves with today's date is determined anew; of anything else people are told."""

    KIND: ClassVar = "turn-day"
    TITLE: ClassVar = Wording("认定到日变化", "A determination turns")
    DURING: ClassVar = DECIDING_STAGES

    determination: str

    def refusals(self, case: HardshipCase) -> Iterator[Refusal]:
        turn = next_turn(case)
        if turn is None or turn[0].id != self.determination:
            yield refusal(
                "not-due",
                f"认定{self.determination}已没有待处理的变化日。",
                f"{self.determination} has no day left to be seen to.",
            )

    def apply(self, case: HardshipCase, seen: Seen) -> HardshipCase:
        found = find(case.determinations, self.determination)
        if found is None:
            raise LookupError(self.determination)
        anew = int(found.turns_by_itself and found.granted is None)
        woken = put(case.determinations, replace(found, woken_at=seen.at))
        return replace(case, determinations=woken, facts_seen=case.facts_seen + anew)


@dataclass(frozen=True)
class AskAnew(Act):
    """The worker was asked whether to apply anew, since that would come out otherwise now. Also of a closed case.

    Applied for anew, the one determination is made as of the day; plan and clocks stay those of the case.
    """

    KIND: ClassVar = "ask-anew"
    TITLE: ClassVar = Wording("询问是否重新申请", "Ask whether to apply anew")
    BY: ClassVar = frozenset({Role.CASEWORKER, Role.SUPERVISOR})
    DURING: ClassVar = DECIDING_STAGES | {Stage.CLOSED}

    determination: str
    applies: bool
    said: str

    def refusals(self, case: HardshipCase) -> Iterator[Refusal]:
        yield from blank("本人的答复 said", self.said)
        if find(case.determinations, self.determination) is None:
            yield unknown(Wording("认定", "determination"), self.determination)
        elif find(askable(case), self.determination) is None:
            yield refusal(
                "nothing-to-ask",
                "重新申请不会使这项认定变得更有利，或已经问过本人。",
                "An application anew would not better this determination, or the worker was asked already.",
            )

    def objections(self, case: HardshipCase, seen: Seen) -> Iterator[Refusal]:
        found = find(askable(case), self.determination)
        if found and found.turns_on and seen.on < found.turns_on:
            yield refusal(
                "not-yet",
                f"这项认定到{found.turns_on}才会变化，请到那一天再询问本人。",
                f"This determination turns on {found.turns_on}: ask the worker on that day.",
            )
        if case.closed and self.applies:
            yield from other_case(case, seen)

    def apply(self, case: HardshipCase, seen: Seen) -> HardshipCase:
        found = find(case.determinations, self.determination)
        if found is None:
            raise LookupError(self.determination)
        case = replace(case, determinations=put(case.determinations, replace(found, anew=self.applies)))
        if not self.applies:
            return case
        if case.closed:
            case = reopened(case, seen)
        return apply_anew(case, (found.policy,), seen.on) if case.current(found.policy) else case
