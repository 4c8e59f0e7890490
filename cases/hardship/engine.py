"""What the engine itself does to a case: alarms of clocks, papers kept, clocks reckoned anew."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

from cases.acts import unknown
from cases.hardship.acts import Act
from cases.hardship.case import HardshipCase
from cases.hardship.leaving import EXIT_NOTICE, to_closing
from cases.hardship.record import Seen
from cases.hardship.stages import Outcome, Stage
from cases.parts import find, put
from cases.refusals import Refusal, refusal
from cases.roles import Role
from cases.timing import begin, reckoned
from cases.wording import Wording

EVERY_STAGE = frozenset(Stage)


@dataclass(frozen=True)
class ByEngine(Act):
    KIND: ClassVar = ""
    BY: ClassVar = frozenset({Role.ENGINE})
    DURING: ClassVar = EVERY_STAGE
    WHILE_PAUSED: ClassVar = True


@dataclass(frozen=True)
class RingAlarm(ByEngine):
    """A threshold of a clock is reached: a reminder goes out, and some clocks end a stage at 100 %."""

    KIND: ClassVar = "ring-alarm"
    TITLE: ClassVar = Wording("时限提醒", "A clock's alarm")

    clock: str
    percent: int

    def refusals(self, case: HardshipCase) -> Iterator[Refusal]:
        clock = find(case.clocks, self.clock)
        alarm = clock.next_alarm if clock else None
        if alarm is None or alarm.percent != self.percent:
            yield refusal(
                "not-due",
                f"时限{self.clock}的{self.percent}%提醒已不再适用。",
                f"The {self.percent} % alarm of {self.clock} no longer stands.",
            )

    def apply(self, case: HardshipCase, seen: Seen) -> HardshipCase:
        clock = find(case.clocks, self.clock)
        if clock is None:
            raise LookupError(self.clock)
        case = replace(case, clocks=put(case.clocks, replace(clock, sent=(*clock.sent, self.percent))))
        if self.percent == 100:  # noqa: PLR2004  # the whole of the term
            return _over(case, self.clock, seen)
        return case


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
class KeepPaper(ByEngine):
    """A paper was printed and kept: the digests of its bytes, and of the sealed file."""

    KIND: ClassVar = "keep-paper"
    TITLE: ClassVar = Wording("出具文书", "A paper is made")

    paper: str
    sha256: str
    file_sha256: str
    file_size: int

    def refusals(self, case: HardshipCase) -> Iterator[Refusal]:
        found = find(case.papers, self.paper)
        if found is None:
            yield unknown(Wording("文书", "paper"), self.paper)
        elif not found.owed:
            yield refusal("kept", f"{self.paper}已出具或不再出具。", f"{self.paper} was made already, or waived.")

    def apply(self, case: HardshipCase, seen: Seen) -> HardshipCase:
        found = find(case.papers, self.paper)
        if found is None:
            raise LookupError(self.paper)
        kept = replace(found, sha256=self.sha256, file_sha256=self.file_sha256, file_size=self.file_size)
        return replace(case, papers=put(case.papers, kept))


@dataclass(frozen=True)
class ReckonAnew(ByEngine):
    """A calendar arrived: every running clock is reckoned again, and what was provisional becomes firm."""

    KIND: ClassVar = "reckon-anew"
    TITLE: ClassVar = Wording("重算时限", "Clocks reckoned anew")

    calendar: str  # its hash, so that one calendar is one step

    def objections(self, case: HardshipCase, seen: Seen) -> Iterator[Refusal]:
        if self.calendar != seen.calendar.hash:  # else a writer with an older one would use the step up
            yield refusal(
                "other-calendar",
                "此处使用的不是该日历。",
                "Not the calendar in use here: its own worker reckons by it.",
            )

    def apply(self, case: HardshipCase, seen: Seen) -> HardshipCase:
        clocks = tuple(
            reckoned(c, seen.terms[c.terms_id], seen.calendar) if c.running and c.due_at else c for c in case.clocks
        )
        return replace(case, clocks=clocks)
