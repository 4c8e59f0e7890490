"""When a clock is due, how much of it is used up, and what a new calendar changes."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from cases.calendars import Calendar
from cases.clock_steps import steps
from cases.clocks import Clock
from cases.counting import Count, count, counts
from cases.days import day_of, shown_instant
from cases.wording import Wording

ALL = 100


@dataclass(frozen=True)
class Threshold:
    """A share of the counted days, and the instant that reminds of it."""

    percent: int
    at: datetime


@dataclass(frozen=True)
class Reckoning:
    """A function of the clock and the calendar alone: the same two give the same due instant at every rebuild."""

    due_at: datetime | None  # None while a pause is open
    thresholds: tuple[Threshold, ...]  # those whose instant is known
    provisional: bool  # 预估: rests on a year without a calendar
    calendar_hash: str
    counted: int  # days the term counts
    remaining: int | None  # counted days left while a pause is open; None while the clock runs
    steps: tuple[Wording, ...]


class State(StrEnum):
    RUNNING = "running"  # 计时中
    PAUSED = "paused"  # 暂停
    OVER = "over"  # 已到期


@dataclass(frozen=True)
class Position:
    """Where a clock stands at an instant, in days that it counts."""

    state: State
    counted: int
    elapsed: int
    late: int  # counted days since the due day

    @property
    def remaining(self) -> int:
        return self.counted - self.elapsed

    @property
    def percent(self) -> int:
        return self.elapsed * ALL // self.counted if self.counted else ALL


@dataclass(frozen=True)
class Recomputation:
    """What reckoning again changed."""

    before: datetime | None
    after: datetime | None
    moved: bool  # the due instant or a threshold: its timers are set anew
    settled: bool  # was provisional, is so no more
    wording: Wording


def reckon(clock: Clock, calendar: Calendar) -> Reckoning:
    found = count(clock, calendar)
    due_at = clock.closes(found.due) if found.due else None
    return Reckoning(
        due_at=due_at,
        thresholds=_thresholds(clock, found, due_at),
        provisional=not all(map(calendar.settles, found.relied_on)),
        calendar_hash=calendar.hash,
        counted=found.length,
        remaining=found.left if due_at is None else None,
        steps=steps(clock, calendar, found),
    )


def position(clock: Clock, calendar: Calendar, now: datetime) -> Position:
    found = count(clock, calendar)
    elapsed = sum(1 for day in found.counted if clock.closes(day) <= now)
    late = 0
    if found.due and clock.closes(found.due) <= now:
        state = State.OVER
        late = _late(clock, calendar, found.due, day_of(now))
    else:
        paused = any(p.from_at <= now and (p.until_at is None or now < p.until_at) for p in clock.pauses)
        state = State.PAUSED if paused else State.RUNNING
    return Position(state, found.length, elapsed, late)


def recomputed(old: Reckoning, new: Reckoning) -> Recomputation:
    moved = (old.due_at, old.thresholds) != (new.due_at, new.thresholds)
    settled = old.provisional and not new.provisional
    if old.due_at == new.due_at:
        wording = Wording("到期时间不变", "The due date stays")
    else:
        before, after = _shown(old.due_at), _shown(new.due_at)
        wording = Wording(f"到期时间由{before.zh}改为{after.zh}", f"Due {after.en} instead of {before.en}")
    if settled:
        wording = Wording(f"{wording.zh}，不再是预估", f"{wording.en}, and is no longer provisional")
    return Recomputation(old.due_at, new.due_at, moved, settled, Wording(f"{wording.zh}。", f"{wording.en}."))


def _thresholds(clock: Clock, found: Count, due_at: datetime | None) -> tuple[Threshold, ...]:
    """A reminder comes when the last whole day of its share closes, so never after its share is used.

    A share of less than a day gives none: it would come with the start. The last one is the due instant itself.
    """
    reached = []
    for percent in clock.terms.thresholds:
        whole_days = found.length * percent // ALL
        if percent == ALL:
            at = due_at
        elif 0 < whole_days <= len(found.counted):
            at = clock.closes(found.counted[whole_days - 1])
        else:
            continue
        if at is not None:
            reached.append(Threshold(percent, min(at, due_at) if due_at else at))
    return tuple(reached)


def _late(clock: Clock, calendar: Calendar, due: date, today: date) -> int:
    since = map(date.fromordinal, range(due.toordinal() + 1, today.toordinal() + 1))
    return sum(1 for day in since if counts(clock, calendar, day))


def _shown(at: datetime | None) -> Wording:
    return Wording("待定（暂停中）", "open (paused)") if at is None else Wording(shown_instant(at), shown_instant(at))
