"""What those share whom a change of the law turns: facts in coarse steps, told where several have all in common."""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Final

import numpy as np

from rules.given import Given, Listed
from rules.numpy_decided import Decided
from rules.policies import ResolvedPolicy
from rules.population import Array
from rules.schema import ResolvedRules
from rules.simulated_columns import given_at
from rules.simulated_effects import CHANGES, Effect, Likeness
from rules.simulated_people import People
from rules.types import Ref
from rules.units import YearMonth

MOST_LOOKED_AT: Final = 2_000  # of each effect; enough to find what many share
MOST_TOLD: Final = 3  # of each effect
_NEAR: Final = 5  # years, within which a year by itself is told, and beyond which five at a time
_PLACES: Final = tuple(Effect)
_KINDS: Final = {_PLACES.index(effect): effect for effect in CHANGES}
_Law = tuple[ResolvedPolicy | None, Decided | None]


@dataclass
class Alike:
    _seen: Counter[tuple[Effect, tuple[tuple[str, str], ...]]] = field(default_factory=Counter)
    _looked_at: Counter[Effect] = field(default_factory=Counter)
    _reads: dict[tuple[str, str, frozenset[str]], tuple[str, ...]] = field(default_factory=dict)

    def add(self, people: People, before: _Law, after: _Law, effects: Array) -> None:
        for place, effect in _KINDS.items():
            rows = np.flatnonzero(effects == place)[: MOST_LOOKED_AT - self._looked_at[effect]]
            if not len(rows):
                continue
            self._looked_at[effect] += len(rows)
            some = people.taken(rows)
            laws = [(law[0].rules, some.fitted(law[0].rules)) for law in (before, after) if law[0]]
            for row, person in enumerate(rows.tolist()):
                said: dict[str, str] = {}
                for name in self._read(before, after, person):
                    for rules, kept in laws:
                        if name in kept and name not in said:
                            said[name] = coarse(given_at(kept[name], rules.facts[name].type, row), people.on)
                self._seen[effect, tuple(sorted(said.items()))] += 1

    def _read(self, before: _Law, after: _Law, person: int) -> tuple[str, ...]:
        """The facts that rules read which find otherwise of this person; of all rules where only the amount differs."""
        (first, was), (second, now) = before, after
        found = [{r: int(each[person]) for r, each in (side.verdicts if side else {}).items()} for side in (was, now)]
        turned = frozenset(rule for rule in found[0] | found[1] if found[0].get(rule) != found[1].get(rule))
        key = (first.hash if first else "", second.hash if second else "", turned)
        if key not in self._reads:
            names = (name for policy in (first, second) if policy for name in _facts_of(policy.rules, turned))
            self._reads[key] = tuple(dict.fromkeys(names))
        return self._reads[key]

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


def _facts_of(rules: ResolvedRules, turned: Collection[str]) -> Iterator[str]:
    for rule, names in rules.reads.items():
        if rule in turned or not turned:
            for name in names:
                fact = rules.facts.get(name)
                if fact is not None and not fact.moves and not isinstance(fact.type, Ref):
                    yield name
