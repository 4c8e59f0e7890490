"""A change of the law on many people at once: decided twice by numpy, and some of them by the evaluator too."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from rules.intervals import CONFLICT, GAP, NO, PLAIN, YES
from rules.numpy_bulk import bulk_of
from rules.numpy_decided import Decided
from rules.outcome import outcome_of, verdicts
from rules.policies import ResolvedPolicy
from rules.population import Array
from rules.reckoner import Reckoner, known_facts
from rules.simulated_alike import Alike
from rules.simulated_effects import (
    EFFECTS,
    Breakdown,
    Dimension,
    Effect,
    Effects,
    Row,
    RuleChange,
    Tally,
)
from rules.simulated_people import People

_PLACES: Final = tuple(Effect)
_CODES: Final = np.array([[_PLACES.index(each) for each in row] for row in EFFECTS], np.uint8)
# By the sixteen sets of answers: granted, refused, open, and what the law has no answer for.
_STATES: Final = np.array(
    [
        0 if each == YES else 1 if each == NO else 3 if each and not each & ~(GAP | CONFLICT) else 2
        for each in range(16)
    ],
    np.uint8,
)
_GRANTED: Final = 0
_MORE, _LESS, _SAME = (_PLACES.index(each) for each in (Effect.MORE, Effect.LESS, Effect.SAME))
_ANSWERS: Final = {YES: "yes", NO: "no"}
NO_SUCH_RULE: Final = "—"


@dataclass(frozen=True)
class Side:
    """What one law makes of some people; where none governs them nothing is granted."""

    states: Array
    fen: Array  # of what is granted; 0 where that is not known
    settled: Array  # whether the amount of what is granted is known
    decided: Decided | None


@dataclass(frozen=True)
class Pair:
    """The law of a place as it is and as it would be."""

    before: ResolvedPolicy | None
    after: ResolvedPolicy | None

    @property
    def same(self) -> bool:
        return (self.before and self.before.hash) == (self.after and self.after.hash)


class Disagreement(Exception):
    """The evaluator found otherwise than numpy: nothing of such a run is told, and here nothing of the person."""

    def __init__(self, policy: ResolvedPolicy, what: str) -> None:
        super().__init__(f"{policy.policy} {policy.hash[:12]}: the {what} of somebody.")


@dataclass
class Simulation:
    """Adds up what it is given part by part. `labels`: what the codes of a dimension stand for."""

    labels: Mapping[Dimension, Sequence[str]]
    within: Mapping[str, str] = field(default_factory=dict)  # the place of each station
    compared: int = 0
    with_amounts: bool = False
    _tallies: dict[tuple[Dimension, int], Tally] = field(default_factory=dict)
    _total: Tally = field(default_factory=Tally)
    _rules: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    _alike: Alike = field(default_factory=Alike)

    def add(self, people: People, pair: Pair, categories: Mapping[Dimension, Array], sample: Sequence[int]) -> None:
        """`sample`: those whom the evaluator decides too. Raises Disagreement."""
        before = _side(people, pair.before)
        after = before if pair.same else _side(people, pair.after)
        for policy, side in ((pair.before, before), (pair.after, after)):
            if policy is not None and side.decided is not None:
                _compare(people, policy, side.decided, sample)
        self.compared += len(sample)
        self.with_amounts |= any(
            policy is not None and policy.rules.amount is not None for policy in vars(pair).values()
        )
        effects = _effects(before, after)
        self._count(effects, before, after, categories)
        if not pair.same:
            for key, count in _rules(before.decided, after.decided):
                self._rules[key] += count
            self._alike.add(people, (pair.before, before.decided), (pair.after, after.decided), effects)

    def found(self, fewest: int) -> Effects:
        """`fewest`: how many people are alike at least, for what they share to be told."""
        by = tuple(Breakdown(dimension, tuple(self._breakdown(dimension))) for dimension in self.labels)
        rules = tuple(RuleChange(*key, count) for key, count in sorted(self._rules.items()))
        return Effects(self._total, by, rules, self._alike.found(fewest), self.with_amounts)

    def _breakdown(self, dimension: Dimension) -> Iterator[Row]:
        for code, key in sorted(enumerate(self.labels[dimension]), key=lambda pair: pair[1]):
            tally = self._tallies.get((dimension, code))
            if tally is not None:
                yield Row(key, tally, self.within.get(key, "") if dimension is Dimension.STATION else "")

    def _count(self, effects: Array, before: Side, after: Side, categories: Mapping[Dimension, Array]) -> None:
        everybody = np.zeros(len(effects), np.uint8)
        (self._total,) = (self._total + tally for _, tally in _tallied(everybody, 1, effects, before, after))
        for dimension, codes in categories.items():
            for code, tally in _tallied(codes, len(self.labels[dimension]), effects, before, after):
                key = (dimension, code)
                self._tallies[key] = self._tallies.get(key, Tally()) + tally


def _side(people: People, policy: ResolvedPolicy | None) -> Side:
    if policy is None:
        nothing = np.zeros(people.size, np.int64)
        return Side(np.full(people.size, 1, np.uint8), nothing, np.ones(people.size, np.bool_), None)
    decided = bulk_of(policy).decide(people.population(policy.rules))
    states = _STATES[decided.outcome]
    granted = states == _GRANTED
    if decided.amount is None:
        return Side(states, np.zeros(people.size, np.int64), np.ones(people.size, np.bool_), decided)
    amount = decided.amount
    settled = (amount.low == amount.high) & (amount.kinds == PLAIN)
    fen = np.where(granted & settled, amount.low.astype(np.int64) // amount.denominator, 0)
    return Side(states, fen, settled, decided)


def _effects(before: Side, after: Side) -> Array:
    found: Array = _CODES[before.states, after.states]
    both = (before.states == _GRANTED) & (after.states == _GRANTED) & before.settled & after.settled
    found = np.where(both & (after.fen > before.fen), np.uint8(_MORE), found)
    return np.where(both & (after.fen < before.fen), np.uint8(_LESS), found)


def _tallied(codes: Array, size: int, effects: Array, before: Side, after: Side) -> Iterator[tuple[int, Tally]]:
    kinds = len(_PLACES)
    counts = np.bincount(codes.astype(np.int64) * kinds + effects, minlength=size * kinds).reshape(size, kinds)
    granted = [side.states == _GRANTED for side in (before, after)]
    opened = (granted[0] & ~before.settled) | (granted[1] & ~after.settled)
    # Exact: a sum of fen stays far below the 2**53 up to which such a float counts every whole number.
    sums = [np.bincount(codes, side.fen, size) for side in (before, after)]
    flags = [np.bincount(codes[flag], minlength=size) for flag in (before.fen != after.fen, opened, *granted)]
    for code in np.flatnonzero(counts.sum(axis=1)).tolist():
        found = {effect: int(counts[code, place]) for place, effect in enumerate(_PLACES) if counts[code, place]}
        yield code, Tally(found, *(int(each[code]) for each in (*sums, *flags)))


def _rules(before: Decided | None, after: Decided | None) -> Iterator[tuple[tuple[str, str, str], int]]:
    """Of each rule that finds otherwise: what it found, what it would find, and of how many."""
    was, now = (side.verdicts if side else {} for side in (before, after))
    size = len((before or after).outcome) if before or after else 0  # type: ignore[union-attr] # one of them is there
    for rule in dict.fromkeys((*was, *now)):
        first, second = (side.get(rule, np.zeros(size, np.uint8)) for side in (was, now))
        counts = np.bincount(first.astype(np.int64) * 16 + second, minlength=256)
        for pair in np.flatnonzero(counts).tolist():
            one, other = _said(pair >> 4), _said(pair & 15)
            if one != other:
                yield (rule, one, other), int(counts[pair])


def _said(answers: int) -> str:
    return _ANSWERS.get(answers, "unknown") if answers else NO_SUCH_RULE


def _compare(people: People, policy: ResolvedPolicy, decided: Decided, sample: Sequence[int]) -> None:
    rules = policy.rules
    for row in sample:
        reckoner = Reckoner(rules, known_facts(rules, people.one(rules, row)))
        ours: tuple[int, object] = (outcome_of(rules, verdicts(reckoner)), None)
        theirs: tuple[int, object] = (int(decided.outcome[row]), None)
        if rules.amount is not None and decided.amount is not None:
            span, amount = reckoner.span(rules.amount), decided.amount
            low, high, kinds = (int(each[row]) for each in (amount.low, amount.high, amount.kinds))
            ours = (ours[0], (span.lo * amount.denominator, span.hi * amount.denominator, span.kinds))
            theirs = (theirs[0], (low, high, kinds))
        if ours != theirs:
            raise Disagreement(policy, "outcome" if ours[0] != theirs[0] else "amount")
