"""What the engine itself does to a case: alarms of clocks, papers kept, clocks reckoned anew."""

from dataclasses import dataclass, replace
from typing import ClassVar

from cases.acts_of_any import engine as shared
from cases.hardship.acts import Act
from cases.hardship.case import HardshipCase
from cases.hardship.leaving import EXIT_NOTICE, to_closing
from cases.hardship.record import Seen
from cases.hardship.stages import Outcome, Stage
from cases.parts import put
from cases.timing import begin

EVERY_STAGE = frozenset(Stage)


@dataclass(frozen=True)
class ByEngine(shared.ByEngine[HardshipCase, Seen], Act):
    DURING: ClassVar = EVERY_STAGE


@dataclass(frozen=True)
class RingAlarm(shared.RingAlarm[HardshipCase, Seen], ByEngine):
    """A threshold of a clock is reached."""

    def over(self, case: HardshipCase, seen: Seen) -> HardshipCase:
        return _over(case, self.clock, seen)


def _over(case: HardshipCase, clock: str, seen: Seen) -> HardshipCase:
    if clock == "term":  # also while an exit or a closure is considered: the case may come back to help
        return replace(case, term_over_at=seen.at)
    if clock == "exit-review" and case.exit and case.exit.review_asked_at is None:
        notice = next((paper for paper in reversed(case.papers) if paper.kind == EXIT_NOTICE), None)
        if notice and notice.owed:  # nobody was told: the days to ask for a review begin anew, and the notice's date
            redated = replace(case, papers=put(case.papers, replace(notice, dated=seen.on)))
            return begin(redated, clock, seen.terms["exit-review"], seen)
        return to_closing(case, Outcome.EXITED, case.exit.proposed_by, seen)
    return case


@dataclass(frozen=True)
class KeepPaper(shared.KeepPaper[HardshipCase, Seen], ByEngine):
    """A paper was printed and kept."""


@dataclass(frozen=True)
class ReckonAnew(shared.ReckonAnew[HardshipCase, Seen], ByEngine):
    """A calendar arrived."""
