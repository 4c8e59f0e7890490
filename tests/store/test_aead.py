import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.aead import Key, SealBroken, Tampered, UnknownKey, WrongPlace, key_id, open_bytes, seal_bytes

KEY = Key("k1", bytes(32))
OTHER_BYTES = Key("k1", bytes([1] * 32))
PLACES = st.lists(st.text(max_size=4), max_size=4).map(tuple)


@given(st.binary(), PLACES)
def test_what_was_sealed_is_opened_in_its_place(content: bytes, place: tuple[str, ...]) -> None:
    sealed = seal_bytes(KEY, content, *place)
    assert open_bytes(KEY, sealed, *place) == content
    assert key_id(sealed) == "k1"


@given(PLACES, PLACES)
def test_nowhere_else(place: tuple[str, ...], elsewhere: tuple[str, ...]) -> None:
    if place != elsewhere:
        with pytest.raises(WrongPlace):
            open_bytes(KEY, seal_bytes(KEY, b"x", *place), *elsewhere)


@given(st.data())
def test_no_bit_can_be_changed(data: st.DataObject) -> None:
    sealed = bytearray(seal_bytes(KEY, b"content", "t", "c", "r"))
    sealed[data.draw(st.integers(0, len(sealed) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(SealBroken):
        open_bytes(KEY, bytes(sealed), "t", "c", "r")


@given(st.integers(0, 40))
def test_nothing_can_be_cut_off(length: int) -> None:
    with pytest.raises(SealBroken):
        open_bytes(KEY, seal_bytes(KEY, b"content", "t")[:length], "t")


def test_moved_bytes_with_a_forged_place_are_still_noticed() -> None:
    here, there = seal_bytes(KEY, b"mine", "t", "c", "1"), seal_bytes(KEY, b"theirs", "t", "c", "2")
    forged = here[:12] + there[12:]
    with pytest.raises(Tampered):
        open_bytes(KEY, forged, "t", "c", "1")


def test_another_key_of_the_same_name_opens_nothing() -> None:
    with pytest.raises(Tampered):
        open_bytes(OTHER_BYTES, seal_bytes(KEY, b"x", "t"), "t")


def test_a_key_that_is_not_at_hand_is_named() -> None:
    with pytest.raises(UnknownKey, match="k1"):
        open_bytes(Key("k2", bytes(32)), seal_bytes(KEY, b"x", "t"), "t")


def test_an_unknown_algorithm_is_refused() -> None:
    with pytest.raises(Tampered, match="algorithm"):
        key_id(b"\x02" + seal_bytes(KEY, b"x", "t")[1:])


def test_the_same_text_never_looks_the_same() -> None:
    assert seal_bytes(KEY, b"x", "t") != seal_bytes(KEY, b"x", "t")


@pytest.mark.parametrize(("name", "secret"), [("k", bytes(31)), ("k", bytes(33)), ("", bytes(32)), ("钥", bytes(32))])
def test_a_key_that_is_none(name: str, secret: bytes) -> None:
    with pytest.raises(ValueError, match=r"(?i)key"):
        Key(name, secret)


def test_a_key_does_not_show_itself() -> None:
    assert "\\x01" not in repr(OTHER_BYTES)


def test_a_key_that_was_used_goes_to_another_process() -> None:
    key = Key("a", b"\x01" * 32)
    sealed = seal_bytes(key, b"content", "table", "row")
    assert open_bytes(pickle.loads(pickle.dumps(key)), sealed, "table", "row") == b"content"  # noqa: S301 - our own
