"""Facts are declared once, with type, range and words; a careless declaration is refused."""

import pytest

from rules.declared_facts import facts_declared
from rules.errors import PolicyError, PolicyRefused
from rules.loading import load
from rules.schema import AskedOf, Fact
from rules.types import Choice, Day, Month, Number, Records
from rules.units import Unit, YearMonth

LABEL = "label: {zh: 甲, en: A}"


def declared(body: str, name: str = "a") -> Fact:
    (fact,) = facts_declared(load(f"{name}: {{{body}}}", "facts.yaml"))
    return fact


def test_ranges_are_held_in_base_units() -> None:
    years = declared(f"type: number, unit: year, min: 0, max: 60, {LABEL}")
    assert years.type == Number(Unit.MONTH, 0, 720)
    assert years.given_in == "year"
    yuan = declared(f"type: number, unit: yuan, min: 0, max: 10, {LABEL}")
    assert yuan.type == Number(Unit.FEN, 0, 1000)


def test_a_day_and_a_month_have_the_range_that_is_declared() -> None:
    day = declared(f"type: day, min: 1990-01-01, max: 1990-12-31, {LABEL}")
    assert isinstance(day.type, Day)
    assert day.type.most - day.type.least == 364
    month = declared(f"type: month, min: 2024-01, {LABEL}")
    assert month.type == Month(YearMonth(2024, 1).number, Month().most)


def test_a_fact_without_a_question_is_asked_by_its_label() -> None:
    fact = declared(f"type: bool, {LABEL}")
    assert fact.question.zh == "请提供：甲"
    assert fact.asked_of is AskedOf.APPLICANT
    assert not fact.moves


def test_a_list_has_fields_and_a_most() -> None:
    fields = f"fields: {{on: {{type: day, {LABEL}, asked_of: record}}, kind: {{type: enum, members: [x, y], {LABEL}}}}}"
    fact = declared(f"type: list, most: 3, {LABEL}, {fields}")
    assert isinstance(fact.type, Records)
    assert fact.type.most == 3
    assert fact.type.field("kind") == Choice(("x", "y"))
    assert [field.asked_of for field in fact.fields] == [AskedOf.RECORD, AskedOf.APPLICANT]


@pytest.mark.parametrize(
    ("body", "can_change"),
    [
        pytest.param(f"type: bool, {LABEL}", True, id="what the applicant tells"),
        pytest.param(f"type: bool, {LABEL}, changes: no", False, id="what nobody changes, told by the applicant"),
        pytest.param(f"type: bool, {LABEL}, asked_of: record", False, id="what a record shows"),
        pytest.param(f"type: bool, {LABEL}, asked_of: record, changes: yes", True, id="a record that people change"),
        pytest.param(f"type: day, {LABEL}, moves: yes", False, id="the day that time carries along"),
    ],
)
def test_whether_somebody_could_make_it_otherwise(body: str, can_change: bool) -> None:
    assert declared(body).can_change is can_change
    whole = declared(f"type: list, {LABEL}, fields: {{part: {{{body.removesuffix(', moves: yes')}}}}}")
    assert whole.can_change
    if "moves" not in body:
        assert whole.fields[0].can_change is can_change


@pytest.mark.parametrize(
    ("body", "says"),
    [
        pytest.param(f"type: text, {LABEL}", "'text' is not one of the values", id="a text"),
        pytest.param("type: bool", "'label' is missing", id="no label"),
        pytest.param(f"type: number, unit: day, min: 0, {LABEL}", "declares its 'max'", id="no range"),
        pytest.param(f"type: number, min: 5, max: 4, {LABEL}", "'min' is above 'max'", id="an empty range"),
        pytest.param(f"type: number, min: 0, max: 1.5, {LABEL}", "'1.5' is not a number", id="a decimal"),
        pytest.param(f"type: enum, {LABEL}", "a list belongs here", id="an enum without members"),
        pytest.param(f"type: enum, members: [a-b], {LABEL}", "'a-b' cannot be a member", id="no word"),
        pytest.param(f"type: enum, members: [x, x], {LABEL}", "named twice", id="a member twice"),
        pytest.param(f"type: list, {LABEL}", "declares the fields", id="a list without fields"),
        pytest.param(f"type: list, most: 0, {LABEL}, fields: {{b: {{type: bool, {LABEL}}}}}", "between 1", id="none"),
        pytest.param(f"type: list, {LABEL}, fields: {{b: {{type: list, {LABEL}}}}}", "'list' is not one", id="nested"),
        pytest.param(f"type: bool, {LABEL}, moves: true", "Expected: yes, no", id="true for yes"),
        pytest.param(f"type: bool, {LABEL}, asked_of: boss", "'boss' is not one", id="asked of nobody"),
        pytest.param(f"type: bool, {LABEL}, labels: x", "Did you mean 'label'", id="a misspelt key"),
    ],
)
def test_a_careless_declaration_is_refused(body: str, says: str) -> None:
    with pytest.raises((PolicyError, PolicyRefused), match=says):
        declared(body)


@pytest.mark.parametrize("name", ["and", "days", "month", "it", "sum", "两 字", "1a", "a.b", "ｘ"])
def test_a_name_is_a_word_of_its_own(name: str) -> None:
    with pytest.raises((PolicyError, PolicyRefused), match=r"another name|cannot be a name"):
        declared(f"type: bool, {LABEL}", name=f'"{name}"')
