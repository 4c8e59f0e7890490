"""Which expressions can be a gap or a conflict, known before any case is."""

from typing import Any

import pytest

from rules.flawless import Flaws, clash, ranked
from rules.intervals import CONFLICT, FLAWS, GAP
from rules.scaled import above, at_least, factor, scaled
from tests.rules.builders import a_band, a_policy, a_table

FACTS: dict[str, Any] = {
    "sex": "female|male",
    "on": "day 2024-01-01..2024-12-31",
    "n": "one 0..10",
    "a": "bool",
    "b": "bool",
    "list": ({"n": "one 0..3", "sex": "female|male"}, 3),
}
WHOLE = a_table("fee", ["female|male"], "fen", ("female", "1"), ("male", "2"))
HALF = a_table("fee", ["female|male"], "fen", ("female", "1"))
DATED = a_table("rate", ["day"], "fen", ("2024-01-01", "2024-06-30", "1"), ("2024-07-01", "", "2"))
LATE = a_table("rate", ["day"], "fen", ("2024-01-02", "", "1"))
FULL = a_band("steps", "one", "fen", None, ("at_least", "0", "1"), ("above", "2", "0"))
OPEN = a_band("steps", "one", "fen", None, ("above", "0", "1"))
ONE_WINS = {"x": {"general": {"be": "1 fen"}, "special": {"be": "2 fen", "when": "a", "beats": ["general"]}}}
NONE_MAY = {"x": {"only": {"be": "1 fen", "when": "a"}}}
TWO_MAY = {"x": {"one": {"be": "1 fen", "when": "a"}, "other": {"be": "2 fen", "when": "b or not a"}}}


def flaws(amount: str, **declared: Any) -> int:
    read = frozenset({*FACTS, "fee", "rate", "steps"})
    policy = a_policy(facts=FACTS, rules={"r": "a"}, amount=amount, read_elsewhere=read, **declared)
    assert policy.amount
    return Flaws(policy).possible(policy.amount)


@pytest.mark.parametrize(
    ("amount", "declared", "expected"),
    [
        pytest.param("n * 1 fen", {}, 0, id="facts and numbers never"),
        pytest.param("fee[sex]", {"tables": [WHOLE]}, 0, id="a row for every member"),
        pytest.param("fee[sex]", {"tables": [HALF]}, GAP, id="a member without a row"),
        pytest.param("fee[female]", {"tables": [HALF]}, 0, id="only members that the expression can have"),
        pytest.param("rate[on]", {"tables": [DATED]}, 0, id="rows that follow each other"),
        pytest.param("rate[on]", {"tables": [LATE]}, GAP, id="the first day has no row"),
        pytest.param("band(steps, n)", {"bands": [FULL]}, 0, id="nothing lies below the first step"),
        pytest.param("band(steps, n)", {"bands": [OPEN]}, GAP, id="nothing at all is below it"),
        pytest.param("band(steps, n + 1)", {"bands": [OPEN]}, 0, id="every number is above the first bound"),
        pytest.param("x", {"values": ONE_WINS}, 0, id="one clause always wins"),
        pytest.param("x", {"values": NONE_MAY}, GAP, id="no clause may hold"),
        pytest.param("x", {"values": TWO_MAY}, FLAWS, id="guards are taken as they are written"),
        pytest.param("sum(i in list, fee[i.sex])", {"tables": [HALF]}, GAP, id="inside a list"),
        pytest.param(
            "sum(i in list, i.due)", {"tables": [HALF], "columns": {"list.due": "fee[it.sex]"}}, GAP, id="in a column"
        ),
        pytest.param("sum(v in each(i in list, i.n), v) * 1 fen", {}, 0, id="values of a list that are whole"),
        pytest.param("sum(v in each(i in list, fee[i.sex]), v)", {"tables": [HALF]}, FLAWS, id="and that are not"),
    ],
)
def test_what_can_be_a_gap_or_a_conflict(amount: str, declared: dict[str, Any], expected: int) -> None:
    assert flaws(amount, **declared) == expected


def test_clauses_that_clash_only_together() -> None:
    both = {"x": {"g": {"be": "1"}, "a": {"be": "2", "when": "a", "beats": ["g"]}, "b": {"be": "3", "when": "b"}}}
    policy = a_policy(facts={"a": "bool", "b": "bool"}, values=both, rules={"r": "x > 1"})
    assert clash(policy.values["x"]) == CONFLICT


def test_whoever_beats_stands_before_whoever_is_beaten() -> None:
    chain = {
        "x": {
            "general": {"be": "1"},
            "special": {"be": "2", "when": "a", "beats": ["general"]},
            "rarest": {"be": "3", "when": "b", "beats": ["special", "general"]},
        }
    }
    policy = a_policy(facts={"a": "bool", "b": "bool"}, values=chain, rules={"r": "x > 1"})
    assert [clause.id for clause in ranked(policy.values["x"])] == ["rarest", "special", "general"]


def test_whole_numbers_over_a_denominator() -> None:
    third = factor(3, 1, 2)  # two thirds of something, in whole ones
    assert (third.numerator, third.denominator) == (2, 3)
    assert scaled(2, 3) == 6
    with pytest.raises(ValueError, match="denominator"):
        scaled(factor(2, 1), 3)
    assert [at_least(factor(2, 5), 1), above(factor(2, 5), 1), at_least(2, 1), above(2, 1)] == [3, 2, 2, 2]
