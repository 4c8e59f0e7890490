"""What time brings to a case of any kind, and which of its papers are to be made."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from cases.case import Case
from cases.case_parts import ClockState, PaperState

A_co = TypeVar("A_co", covariant=True)


@dataclass(frozen=True)
class Dated(Generic[A_co]):
    """What time brings at an instant: an act of the engine's own, and the key that makes it one step for ever."""

    at: datetime
    act: A_co
    key: tuple[str, ...]


def papers_due(case: Case) -> Iterator[PaperState]:
    return (paper for paper in case.papers if paper.owed)


def alarm_key(clock: ClockState, percent: int) -> tuple[str, ...]:
    """A clock that is started over rings each of its alarms anew."""
    return ("alarm", clock.id, str(percent), clock.started_at.isoformat())
