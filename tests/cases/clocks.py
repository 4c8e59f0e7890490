"""Clocks for tests, and every calendar file that ships."""

from datetime import date, datetime, time, timedelta
from importlib.resources import files

from cases.authorities import Authority, Tag
from cases.clocks import Clock, ClockTerms, Counts, Pause, Rolls, Unit
from cases.days import END_OF_DAY
from cases.wording import Wording
from cases.zone import STATION_ZONE
from rules.calendars import calendar

SHIPPED = calendar(entry.read_text(encoding="utf-8") for entry in (files("policies") / "calendars").iterdir())


def at(day: str | date, clock: str = "10:00") -> datetime:
    """A station instant; 24:00 is the end of the day."""
    midnight = datetime.combine(date.fromisoformat(str(day)), time(0), STATION_ZONE)
    hours, minutes = map(int, clock.split(":"))
    return midnight + timedelta(hours=hours, minutes=minutes)


def terms(
    length: int,
    counts: Counts = Counts.NATURAL,
    *,
    unit: Unit = Unit.DAY,
    rolls: Rolls = Rolls.FORWARD,
    due_time: time = END_OF_DAY,
    thresholds: tuple[int, ...] = (50, 75, 100),
) -> ClockTerms:
    return ClockTerms(
        id="example",
        title=Wording("示例时限", "Example"),
        length=length,
        unit=unit,
        counts=counts,
        rolls=rolls,
        authority=Authority("示例", Tag.MEMORY),
        due_time=due_time,
        thresholds=thresholds,
        starts=Wording("收到", "receipt"),
    )


def working(length: int, *, due_time: time = END_OF_DAY, thresholds: tuple[int, ...] = (50, 75, 100)) -> ClockTerms:
    return terms(length, Counts.WORKING, due_time=due_time, thresholds=thresholds)


def clock(of: ClockTerms, started: str | date, *pauses: tuple[datetime, datetime | None]) -> Clock:
    return Clock(of, at(started), tuple(Pause(begun, ended, "等待材料") for begun, ended in pauses))
