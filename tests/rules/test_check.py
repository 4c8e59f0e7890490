"""A policy that could fail while a case is decided is refused when it is loaded, with the place and a way out."""

from typing import Any

import pytest

from rules.check import check
from rules.errors import PolicyRefused
from rules.schema import Parameter, Schema
from rules.types import Number
from rules.units import Unit
from tests.rules.builders import AUTHORITY, a_band, a_schema, a_table

FACTS = {
    "born_on": "day",
    "applied_on": "day",
    "sex": "female|male",
    "paid": "fen 0..1000000",
    "wait": "days 0..1000",
    "term": "months 0..36",
    "count": "one 0..9",
    "staff": "one 1..5000",
    "first_month": "month",
    "employer": "ref",
    "ok": "bool",
    "household": (
        {"status": "unemployed|employed", "born_on": "day", "pay": "fen 0..1000", "jobs": ({"on": "day"}, 3)},
        9,
    ),
}
FACTS["number"] = FACTS.pop("count")
PARAMETERS = {"limit": "60 days", "share": "2/3", "kinds": "{unemployed}"}
TABLES = (a_table("fee", ["female|male"], "fen", ("female", "100"), ("male", "200")),)
BANDS = (a_band("steps", "months", "months", None, ("at_least", "12 months", "6 months")),)


def schema(**changed: Any) -> Schema:
    base: dict[str, Any] = {
        "facts": FACTS,
        "parameters": PARAMETERS,
        "tables": TABLES,
        "bands": BANDS,
        "read_elsewhere": frozenset({*FACTS, *PARAMETERS, "fee", "steps"}),
        "rules": {"r": "ok"},
    }
    return a_schema(**{**base, **changed})


def refusals(**changed: Any) -> str:
    with pytest.raises(PolicyRefused) as caught:
        check(schema(**changed))
    return str(caught.value)


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ("paid > 3 months", "fen and month do not mix"),
        ("wait > term", "days and months do not mix: no month has a fixed number of days"),
        ("wait > 1 year", "days and months do not mix"),
        ("paid > 0", "fen and one do not mix"),
        ("born_on > first_month", "a day and a month do not mix"),
        ("born_on + paid > applied_on", "a day cannot move by a number of fen. Expected: a number of days or months"),
        ("first_month + wait > first_month", "a month cannot move by a number of day"),
        ("born_on + applied_on > born_on", "a day and a day cannot be added"),
        (
            "born_on + term * share > applied_on",
            "a day or month cannot move by a fraction. Expected: a length that was rounded",
        ),
        ("paid * paid > 1 fen", "fen times fen has no meaning"),
        ("paid / number > 1 fen", "only a constant other than 0 divides"),
        ("paid / 0 > 1 fen", "only a constant other than 0 divides"),
        ("paid div staff > 1 fen", "only a constant other than 0 divides"),
        ("share_down(paid, number, number) > 1 fen", "the whole may be less than 1"),
        ("sex == mael", "'mael' is not declared. Did you mean 'male'?"),
        ("sex == unemployed", "'unemployed' is never its value. Expected: female, male"),
        ("sex in {femal}", "'femal' is never its value. Expected: female, male. Did you mean 'female'?"),
        ("sex in kinds", "'unemployed' is never its value"),
        ("sex in limit", "'limit' is a number of day. Expected: a parameter that is a set"),
        ("sex < female", "do not compare by <"),
        ("employer > employer", "an id and an id do not compare by >"),
        ("employer == sex", "an id and a member of an enum do not compare by =="),
        ("ok == true", "what is true or false is not compared. Expected: it by itself, or 'not' before it"),
        ("number", "this is a plain number. Expected: something that is true or false"),
        ("not number", "this is a plain number. Expected: something that is true or false"),
        ("applied > 2024-01-01", "'applied' is not declared. Did you mean 'applied_on'?"),
        ("aged(born_on, applied_on) > 1 year", "there is no function 'aged'. Did you mean 'age'?"),
        ("age(born_on) > 1 year", "age was given a day. Expected: age(born_on, on)"),
        ("days(born_on, first_month) > 1 day", "days was given a day, a month. Expected: days(from, to)"),
        ("round_down(paid, number) > 1 fen", "fen and one do not mix"),
        ("round_down(number, 0) > 1", "a rounding step is a constant above 0"),
        ("any(m in paid, m.ok)", "this is a number of fen. Expected: a list"),
        ("any(m in household, m.statu == employed)", "there is no field 'statu'"),
        ("any(m in household)", "any is written differently. Expected: any(m in list, condition)"),
        (
            "count(m in household, m.pay) > 1",
            "count is written differently. Expected: count(m in list where condition)",
        ),
        ("least(m in household, m.pay) > 1 fen", "Expected: least(m in list, value, value of an empty list)"),
        ("sum(m in household, m.born_on) > 1", "only numbers are summed"),
        ("count(m in filter(n in household)) > 1", "filter does not say which items to keep"),
        ("any(sex in household, ok)", "'sex' already means something else"),
        ("any(female in household, ok)", "'female' already means something else"),
        ("any(m in household, any(m in m.jobs, ok))", "'m' already means something else"),
        ("any(m in household, any(j in m.jobs, any(k in m.jobs, ok)))", "a list inside a list inside a list"),
        ("household.pay > 1 fen", "'household' is a list, which has no fields"),
        (
            "covers(household, born_on, applied_on)",
            "these are not periods. Expected: items with the days 'from_day' and 'until'",
        ),
        ("most_within(household, 3 days) > 1", "most_within was given a list, a number of day"),
        ("most_within(each(m in household, m.born_on), -3 days) > 1", "most_within was given"),
        ("fee[sex, sex] > 1 fen", "'fee' has 1 keys, not 2"),
        ("fee[ok] > 1 fen", "this is yes or no. Expected: a member of an enum"),
        ("free[sex] > 1 fen", "there is no table 'free'. Did you mean 'fee'?"),
        ("band(steps, wait) > 1 month", "days and months do not mix"),
        ("band(step, term) > 1 month", "there is no band 'step'. Did you mean 'steps'?"),
        ("(if ok then paid else wait) > 1 fen", "day and fen do not mix"),
        ("(if ok then paid else sex) > 1 fen", "one is a number of fen, the other a member of an enum"),
        ("paid * 9007199254740993 > 1 fen", "beyond 9007199254740992"),
        ("paid * 1000000 * 1000000 > 1 fen", "beyond 9007199254740992. Expected: facts with a smaller declared max"),
        ("paid * 0.000000000000001% > 1 fen", "beyond 9007199254740992"),
        ("born_on - 3000 years < applied_on", "this can leave the calendar (years 1 to 9999)"),
    ],
)
def test_expressions_that_are_refused(rule: str, message: str) -> None:
    assert message in refusals(rules={"r": rule})


@pytest.mark.parametrize(
    "rule",
    [
        "term >= 3 years",
        "paid >= 1 yuan",
        "applied_on - born_on >= 3 days",
        "first_month - month(applied_on) <= 10 years",
        "paid * share * 3 / 4 > 1 fen",
        "paid / 3 fen > 1",
        "share_half_up(paid, number, staff) > 1 fen",
        "(if ok then female else male) == sex",
        "any(m in household, any(j in m.jobs, j.on > m.born_on))",
        "covers(filter(p in posts where p.ok), born_on, applied_on)",
        "(if ok then ok else not ok)",
        "fee[sex] + 1 yuan > paid",
        "min(born_on, applied_on) < max(2024-01-01, born_on)",
        "number != 3",
    ],
)
def test_expressions_that_pass(rule: str) -> None:
    facts = {**FACTS, "posts": ({"from_day": "day", "until": "day", "ok": "bool"}, 3)}
    check(schema(rules={"r": rule}, facts=facts, read_elsewhere=frozenset({*facts, *PARAMETERS, "fee", "steps"})))


@pytest.mark.parametrize(
    ("amount", "message"),
    [
        ("paid * share", "the amount can be a fraction of a fen. Expected: round_down, round_half_up"),
        ("number", "the amount is a plain number. Expected: money, in fen or yuan"),
        ("born_on", "the amount is a day"),
    ],
)
def test_an_amount_is_rounded_money(amount: str, message: str) -> None:
    assert message in refusals(amount=amount)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"derive": {"a": "b + 1", "b": "c + 1", "c": "a + 1"}}, "a needs b needs c needs a: a circle"),
        ({"derive": {"a": "a + 1"}}, "a needs a: a circle"),
        ({"columns": {"household.x": "any(m in household, m.x)"}}, "household.x needs household.x: a circle"),
        ({"columns": {"household.pay": "it.pay > 1 fen"}}, "'pay' is already a field of 'household'"),
        ({"columns": {"paid.x": "ok"}}, "'paid' is not a list, so it has no columns"),
        ({"derive": {"female": "1"}}, "'female' is a name and also a member of an enum"),
        ({"derive": {"paid": "1 fen"}}, "the name 'paid' is declared twice"),
        ({"derive": {"days": "1"}}, "'days' is a unit, not a name"),
        ({"derive": {"ｘ": "1"}}, "'ｘ' is not a name. Expected: letters, digits and _"),
        ({"values": {"v": {"a": {"be": "1"}, "b": {"be": "2", "beats": ["c"]}}}}, "'b' beats 'c', which is no clause"),
        (
            {"values": {"v": {"a": {"be": "1", "beats": ["b"]}, "b": {"be": "2", "beats": ["a"]}}}},
            "'a' beats itself in the end",
        ),
        ({"values": {"v": {"a": {"be": "1"}, "b": {"be": "1 fen", "beats": ["a"]}}}}, "fen and one do not mix"),
        ({"values": {"v": {"a": {"be": "1", "when": "number"}}}}, "Expected: something that is true or false"),
        ({"tables": (a_table("t", ["female|male"], "fen", ("femal", "1")),)}, "'femal' is no key of 't'"),
        (
            {"tables": (a_table("t", ["female|male"], "fen", ("male", "1"), ("male", "2")),)},
            "two rows of 't' hold at once",
        ),
        (
            {"tables": (a_table("t", ["month"], "fen", ("2024-01", "2024-06", "1"), ("2024-06", "", "2")),)},
            "two rows of 't' hold at once",
        ),
        (
            {"tables": (a_table("t", ["day", "month"], "fen"),)},
            "the keys of 't'. Expected: enums, and at most one day or month",
        ),
        (
            {"tables": (a_table("t", ["female|male"], "fen", ("male", "male")),)},
            "a value of 't' is not a number of fen",
        ),
        (
            {"bands": (a_band("b", "one", "one", "0", ("at_least", "5", "1"), ("at_least", "3", "2")),)},
            "the steps of 'b' do not rise",
        ),
        ({"facts": {**FACTS, "odd": "one 9..3"}}, "the min of 'odd' is above its max"),
    ],
)
def test_declarations_that_are_refused(changed: dict[str, Any], message: str) -> None:
    assert message in refusals(**changed)


def test_a_value_above_the_ceiling_of_an_outer_authority_is_refused() -> None:
    base = schema()
    share = Parameter("share", 3, Number(Unit.ONE, 3, 3), AUTHORITY, at_most=2, at_least=1)
    with pytest.raises(PolicyRefused, match="'share' is 3, above the ceiling 2"):
        check(Schema(parameters=(share,)))
    low = Parameter("share", 0, Number(Unit.ONE, 0, 0), AUTHORITY, at_least=1)
    with pytest.raises(PolicyRefused, match="'share' is 0, below the floor 1"):
        check(Schema(parameters=(low,)))
    assert check(base).parameters["share"].value


def test_what_nobody_reads_is_refused() -> None:
    found = refusals(read_elsewhere=frozenset(FACTS) - {"paid"})
    assert "the fact 'paid' is read by no rule" in found
    assert "the parameter 'limit' is read by no rule" in found
    assert "the table 'fee' is read by no rule" in found
    assert "the band 'steps' is read by no rule" in found


def test_everything_wrong_is_told_at_once_and_each_thing_once() -> None:
    derive = {"bad": "paid + term", "one": "bad + 1 fen", "two": "bad + 2 fen"}
    found = refusals(derive=derive, rules={"r": "sex == mael", "s": "bad > 1 fen"})
    assert found.count("fen and month do not mix") == 1
    assert "'mael' is not declared" in found


def test_places_survive_the_check() -> None:
    with pytest.raises(PolicyRefused) as caught:
        check(schema(rules={"r": "ok and paid > term"}))
    (error,) = caught.value.errors
    assert (error.place.column, error.place.length) == (8, 11)
