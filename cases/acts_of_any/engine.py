"""What the engine itself does to any case: alarms of clocks, papers kept, clocks reckoned anew, work put off."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar, TypeVar

from cases.acts import Act, unknown
from cases.case import Case
from cases.parts import find, put
from cases.refusals import Refusal, refusal
from cases.roles import Role
from cases.setting import Setting
from cases.timing import reckoned
from cases.wording import Wording

C = TypeVar("C", bound=Case)
S = TypeVar("S", bound=Setting)

WHOLE = 100  # per cent of a term


@dataclass(frozen=True)
class ByEngine(Act[C, S]):
    KIND: ClassVar = ""
    BY: ClassVar = frozenset({Role.ENGINE})
    WHILE_PAUSED: ClassVar = True


@dataclass(frozen=True)
class RingAlarm(ByEngine[C, S]):
    """A threshold of a clock is reached: a reminder goes out, and some clocks end a stage at 100 %."""

    KIND: ClassVar = "ring-alarm"
    TITLE: ClassVar = Wording("时限提醒", "A clock's alarm")

    clock: str
    percent: int

    def refusals(self, case: C) -> Iterator[Refusal]:
        clock = find(case.clocks, self.clock)
        alarm = clock.next_alarm if clock else None
        if alarm is None or alarm.percent != self.percent:
            yield refusal(
                "not-due",
                f"时限{self.clock}的{self.percent}%提醒已不再适用。",
                f"The {self.percent} % alarm of {self.clock} no longer stands.",
            )

    def apply(self, case: C, seen: S) -> C:
        clock = find(case.clocks, self.clock)
        if clock is None:
            raise LookupError(self.clock)
        case = replace(case, clocks=put(case.clocks, replace(clock, sent=(*clock.sent, self.percent))))
        return self.over(case, seen) if self.percent == WHOLE else case

    def over(self, case: C, seen: S) -> C:
        """What follows when the whole of the term has passed."""
        raise NotImplementedError


@dataclass(frozen=True)
class KeepPaper(ByEngine[C, S]):
    """A paper was printed and kept: the digests of its bytes, and of the sealed file."""

    KIND: ClassVar = "keep-paper"
    TITLE: ClassVar = Wording("出具文书", "A paper is made")

    paper: str
    sha256: str
    file_sha256: str
    file_size: int

    def refusals(self, case: C) -> Iterator[Refusal]:
        found = find(case.papers, self.paper)
        if found is None:
            yield unknown(Wording("文书", "paper"), self.paper)
        elif not found.owed:
            yield refusal("kept", f"{self.paper}已出具或不再出具。", f"{self.paper} was made already, or waived.")

    def apply(self, case: C, seen: S) -> C:
        found = find(case.papers, self.paper)
        if found is None:
            raise LookupError(self.paper)
        kept = replace(found, sha256=self.sha256, file_sha256=self.file_sha256, file_size=self.file_size)
        return replace(case, papers=put(case.papers, kept))


@dataclass(frozen=True)
class ReckonAnew(ByEngine[C, S]):
    """A calendar arrived: every running clock is reckoned again, and what was provisional becomes firm."""

    KIND: ClassVar = "reckon-anew"
    TITLE: ClassVar = Wording("重算时限", "Clocks reckoned anew")

    calendar: str  # its hash, so that one calendar is one step

    def objections(self, case: C, seen: S) -> Iterator[Refusal]:
        if self.calendar != seen.calendar.hash:  # else a writer with an older one would use the step up
            yield refusal(
                "other-calendar",
                "此处使用的不是该日历。",
                "Not the calendar in use here: its own worker reckons by it.",
            )

    def apply(self, case: C, seen: S) -> C:
        clocks = tuple(
            reckoned(c, seen.terms[c.terms_id], seen.calendar) if c.running and c.due_at else c for c in case.clocks
        )
        return replace(case, clocks=clocks)


@dataclass(frozen=True)
class PutOff(ByEngine[C, S]):
    """The engine could not do its own work and goes on trying; written once for each cause."""

    KIND: ClassVar = "put-off"
    TITLE: ClassVar = Wording("暂缓", "Put off")

    what: str  # a paper's id, or a policy
    cause: str  # a code, never a text

    def apply(self, case: C, seen: S) -> C:
        return case
