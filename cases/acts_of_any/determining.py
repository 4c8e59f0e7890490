"""Facts, determinations and what officers do with them: adopt, or depart with a reason and a second person."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar, Protocol, TypeVar

from cases.acts import Act, blank, in_future, unknown
from cases.case import Case
from cases.case_parts import DeterminationState
from cases.determinations import Conclusion, Turn
from cases.facts import SourceKind
from cases.parts import find, put
from cases.refusals import Refusal, refusal
from cases.roles import Role
from cases.setting import Setting
from cases.wording import Wording

C = TypeVar("C", bound=Case)
S = TypeVar("S", bound=Setting)


class FactRecord(Protocol):
    def fact_refusals(self, name: str, value: object) -> tuple[Refusal, ...]: ...
    def fact_is_for_officer(self, name: str) -> bool: ...


@dataclass(frozen=True)
class RecordFact(Act[C, S]):
    """A fact with its source. An outside body's recognition is one too: with body, date and paper."""

    KIND: ClassVar = "record-fact"
    TITLE: ClassVar = Wording("登记事实", "Record a fact")
    BY: ClassVar = frozenset({Role.CASEWORKER, Role.OFFICER})
    WHILE_PAUSED: ClassVar = True

    name: str
    value: object
    source: SourceKind
    established_on: date
    detail: str  # what it was seen in or heard from
    body: str = ""  # of a recognition: who gave it
    paper: str = ""  # and by which paper

    def refusals(self, case: C) -> Iterator[Refusal]:
        yield from blank("来源说明 detail", self.detail)
        if self.source is SourceKind.RECOGNITION:
            yield from blank("认定机关 body", self.body)
            yield from blank("文书 paper", self.paper)

    def objections(self, case: C, seen: S) -> Iterator[Refusal]:
        record = self.record(seen)
        if self.established_on > seen.on:
            yield in_future("established_on", self.established_on, seen.on)
        yield from record.fact_refusals(self.name, self.value)
        if Role.OFFICER not in seen.roles and self.source is not SourceKind.RECOGNITION:
            yield from for_officer(self.name, record)

    def record(self, seen: S) -> FactRecord:
        raise NotImplementedError

    def apply(self, case: C, seen: S) -> C:
        return replace(case, facts_seen=case.facts_seen + 1)


def for_officer(name: str, record: FactRecord) -> Iterator[Refusal]:
    """What an officer judges, nobody else writes down as known; another body's recognition is a paper to be seen."""
    if record.fact_is_for_officer(name):
        yield refusal(
            "for-officer",
            f"事实“{name}”须由审批人核定登记；其他机构已有认定的，请以认定文书登记。",
            f"The fact {name} is an officer's to establish; a recognition by another body is recorded as such.",
        )


@dataclass(frozen=True)
class DeterminationMade(Act[C, S]):
    """The engine concluded. It takes the place of the determination of the policy that stood."""

    KIND: ClassVar = "determination-made"
    TITLE: ClassVar = Wording("规则认定", "Determination by rules")
    BY: ClassVar = frozenset({Role.ENGINE})
    WHILE_PAUSED: ClassVar = True

    policy: str
    conclusion: Conclusion
    facts_seen: int  # as the determination read them
    turns: Turn | None = None
    turns_by_itself: bool = False

    def refusals(self, case: C) -> Iterator[Refusal]:
        current = case.current(self.policy)
        if current and current.granted is not None:
            yield already_decided(current)
        elif current and current.departing is not None:
            yield departure_pending(current)

    def made(self, case: C, seen: S) -> DeterminationState:
        return DeterminationState(
            id=f"{self.policy}-{1 + sum(d.policy == self.policy for d in case.determinations)}",
            policy=self.policy,
            conclusion=self.conclusion,
            made_at=seen.at,
            turns_on=self.turns.on if self.turns else None,
            turns_to=self.turns.conclusion if self.turns else None,
            turns_by_itself=self.turns_by_itself,
        )

    def apply(self, case: C, seen: S) -> C:
        determinations = tuple(
            replace(d, superseded=True) if d.policy == self.policy else d for d in case.determinations
        )
        at_facts = dict(case.determined_at_facts) | {self.policy: self.facts_seen}
        return replace(
            case,
            determinations=(*determinations, self.made(case, seen)),
            determined_at_facts=tuple(sorted(at_facts.items())),
        )


@dataclass(frozen=True)
class OnDetermination(Act[C, S]):
    """What an officer does with the determination that stands and is not decided yet."""

    KIND: ClassVar = ""
    BY: ClassVar = frozenset({Role.OFFICER})

    determination: str

    def refusals(self, case: C) -> Iterator[Refusal]:
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

    def doubts(self, case: C, found: DeterminationState) -> Iterator[Refusal]:
        yield from ()

    def no_longer_asked(self, case: C, found: DeterminationState) -> Iterator[Refusal]:
        """Why nothing is to be decided on it now, whatever it concluded."""
        yield from ()

    def decided(self, case: C, decision: DeterminationState, seen: S) -> C:
        """The case after an officer's decision."""
        raise NotImplementedError

    def stands(self, case: C) -> DeterminationState:
        found = find(case.determinations, self.determination)
        if found is None:
            raise LookupError(self.determination)
        return found


@dataclass(frozen=True)
class AdoptDetermination(OnDetermination[C, S]):
    KIND: ClassVar = "adopt-determination"
    TITLE: ClassVar = Wording("采纳认定", "Adopt a determination")

    def doubts(self, case: C, found: DeterminationState) -> Iterator[Refusal]:
        yield from self.no_longer_asked(case, found)
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

    def apply(self, case: C, seen: S) -> C:
        found = self.stands(case)
        granted = found.conclusion is Conclusion.GRANTED
        return self.decided(case, replace(found, granted=granted, decided_by=seen.actor), seen)


@dataclass(frozen=True)
class DepartFromDetermination(OnDetermination[C, S]):
    """Needs a reason, and a second officer before it has any effect."""

    KIND: ClassVar = "depart-from-determination"
    TITLE: ClassVar = Wording("偏离认定", "Depart from a determination")

    granted: bool
    reason: str

    def refusals(self, case: C) -> Iterator[Refusal]:
        yield from super().refusals(case)
        yield from blank("理由 reason", self.reason)

    def doubts(self, case: C, found: DeterminationState) -> Iterator[Refusal]:
        yield from self.no_longer_asked(case, found)
        if found.departing is not None:
            yield departure_pending(found)
        if self.agrees(found):
            yield refusal(
                "no-departure",
                f"这与认定{found.id}的结论相同，请直接采纳。",
                f"This is what {found.id} concluded: adopt it.",
            )
        yield from out_of_date(case, found)

    def agrees(self, found: DeterminationState) -> bool:
        return found.conclusion.adoptable and self.granted == (found.conclusion is Conclusion.GRANTED)

    def apply(self, case: C, seen: S) -> C:
        departing = replace(self.stands(case), departing=self.granted, departed_by=seen.actor)
        return replace(case, determinations=put(case.determinations, departing))


@dataclass(frozen=True)
class OnDeparture(OnDetermination[C, S]):
    KIND: ClassVar = ""

    def doubts(self, case: C, found: DeterminationState) -> Iterator[Refusal]:
        if found.departing is None:
            yield refusal(
                "no-departure", f"认定{found.id}没有待复核的偏离决定。", f"No departure from {found.id} is pending."
            )

    def objections(self, case: C, seen: S) -> Iterator[Refusal]:
        found = find(case.determinations, self.determination)
        if found and found.departed_by == seen.actor:
            yield refusal(
                "second-person",
                "偏离决定须由另一名审批人复核，不能由本人复核。",
                "A departure is confirmed by a second officer, never by the one who made it.",
            )


@dataclass(frozen=True)
class ConfirmDeparture(OnDeparture[C, S]):
    KIND: ClassVar = "confirm-departure"
    TITLE: ClassVar = Wording("复核同意偏离", "Confirm a departure")

    def doubts(self, case: C, found: DeterminationState) -> Iterator[Refusal]:
        yield from super().doubts(case, found)
        yield from self.no_longer_asked(case, found)

    def apply(self, case: C, seen: S) -> C:
        found = self.stands(case)
        return self.decided(case, replace(found, granted=found.departing, decided_by=seen.actor), seen)


@dataclass(frozen=True)
class RejectDeparture(OnDeparture[C, S]):
    KIND: ClassVar = "reject-departure"
    TITLE: ClassVar = Wording("复核不同意偏离", "Reject a departure")

    reason: str

    def refusals(self, case: C) -> Iterator[Refusal]:
        yield from super().refusals(case)
        yield from blank("理由 reason", self.reason)

    def apply(self, case: C, seen: S) -> C:
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


def out_of_date(case: Case, found: DeterminationState) -> Iterator[Refusal]:
    if dict(case.determined_at_facts).get(found.policy) != case.facts_seen:
        yield refusal(
            "out-of-date",
            f"认定{found.id}作出后又登记了新的事实，正在重新认定。",
            f"A fact was recorded after {found.id} was made: it is being determined anew.",
        )
