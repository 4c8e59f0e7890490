"""What is worked out item after item: days covered, events in a window, a term that starts anew, different values.

Items stand along the last axis, `there` says which of them count; cases side by side are worked out together.
"""

from typing import Any, TypeAlias

import numpy as np

from rules import numpy_calendar
from rules.numpy_logic import BIG

Whole: TypeAlias = Any  # an array or a whole number


def _over(one: Whole) -> Whole:
    """Of something that is the same for all items: without their axis."""
    found = np.asarray(one)
    return found[..., 0] if found.ndim else found


def length(first: Whole, last: Whole) -> Whole:
    return np.maximum(0, np.subtract(last, first) + 1)


def covered(start: Whole, end: Whole, there: Whole, first: Whole, last: Whole) -> Whole:
    """How many days from first to last lie in a period; a day in two of them counts once."""
    start, end, there, _ = np.broadcast_arrays(start, end, there, np.zeros_like(first))
    start = np.where(there, start, BIG)
    order = np.lexsort((end, start), axis=-1)
    starts, ends = np.take_along_axis(start, order, -1), np.take_along_axis(end, order, -1)
    first, last = _over(first), _over(last)
    days = np.zeros(start.shape[:-1], np.int64)
    for number in range(start.shape[-1]):
        begin, stop = np.maximum(starts[..., number], first), np.minimum(ends[..., number], last)
        within = begin <= stop
        days = days + np.where(within, stop - begin + 1, 0)
        first = np.where(within, stop + 1, first)
    return days


def after(day: Whole, term: Whole, *, by_month: bool) -> Whole:
    return numpy_calendar.add_months(day, term) if by_month else np.add(day, term)


def least_within(low: Whole, high: Whole, certain: Whole, term: Whole, *, by_month: bool) -> Whole:
    """The most events that surely lie in one window of this length."""
    low, high, certain, _ = np.broadcast_arrays(low, high, certain, np.zeros_like(term))
    ends = after(low, term, by_month=by_month)
    found = np.zeros(low.shape[:-1], np.int64)
    for number in range(low.shape[-1]):
        start, end = low[..., number, None], ends[..., number, None]
        inside = (certain & (start <= low) & (high <= end)).sum(-1)
        found = np.maximum(found, np.where(certain[..., number], inside, 0))
    return found


def most_within(low: Whole, high: Whole, possible: Whole, term: Whole, *, by_month: bool) -> Whole:
    """The most events that may lie in one window of this length."""
    low, high, possible, _ = np.broadcast_arrays(low, high, possible, np.zeros_like(term))
    ends = after(high, term, by_month=by_month)
    found = np.zeros(low.shape[:-1], np.int64)
    for number in range(low.shape[-1]):
        start, end = high[..., number, None], ends[..., number, None]
        inside = (possible & (start <= high) & (low <= end)).sum(-1)
        found = np.maximum(found, np.where(possible[..., number], inside, 0))
    return found


def surely_reached(day: Whole, low: Whole, high: Whole, certain: Whole, term: Whole, *, by_month: bool) -> Whole:
    """The last day on which a term surely started anew."""
    low, high, certain, day = np.broadcast_arrays(low, high, certain, day)
    order = np.lexsort((low, high), axis=-1)
    lows, highs, there = (np.take_along_axis(each, order, -1) for each in (low, high, certain))
    reached, term = day[..., 0], _over(term)
    for number in range(low.shape[-1]):
        kept = there[..., number] & (highs[..., number] <= after(reached, term, by_month=by_month))
        reached = np.where(kept, np.maximum(reached, lows[..., number]), reached)
    return reached


def possibly_reached(  # noqa: PLR0913 - all that a term depends on
    day: Whole, low: Whole, high: Whole, possible: Whole, untold: Whole, latest: Whole, term: Whole, *, by_month: bool
) -> Whole:
    """Each known event once; each unknown one, and each untold one, as a step as far as the term goes."""
    low, high, possible, day, _ = np.broadcast_arrays(low, high, possible, day, np.zeros_like(untold))
    reached, term = day[..., 0], _over(term)
    known = possible & (low == high)
    steps = _over(untold) + (possible & (low < high)).sum(-1)
    latest = np.maximum(np.where(possible, high, 0).max(-1), _over(latest))
    while True:
        end = after(reached, term, by_month=by_month)
        within = known & (reached[..., None] < high) & (high <= end[..., None])
        event = np.where(within, high, 0).max(-1)
        step = np.minimum(end, latest)
        by_event = event > reached
        by_step = ~by_event & (steps > 0) & (step > reached)
        if not (by_event | by_step).any():
            return reached
        reached = np.where(by_event, event, np.where(by_step, step, reached))
        steps = steps - by_step


def untold_reached(day: Whole, untold: Whole, latest: Whole, term: Whole, *, by_month: bool) -> Whole:
    """The same where no event was told of at all."""
    reached, steps = np.asarray(day), np.asarray(untold)
    while True:
        step = np.minimum(after(reached, term, by_month=by_month), latest)
        later = (steps > 0) & (step > reached)
        if not later.any():
            return reached
        reached, steps = np.where(later, step, reached), steps - later


def distinct_surely(key: Whole, known: Whole, certain: Whole) -> Whole:
    """How many different values there are at least."""
    key, told, certain = np.broadcast_arrays(key, known, certain)
    different = _different(key, told & certain)
    return np.where(different > 0, different, certain.any(-1))


def distinct_possibly(key: Whole, known: Whole, possible: Whole) -> Whole:
    key, told, possible = np.broadcast_arrays(key, known, possible)
    return _different(key, told & possible) + (~told & possible).sum(-1)


def _different(key: Whole, there: Whole) -> Whole:
    found = np.zeros(key.shape[:-1], np.int64)
    for number in range(key.shape[-1]):
        before = (there[..., :number] & (key[..., :number] == key[..., number, None])).any(-1)
        found = found + (there[..., number] & ~before)
    return found


def earlier(counted: Whole) -> Whole:
    """How many items before each one count."""
    return np.cumsum(counted, axis=-1, dtype=np.int64) - counted
