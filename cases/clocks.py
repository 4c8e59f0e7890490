"""A clock (时限): a term as data, when it began, and when it stood still."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from enum import StrEnum
from itertools import pairwise

from cases.authorities import Authority
from cases.days import END_OF_DAY, day_of, instant
from cases.wording import Wording


class Unit(StrEnum):
    DAY = "day"  # 日
    MONTH = "month"  # 月


class Counts(StrEnum):
    """Day type (日的种类): which days use the term up."""

    WORKING = "working"  # 工作日
    NATURAL = "natural"  # 自然日


class Rolls(StrEnum):
    """What happens when a term ends on a rest day (期间最后一日为休息日)."""

    FORWARD = "forward"  # 顺延至下一工作日
    BACK = "back"  # 提前至上一工作日
    NONE = "none"  # 不顺延


THE_START = Wording("起算日", "the start")


@dataclass(frozen=True)
class ClockTerms:
    """`length` units after the start day, by the clause in `authority`; `thresholds` in percent of the counted days."""

    id: str
    title: Wording
    length: int
    unit: Unit
    counts: Counts
    rolls: Rolls
    authority: Authority
    due_time: time = END_OF_DAY
    thresholds: tuple[int, ...] = (50, 75, 100)
    starts: Wording = THE_START  # the act that starts it, as in "from receipt 2026-09-20"
    restarts: tuple[str, ...] = ()  # kinds of event that start it anew
    excludes: tuple[str, ...] = ()  # kinds of event whose days it leaves out
    extends_by: int = 0  # units by which it may be extended, once

    def __post_init__(self) -> None:
        if self.length < 0 or self.extends_by < 0:
            raise ValueError(f"{self.id}: a term cannot be {self.length} long.")
        if self.unit is Unit.MONTH and self.counts is Counts.WORKING:
            raise ValueError(f"{self.id}: months are not counted in working days; give the term in days.")
        if list(self.thresholds) != sorted(set(self.thresholds) & set(range(1, 101))):
            raise ValueError(f"{self.id}: thresholds rise from 1 to 100 percent; found {self.thresholds}.")


@dataclass(frozen=True)
class Pause:
    """A span in which the clock stands; open as long as `until_at` is None."""

    from_at: datetime
    until_at: datetime | None
    reason: str

    def __post_init__(self) -> None:
        day_of(self.from_at)  # refuses an instant without a zone
        if self.until_at is not None and self.until_at < self.from_at:
            raise ValueError(f"A pause cannot end at {self.until_at}, before it began at {self.from_at}.")

    def holds(self, at: datetime) -> bool:
        """Whether the clock stands at an instant: not yet when the pause begins, still when it ends."""
        return self.from_at < at and (self.until_at is None or at <= self.until_at)


@dataclass(frozen=True)
class Clock:
    terms: ClockTerms
    started_at: datetime
    pauses: tuple[Pause, ...] = ()

    def __post_init__(self) -> None:
        day_of(self.started_at)
        for earlier, later in pairwise(self.pauses):
            if earlier.until_at is None or later.from_at < earlier.until_at:
                raise ValueError(f"{self.terms.id}: a pause at {later.from_at} begins before the earlier has ended.")

    @property
    def standing(self) -> bool:
        """Whether a pause is open."""
        return bool(self.pauses) and self.pauses[-1].until_at is None

    def paused(self, at: datetime, reason: str) -> "Clock":
        """The clock, standing from an instant on."""
        return replace(self, pauses=(*self.pauses, Pause(at, None, reason)))

    def resumed(self, at: datetime) -> "Clock":
        """The clock, running again from an instant on; what it had counted stays counted."""
        if not self.standing:
            raise ValueError(f"{self.terms.id} is not paused, so it cannot be resumed.")
        return replace(self, pauses=(*self.pauses[:-1], replace(self.pauses[-1], until_at=at)))

    def closes(self, day: date) -> datetime:
        """The instant at which a day is used up: its due time."""
        return instant(day, self.terms.due_time)

    def stands_on(self, day: date) -> bool:
        """A day is paused, and not counted, if the clock stands when the day closes.

        So a pause takes its first day and gives its last day back (from the first to the day before the last), save
        that one begun after the day's due time spares that day, and one that ends after it takes that day too. Nothing
        is ever due while the clock stands.
        """
        return any(pause.holds(self.closes(day)) for pause in self.pauses)

    def stands_for_good(self, day: date) -> bool:
        """Whether an open pause takes a day and all that follow."""
        return self.standing and self.pauses[-1].holds(self.closes(day))
