"""Over random policies of every form, with columns and lists in lists: exactly the nearest changes are found."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from random import Random
from typing import Any, Final

import pytest

from cases.determinations import Conclusion
from rules.evaluate import evaluate
from rules.flips import Change, Flips, flips
from rules.given import Given, Listed, number_of
from rules.intervals import settled
from rules.outcome import outcome_of, verdicts
from rules.reckoner import Reckoner, known_facts
from rules.schema import ResolvedRules
from rules.types import Choice, Ordered, Records, Truth, Type
from tests.rules.builders import a_policy, facts
from tests.rules.quick_policies import a_random_policy, some_facts
from tests.rules.test_questions_of_random_policies import domain

SEEDS: Final = range(4)
POLICIES: Final = 8  # of each seed
CASES: Final = 2  # of each policy
Named = set[tuple[str, str, Conclusion]]


@pytest.mark.parametrize("seed", SEEDS)
def test_exactly_the_nearest_changes_are_found(seed: int) -> None:
    random, found_any = Random(seed), 0  # noqa: S311 - dice, not secrets
    for _ in range(POLICIES):
        rules = a_random_policy(random)
        declared = {name: fact.type for name, fact in rules.facts.items()}
        for _ in range(CASES):
            known = some_facts(random, declared, known=random.choice((1.0, 0.9)))
            if not settled(outcome_of(rules, verdicts(Reckoner(rules, known_facts(rules, known))))):
                continue
            found = flips(rules, known)
            tried = set(dict(few_values(rules, known))) - set(found.left_out)
            assert single(found, tried) == by_trying(rules, known, tried), (seed, known)
            pairs_need_each_other(rules, known, found)
            found_any += len(found.found)
    assert found_any


def test_a_fact_that_a_column_reads_is_tried_in_the_column_too() -> None:
    policy = a_policy(
        facts={"posts": ({"length": "one 0..9"}, 5), "needed": "one 0..9"},
        columns={"posts.long": "it.length >= needed"},
        rules={"some": "any(p in posts, p.long)"},
    )
    found = flips(policy, facts(posts=[{"length": 4}], needed=6))
    assert {(each.changes[0].fact, each.changes[0].then) for each in found.found} == {
        ("needed", "4"),
        ("posts[1].length", "6"),
    }


def few_values(rules: ResolvedRules, known: Mapping[str, Given]) -> Iterator[tuple[str, tuple[Given, Type]]]:
    """Every part that has a value and could have few others."""
    for name, fact in rules.facts.items():
        value = known.get(name)
        if isinstance(value, Listed) and isinstance(fact.type, Records):
            for number, item in enumerate(value.items, 1):
                for field, type_ in fact.type.fields:
                    if item.get(field) is not None and domain(type_):
                        yield f"{name}[{number}].{field}", (item[field], type_)
        elif value is not None and domain(fact.type):
            yield name, (value, fact.type)


def by_trying(rules: ResolvedRules, known: Mapping[str, Given], names: set[str]) -> Named:
    now = evaluate(rules, known).conclusion
    found: Named = set()
    for name, (value, type_) in few_values(rules, known):
        if name not in names:
            continue
        comes_to = {each: evaluate(rules, put(known, name, each)).conclusion for each in domain(type_) if each != value}
        turning = [each for each, conclusion in comes_to.items() if conclusion is not now]
        if isinstance(type_, Ordered):
            below = [each for each in turning if place(each, type_) < place(value, type_)]
            above = [each for each in turning if place(each, type_) > place(value, type_)]
            turning = [*below[-1:], *above[:1]]
        found |= {(name, str(each).lower(), comes_to[each]) for each in turning}
    return found


def place(value: Given, type_: Type) -> Any:
    assert not isinstance(value, Listed)
    assert value is not None
    return number_of(value, type_)


def put(known: Mapping[str, Given], name: str, value: Any) -> dict[str, Given]:
    list_, _, part = name.partition("[")
    if not part:
        return {**known, name: value}
    number, _, field = part.partition("].")
    of = known[list_]
    assert isinstance(of, Listed)
    items = [{**item, field: value} if at == int(number) else item for at, item in enumerate(of.items, 1)]
    return {**known, list_: replace(of, items=tuple(items))}


def single(found: Flips, names: set[str]) -> Named:
    alone = [(flip.changes[0], flip.conclusion) for flip in found.found if len(flip.changes) == 1]
    return {(change.fact, change.then, conclusion) for change, conclusion in alone if change.fact in names}


def pairs_need_each_other(rules: ResolvedRules, known: Mapping[str, Given], found: Flips) -> None:
    now = evaluate(rules, known).conclusion
    types = dict(few_values(rules, known))
    for flip in found.found:
        if len(flip.changes) < 2 or not {change.fact for change in flip.changes} <= set(types):
            continue
        first, second = flip.changes
        together = put(put(known, first.fact, given(first, types)), second.fact, given(second, types))
        assert evaluate(rules, together).conclusion is flip.conclusion is not now
        for change in flip.changes:
            assert evaluate(rules, put(known, change.fact, given(change, types))).conclusion is now


def given(change: Change, types: Mapping[str, tuple[Given, Type]]) -> Given:
    type_ = types[change.fact][1]
    if isinstance(type_, Truth | Choice):
        return change.then == "true" if isinstance(type_, Truth) else change.then
    found: Given = next(each for each in domain(type_) if str(each) == change.then)
    return found
