"""Every example of every shipped policy comes out on both engines, and a wrong one is found out."""

from datetime import date
from pathlib import Path

import pytest

from rules.examples import Outcome, run_examples
from rules.policies import PolicyBook
from tests.rules.books import a_book, a_policy
from tests.rules.test_decisions import engine

SHIPPED = PolicyBook.load(Path(__file__).parents[2] / "policies")
OUTCOMES = list(run_examples(SHIPPED, engine))

ONE = """
2024-01-01:
  rules:
    long-wait: {{when: waited >= 90 days, reason: {{zh: 久, en: Long}}, authority: 甲, tag: T}}
    disabled: {{when: disabled, reason: {{zh: 残, en: Disabled}}, authority: 乙, tag: T}}
  examples:
    - {{name: one, facts: {facts}, {says}}}
"""


def outcome(facts: str, says: str) -> Outcome:
    (found,) = run_examples(a_book(a_policy(ONE.format(facts=facts, says=says))), engine)
    return found


@pytest.mark.parametrize("example", OUTCOMES, ids=lambda each: f"{each.policy} {each.jurisdiction}: {each.name}")
def test_a_shipped_example_comes_out(example: Outcome) -> None:
    assert example.problems == ()


def test_there_are_examples_of_both_classes_in_every_province_that_ships() -> None:
    found = {(each.policy, each.jurisdiction) for each in OUTCOMES}
    assert {("employment-difficulty", f"cn-{code}") for code in (37, 42, 50)} <= found
    assert {("hardship-worker", "cn-50-99"), ("hardship-worker", "cn-42-02-99"), ("public-post", "cn")} <= found


@pytest.mark.parametrize(
    ("facts", "says", "problem"),
    [
        pytest.param("{waited: 90}", "conclusion: granted, holds: [long-wait]", "", id="right"),
        pytest.param("{waited: 89}", "conclusion: granted", "says granted and comes out needs-information", id="wrong"),
        pytest.param("{waited: 90}", "holds: []", "does not say long-wait", id="too few"),
        pytest.param("{waited: 90, disabled: no}", "holds: [long-wait, disabled]", "says disabled", id="too many"),
        pytest.param("{waited: 89}", "asks: [disabled]", "", id="asks"),
        pytest.param("{waited: 89}", "asks: []", "asks does not say disabled", id="asks too few"),
        pytest.param("{sex: male}", "holds: []", "'sex' is read by no rule", id="a fact nobody reads"),
        pytest.param("{age: 3}", "holds: []", "'age' is no declared fact", id="no fact"),
        pytest.param("{waited: 1.5}", "holds: []", "not a whole number", id="a fraction"),
        pytest.param("{disabled: true}", "holds: []", "Expected: yes, no", id="true for yes"),
        pytest.param("{waited: 99999}", "holds: []", "outside its declared range", id="out of range"),
        pytest.param("{waited: 90}", "on: 2023-12-31", "lies before its version", id="before the version"),
        pytest.param("{waited: 90}", "outcome: yes", "'outcome' is not known here", id="an unknown key"),
    ],
)
def test_an_example_is_held_to_what_it_says(facts: str, says: str, problem: str) -> None:
    found = outcome(facts, says)
    assert problem in "; ".join(found.problems)
    assert bool(problem) is bool(found.problems)
    assert found.since == date(2024, 1, 1)
