"""Grants that the record shows as had (已享受的补贴): months that follow each other are one grant."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from cases.canonical import Json
from cases.days import add_months

ONCE = "once"


@dataclass(frozen=True)
class Paid:
    """A period for which money is under way or has arrived. `on`: the day the bank named, if it did."""

    kind: str
    period: str  # 2026-03, 2026, once
    claimed_on: date
    on: date | None


def grants_had(paid: Iterable[Paid]) -> list[dict[str, Json]]:
    """As items of the list of earlier grants."""
    found: list[dict[str, Json]] = []
    for kind, some in groupby(sorted(paid, key=lambda each: (each.kind, each.period)), key=lambda each: each.kind):
        of_kind = list(some)
        months = [each for each in of_kind if len(each.period) == len("2026-03")]
        found += [_months(kind, run) for run in _runs(months)]
        found += [_whole(each) for each in of_kind if each not in months]
    return found


def _runs(months: Sequence[Paid]) -> Iterator[Sequence[Paid]]:
    run: list[Paid] = []
    for each in months:
        if run and each.period != _next(run[-1].period):
            yield run
            run = []
        run.append(each)
    if run:
        yield run


def _next(month: str) -> str:
    return f"{add_months(date.fromisoformat(f'{month}-01'), 1):%Y-%m}"


def _months(kind: str, run: Sequence[Paid]) -> dict[str, Json]:
    item: dict[str, Json] = {
        "kind": kind,
        "from_month": run[0].period,
        "until_month": run[-1].period,
        "had": len(run),
    }
    days = [each.on for each in run if each.on]
    return item | ({"paid_on": max(days).isoformat()} if days else {})


def _whole(paid: Paid) -> dict[str, Json]:
    """A year's, or one that is had once: in the month in which it was paid, or claimed."""
    month = f"{paid.on or paid.claimed_on:%Y-%m}"
    item: dict[str, Json] = {"kind": paid.kind, "from_month": month, "until_month": month}
    return item | ({"paid_on": paid.on.isoformat()} if paid.on else {})
