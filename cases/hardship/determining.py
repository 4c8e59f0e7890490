"""Facts, determinations and what officers do with them: adopt, or depart with a reason and a second person."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from cases.acts import blank, in_future, unknown
from cases.case_parts import DeterminationState
from cases.determinations import Conclusion, Turn
from cases.facts import SourceKind
from cases.hardship.acts import Act
from cases.hardship.case import DIFFICULTY, HARDSHIP, PUBLIC_POST, ClosureState, HardshipCase
from cases.hardship.helping import begin_help
from cases.hardship.record import Record, Seen
from cases.hardship.stages import Outcome, Stage
from cases.parts import find, put
from cases.refusals import Refusal, refusal
from cases.roles import Role
from cases.timing import begin, stop
from cases.wording import Wording

DECIDING_STAGES = frozenset({Stage.DETERMINATION, Stage.HELP, Stage.POST, Stage.FOLLOW_UP})


@dataclass(frozen=True)
class RecordFact(Act):
    """A fact with its source. An outside body's recognition is one too: with body, date and paper."""

    KIND: ClassVar = "record-fact"
    TITLE: ClassVar = Wording("登记事实", "Record a fact")
    BY: ClassVar = frozenset({Role.CASEWORKER, Role.OFFICER})
    DURING: ClassVar = DECIDING_STAGES
    WHILE_PAUSED: ClassVar = True

    name: str
    value: object
    source: SourceKind
    established_on: date
    detail: str  # what it was seen in or heard from
    body: str = ""  # of a recognition: who gave it
    paper: str = ""  # and by which paper

    def refusals(self, case: HardshipCase) -> Iterator[Refusal]:
        yield from blank("来源说明 detail", self.detail)
        if self.source is SourceKind.RECOGNITION:
            yield from blank("认定机关 body", self.body)
            yield from blank("文书 paper", self.paper)

    def objections(self, case: HardshipCase, seen: Seen) -> Iterator[Refusal]:
        if self.established_on > seen.on:
            yield in_future("established_on", self.established_on, seen.on)
        yield from seen.record.fact_refusals(self.name, self.value)
        if Role.OFFICER not in seen.roles and self.source is not SourceKind.RECOGNITION:
            yield from for_officer(self.name, seen.record)

    def apply(self, case: HardshipCase, seen: Seen) -> HardshipCase:
        return replace(case, facts_seen=case.facts_seen + 1)


def for_officer(name: str, record: Record) -> Iterator[Refusal]:
    """What an officer judges, nobody else writes down as known; another body's recognition is a paper to be seen."""
    if record.fact_is_for_officer(name):
        yield refusal(
            "for-officer",
            f"事实“{name}”须由审批人核定登记；其他机构已有认定的，请以认定文书登记。",
            f"The fact {name} is an officer's to establish; a recognition by another body is recorded as such.",
        )


@dataclass(frozen=True)
class DeterminationMade(Act):
    """The engine concluded. It takes the place of an earlier determination of the policy that nobody decided."""

    KIND: ClassVar = "determination-made"
    TITLE: ClassVar = Wording("规则认定", "Determination by rules")
    BY: ClassVar = frozenset({Role.ENGINE})
    DURING: ClassVar = DECIDING_STAGES
    WHILE_PAUSED: ClassVar = True

    policy: str
    conclusion: Conclusion
    facts_seen: int  # as the determination read them
    turns: Turn | None = None
    turns_by_itself: bool = False

    def refusals(self, case: HardshipCase) -> Iterator[Refusal]:
        current = case.current(self.policy)
        if current and current.granted is not None:
            yield already_decided(current)
        elif current and current.departing is not None:
            yield departure_pending(current)

    def apply(self, case: HardshipCase, seen: Seen) -> HardshipCase:
        made = DeterminationState(
            id=f"{self.policy}-{1 + sum(d.policy == self.policy for d in case.determinations)}",
            policy=self.policy,
            conclusion=self.conclusion,
            made_at=seen.at,
            turns_on=self.turns.on if self.turns else None,
            turns_to=self.turns.conclusion if self.turns else None,
            turns_by_itself=self.turns_by_itself,
        )
        determinations = tuple(
            replace(d, superseded=True) if d.policy == self.policy else d for d in case.determinations
        )
        at_facts = dict(case.determined_at_facts) | {self.policy: self.facts_seen}
        return replace(
            case, determinations=(*determinations, made), determined_at_facts=tuple(sorted(at_facts.items()))
        )


@dataclass(frozen=True)
class OnDetermination(Act):
    """What an officer does with the determination that stands and is not decided yet."""

    KIND: ClassVar = ""
    DURING: ClassVar = DECIDING_STAGES
    BY: ClassVar = frozenset({Role.OFFICER})

    determination: str

    def refusals(self, case: HardshipCase) -> Iterator[Refusal]:
        found = find(case.determinations, self.determination)
        if found is None:
            yield unknown(Wording("认定", "determination"), self.determination)
        elif found.superseded:
            yield refusal(
                "superseded",
                f"认定{found.id}已被后来的认定取代。",
                f"Determination {found.id} was superseded by a later one.",
            )
        elif found.granted is not None:
            yield already_decided(found)
        else:
            yield from self.doubts(case, found)

    def doubts(self, case: HardshipCase, found: DeterminationState) -> Iterator[Refusal]:
        yield from ()

    def stands(self, case: HardshipCase) -> DeterminationState:
        found = find(case.determinations, self.determination)
        if found is None:
            raise LookupError(self.determination)
        return found


@dataclass(frozen=True)
class AdoptDetermination(OnDetermination):
    KIND: ClassVar = "adopt-determination"
    TITLE: ClassVar = Wording("采纳认定", "Adopt a determination")

    def doubts(self, case: HardshipCase, found: DeterminationState) -> Iterator[Refusal]:
        yield from no_longer_asked(case, found)
        if found.departing is not None:
            yield departure_pending(found)
        if not found.conclusion.adoptable:
            yield refusal(
                "not-adoptable",
                f"认定{found.id}的结论是“{found.conclusion}”，不能直接采纳：请补充事实，或说明理由作出偏离决定。",
                f"{found.id} concluded “{found.conclusion}” and cannot be adopted as it stands: "
                "record what is missing, or depart from it with a reason.",
            )
        yield from out_of_date(case, found)

    def apply(self, case: HardshipCase, seen: Seen) -> HardshipCase:
        found = self.stands(case)
        return decided(
            case, replace(found, granted=found.conclusion is Conclusion.GRANTED, decided_by=seen.actor), seen
        )


@dataclass(frozen=True)
class DepartFromDetermination(OnDetermination):
    """Needs a reason, and a second officer before it has any effect."""

    KIND: ClassVar = "depart-from-determination"
    TITLE: ClassVar = Wording("偏离认定", "Depart from a determination")

    granted: bool
    reason: str

    def refusals(self, case: HardshipCase) -> Iterator[Refusal]:
        yield from super().refusals(case)
        yield from blank("理由 reason", self.reason)

    def doubts(self, case: HardshipCase, found: DeterminationState) -> Iterator[Refusal]:
        yield from no_longer_asked(case, found)
        if found.departing is not None:
            yield departure_pending(found)
        if found.conclusion.adoptable and self.granted == (found.conclusion is Conclusion.GRANTED):
            yield refusal(
                "no-departure",
                f"这与认定{found.id}的结论相同，请直接采纳。",
                f"This is what {found.id} concluded: adopt it.",
            )
        yield from out_of_date(case, found)

    def apply(self, case: HardshipCase, seen: Seen) -> HardshipCase:
        departing = replace(self.stands(case), departing=self.granted, departed_by=seen.actor)
        return replace(case, determinations=put(case.determinations, departing))


@dataclass(frozen=True)
class OnDeparture(OnDetermination):
    KIND: ClassVar = ""

    def doubts(self, case: HardshipCase, found: DeterminationState) -> Iterator[Refusal]:
        if found.departing is None:
            yield refusal(
                "no-departure", f"认定{found.id}没有待复核的偏离决定。", f"No departure from {found.id} is pending."
            )

    def objections(self, case: HardshipCase, seen: Seen) -> Iterator[Refusal]:
        found = find(case.determinations, self.determination)
        if found and found.departed_by == seen.actor:
            yield refusal(
                "second-person",
                "偏离决定须由另一名审批人复核，不能由本人复核。",
                "A departure is confirmed by a second officer, never by the one who made it.",
            )


@dataclass(frozen=True)
class ConfirmDeparture(OnDeparture):
    KIND: ClassVar = "confirm-departure"
    TITLE: ClassVar = Wording("复核同意偏离", "Confirm a departure")

    def doubts(self, case: HardshipCase, found: DeterminationState) -> Iterator[Refusal]:
        yield from super().doubts(case, found)
        yield from no_longer_asked(case, found)

    def apply(self, case: HardshipCase, seen: Seen) -> HardshipCase:
        found = self.stands(case)
        return decided(case, replace(found, granted=found.departing, decided_by=seen.actor), seen)


@dataclass(frozen=True)
class RejectDeparture(OnDeparture):
    KIND: ClassVar = "reject-departure"
    TITLE: ClassVar = Wording("复核不同意偏离", "Reject a departure")

    reason: str

    def refusals(self, case: HardshipCase) -> Iterator[Refusal]:
        yield from super().refusals(case)
        yield from blank("理由 reason", self.reason)

    def apply(self, case: HardshipCase, seen: Seen) -> HardshipCase:
        back = replace(self.stands(case), departing=None, departed_by=None)
        return replace(case, determinations=put(case.determinations, back))


def already_decided(found: DeterminationState) -> Refusal:
    return refusal("decided", f"认定{found.id}已经作出决定。", f"Determination {found.id} is decided already.")


def departure_pending(found: DeterminationState) -> Refusal:
    return refusal(
        "departure-pending",
        f"认定{found.id}有一项偏离决定待第二人复核。",
        f"A departure from {found.id} waits for a second person.",
    )


def out_of_date(case: HardshipCase, found: DeterminationState) -> Iterator[Refusal]:
    if dict(case.determined_at_facts).get(found.policy) != case.facts_seen:
        yield refusal(
            "out-of-date",
            f"认定{found.id}作出后又登记了新的事实，正在重新认定。",
            f"A fact was recorded after {found.id} was made: it is being determined anew.",
        )


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
