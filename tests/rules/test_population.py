"""Facts of many cases as columns: nothing guessed, nothing that was not declared, and no more bytes than it takes."""

from datetime import date

import numpy as np
import pytest

from rules.facts import FactRefused, StoredFact
from rules.given import FactImpossible
from rules.numpy_bulk import bulk
from rules.population import Choices, Column, Ids, Lists, Numbers, Truths
from rules.population_columns import choices, numbers, population_of_columns
from rules.population_facts import population_of, population_of_stored
from rules.population_loose import loosened
from tests.rules.builders import a_policy, at_least_these, facts
from tests.rules.numpy_agreeing import decided

RULES = a_policy(
    facts={
        "paid": "fen 0..100000",
        "born_on": "day 1930-01-01..2010-12-31",
        "sex": "female|male",
        "ok": "bool",
        "firm": "ref",
        "events": ({"on": "day", "who": "ref", "good": "bool"}, 3),
    },
    rules={
        "a": "paid >= 100 fen and sex == female",
        "b": "ok or born_on < 1980-01-01",
        "c": "any(e in events where e.good, e.who == firm and e.on >= 2020-01-01)",
    },
)
CASE = facts(
    paid=100, born_on="1975-05-05", sex="female", ok="no", firm="f1",
    events=[{"on": "2024-01-01", "who": "f1", "good": "yes"}, {"on": "2024-01-01", "who": "f2", "good": "no"}],
)  # fmt: skip


def test_columns_are_as_small_as_their_values_and_hold_one_bound_where_all_are_known() -> None:
    people = population_of(RULES, [CASE, {**CASE, **facts(paid=99)}])
    paid, born, ok = people.columns["paid"], people.columns["born_on"], people.columns["ok"]
    assert isinstance(paid, Numbers)
    assert paid.high is paid.low
    assert isinstance(born, Numbers)
    assert [column.low.dtype.itemsize for column in (paid, born)] == [1, 4]
    assert isinstance(ok, Truths)
    assert ok.values.dtype == np.bool_
    assert people.is_known({name: fact.type for name, fact in RULES.facts.items()})


def test_a_fact_that_nobody_knows_takes_no_room() -> None:
    assert "paid" not in population_of(RULES, [{**CASE, "paid": None}] * 3).columns
    half = population_of(RULES, [CASE, {**CASE, "paid": None}]).columns["paid"]
    assert isinstance(half, Numbers)
    assert (half.low.tolist(), half.high.tolist()) == ([100, 0], [100, 100_000])


@pytest.mark.parametrize(
    ("less", "known"),
    [
        pytest.param({}, True, id="everything"),
        pytest.param({"firm": None}, False, id="an id is missing"),
        pytest.param({"events": None}, False, id="a list is missing"),
        pytest.param({"events": []}, True, id="an empty list is known"),
        pytest.param({"events": at_least_these()}, False, id="a list that may lack something"),
        pytest.param({"events": [{"on": "2024-01-01", "good": "no"}]}, False, id="a field is missing"),
    ],
)
def test_whether_everything_is_known(less: dict[str, object], known: bool) -> None:
    people = population_of(RULES, [{**CASE, **facts(**less)}])
    assert people.is_known({name: fact.type for name, fact in RULES.facts.items()}) is known


def test_loosened_cases_are_of_one_shape_and_come_out_the_same() -> None:
    cases = [CASE, {**CASE, "firm": None}, {}, {**CASE, **facts(events=at_least_these({"good": "yes"}), ok=None)}]
    shapes, program = set(), bulk(RULES)
    for case in cases:
        people = loosened(population_of(RULES, [case]), RULES)
        shapes.add(people.shape)
        found, expected = program.decide(people), decided(RULES, [case])
        assert {rule: answers.tolist() for rule, answers in found.verdicts.items()} == {
            rule: answers.tolist() for rule, answers in expected.verdicts.items()
        }
    assert len(shapes) == 1


def test_a_piece_of_a_population_is_the_same_people() -> None:
    cases = [{**CASE, **facts(paid=paid)} for paid in range(95, 105)]
    people = population_of(RULES, cases)
    whole = bulk(RULES).decide(people).verdicts["a"].tolist()
    parts = [bulk(RULES).decide(people.rows(start, start + 3)).verdicts["a"].tolist() for start in range(0, 10, 3)]
    assert [answer for part in parts for answer in part] == whole


def test_facts_as_they_are_kept() -> None:
    stored = {"paid": StoredFact("100"), "sex": StoredFact('"female"'), "born_on": StoredFact('"1975-05-05"')}
    people = population_of_stored(RULES, [stored, {}])
    assert bulk(RULES).decide(people).verdicts["a"].tolist() == [1, 3]
    with pytest.raises(FactRefused):
        population_of_stored(RULES, [{"paid": StoredFact("100001")}])


# -- from arrays -------------------------------------------------------------------------------------------------

BORN = np.array([date(1975, 5, 5).toordinal(), date(2000, 1, 1).toordinal()])
SEX = choices(np.array([0, 1]), ("male", "female"), RULES.facts["sex"].type)  # type: ignore[arg-type]  # an enum


def test_arrays_come_out_as_the_facts_that_they_stand_for() -> None:
    columns: dict[str, Column] = {
        "paid": numbers(np.array([100, 99])),
        "born_on": numbers(BORN),
        "sex": SEX,
        "ok": Truths(np.array([False, True])),
        "firm": Ids(np.array([0, 1])),
        "events": Lists(
            np.array([[True, True], [False, False]]),
            {
                "on": numbers(np.full((2, 2), date(2024, 1, 1).toordinal())),
                "who": Ids(np.array([[0, 1], [0, 0]])),
                "good": Truths(np.array([[True, False], [True, True]])),
            },
        ),
    }
    people = population_of_columns(RULES, columns, {"f1": 0, "f2": 1})
    other = {**CASE, **facts(paid=99, born_on="2000-01-01", ok="yes", firm="f2", events=[])}
    expected = decided(RULES, [{**CASE, **facts(sex="male")}, {**other, **facts(sex="female")}])
    found = bulk(RULES).decide(people)
    for rule, answers in expected.verdicts.items():
        assert found.verdicts[rule].tolist() == answers.tolist(), rule


@pytest.mark.parametrize(
    ("name", "column", "message"),
    [
        ("paid", numbers(np.array([0, 100_001])), "paid is outside its declared range."),
        ("paid", Numbers(np.array([5, 5]), np.array([4, 6])), "paid is outside its declared range."),
        ("paid", Truths(np.array([True, False])), "paid is of another type than its declaration."),
        ("sex", Choices(np.array([0, 2])), "sex is no member of its enum."),
        ("sex", Choices(np.array([0, 3]), known=False), "sex is no member of its enum."),
        ("ok", Truths(np.array([0, 1], np.uint8)), "ok is neither known nor unknown."),
        ("age", numbers(np.array([1, 2])), "age is not declared."),
        (
            "events",
            Lists(np.ones((2, 3), np.bool_), {}, np.array([0, 1])),
            "events has more than the 3 items that are declared.",
        ),
        ("events", Lists(np.ones((2, 1), np.bool_), {"off": SEX}), "events.off is not declared."),
    ],
)
def test_arrays_that_cannot_be_are_refused_without_their_values(name: str, column: Column, message: str) -> None:
    with pytest.raises(FactImpossible) as caught:
        population_of_columns(RULES, {name: column}, {})
    assert str(caught.value) == message


def test_columns_of_different_lengths_are_no_population() -> None:
    with pytest.raises(ValueError, match="one length"):
        population_of_columns(RULES, {"paid": numbers(np.array([1])), "born_on": numbers(BORN)}, {})
