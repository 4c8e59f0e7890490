"""Kept facts are read by their declarations, or refused without their value being told."""

import pytest

from cases.canonical import Json, canonical
from rules.facts import FactRefused, FactsRead, StoredFact, read_facts
from tests.rules.books import a_book

DECLARED = a_book().facts


def read(**facts: Json) -> FactsRead:
    return read_facts({name: StoredFact(canonical(value)) for name, value in facts.items()}, DECLARED)


def test_each_type_is_read_and_kept_as_canonical_json() -> None:
    found = read(waited=90, born_on="1990-02-28", started="2024-03", sex="female", disabled=True, firm="f-1", paid=0)
    assert found.json == (
        '{"born_on":"1990-02-28","disabled":true,"firm":"f-1","paid":0,"sex":"female","started":"2024-03","waited":90}'
    )
    assert str(found.facts["started"]) == "2024-03"


def test_a_list_says_whether_it_is_complete() -> None:
    period: Json = {"from_day": "2024-01-01", "until": "ongoing", "good": None}
    bare, open_ = read(unemployed=[period]), read(unemployed={"complete": False, "items": [period]})
    assert getattr(bare.facts["unemployed"], "complete") is True  # noqa: B009 - one of many types
    assert getattr(open_.facts["unemployed"], "complete") is False  # noqa: B009


def test_what_is_not_answered_is_unknown_and_what_is_not_declared_is_left() -> None:
    found = read(disabled=None, sex="male", nickname="x")
    assert found.json == '{"sex":"male"}'
    assert "disabled" not in found.facts
    assert found.unread == ("nickname",)


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        pytest.param("waited", "90", "a whole number", id="a number as text"),
        pytest.param("waited", True, "a whole number", id="true for a number"),
        pytest.param("waited", -1, "range", id="one below the range"),
        pytest.param("waited", 40001, "range", id="one above the range"),
        pytest.param("waited", 2**70, "range", id="a very large number"),
        pytest.param("born_on", "1919-12-31", "range", id="the day before the first"),
        pytest.param("born_on", "1990-2-28", "a day such as", id="a short day"),
        pytest.param("born_on", "1990-02-30", "a day such as", id="no such day"),
        pytest.param("born_on", "1990-02-28T00:00", "a day such as", id="an instant"),
        pytest.param("born_on", 19900228, "a day such as", id="a day as number"),
        pytest.param("started", "2024-13", "a month such as", id="no such month"),
        pytest.param("sex", "女", "one of female, male", id="no member"),
        pytest.param("sex", "", "one of female, male", id="an empty text"),
        pytest.param("disabled", 1, "true or false", id="one for true"),
        pytest.param("disabled", "true", "true or false", id="true as text"),
        pytest.param("firm", "", "an id", id="an empty id"),
        pytest.param("unemployed", "x", "a list", id="a text for a list"),
        pytest.param("unemployed", {"items": []}, "'complete' and 'items'", id="a list that does not say"),
        pytest.param("unemployed", [1], "an item with named fields", id="an item without fields"),
        pytest.param("unemployed", [{"since": "2024-01-01"}], "not declared", id="an undeclared field"),
        pytest.param("unemployed", [{"from_day": "x"}], "a day such as", id="a field of the wrong kind"),
        pytest.param("unemployed", [{}] * 11, "more than the 10", id="one item too many"),
    ],
)
def test_what_does_not_fit_is_refused(name: str, value: Json, expected: str) -> None:
    with pytest.raises(FactRefused, match=expected) as refused:
        read(**{name: value})
    assert refused.value.name.startswith(name)


def test_a_refusal_never_tells_the_value() -> None:
    for name in ("waited", "born_on", "sex", "started", "unemployed", "disabled"):
        with pytest.raises(FactRefused) as refused:
            read(**{name: "CANARY"})
        assert "CANARY" not in str(refused.value)
        assert refused.value.__context__ is None or refused.value.__suppress_context__


@pytest.mark.parametrize("text", ["1.5", "1e3", "NaN", "Infinity", "{", "", "0.1"])
def test_json_of_fractions_or_no_json_is_refused(text: str) -> None:
    with pytest.raises(FactRefused, match="not JSON of whole numbers"):
        read_facts({"waited": StoredFact(text)}, DECLARED)


def test_the_ends_of_a_range_are_inside_it() -> None:
    assert read(waited=0).facts["waited"] == 0
    assert read(waited=40000).facts["waited"] == 40000
