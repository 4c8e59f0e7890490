from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.aead import Key, Tampered, WrongPlace
from store.encryption import open_if_known, open_sealed, seal, seal_if_known
from store.person_keys import KeyDestroyed

KEY = Key("p1", bytes(range(32)))
SEALED = seal(KEY, "worker", "name_sealed", "w-1", "示例甲")


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_text_is_read_back(text: str) -> None:
    assert open_sealed(KEY, "worker", "name_sealed", "w-1", seal(KEY, "worker", "name_sealed", "w-1", text)) == text


@pytest.mark.parametrize(
    ("table", "column", "row"),
    [("employer", "name_sealed", "w-1"), ("worker", "address_sealed", "w-1"), ("worker", "name_sealed", "w-2")],
)
def test_a_value_is_bound_to_table_column_and_row(table: str, column: str, row: str) -> None:
    with pytest.raises(WrongPlace):
        open_sealed(KEY, table, column, row, SEALED)


def test_a_changed_value_is_noticed() -> None:
    with pytest.raises(Tampered):
        open_sealed(KEY, "worker", "name_sealed", "w-1", SEALED[:-1] + bytes([SEALED[-1] ^ 1]))


def test_a_value_under_a_destroyed_key_says_so() -> None:
    with pytest.raises(KeyDestroyed, match="p1"):
        open_sealed(replace(KEY, id="p2"), "worker", "name_sealed", "w-1", SEALED)


def test_no_error_holds_what_was_sealed() -> None:
    with pytest.raises(WrongPlace) as failure:
        open_sealed(KEY, "worker", "name_sealed", "w-2", SEALED)
    assert "示例甲" not in str(failure.value)


def test_unknown_stays_unknown() -> None:
    assert seal_if_known(KEY, "worker", "address_sealed", "w-1", None) is None
    assert open_if_known(KEY, "worker", "address_sealed", "w-1", None) is None
    sealed = seal_if_known(KEY, "worker", "address_sealed", "w-1", "")
    assert open_if_known(KEY, "worker", "address_sealed", "w-1", sealed) == ""
