"""What an evaluation tells: what each rule read, which part failed, whose answer is missing."""

from fractions import Fraction

import pytest

from cases.determinations import Conclusion, Verdict
from rules.evaluate import asked_of, evaluate
from rules.given import FactImpossible, Given, Listed
from rules.schema import AskedOf
from tests.rules.builders import a_policy, a_table, at_least_these, expect, facts

POLICY = a_policy(
    facts={
        "born_on": "day 1930-01-01..2020-12-31",
        "applied_on": "day",
        "sex": "female|male",
        "paid": "fen 0..1000000",
        "wanted": "month",
        "household": ({"status": "unemployed|employed", "registered": "bool"}, 5),
        "ok": "bool",
    },
    parameters={"limit": "50 years", "share": "2/3", "kinds": "{unemployed}"},
    derive={"old": "age(born_on, applied_on) >= limit and ok", "given": "round_down(paid * share)"},
    rules={
        "old": "old or sex == female",
        "nobody-works": "all(m in household where m.registered, m.status in kinds)",
        "enough": "not (given < 100 fen) and wanted >= month(applied_on)",
    },
)
KNOWN = {
    "born_on": "1980-01-01",
    "applied_on": "2024-05-20",
    "sex": "male",
    "paid": 151,
    "wanted": "2024-05",
    "household": [{"status": "unemployed", "registered": "yes"}],
    "ok": "yes",
}


def test_a_rule_tells_what_it_read_through_its_parts() -> None:
    (old, nobody, enough) = evaluate(POLICY, facts(**KNOWN)).results
    assert {reading.name: reading.value for reading in old.read} == {
        "old": "false",
        "born_on": "1980-01-01",
        "applied_on": "2024-05-20",
        "limit": "600",
        "ok": "true",
        "sex": "male",
    }
    assert {reading.name: reading.value for reading in nobody.read} == {"household": "1", "kinds": "unemployed"}
    assert {"given": "100", "paid": "151", "share": "2/3", "wanted": "2024-05"}.items() <= {
        (reading.name, reading.value) for reading in enough.read
    }


def test_unknown_values_are_read_as_such() -> None:
    changed = {
        **KNOWN,
        "born_on": None,
        "sex": None,
        "household": at_least_these({"status": "employed", "registered": "no"}),
    }
    (old, nobody, _) = evaluate(POLICY, facts(**{**changed, "paid": None})).results
    read = {reading.name: reading.value for reading in (*old.read, *nobody.read)}
    assert (read["born_on"], read["sex"], read["household"], read["old"]) == ("?", "?", "1+", "?")
    assert old.verdict is Verdict.UNKNOWN


def test_every_alternative_that_failed_is_told_with_what_it_came_to() -> None:
    (old, _, _) = evaluate(POLICY, facts(**KNOWN)).results
    assert [(part.text, part.left, part.right) for part in old.failing] == [
        ("age(born_on, applied_on) >= limit", "528", "600"),
        ("sex == female", "male", "female"),
    ]


def test_the_first_failing_part_of_a_condition_is_told() -> None:
    (_, _, enough) = evaluate(POLICY, facts(**{**KNOWN, "paid": 149, "wanted": "2024-04"})).results
    assert [part.text for part in enough.failing] == ["not given < 100 fen"]


def test_a_part_that_is_unknown_is_not_the_one_that_failed() -> None:
    (_, _, enough) = evaluate(POLICY, facts(**{**KNOWN, "paid": None, "wanted": "2024-04"})).results
    assert [(part.text, part.left) for part in enough.failing] == [("wanted >= month(applied_on)", "2024-04")]


def test_the_items_that_a_list_failed_by_are_named() -> None:
    household = [
        {"status": "unemployed", "registered": "yes"},
        {"status": "employed", "registered": "no"},
        {"status": "employed", "registered": "yes"},
    ]
    (_, nobody, _) = evaluate(POLICY, facts(**{**KNOWN, "household": household})).results
    assert nobody.failing[0].items == ("household[3]",)


def test_a_rule_that_holds_has_no_failing_part() -> None:
    assert [result.failing for result in evaluate(POLICY, facts(**{**KNOWN, "sex": "female"})).results] == [(), (), ()]


def test_roles_add_up() -> None:
    policy = a_policy(
        facts={"a": "bool", "b": "bool", "c": "bool", "d": "bool"},
        rules={"one: ground": "a", "two: ground": "b", "must": "c", "never: exclusion": "d"},
    )
    expect(policy, facts(a="yes", b="no", c="yes", d="no"), conclusion="granted", asked=[])
    expect(policy, facts(a="yes", c="yes", d="no"), conclusion="granted", asked=[])
    expect(policy, facts(a="no", b="no"), conclusion="refused", asked=[])
    expect(policy, facts(d="yes"), conclusion="refused", asked=[])
    expect(policy, facts(a="no", c="yes", d="no"), conclusion="needs-information", asked=["b"])
    expect(policy, facts(a="yes", c="yes"), conclusion="needs-information", asked=["d"])


def test_a_gap_in_the_law_is_not_a_missing_fact() -> None:
    policy = a_policy(
        facts={"place": "north|south", "ok": "bool"},
        tables=[a_table("fee", ["north|south"], "fen", ("north", "100"))],
        rules={"fair": "fee[place] >= 1 fen or ok"},
    )
    expect(policy, facts(place="south", ok="no"), conclusion="gap", asked=[])
    expect(policy, facts(place="south"), conclusion="needs-information", asked=["ok"])
    expect(policy, facts(place="south", ok="yes"), conclusion="granted")
    (fair,) = evaluate(policy, facts(place="south", ok="no")).results
    assert fair.verdict is Verdict.UNKNOWN


def test_a_conflict_weighs_more_than_a_gap() -> None:
    policy = a_policy(
        facts={"place": "north|south", "ok": "bool"},
        tables=[a_table("fee", ["north|south"], "fen", ("north", "100"))],
        values={"term": {"a": {"be": "1"}, "b": {"be": "2", "when": "ok"}}},
        rules={"fair": "fee[place] >= 1 fen", "long": "term >= 1"},
    )
    expect(policy, facts(place="south", ok="yes"), conclusion="conflict", asked=[])
    expect(policy, facts(place="south", ok="no"), conclusion="gap", asked=[])
    expect(policy, facts(place="north", ok="no"), conclusion="granted", asked=[])
    expect(policy, facts(place="south"), conclusion="needs-information", asked=["ok"])


def test_a_refusal_stands_whatever_a_gap_would_have_said() -> None:
    policy = a_policy(
        facts={"place": "north|south", "ok": "bool"},
        tables=[a_table("fee", ["north|south"], "fen", ("north", "100"))],
        rules={"fair": "fee[place] >= 1 fen", "ok": "ok"},
    )
    expect(policy, facts(place="south", ok="no"), conclusion="refused", asked=[])


def test_who_can_answer_for_what() -> None:
    assert asked_of(POLICY, "born_on") is AskedOf.APPLICANT
    assert asked_of(POLICY, "household[2].status") is AskedOf.APPLICANT
    assert evaluate(POLICY, {}).conclusion is Conclusion.NEEDS_INFORMATION


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("born_on", "1929-12-31", "born_on is outside its declared range."),
        ("born_on", "2024-05", "born_on is not a day."),
        ("paid", 1_000_001, "paid is outside its declared range."),
        ("paid", Fraction(1, 2), "paid is a fraction where whole numbers are declared."),
        ("paid", True, "paid is not a number of fen."),
        ("ok", 1, "ok is not yes or no."),
        ("sex", "other", "sex is none of female, male."),
        ("household", "yes", "household is not a list."),
        ("household", [{}] * 6, "household has more than the 5 items that are declared."),
        ("household", [{"status": "retired"}], "household[1].status is none of unemployed, employed."),
        ("household", [{}, {"age": 3}], "household[2].age is not declared."),
    ],
)
def test_a_fact_that_cannot_be_is_refused_without_its_value(name: str, value: object, message: str) -> None:
    with pytest.raises(FactImpossible) as caught:
        evaluate(POLICY, facts(**{**KNOWN, name: value}))
    assert str(caught.value) == message


def test_the_ends_of_a_range_are_inside_it() -> None:
    expect(POLICY, facts(**{**KNOWN, "born_on": "1930-01-01", "paid": 0}), conclusion="refused")
    expect(POLICY, facts(**{**KNOWN, "born_on": "2020-12-31", "paid": 1_000_000}), conclusion="refused")


def test_a_whole_list_may_be_full() -> None:
    member: dict[str, Given] = {"status": "unemployed", "registered": True}
    full = Listed((member,) * 5, complete=False)
    expect(POLICY, {**facts(**{**KNOWN, "sex": "female"}), "household": full}, conclusion="granted")
