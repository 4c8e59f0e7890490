"""Taking turns: what is measured runs in chunks between chunks of what it is held against, on the same machine."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

Work = Callable[[], int]  # does one chunk, and says how many it did
Clock = Callable[[], float]
SMALL = 0.1  # a ratio below this is shown with more digits


@dataclass(frozen=True)
class Spread:
    median: float
    least: float
    most: float

    def __str__(self) -> str:
        digits = 2 if self.median >= SMALL else 4
        return f"{self.median:.{digits}f} ({self.least:.{digits}f} - {self.most:.{digits}f})"


@dataclass(frozen=True)
class Row:
    """One line of the table. Held if the median reaches `aim`; between `floor` and it is near enough on a busy day."""

    name: str
    per_second: float
    ratio: Spread | None = None
    aim: float | None = None
    floor: float | None = None
    rate_aim: float | None = None  # where a rate, and not a ratio, is aimed at
    most: float | None = None  # where less is better
    note: str = ""

    @property
    def verdict(self) -> str:
        if self.rate_aim is not None:
            return "held" if self.per_second >= self.rate_aim else "MISSED"
        if self.most is not None:
            return "held" if self.per_second <= self.most else "MISSED"
        if self.aim is None or self.ratio is None:
            return ""
        if self.ratio.median >= self.aim:
            return "held"
        return "above the floor" if self.ratio.median >= (self.floor or self.aim) else "MISSED"


def spread(values: Sequence[float]) -> Spread:
    return Spread(median(values), min(values), max(values))


def each(function: Callable[[Any], object], cases: Sequence[Any]) -> Work:
    """A chunk of cases, one after another, in a plain loop."""

    def work() -> int:
        for case in cases:
            function(case)
        return len(cases)

    return work


def rate(work: Work, clock: Clock = time.perf_counter) -> float:
    began = clock()
    done = work()
    return done / (clock() - began)


def against(
    plain: Work, measured: Work, chunks: int, clock: Clock = time.process_time
) -> tuple[Sequence[float], Sequence[float], Spread]:
    """Rates of both, and the ratio of each chunk to the mean of its two neighbours.

    The clock is the process's own, since the machine may be busy with somebody else's work.
    """
    plains, rates, ratios = [rate(plain, clock)], list[float](), list[float]()
    for _ in range(chunks):
        rates.append(rate(measured, clock))
        plains.append(rate(plain, clock))
        ratios.append(rates[-1] / ((plains[-1] + plains[-2]) / 2))
    return plains, rates, spread(ratios)
