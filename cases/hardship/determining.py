"""Facts, determinations and what officers do with them: adopt, or depart with a reason and a second person."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

from cases.acts_of_any import determining as shared
from cases.case_parts import DeterminationState
from cases.hardship.acts import Act
from cases.hardship.case import DIFFICULTY, HARDSHIP, PUBLIC_POST, ClosureState, HardshipCase
from cases.hardship.helping import begin_help
from cases.hardship.record import Record, Seen
from cases.hardship.stages import Outcome, Stage
from cases.parts import put
from cases.refusals import Refusal, refusal
from cases.timing import begin, stop

DECIDING_STAGES = frozenset({Stage.DETERMINATION, Stage.HELP, Stage.POST, Stage.FOLLOW_UP})


@dataclass(frozen=True)
class RecordFact(shared.RecordFact[HardshipCase, Seen], Act):
    DURING: ClassVar = DECIDING_STAGES

    def record(self, seen: Seen) -> Record:
        return seen.record


@dataclass(frozen=True)
class DeterminationMade(shared.DeterminationMade[HardshipCase, Seen], Act):
    DURING: ClassVar = DECIDING_STAGES


@dataclass(frozen=True)
class OnDetermination(shared.OnDetermination[HardshipCase, Seen], Act):
    DURING: ClassVar = DECIDING_STAGES

    def no_longer_asked(self, case: HardshipCase, found: DeterminationState) -> Iterator[Refusal]:
        yield from no_longer_asked(case, found)

    def decided(self, case: HardshipCase, decision: DeterminationState, seen: Seen) -> HardshipCase:
        return decided(case, decision, seen)


@dataclass(frozen=True)
class AdoptDetermination(shared.AdoptDetermination[HardshipCase, Seen], OnDetermination):
    """Adopt what the rules concluded."""


@dataclass(frozen=True)
class DepartFromDetermination(shared.DepartFromDetermination[HardshipCase, Seen], OnDetermination):
    """Needs a reason, and a second officer before it has any effect."""


@dataclass(frozen=True)
class ConfirmDeparture(shared.ConfirmDeparture[HardshipCase, Seen], OnDetermination):
    """The second officer agrees."""


@dataclass(frozen=True)
class RejectDeparture(shared.RejectDeparture[HardshipCase, Seen], OnDetermination):
    """The second officer does not agree."""


def no_longer_asked(case: HardshipCase, found: DeterminationState) -> Iterator[Refusal]:
    """A public-welfare post is the last resort: once work is found, or help is owed again, none is decided on."""
    if found.policy == PUBLIC_POST and not case.market_failed:
        yield refusal(
            "market-not-failed",
            f"认定{found.id}只在帮扶期满、必需项目均已证明且仍未就业时才能决定。",
            f"{found.id} is decided on only while the term is over, every required item proved and no work found.",
        )


def decided(case: HardshipCase, decision: DeterminationState, seen: Seen) -> HardshipCase:
    """The case after an officer's decision: help begins, is declined, or a public-welfare post is owed."""
    case = replace(case, determinations=put(case.determinations, decision))
    if decision.policy == HARDSHIP and case.stage is Stage.DETERMINATION:
        case = stop(case, "determination", seen.at)
        return begin_help(case, seen) if decision.granted else declined(case, decision, seen)
    if decision.policy == DIFFICULTY:
        # The public-post determination reads this decision as a fact.
        return replace(case, facts_seen=case.facts_seen + 1)
    if decision.policy == PUBLIC_POST and decision.granted:
        return replace(case, stage=Stage.POST)
    return case


def declined(case: HardshipCase, decision: DeterminationState, seen: Seen) -> HardshipCase:
    closure = ClosureState(Outcome.DECLINED, decision.decided_by or seen.actor, seen.at, Stage.DETERMINATION)
    case = replace(case, stage=Stage.CLOSING, closure=closure)
    return begin(case, "closure", seen.terms["closure-approval"], seen)
