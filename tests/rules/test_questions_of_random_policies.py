"""Over many random policies: exactly the facts that matter are asked for, and what is settled stays so."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import product
from random import Random
from typing import Any, Final

import pytest

from rules.evaluate import evaluate
from rules.given import Given, Listed
from rules.intervals import Answers, settled
from rules.outcome import outcome_of, targets, verdicts
from rules.questions import asked
from rules.reckoner import Reckoner, known_facts
from rules.schema import ResolvedRules
from rules.types import Choice, Day, Month, Number, Truth, Type
from rules.units import YearMonth
from tests.rules.quick_policies import a_random_policy, some_facts

SEEDS: Final = (1010, *range(5))  # of 1010 a column reads a fact that is unknown
POLICIES: Final = 8  # of each seed
CASES: Final = 6  # of each policy, forgotten twice over
MOST_UNKNOWN: Final = 3
MOST_COMPLETIONS: Final = 150


def domain(type_: Type) -> list[Any]:
    """Every value that is declared, if they are few."""
    match type_:
        case Truth():
            return [False, True]
        case Choice(members):
            return list(members)
        case Number(least=least, most=most, denominator=1):
            return list(range(int(least), int(most) + 1))
        case Day(least, most) if most - least < MOST_COMPLETIONS:
            return [date.fromordinal(each) for each in range(least, most + 1)]
        case Month(least, most) if most - least < MOST_COMPLETIONS:
            return [YearMonth.numbered(each) for each in range(least, most + 1)]
    return []


def forgotten(random: Random, facts: Mapping[str, Given]) -> dict[str, Given]:
    """The same case while some of it is unknown."""
    return {name: _less(random, value) for name, value in facts.items()}


def _less(random: Random, value: Given) -> Given:
    if not isinstance(value, Listed):
        return value if random.random() < 0.6 else None
    if random.random() < 0.4:
        return value
    kept = [item for item in value.items if random.random() < 0.7]
    whole = value.complete and len(kept) == len(value.items) and random.random() < 0.5
    return Listed(tuple(forgotten(random, item) for item in kept), complete=whole)


def answers(rules: ResolvedRules, facts: Mapping[str, Given]) -> dict[str, Answers]:
    found = verdicts(Reckoner(rules, known_facts(rules, facts)))
    return {**found, "outcome": outcome_of(rules, found)}


@pytest.mark.parametrize("seed", SEEDS)
def test_more_facts_never_reverse_what_is_settled(seed: int) -> None:
    random = Random(seed)  # noqa: S311 - test data
    for _ in range(POLICIES):
        rules = a_random_policy(random)
        declared = {name: fact.type for name, fact in rules.facts.items()}
        for _ in range(CASES):
            complete = some_facts(random, declared)
            some = forgotten(random, complete)
            told = (complete, some, forgotten(random, some))
            known, less, least = (answers(rules, facts) for facts in told)
            assert all(map(settled, known.values()))
            assert all(known[name] & less[name] == known[name] for name in known), seed
            assert all(less[name] & least[name] == less[name] for name in known), seed
            before, after = evaluate(rules, some), evaluate(rules, complete)
            assert before.conclusion is after.conclusion or not settled(before.outcome), seed


@pytest.mark.parametrize("seed", SEEDS)
def test_exactly_those_facts_are_asked_whose_value_could_change_the_outcome(seed: int) -> None:
    random, compared = Random(seed), 0  # noqa: S311 - test data
    for _ in range(POLICIES):
        rules = a_random_policy(random)
        declared = {name: fact.type for name, fact in rules.facts.items()}
        facts = some_facts(random, declared)
        unknown = few(random, declared)
        known = {**facts, **dict.fromkeys(unknown)}
        outcomes = {values: comes_to(rules, known, unknown, values) for values in product(*unknown.values())}
        found = asked(rules, known_facts(rules, known))
        matter = {name for place, name in enumerate(unknown) if matters(place, outcomes)}
        assert set(found.facts) == matter if found.exact else set(found.facts) >= matter, seed
        if found.outcome is not None:
            assert {outcome[0] for outcome in outcomes.values()} == {found.outcome}, seed
        compared += len(outcomes)
    assert compared > POLICIES


def few(random: Random, declared: Mapping[str, Type]) -> dict[str, list[Any]]:
    """Up to three facts to leave unknown, with all their values."""
    chosen: dict[str, list[Any]] = {}
    combinations = 1
    for name in random.sample(sorted(declared), len(declared)):
        values = domain(declared[name])
        if values and len(chosen) < MOST_UNKNOWN and combinations * len(values) <= MOST_COMPLETIONS:
            chosen[name] = values
            combinations *= len(values)
    return chosen


def comes_to(
    rules: ResolvedRules, known: Mapping[str, Given], unknown: Mapping[str, Any], values: Sequence[Any]
) -> Any:
    whole = {**known, **dict(zip(unknown, values, strict=True))}
    return targets(rules, verdicts(Reckoner(rules, known_facts(rules, whole))))


def matters(place: int, outcomes: Mapping[tuple[Any, ...], Any]) -> bool:
    """Whether two completions that differ in this fact alone come out differently."""
    groups: dict[tuple[Any, ...], set[Any]] = {}
    for values, outcome in outcomes.items():
        groups.setdefault(values[:place] + values[place + 1 :], set()).add(outcome)
    return any(len(group) > 1 for group in groups.values())
