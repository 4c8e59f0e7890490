"""Periods, windows and restarts against their definitions, day by day, and against every way the unknown could be."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from rules import lists, periods
from rules.dates import add_months
from rules.intervals import EITHER, NO, YES, Entry, Items, Options, Row, Span, point
from rules.units import Unit

BASE = date(2024, 1, 25).toordinal()  # a short month is near
FARTHEST = 7
quick = settings(max_examples=120, deadline=None)
day_spans = st.tuples(st.integers(0, FARTHEST), st.integers(0, 3)).map(
    lambda pair: Span(BASE + pair[0], BASE + min(pair[0] + pair[1], FARTHEST))
)
presences = st.sampled_from([YES, YES, EITHER])


@dataclass(frozen=True)
class Known:
    """One completion: the plain values of the entries that are there."""

    values: tuple[tuple[int, ...], ...]


def completions(items: Items) -> Sequence[Known]:
    """Every way the entries could turn out: there or not, and any day of their span."""
    ways = []
    for entry in items.entries:
        spans = entry.value.fields.values() if isinstance(entry.value, Row) else [entry.value]
        days = [range(int(span.lo), int(span.hi) + 1) for span in spans if isinstance(span, Span)]
        there: list[tuple[int, ...] | None] = list(product(*days))
        ways.append([*there, None] if entry.present & NO else there)
    return [Known(tuple(value for value in way if value is not None)) for way in product(*ways)]


@st.composite
def events(draw: st.DrawFn) -> Items:
    found = draw(st.lists(st.tuples(day_spans, presences), max_size=3))
    return Items(tuple(Entry(span, present) for span, present in found))


@st.composite
def stretches(draw: st.DrawFn) -> Items:
    found = draw(st.lists(st.tuples(day_spans, day_spans, presences), max_size=3))
    rows = [Entry(Row("p", "p", {"from_day": start, "until": end}), present) for start, end, present in found]
    return Items(tuple(rows))


def within(span: Span, value: int) -> bool:
    return span.lo <= value <= span.hi


@quick
@given(stretches(), day_spans, day_spans)
def test_covers_and_covered_days(items: Items, start: Span, end: Span) -> None:
    answers = periods.covers(items, start, end)
    number = periods.covered_days(items, start, end)
    ends = list(product(range(int(start.lo), int(start.hi) + 1), range(int(end.lo), int(end.hi) + 1)))
    found = set()
    for known in completions(items):
        covered = {day for first, last in known.values for day in range(first, last + 1)}
        for first, last in ends:
            wanted = set(range(first, last + 1))
            found.add(YES if wanted <= covered else NO)
            assert within(number, len(wanted & covered))
    assert all(answer & answers for answer in found)
    if len(ends) == 1 and len(completions(items)) == 1:
        assert number.point
        assert {answers} == found


def widest(days: Sequence[int], length: int, unit: Unit) -> int:
    """By the definition: d lies in the window that begins on s while s <= d <= s + length."""
    last = (lambda day: add_months(day, length)) if unit is Unit.MONTH else (lambda day: day + length)
    return max((sum(s <= d <= last(s) for d in days) for s in days), default=0)


@quick
@given(events(), st.integers(0, 3), st.sampled_from([Unit.DAY, Unit.MONTH]))
def test_most_within(items: Items, length: int, unit: Unit) -> None:
    number = periods.most_within(items, point(length), unit)
    for known in completions(items):
        assert within(number, widest([value for (value,) in known.values], length, unit))
    if len(completions(items)) == 1:
        assert number.point


def restarted(start: int, days: Sequence[int], length: int) -> int:
    for day in sorted(days):
        if start < day <= start + length:
            start = day
    return start


@quick
@given(events(), day_spans, st.integers(0, 3))
def test_reach(items: Items, start: Span, length: int) -> None:
    number = periods.reach(start, items, point(length), Unit.DAY)
    for known, first in product(completions(items), range(int(start.lo), int(start.hi) + 1)):
        assert within(number, restarted(first, [value for (value,) in known.values], length))
    if len(completions(items)) == 1 and start.point:
        assert number.point


@quick
@given(st.lists(st.tuples(st.sampled_from(["x", "y", None]), presences), max_size=4), st.integers(0, 2))
def test_distinct(refs: list[tuple[str | None, int]], more: int) -> None:
    entries = tuple(Entry(Options(frozenset((ref,)) if ref else None), present) for ref, present in refs)
    number = lists.distinct(Items(entries, Entry(Options(None), EITHER), more) if more else Items(entries))
    ways = []
    for ref, present in refs:
        known = [ref] if ref else ["x", "y", "z", "w"]
        ways.append([*known, None] if present & NO else known)
    for way in product(*ways):
        count = len({ref for ref in way if ref})
        assert within(number, count)
        assert within(number, count + more)


def test_a_month_after_31_january_is_29_february() -> None:
    january = date(2024, 1, 31).toordinal()
    days = Items((Entry(point(january)), Entry(point(january + 29))))
    assert periods.most_within(days, point(1), Unit.MONTH) == point(2)
    late = Items((Entry(point(january)), Entry(point(january + 30))))
    assert periods.most_within(late, point(1), Unit.MONTH) == point(1)
