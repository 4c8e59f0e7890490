"""What a bulk program is asked for, and what it gives for many cases at once: arrays with a place for each case."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rules.population import Array


@dataclass(frozen=True)
class Bounds:
    """Numbers, days or months over a denominator; `kinds` as in `rules.intervals.Span`."""

    low: Array
    high: Array
    kinds: Array
    denominator: int = 1


@dataclass(frozen=True)
class Sets:
    """Members of an enum: places in `members` (`single`), or sets of places as bits."""

    members: tuple[str, ...]
    codes: Array
    kinds: Array
    single: bool


Named = Array | Bounds | Sets  # what a part or value came to; answers are an array


@dataclass(frozen=True)
class Decided:
    """For every case the answers of every rule and the outcome, as bits of YES NO GAP CONFLICT.

    `why` is, for each rule, how many of its conditions stand before the first that surely fails: all of them where the
    rule does not fail. `conditions` are those of its `and`, with the parts it names taken apart.
    """

    verdicts: Mapping[str, Array]
    outcome: Array
    amount: Bounds | None = None
    why: Mapping[str, Array] = field(default_factory=dict)
    named: Mapping[str, Named] = field(default_factory=dict)
    heard: Sequence[Array] = ()


@dataclass(frozen=True)
class Wish:
    """What to work out besides verdicts, the outcome and the amount."""

    why: bool = False
    named: tuple[str, ...] = ()
    heard: bool = False  # the answer of every comparison that is not inside a list
