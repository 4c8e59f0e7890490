"""Tables, bands, clauses and parameters as a policy writes them."""

from fractions import Fraction

import pytest

from rules.documents import policy_file
from rules.errors import PolicyError, PolicyRefused
from rules.layers import Layer, merge
from rules.loading import load
from rules.merged_schema import schema_of
from rules.schema import Schema
from rules.units import YearMonth
from tests.rules.books import FACTS, a_book, a_policy, indented


def schema(version: str) -> Schema:
    file = policy_file(load(a_policy("2024-01-01:\n" + indented(version, 2)), "p.yaml"))
    (said,) = file.versions
    return schema_of(merge([Layer(file, said.since, said.items)]), a_book().facts)


TABLE = """
tables:
  wage:
    keys: {sex: [female, male], when: month}
    unit: yuan
    rows:
      - {sex: female, from: 2024-01, until: 2024-12, value: 2010, authority: 甲, tag: T}
      - {sex: female, from: 2025-01, value: 2200, authority: 乙, tag: ES}
      - {sex: male, value: 1800, authority: 丙, tag: M}
"""


def test_a_table_has_dated_rows_in_base_units() -> None:
    (table,) = schema(TABLE).tables
    assert [row.value for row in table.rows] == [201000, 220000, 180000]
    assert table.rows[0].since == YearMonth(2024, 1)
    assert table.rows[1].until is None
    assert table.rows[2].members == ("male",)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        pytest.param(("until: 2024-12", "until: 2025-01"), "two rows of 'wage' answer for the same time", id="a month"),
        pytest.param((", until: 2024-12", ""), "answer for the same time", id="open at the end"),
        pytest.param(("sex: male", "sex: other"), "'other' is not one of the values", id="no such key"),
        pytest.param(("value: 1800", "value: much"), "'much' is not a number", id="no amount"),
        pytest.param(("when: month", "when: week"), "'week' is not one of the values", id="dated by weeks"),
        pytest.param((", tag: M", ""), "'tag' is missing", id="no tag"),
    ],
)
def test_a_table_that_answers_twice_or_wrongly_is_refused(change: tuple[str, str], says: str) -> None:
    assert change[0] in TABLE
    with pytest.raises(PolicyRefused, match=says):
        schema(TABLE.replace(*change))


BAND = """
bands:
  benefit:
    by: month
    unit: month
    below: gap
    steps:
      - {at_least: 12, value: 12, authority: 社会保险法第四十六条, tag: T}
      - {at_least: 60, value: 18, authority: 社会保险法第四十六条, tag: T}
      - {above: 120, value: 24, authority: 社会保险法第四十六条, tag: T}
"""


def test_a_band_rises_and_may_begin_with_a_gap() -> None:
    (band,) = schema(BAND).bands
    assert band.below is None
    assert [(step.bound, step.inclusive, step.value) for step in band.steps] == [
        (12, True, 12),
        (60, True, 18),
        (120, False, 24),
    ]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        pytest.param(("at_least: 60", "at_least: 12"), "rise", id="one bound twice"),
        pytest.param(("at_least: 60", "at_least: 200"), "rise", id="falling"),
        pytest.param(("at_least: 12,", "at_least: 12, above: 12,"), "'at_least' or 'above'", id="two bounds"),
        pytest.param(("    below: gap\n", ""), "'below' is missing", id="nothing below"),
    ],
)
def test_a_band_that_does_not_rise_is_refused(change: tuple[str, str], says: str) -> None:
    assert change[0] in BAND
    with pytest.raises(PolicyRefused, match=says):
        schema(BAND.replace(*change))


def test_values_are_exact_and_typed_by_how_they_are_written() -> None:
    said = """
    parameters:
      share: {value: 2/3, authority: 甲, tag: T}
      rate: {value: 5.5%, authority: 甲, tag: T}
      since: {value: 2024-01-01, authority: 甲, tag: T}
      first: {value: 2024-03, authority: 甲, tag: T}
      who: {value: female, authority: 甲, tag: T}
      all_of_them: {set: [female, male], authority: 甲, tag: T}
    """
    values = {each.name: each.value for each in schema(said).parameters}
    assert values["share"] == Fraction(2, 3)
    assert values["rate"] == Fraction(11, 200)
    assert str(values["since"]) == "2024-01-01"
    assert values["first"] == YearMonth(2024, 3)
    assert values["who"] == "female"
    assert values["all_of_them"] == frozenset({"female", "male"})


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("1_000", "not a number"),
        ("007", "not a number"),
        ("1e3", "not a number"),
        ("0.5", "not a number"),
        ("1/0", "not a number"),
        ("9007199254740993", "too large"),
        ("2024-13", "is not a month"),
    ],
)
def test_a_value_written_carelessly_is_refused(value: str, says: str) -> None:
    with pytest.raises(PolicyRefused, match=says):
        schema(f"parameters:\n  p: {{value: {value}, authority: 甲, tag: T}}")


def test_a_clause_beats_another_of_its_value() -> None:
    said = """
    values:
      limit:
        general: {be: 3 years, authority: 甲, tag: T}
        near: {beats: [%s], when: disabled, be: 5 years, authority: 乙, tag: T}
    """
    (value,) = schema(said % "general").values
    assert value.clauses[1].beats == ("general",)
    with pytest.raises(PolicyRefused, match="beats 'other', which is no other clause"):
        schema(said % "other")
    with pytest.raises(PolicyRefused, match="beats 'near', which is no other clause"):
        schema(said % "near")


def test_a_parameter_is_a_value_or_a_set() -> None:
    with pytest.raises(PolicyRefused, match="has a value or a set"):
        schema("parameters:\n  p: {authority: 甲, tag: T}")


def test_a_limit_of_something_that_is_no_number_is_refused() -> None:
    with pytest.raises(PolicyRefused, match="limited, so it must be a number"):
        schema("parameters:\n  p: {value: 2024-01-01, at_most: 5, authority: 甲, tag: T}")


def test_a_file_that_repeats_a_fact_declaration_key_is_refused() -> None:
    with pytest.raises((PolicyError, PolicyRefused), match="stands here twice"):
        load(FACTS + "  sex: {type: bool}\n", "facts.yaml")
