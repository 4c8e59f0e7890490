"""Facts and determinations of a subsidy, and what officers grant: adopting, or departing with a second person."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from cases.acts import unknown
from cases.acts_of_any import determining as shared
from cases.acts_of_any.determining import departure_pending
from cases.case_parts import DeterminationState
from cases.determinations import Conclusion
from cases.money import TOO_MUCH, in_figures
from cases.parts import find, put
from cases.refusals import Refusal, refusal
from cases.shown_facts import months_twice
from cases.subsidy.acts import OPEN_STAGES, Act
from cases.subsidy.case import LookState, SubsidyCase
from cases.subsidy.moves import (
    DECISION_NOTICE,
    DETERMINATION_NOTICE,
    owe,
    settled,
    started,
    still_lost,
    to_determination,
)
from cases.subsidy.record import Record, Seen
from cases.subsidy.stages import Stage
from cases.timing import stop
from cases.wording import Wording

# What an applicant is told of at once; the rest is an officer's first.
TOLD = frozenset({Conclusion.GRANTED, Conclusion.REFUSED, Conclusion.NEEDS_INFORMATION})


@dataclass(frozen=True)
class RecordFact(shared.RecordFact[SubsidyCase, Seen], Act):
    """Recorded after a decision, it leads to a check of it."""

    DURING: ClassVar = OPEN_STAGES

    def objections(self, case: SubsidyCase, seen: Seen) -> Iterator[Refusal]:
        yield from super().objections(case, seen)
        if case.worker_id and self.name == seen.process.months_in:
            yield from month_twice(self.value)

    def record(self, seen: Seen) -> Record:
        return seen.record


def month_twice(value: Any) -> Iterator[Refusal]:  # noqa: ANN401  # any JSON
    """What a person paid for a month, or was in the post for, is one line."""
    for month in months_twice(value):
        yield refusal(
            "month-twice", f"{month}出现了两次，请合并为一行。", f"{month} stands twice: write it as one line."
        )


@dataclass(frozen=True)
class DeterminationMade(shared.DeterminationMade[SubsidyCase, Seen], Act):
    """Also of a case that was decided: where it comes to the same the decision stands; else it is decided anew."""

    DURING: ClassVar = OPEN_STAGES

    amount_fen: int | None = None

    def refusals(self, case: SubsidyCase) -> Iterator[Refusal]:
        current = case.standing
        if self.policy != case.policy:
            yield unknown(Wording("补贴", "subsidy"), self.policy)
        if current and current.granted is None and current.departing is not None:
            yield departure_pending(current)

    def made(self, case: SubsidyCase, seen: Seen) -> DeterminationState:
        found, before = replace(super().made(case, seen), amount_fen=self.amount_fen), case.standing
        decided = before and before.granted is not None and case.stage is not Stage.DETERMINATION
        if before and decided and self._same(before):
            return replace(found, granted=before.granted, decided_by=before.decided_by, departed_by=before.departed_by)
        return found

    def apply(self, case: SubsidyCase, seen: Seen) -> SubsidyCase:
        lower = self.amount_fen is not None and self.amount_fen <= (case.granted_fen or 0)
        told, before = _told(case), case.standing
        same = before is not None and self._same(before)
        case = super().apply(case, seen)
        current = case.standing
        if current is None or current.granted is not None:
            return case
        if case.look and case.look.stands is not None and not same:
            case = replace(case, look=None)  # of what was refused before: it may be asked for again
        if case.stage is not Stage.DETERMINATION:
            case = to_determination(case, seen, still_noticed=lower)
        case = _asked(case, seen) if self.conclusion is Conclusion.NEEDS_INFORMATION else _complete(case, seen)
        if self.conclusion in TOLD and told != (self.conclusion, self.amount_fen):
            case = owe(case, DETERMINATION_NOTICE, current.id, seen)
        return case

    def _same(self, before: DeterminationState) -> bool:
        return (before.conclusion, before.amount_fen) == (self.conclusion, self.amount_fen)


def _told(case: SubsidyCase) -> tuple[Conclusion, int | None] | None:
    """What the latest notice of a determination says."""
    notice = next((paper for paper in reversed(case.papers) if paper.kind == DETERMINATION_NOTICE), None)
    found = find(case.determinations, notice.about) if notice else None
    return (found.conclusion, found.amount_fen) if found else None


def _asked(case: SubsidyCase, seen: Seen) -> SubsidyCase:
    """The days to decide stand still until the applicant has supplied what is missing."""
    clock = find(case.clocks, "supply-information")
    if clock and clock.running:
        return case
    return started(stop(case, "decision", seen.at), "supply-information", seen)


def _complete(case: SubsidyCase, seen: Seen) -> SubsidyCase:
    clock = find(case.clocks, "supply-information")
    if clock is None or not clock.running:
        return case
    return started(stop(case, "supply-information", seen.at), "decision", seen)


@dataclass(frozen=True)
class OnDetermination(shared.OnDetermination[SubsidyCase, Seen], Act):
    DURING: ClassVar = frozenset({Stage.DETERMINATION})

    def decided(self, case: SubsidyCase, decision: DeterminationState, seen: Seen) -> SubsidyCase:
        """The sum that was granted is all that is granted for the periods claimed."""
        granted_fen = self.granted_fen(case, decision) if decision.granted else 0
        if (granted_fen or 0) > (case.granted_fen or 0):
            case = replace(case, notice_id=None, noticed_on=None)  # the public was shown less
        case = replace(
            case,
            determinations=put(case.determinations, decision),
            granted_fen=granted_fen,
            departing_fen=None,
        )
        case = still_lost(case)
        for clock in ("decision", "supply-information"):
            case = stop(case, clock, seen.at)
        return settled(owe(case, DECISION_NOTICE, decision.id, seen), seen)

    def granted_fen(self, case: SubsidyCase, decision: DeterminationState) -> int | None:
        return decision.amount_fen if case.departing_fen is None else case.departing_fen


@dataclass(frozen=True)
class AdoptDetermination(shared.AdoptDetermination[SubsidyCase, Seen], OnDetermination):
    """A refusal by rules is never final: where a person was asked for, an officer looks at it first."""

    def doubts(self, case: SubsidyCase, found: DeterminationState) -> Iterator[Refusal]:
        yield from super().doubts(case, found)
        if found.conclusion is Conclusion.GRANTED and not found.amount_fen:
            yield refusal(
                "no-amount",
                f"认定{found.id}没有得出金额，不能直接采纳：请补充事实，或写明金额和理由作出偏离决定。",
                f"{found.id} came to no sum and cannot be adopted as it stands: record what is missing, "
                "or depart from it with a sum and a reason.",
            )
        if case.look and found.conclusion is Conclusion.REFUSED:
            yield from _looked_at(case.look)


@dataclass(frozen=True)
class DepartFromDetermination(shared.DepartFromDetermination[SubsidyCase, Seen], OnDetermination):
    """Needs a reason, a sum where it grants, and a second officer before it has any effect."""

    amount_fen: int | None = None

    def refusals(self, case: SubsidyCase) -> Iterator[Refusal]:
        yield from super().refusals(case)
        if self.granted and (self.amount_fen is None or self.amount_fen <= 0):
            yield refusal(
                "no-amount",
                "准予补贴的，请写明金额（amount_fen，单位为分）。",
                "Granting needs a sum: amount_fen, in fen.",
            )
        if self.amount_fen is not None and self.amount_fen >= TOO_MUCH:
            most = in_figures(TOO_MUCH - 1)
            yield refusal("amount", f"金额不能超过{most}元。", f"A sum is at most {most} yuan.")
        if not self.granted and self.amount_fen:
            yield refusal("no-amount", "不予补贴的，不写金额。", "A refusal names no sum.")

    def doubts(self, case: SubsidyCase, found: DeterminationState) -> Iterator[Refusal]:
        yield from super().doubts(case, found)
        if case.look and case.look.stands is None:
            yield look_pending()

    def agrees(self, found: DeterminationState) -> bool:
        return super().agrees(found) and (not self.granted or self.amount_fen == found.amount_fen)

    def apply(self, case: SubsidyCase, seen: Seen) -> SubsidyCase:
        return replace(super().apply(case, seen), departing_fen=self.amount_fen)


@dataclass(frozen=True)
class ConfirmDeparture(shared.ConfirmDeparture[SubsidyCase, Seen], OnDetermination):
    """The second officer agrees, and the sum proposed is granted."""


@dataclass(frozen=True)
class RejectDeparture(shared.RejectDeparture[SubsidyCase, Seen], OnDetermination):
    """The second officer does not agree; where a look had found against a refusal, that is settled with it."""

    def apply(self, case: SubsidyCase, seen: Seen) -> SubsidyCase:
        look = replace(case.look, stands=True, by=seen.actor, looked_on=seen.on) if case.look else None
        return replace(super().apply(case, seen), departing_fen=None, look=look)


def _looked_at(look: LookState) -> Iterator[Refusal]:
    if look.stands is None:
        yield look_pending()
    elif not look.stands:
        yield refusal(
            "look-differs",
            "人工复核认为不予补贴不成立：请说明理由作出偏离决定。",
            "An officer found that the refusal does not stand: depart from it with a reason.",
        )


def look_pending() -> Refusal:
    return refusal(
        "look-pending",
        "申请人要求人工复核，须先由审批人人工复核。",
        "A person was asked for: an officer looks at it as a person first.",
    )
