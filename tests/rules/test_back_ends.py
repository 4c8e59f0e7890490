"""Four back ends of one tree agree: evaluator, rule engine, generated Python, generated numpy, over random policies.

The seed is printed; BACK_ENDS_SEED and BACK_ENDS_CASES ask for another one, or for more cases. Of every policy half of
the cases are complete, and of the others facts, fields and items are unknown. Generated Python decides complete ones.
"""

import os
from collections.abc import Callable, Mapping
from random import Random

import pytest
from hypothesis import given, settings

from rules import durable_compiler, numpy_joining, python_truths, truths
from rules.durable_sides import DIFFERENCES
from rules.given import Given
from rules.python_scope import Scope
from rules.python_writer import Here, Said
from rules.schema import ResolvedRules
from rules.tree import Compare
from tests.rules.agreeing import check_agreement
from tests.rules.back_ends import Differ, compare
from tests.rules.quick_policies import a_random_policy, some_facts
from tests.rules.random_policies import complete_facts, policies

SEED = int(os.environ.get("BACK_ENDS_SEED", "20261126"))
CASES = int(os.environ.get("BACK_ENDS_CASES", "100000"))
PARTS = 10
A_POLICY = 500  # cases


@pytest.mark.parametrize("part", range(PARTS))
def test_the_back_ends_agree(part: int, capsys: pytest.CaptureFixture[str]) -> None:
    counted = compare(SEED + part, CASES // PARTS // A_POLICY, A_POLICY)
    with capsys.disabled():
        print(f"\n seed {SEED + part}: {counted['cases']} cases, {counted['complete']} complete: the back ends agree")  # noqa: T201
    assert counted["cases"] == CASES // PARTS
    assert counted["cases"] / 3 < counted["complete"] < counted["cases"]


@settings(max_examples=120, deadline=None)
@given(policies(), complete_facts())
def test_the_smallest_policy_on_which_generated_python_would_differ(
    policy: ResolvedRules, facts: dict[str, Given]
) -> None:
    assert check_agreement(policy, facts)


def test_what_was_read_which_condition_failed_and_what_each_item_came_to_agree_too() -> None:
    random = Random(SEED)  # noqa: S311 - dice
    for _ in range(60):
        policy = a_random_policy(random)
        types = {name: fact.type for name, fact in policy.facts.items()}
        for _ in range(10):
            assert check_agreement(policy, some_facts(random, types))


# -- a planted mistake is found -------------------------------------------------------------------------------------


def in_the_evaluator(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(truths._HOLDS, ">=", truths._HOLDS[">"])


def in_the_engines_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(durable_compiler, "DIFFERENCES", {**DIFFERENCES, ">=": DIFFERENCES[">"]})


def in_generated_python(monkeypatch: pytest.MonkeyPatch) -> None:
    compare_ = python_truths._compare

    def mistaken(node: Compare, sign: str, scope: Scope, here: Here) -> Said:
        return compare_(node, ">" if sign == ">=" else sign, scope, here)

    monkeypatch.setattr(python_truths, "_compare", mistaken)


def in_generated_numpy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(numpy_joining._POSSIBLE, ">=", numpy_joining._POSSIBLE[">"])


PLANTS: Mapping[str, Callable[[pytest.MonkeyPatch], None]] = {
    "evaluator": in_the_evaluator,
    "durable-rules": in_the_engines_program,
    "python": in_generated_python,
    "numpy": in_generated_numpy,
}


@pytest.mark.parametrize("name", PLANTS)
def test_above_for_at_least_is_found_in_each_compiler(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    PLANTS[name](monkeypatch)
    with pytest.raises(Differ) as differ:
        compare(SEED, 20, 100)
    told = str(differ.value)
    assert f"seed {SEED}" in told
    assert name == "evaluator" or f"\n{name}: " in told
