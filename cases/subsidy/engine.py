"""What the engine itself does to a subsidy case, and the acts that every kind of case has."""

from dataclasses import dataclass, replace
from typing import ClassVar

from cases.acts_of_any import engine, moving, papering
from cases.clocks_due import APPEALS
from cases.parts import put
from cases.subsidy.acts import OPEN_STAGES, Act
from cases.subsidy.case import SubsidyCase
from cases.subsidy.moves import DETERMINATION_NOTICE, closed, refusal_over, started
from cases.subsidy.noticing import notice_over
from cases.subsidy.record import Record, Seen
from cases.subsidy.stages import Outcome, Stage
from cases.timing import stop

EVERY_STAGE = frozenset(Stage)
SUPPLY = "supply-information"


@dataclass(frozen=True)
class ByEngine(engine.ByEngine[SubsidyCase, Seen], Act):
    DURING: ClassVar = EVERY_STAGE


@dataclass(frozen=True)
class RingAlarm(engine.RingAlarm[SubsidyCase, Seen], ByEngine):
    """A threshold of a clock is reached."""

    def over(self, case: SubsidyCase, seen: Seen) -> SubsidyCase:
        match self.clock:
            case "supply-information":
                return _not_supplied(case, seen)
            case "public-notice":
                return notice_over(stop(case, self.clock, seen.at), seen)
            case "refusal-review":
                return refusal_over(stop(case, self.clock, seen.at), seen)
            case clock if clock.startswith(APPEALS):
                return stop(case, clock, seen.at)
            case _:
                return case


def _not_supplied(case: SubsidyCase, seen: Seen) -> SubsidyCase:
    if any(paper.kind == DETERMINATION_NOTICE and paper.owed for paper in case.papers):
        return _told_anew(case, seen)
    return started(case, SUPPLY, seen) if _waits_for_others(case) else closed(case, Outcome.EXPIRED, seen)


def _waits_for_others(case: SubsidyCase) -> bool:
    """The bank has the word first, of an earlier claim; or the rules; or officers, once one was asked or proposed."""
    standing = case.standing
    proposed = standing is not None and standing.granted is None and standing.departing is not None
    asked = case.look is not None and case.look.stands is not True
    undetermined = dict(case.determined_at_facts).get(case.policy) != case.facts_seen
    return proposed or asked or undetermined or any(payment.under_way for payment in case.payments)


def _told_anew(case: SubsidyCase, seen: Seen) -> SubsidyCase:
    """Nobody was told what is missing: the days begin anew, and so does the notice's date."""
    for paper in case.papers:
        if paper.kind == DETERMINATION_NOTICE and paper.owed:
            case = replace(case, papers=put(case.papers, replace(paper, dated=seen.on)))
    return started(case, SUPPLY, seen)


@dataclass(frozen=True)
class KeepPaper(engine.KeepPaper[SubsidyCase, Seen], ByEngine):
    """A paper was printed and kept."""


@dataclass(frozen=True)
class ReckonAnew(engine.ReckonAnew[SubsidyCase, Seen], ByEngine):
    """A calendar arrived."""


@dataclass(frozen=True)
class PutOff(engine.PutOff[SubsidyCase, Seen], ByEngine):
    """The engine could not do its own work."""


@dataclass(frozen=True)
class WaivePaper(papering.WaivePaper[SubsidyCase, Seen], Act):
    """A paper that cannot be made is given up."""

    DURING: ClassVar = EVERY_STAGE


@dataclass(frozen=True)
class Assign(moving.Assign[SubsidyCase, Seen], Act):
    """Give the case to a caseworker of the station."""

    DURING: ClassVar = OPEN_STAGES

    def record(self, seen: Seen) -> Record:
        return seen.record
