"""The day on which time alone turns an outcome, and what an outcome comes to as one fact is varied.

Everything else stays frozen: only the fact declared to move (`moves: yes`, the day the policy counts from) goes on, day
by day for forty years. One case in 14,600 rows goes through the numpy program; no day is stepped over, so an outcome
that turns and turns back is not missed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from math import prod

import numpy as np

from cases.determinations import Conclusion, Turn
from rules.evaluate import CONCLUSIONS, evaluate_known
from rules.given import Facts, Given, value_of
from rules.intervals import Answers, Value, point
from rules.numpy_bulk import Bulk, bulk_of
from rules.numpy_decided import Decided, Wish
from rules.policies import ResolvedPolicy
from rules.population import Array, Lists, Numbers, Population
from rules.population_facts import population_of_known
from rules.population_loose import loosened
from rules.reckoner import known_facts
from rules.types import Day

DAYS = 14_600
ANSWERS = {conclusion: answers for answers, conclusion in CONCLUSIONS.items()}
OPEN = (Conclusion.NEEDS_INFORMATION, Conclusion.FOR_JUDGMENT)
MOST_CELLS = 1 << 25  # days at once, times pairs of items: forty years of a long list would fill the memory
MOST_ASKED = 40  # days on which the evaluator may be asked what the rules alone leave open


class OtherOutcome(Exception):
    """Of the day itself the numpy program says something else than the evaluator: one of them is wrong."""

    def __init__(self, answers: Answers) -> None:
        super().__init__("The numpy program and the evaluator come to different outcomes.")
        self.answers = answers


def turning(policy: ResolvedPolicy, facts: Facts, conclusion: Conclusion | None = None) -> Turn | None:
    """The first later day with another outcome, and the evaluator's own conclusion for that day.

    `conclusion`: the evaluator's for these facts, where it is known already; with much unknown it takes long to find.

    None where no fact moves, the one that does is unknown, or nothing changes in forty years. That facts are asked and
    that an officer must judge are one outcome here: it is still open. What the rules alone leave open, only asking can
    tell: that is looked at wherever one of the comparisons changes, and on the last day before if it was settled.
    Raises OtherOutcome where the numpy program contradicts that conclusion.
    """
    return turning_of(bulk_of(policy), facts, conclusion)


def turning_of(program: Bulk, facts: Facts, conclusion: Conclusion | None = None) -> Turn | None:
    rules = program.rules
    moving = next((fact for fact in rules.facts.values() if fact.moves), None)
    start = facts.get(moving.name) if moving else None
    if moving is None or type(start) is not date or not isinstance(moving.type, Day):
        return None
    last = min(start.toordinal() + DAYS, moving.type.most)
    days = np.arange(start.toordinal(), last + 1, dtype=np.int64)
    if days.size < 2:  # noqa: PLR2004 - there is no later day
        return None
    walk = _Walk(program, known_facts(rules, facts), moving.name, start, days)
    if conclusion is not None:
        first = int(walk.decided.outcome[0])
        if not first & ANSWERS.get(conclusion, 0) and (conclusion not in OPEN or first in CONCLUSIONS):
            raise OtherOutcome(first)
        walk.settled_by_asking[0] = conclusion
    return walk.turn()


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
        rows = max(1, MOST_CELLS // _items(people) ** 2)
        some = [self._on(people, self.days[row : row + rows]) for row in range(0, self.days.size, rows)]
        if len(some) == 1:
            return some[0]
        verdicts = {rule: np.concatenate([each.verdicts[rule] for each in some]) for rule in some[0].verdicts}
        heard = [np.concatenate(each) for each in zip(*(each.heard for each in some), strict=True)]
        return Decided(verdicts, np.concatenate([each.outcome for each in some]), heard=heard)

    def _on(self, people: Population, days: Array) -> Decided:
        moved = replace(people, size=days.size).with_column(self.moving, Numbers.known(days))
        return self.program.program(moved, Wish(heard=True)).decide(moved, rows=days.size)

    def turn(self) -> Turn | None:
        for first, after in self._stretches():
            row = self._turned(first, after)
            if row is not None:
                return Turn(self.start + timedelta(days=row), self._conclusion(row))
        return None

    @cached_property
    def before(self) -> Conclusion:
        return self._conclusion(0)

    def _stretches(self) -> Iterator[tuple[int, int]]:
        """Days on end on which every comparison and every rule says the same."""
        arrays = [*self.decided.heard, *self.decided.verdicts.values()]
        changes = np.zeros(self.days.size - 1, np.bool_)
        for each in arrays:
            changes |= each[1:] != each[:-1]
        starts = [0, *(int(row) + 1 for row in np.flatnonzero(changes))]
        yield from zip(starts, [*starts[1:], self.days.size], strict=True)

    def _turned(self, first: int, after: int) -> int | None:
        """The first day of a stretch with another conclusion."""
        if first and not self._is_open(first):
            return None if self._stays(first) else first
        if not self._is_open(first) or self.asked >= MOST_ASKED:
            return None
        if first and not self._stays(first):
            return first
        low, high = first, after - 1
        if self.before in OPEN or low == high or self._stays(high):
            return None
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if self._stays(middle) else (low, middle)
        return high

    def _stays(self, row: int) -> bool:
        found = self._conclusion(row)
        return found is self.before or (found in OPEN and self.before in OPEN)

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


def _items(people: Population) -> int:
    """How many items one case has at most, those of lists inside lists too; at least one."""
    return max(1, sum(_places(column) for column in people.columns.values() if isinstance(column, Lists)))


def _places(lists: Lists) -> int:
    inside = sum(_places(column) for column in lists.fields.values() if isinstance(column, Lists))
    return int(prod(lists.there.shape[1:])) + inside


def varied(policy: ResolvedPolicy, facts: Facts, name: str, values: Sequence[Given]) -> list[Conclusion]:
    """What the policy concludes with one fact at each of many values, everything else as it is."""
    known = known_facts(policy.rules, facts)
    cases = [{**known, name: value_of(name, value, policy.rules.facts[name].type)} for value in values]
    outcomes = bulk_of(policy).decide(population_of_known(policy.rules, cases)).outcome
    return [
        CONCLUSIONS.get(int(outcome)) or evaluate_known(policy.rules, case).conclusion
        for outcome, case in zip(outcomes, cases, strict=True)
    ]
