"""What those share whom a change of the law turns: facts in coarse steps, told where several have all in common."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Final

import numpy as np

from rules.given import Facts, Given, Listed
from rules.numpy_decided import Decided
from rules.policies import ResolvedPolicy
from rules.population import Array
from rules.schema import ResolvedRules
from rules.simulated_effects import CHANGES, Effect, Likeness
from rules.simulated_people import People
from rules.types import Ref
from rules.units import YearMonth

MOST_LOOKED_AT: Final = 5_000  # of each effect; enough to find what many share
MOST_TOLD: Final = 3  # of each effect
_NEAR: Final = 5  # years, within which a year by itself is told, and beyond which five at a time
_PLACES: Final = tuple(Effect)
_KINDS: Final = {_PLACES.index(effect): effect for effect in CHANGES}
_Law = tuple[ResolvedPolicy | None, Decided | None]


@dataclass
class Alike:
    _seen: Counter[tuple[Effect, tuple[tuple[str, str], ...]]] = field(default_factory=Counter)
    _looked_at: Counter[Effect] = field(default_factory=Counter)

    def add(self, people: People, before: _Law, after: _Law, effects: Array) -> None:
        for place, effect in _KINDS.items():
            rows = np.flatnonzero(effects == place)[: MOST_LOOKED_AT - self._looked_at[effect]]
            if not len(rows):
                continue
            self._looked_at[effect] += len(rows)
            some = people.taken(rows)
            facts = [_facts(some, *law) for law in (before, after)]
            for row, person in enumerate(rows.tolist()):
                read = _read(before, after, person)
                said = {
                    name: coarse(each[row][name], people.on) for each in facts for name in read if name in each[row]
                }
                self._seen[effect, tuple(sorted(said.items()))] += 1

    def found(self, fewest: int) -> tuple[Likeness, ...]:
        """Those that most share; how many they are is not told, as it would be a figure like any other."""
        many = [key for key, count in self._seen.most_common() if count >= fewest and key[1]]
        return tuple(
            Likeness(effect, facts)
            for effect in CHANGES
            for facts in [facts for kind, facts in many if kind is effect][:MOST_TOLD]
        )


def coarse(value: Given, on: date) -> str:  # noqa: PLR0911 - one line per type
    """In steps that many fall into, as canonical text: a range such as 3000..3999."""
    match value:
        case None:
            return "?"
        case bool():
            return "true" if value else "false"
        case Listed(items, complete):
            return "?" if not items and not complete else "0" if not items else "1..2" if len(items) <= 2 else "3.."  # noqa: PLR2004 - few, or more
        case date():
            first, last = _years(value.year, on.year)
            return f"{date(first, 1, 1)}..{date(last, 12, 31)}"
        case YearMonth():
            first, last = _years(value.year, on.year)
            return f"{YearMonth(first, 1)}..{YearMonth(last, 12)}"
        case str():
            return value
    step = 10 ** max(0, len(str(abs(int(value)))) - 1)
    low = int(value) // step * step
    return str(low) if step == 1 else f"{low}..{low + step - 1}"


def _years(year: int, now: int) -> tuple[int, int]:
    if abs(now - year) < _NEAR:
        return year, year
    first = year // _NEAR * _NEAR
    return first, first + _NEAR - 1


def _facts(some: People, policy: ResolvedPolicy | None, _: Decided | None) -> list[Facts]:
    rules = policy.rules if policy else None
    return [some.one(rules, row) if rules else {} for row in range(some.size)]


def _read(before: _Law, after: _Law, person: int) -> list[str]:
    """The facts that the rules read which find otherwise of this person; of all rules where only the amount differs."""
    (first, was), (second, now) = before, after
    verdicts = [
        {rule: int(each[person]) for rule, each in (side.verdicts if side else {}).items()} for side in (was, now)
    ]
    turned = {rule for rule in verdicts[0] | verdicts[1] if verdicts[0].get(rule) != verdicts[1].get(rule)}
    return list(dict.fromkeys(name for policy in (first, second) if policy for name in _facts_of(policy.rules, turned)))


def _facts_of(rules: ResolvedRules, turned: set[str]) -> Iterator[str]:
    for rule, names in rules.reads.items():
        if rule in turned or not turned:
            for name in names:
                fact = rules.facts.get(name)
                if fact is not None and not fact.moves and not isinstance(fact.type, Ref):
                    yield name
