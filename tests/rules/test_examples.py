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


PAYING = """
2024-01-01:
  derive:
    half: round_down(paid / 2)
    since: applied_on - 30 days
  columns:
    unemployed:
      long: days(it.from_day, it.until) >= 30 days
  rules:
    something: {{role: condition, when: paid > 0 fen, reason: {{zh: 有, en: Paid}}, authority: 甲, tag: T}}
    poor: {{role: exclusion, when: poor, reason: {{zh: 贫, en: Poor}}, authority: 乙, tag: T}}
    waited: {{role: ground, when: waited >= 90 days, reason: {{zh: 久, en: Long}}, authority: 丙, tag: T}}
    long: {{role: path, when: "any(u in unemployed, u.long)", reason: {{zh: 长, en: Long}}, authority: 丁, tag: T}}
    early: {{role: path, when: since < 2024-03-01, reason: {{zh: 早, en: Early}}, authority: 戊, tag: T}}
  amount: half
  examples:
    - {{name: one, facts: {{{facts}}}, {says}}}
"""
PAID = (
    "applied_on: 2024-03-30, paid: 301, poor: no, waited: 90, unemployed: [{from_day: 2024-01-01, until: 2024-01-31}]"
)


@pytest.mark.parametrize(
    ("says", "problem"),
    [
        pytest.param("amount: 150 fen", "", id="the amount"),
        pytest.param("amount: 1 yuan", "an amount of 100 fen and comes to 150 fen", id="another amount"),
        pytest.param("amount: unsettled", "an amount of unsettled and comes to 150 fen", id="not unsettled"),
        pytest.param("amount: 1.50 yuan", "'1.50 yuan' is not an amount", id="a decimal"),
        pytest.param("parts: {half: 150, since: 2024-02-29}", "", id="named parts"),
        pytest.param("parts: {half: 151}", "the part half is 151, and it is 150", id="another part"),
        pytest.param("parts: {halv: 150}", "'halv' is not reckoned here", id="no such part"),
        pytest.param("items: {unemployed: [{long: yes}]}", "", id="an item"),
        pytest.param(
            "items: {unemployed: [{long: no}]}", "unemployed[1].long is false, and it is true", id="otherwise"
        ),
        pytest.param("items: {unemployed: []}", "0 items of unemployed, and 1 have columns", id="too few items"),
        pytest.param("rules: {something: yes, poor: no, long: yes}", "", id="verdicts"),
        pytest.param("rules: {poor: unknown}", "it says unknown of poor and comes out no", id="another verdict"),
        pytest.param("rules: {por: no}", "'por' is no rule of this policy", id="no such rule"),
        pytest.param("refused_by: []", "", id="nobody refuses"),
        pytest.param("refused_by: [poor]", "refused_by says poor, which it does not", id="not that one"),
        pytest.param("turns: no", "", id="time changes nothing"),
        pytest.param("turns: {on: 2024-04-01, conclusion: refused}", "time turns it", id="a turn that is none"),
        pytest.param("turns: maybe", "'maybe' is no turn", id="no turn"),
        pytest.param("error: 已废止", "nothing is decided, and it comes out granted", id="it is decided"),
        pytest.param("on: 2023-12-31, error: 首个版本自2024-01-01起施行", "", id="not yet in force"),
        pytest.param("on: 2023-12-31, error: 已废止", "because “已废止”, and the reason is", id="another reason"),
        pytest.param("jurisdiction: cn-50, amount: 150 fen", "", id="in a place within"),
        pytest.param("jurisdiction: us, amount: 150 fen", "us is no place within cn", id="in another place"),
    ],
)
def test_an_example_is_held_to_amounts_parts_items_and_verdicts(says: str, problem: str) -> None:
    (found,) = run_examples(a_book(a_policy(PAYING.format(facts=PAID, says=says), kind="subsidy")), engine)
    said = "; ".join(found.problems)
    assert (problem in said) if problem else said == ""


def test_who_refuses_names_conditions_exclusions_and_grounds_of_which_none_holds() -> None:
    refused = PAID.replace("301", "0").replace("poor: no", "poor: yes").replace("90", "89")
    book = a_book(a_policy(PAYING.format(facts=refused, says="refused_by: [something, poor, waited]"), kind="subsidy"))
    (found,) = run_examples(book, engine)
    assert found.problems == ()
