"""What every kind of case is: one row in the record, with its clocks, its determinations and its papers."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from cases.case_parts import ClockState, DeterminationState, PaperState, PauseSpan
from cases.wording import Wording


class CaseStage(StrEnum):
    """A stage of some kind of case: each has a closed list of its own, and all end in `closed`."""

    @property
    def label(self) -> Wording:
        raise NotImplementedError


class CaseOutcome(StrEnum):
    """How some kind of case can end."""

    @property
    def label(self) -> Wording:
        raise NotImplementedError


@dataclass(frozen=True, kw_only=True)
class Case:
    """A change is a new value; `revision` counts the steps written. Nothing personal is in it."""

    id: str
    revision: int
    stage: CaseStage
    station_id: str
    jurisdiction: str
    applied_on: date  # selects every policy version, to the end; see `applied_anew`
    opened_at: datetime
    caseworker: str | None = None
    law: str | None = None  # the list of policies that it is pinned to, whatever is published later
    outcome: CaseOutcome | None = None
    closed_at: datetime | None = None
    facts_seen: int = 0  # facts recorded so far; a determination made before the last of them is out of date
    determined_at_facts: tuple[tuple[str, int], ...] = ()  # policy → facts_seen when it was last determined
    applied_anew: tuple[tuple[str, date], ...] = ()  # policy → the later day as of which it alone is determined
    determinations: tuple[DeterminationState, ...] = ()
    pauses: tuple[PauseSpan, ...] = ()
    clocks: tuple[ClockState, ...] = ()
    papers: tuple[PaperState, ...] = ()

    @property
    def person(self) -> str:
        """Whose key seals what is personal in it: the worker, or the employer that applied."""
        raise NotImplementedError

    @property
    def paused(self) -> bool:
        return bool(self.pauses) and self.pauses[-1].until_at is None

    @property
    def closed(self) -> bool:
        return self.stage == "closed"

    def current(self, policy: str) -> DeterminationState | None:
        """The determination of one policy that no later one superseded."""
        return next((d for d in reversed(self.determinations) if d.policy == policy and not d.superseded), None)

    def granted(self, policy: str) -> bool | None:
        """What officers decided on one policy: True, False, or None while undecided."""
        current = self.current(policy)
        return current.granted if current else None
