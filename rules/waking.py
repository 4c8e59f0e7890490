"""The day on which time alone turns an outcome, and what an outcome comes to as one fact is varied.

Everything else stays frozen: only the fact declared to move (`moves: yes`, the day the policy counts from) goes on, day
by day for forty years. One case in 14,600 rows goes through the numpy program; no day is stepped over, so an outcome
that turns and turns back is not missed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property

import numpy as np

from cases.determinations import Conclusion, Turn
from rules.evaluate import CONCLUSIONS, evaluate_known
from rules.given import Facts, Given, value_of
from rules.intervals import Value, point
from rules.numpy_bulk import Bulk, Decided, Wish, bulk_of
from rules.policies import ResolvedPolicy
from rules.population import Array, Numbers
from rules.population_facts import population_of_known
from rules.population_loose import loosened
from rules.reckoner import known_facts
from rules.types import Day

DAYS = 14_600
OPEN = (Conclusion.NEEDS_INFORMATION, Conclusion.FOR_JUDGMENT)
MOST_ASKED = 40  # days on which the evaluator may be asked what the rules alone leave open


def turning(policy: ResolvedPolicy, facts: Facts) -> Turn | None:
    """The first later day with another outcome, and the evaluator's own conclusion for that day.

    None where no fact moves, the one that does is unknown, or nothing changes in forty years. That facts are asked and
    that an officer must judge are one outcome here: it is still open. What the rules alone leave open, only asking can
    tell: that is looked at wherever one of the comparisons changes, and on the last day before.
    """
    return turning_of(bulk_of(policy), facts)


def turning_of(program: Bulk, facts: Facts) -> Turn | None:
    rules = program.rules
    moving = next((fact for fact in rules.facts.values() if fact.moves), None)
    start = facts.get(moving.name) if moving else None
    if moving is None or type(start) is not date or not isinstance(moving.type, Day):
        return None
    last = min(start.toordinal() + DAYS, moving.type.most)
    days = np.arange(start.toordinal(), last + 1, dtype=np.int64)
    if days.size < 2:  # noqa: PLR2004 - there is no later day
        return None
    return _Walk(program, known_facts(rules, facts), moving.name, start, days).turn()


@dataclass
class _Walk:
    program: Bulk
    known: dict[str, Value]
    moving: str
    start: date
    days: Array
    asked: int = 0
    settled_by_asking: dict[int, Conclusion] = field(default_factory=dict)

    @cached_property
    def decided(self) -> Decided:
        rules = self.program.rules
        people = population_of_known(rules, [self.known])
        if not people.is_known({name: fact.type for name, fact in rules.facts.items()}):
            people = loosened(people, rules)  # else every case that lacks other facts would be a program of its own
        moved = replace(people, size=self.days.size).with_column(self.moving, Numbers.known(self.days))
        return self.program.program(moved, Wish(heard=True)).decide(moved, rows=self.days.size)

    def turn(self) -> Turn | None:
        before = self._conclusion(0)
        for first, after in self._stretches():
            row = self._turned(first, after, before)
            if row is not None:
                return Turn(self.start + timedelta(days=row), self._conclusion(row))
        return None

    def _stretches(self) -> Iterator[tuple[int, int]]:
        """Days on end on which every comparison and rule says the same; the first of them begins on the next day."""
        arrays = [*self.decided.heard, *self.decided.verdicts.values()]
        changes = np.zeros(self.days.size - 1, np.bool_)
        for each in arrays:
            changes |= each[1:] != each[:-1]
        starts = sorted({1, *(int(row) + 1 for row in np.flatnonzero(changes))})
        yield from zip(starts, [*starts[1:], self.days.size], strict=True)

    def _turned(self, first: int, after: int, before: Conclusion) -> int | None:
        """The first day of a stretch with another conclusion."""
        if not self._is_open(first):
            return None if _same(self._conclusion(first), before) else first
        if self.asked >= MOST_ASKED:
            return None
        if not _same(self._conclusion(first), before):
            return first
        low, high = first, after - 1
        if low == high or _same(self._conclusion(high), before):
            return None
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if _same(self._conclusion(middle), before) else (low, middle)
        return high

    def _is_open(self, row: int) -> bool:
        return int(self.decided.outcome[row]) not in CONCLUSIONS

    def _conclusion(self, row: int) -> Conclusion:
        if not self._is_open(row):
            return CONCLUSIONS[int(self.decided.outcome[row])]
        if row not in self.settled_by_asking:
            self.asked += 1
            known = {**self.known, self.moving: point(int(self.days[row]))}
            self.settled_by_asking[row] = evaluate_known(self.program.rules, known).conclusion
        return self.settled_by_asking[row]


def _same(one: Conclusion, other: Conclusion) -> bool:
    return one is other or (one in OPEN and other in OPEN)


def varied(policy: ResolvedPolicy, facts: Facts, name: str, values: Sequence[Given]) -> list[Conclusion]:
    """What the policy concludes with one fact at each of many values, everything else as it is."""
    known = known_facts(policy.rules, facts)
    cases = [{**known, name: value_of(name, value, policy.rules.facts[name].type)} for value in values]
    outcomes = bulk_of(policy).decide(population_of_known(policy.rules, cases)).outcome
    return [
        CONCLUSIONS.get(int(outcome)) or evaluate_known(policy.rules, case).conclusion
        for outcome, case in zip(outcomes, cases, strict=True)
    ]
