from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.canonical import Json, canonical, from_canonical

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
)


@given(VALUES)
def test_what_was_written_is_read(value: Json) -> None:
    assert from_canonical(canonical(value)) == value


@given(st.dictionaries(st.text(max_size=3), st.integers()))
def test_the_order_of_keys_does_not_show(value: dict[str, int]) -> None:
    assert canonical(dict(reversed(value.items()))) == canonical(value)


def test_the_bytes() -> None:
    assert canonical({"b": ["例", None, True, -1], "a": {}}) == '{"a":{},"b":["例",null,true,-1]}'


@pytest.mark.parametrize("value", [1.5, Decimal("1.50"), date(2026, 1, 1), {1: 2}, {"a": [0.1]}, b"", {1, 2}])
def test_what_would_not_come_back_the_same_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        canonical(value)  # type: ignore[arg-type] # what the types forbid is what the test is about


@pytest.mark.parametrize("text", ["1.5", "[1e3]", "NaN", '{"a":Infinity}'])
def test_fractions_are_not_read_either(text: str) -> None:
    with pytest.raises(ValueError, match="whole numbers"):
        from_canonical(text)
