"""Invented people and changes of the law, as the simulation takes them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, cast

from rules.given import Facts
from rules.policies import ResolvedPolicy
from rules.schema import ResolvedRules
from rules.simulated_categories import categories, labels
from rules.simulated_columns import gaps, keep
from rules.simulated_effects import Dimension, Effects
from rules.simulated_people import People
from rules.simulated_protection import FEWEST
from rules.simulating import Pair, Simulation
from rules.types import Type
from tests.rules.books import a_book

ON = date(2024, 6, 1)


def people_of(types: Mapping[str, Type], cases: Sequence[Facts], on: date = ON) -> People:
    refs: dict[str, int] = {}
    facts = {name: keep(type_, [case.get(name) for case in cases], refs) for name, type_ in types.items()}
    partly = frozenset(each for name, kept in facts.items() for each in gaps(name, kept))
    return People(len(cases), facts, types, partly, on)


def types_of(rules: ResolvedRules) -> dict[str, Type]:
    return {name: fact.type for name, fact in rules.facts.items()}


class Law:
    """Rules as a policy that was resolved, for rules that come from no file."""

    def __init__(self, rules: ResolvedRules, hash_: str) -> None:
        self.policy, self.rules, self.hash = "example", rules, hash_


def a_law(rules: ResolvedRules, hash_: str) -> ResolvedPolicy:
    return cast("ResolvedPolicy", Law(rules, hash_))


def resolved(text: str) -> ResolvedPolicy:
    return a_book(text).resolve("example", "cn", ON)


def simulated(before: ResolvedPolicy, after: ResolvedPolicy, cases: Sequence[Facts], **more: Any) -> Effects:
    """Everybody is compared with the evaluator too; `more`: codes of further categories with their labels."""
    people = people_of(types_of(before.rules) | types_of(after.rules), cases)
    codes: dict[Dimension, Any] = categories(people)
    names: dict[Dimension, Sequence[str]] = dict(labels(people.types))
    for dimension, (found, told) in more.get("by", {}).items():
        codes[dimension], names[dimension] = found, told
    simulation = Simulation(names, more.get("within", {}))
    simulation.add(people, Pair(before, after), codes, range(people.size))
    return simulation.found(more.get("fewest", FEWEST))
