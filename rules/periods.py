"""Days among other days: periods that cover, events in a window, a term that starts anew while it runs."""

from collections.abc import Callable

from rules import dates
from rules.intervals import EITHER, FLAWS, NO, PLAIN, YES, Answers, Entry, Items, Row, Span, flawed, without_value
from rules.lists import value_kinds
from rules.types import Exact
from rules.units import Unit

Stretch = tuple[Exact, Exact]  # first and last day


def covers(periods: Items, start: Span, end: Span) -> Answers:
    """Whether every day from start to end lies in one of the periods; of no day at all that is so."""
    kinds = flawed(periods.kinds, start.kinds, end.kinds)
    if not kinds & PLAIN:
        return kinds
    answers = kinds & FLAWS
    surely = start.lo > end.hi or _covered(_surely(periods), start.lo, end.hi) == _length(start.lo, end.hi)
    never = (
        start.hi <= end.lo
        and not periods.more
        and _covered(_possibly(periods), start.hi, end.lo) < _length(start.hi, end.lo)
    )
    return answers | (0 if never else YES) | (0 if surely else NO)


def covered_days(periods: Items, start: Span, end: Span) -> Span:
    kinds = flawed(periods.kinds, start.kinds, end.kinds)
    if not kinds & PLAIN:
        return without_value(kinds)
    least = _covered(_surely(periods), start.hi, end.lo)
    most = _length(start.lo, end.hi) if periods.more else _covered(_possibly(periods), start.lo, end.hi)
    return Span(least, most, kinds)


def _length(first: Exact, last: Exact) -> Exact:
    return max(0, last - first + 1)


def _bounds(entry: Entry) -> tuple[Span, Span]:
    match entry.value:
        case Row(fields=fields):
            start, end = fields["from_day"], fields["until"]
            if isinstance(start, Span) and isinstance(end, Span):
                return start, end
    raise TypeError("A list was checked to hold periods and does not.")


def _surely(periods: Items) -> list[Stretch]:
    bounds = [_bounds(entry) for entry in periods.entries if entry.present & EITHER == YES]
    return [(start.hi, end.lo) for start, end in bounds]


def _possibly(periods: Items) -> list[Stretch]:
    bounds = [_bounds(entry) for entry in periods.entries if entry.present & YES]
    return [(start.lo, end.hi) for start, end in bounds]


def _covered(stretches: list[Stretch], first: Exact, last: Exact) -> Exact:
    """How many days from first to last lie in a stretch; a day in two of them counts once."""
    days: Exact = 0
    for start, end in sorted(stretches):
        begin, stop = max(start, first), min(end, last)
        if begin <= stop:
            days += stop - begin + 1
            first = stop + 1
    return days


def after(length: Exact, unit: Unit) -> Callable[[Exact], int]:
    """The last day of a term of that length from a day."""
    if unit is Unit.MONTH:
        return lambda day: dates.add_months(int(day), int(length))
    return lambda day: int(day + length)


def most_within(days: Items, length: Span, unit: Unit) -> Span:
    """The most events in any window; an event on day d lies within 30 days of day s while d <= s + 30."""
    kinds = flawed(days.kinds, length.kinds, *value_kinds(days))
    if not kinds & PLAIN:
        return without_value(kinds)
    certain = [span for present, span in _spans(days) if present & EITHER == YES]
    possible = [span for present, span in _spans(days) if present & YES]
    short, long = after(length.lo, unit), after(length.hi, unit)
    least = max((sum(s.lo <= d.lo and d.hi <= short(s.lo) for d in certain) for s in certain), default=0)
    most = max((sum(s.hi <= d.hi and d.lo <= long(s.hi) for d in possible) for s in possible), default=0)
    return Span(least, most + days.more, kinds)


def _spans(days: Items) -> list[tuple[Answers, Span]]:
    return [(entry.present, entry.value) for entry in days.entries if isinstance(entry.value, Span)]


def reach(start: Span, days: Items, length: Span, unit: Unit) -> Span:
    """The last day on which a term started anew; an event after the term has run out starts nothing."""
    kinds = flawed(start.kinds, days.kinds, length.kinds, *value_kinds(days))
    if not kinds & PLAIN:
        return without_value(kinds)
    return Span(
        _surely_reached(start.lo, days, after(length.lo, unit)), _possibly_reached(start.hi, days, length, unit), kinds
    )


def _surely_reached(day: Exact, days: Items, term: Callable[[Exact], int]) -> Exact:
    certain = sorted((span.hi, span.lo) for present, span in _spans(days) if present & EITHER == YES)
    for latest, earliest in certain:
        if latest <= term(day):
            day = max(day, earliest)
    return day


def _possibly_reached(day: Exact, days: Items, length: Span, unit: Unit) -> Exact:
    """Each known event once; each unknown one, and each that nobody told of, as a step as far as the term goes."""
    term = after(length.hi, unit)
    possible = [span for present, span in _spans(days) if present & YES]
    steps = days.more + sum(span.lo < span.hi for span in possible)
    latest = _latest(days)
    while True:
        known = max((span.hi for span in possible if span.lo == span.hi and day < span.hi <= term(day)), default=day)
        if known > day:
            day = known
        elif steps and min(term(day), latest) > day:
            day, steps = min(term(day), latest), steps - 1
        else:
            return day


def _latest(days: Items) -> Exact:
    ends = [span.hi for present, span in _spans(days) if present & YES]
    ghost = days.ghost.value if days.ghost else None
    return max([*ends, *([ghost.hi] if isinstance(ghost, Span) else [])], default=0)
