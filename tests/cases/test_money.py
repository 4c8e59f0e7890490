import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.money import TOO_MUCH, in_figures, in_words

AMOUNTS = st.integers(0, TOO_MUCH - 1)


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        # The examples of the annex of 《支付结算办法》; where it gives two spellings, ours is the first.
        (140950, "人民币壹仟肆佰零玖元伍角"),
        (600714, "人民币陆仟零柒元壹角肆分"),
        (168032, "人民币壹仟陆佰捌拾元零叁角贰分"),
        (10700053, "人民币壹拾万柒仟元零伍角叁分"),
        (1640902, "人民币壹万陆仟肆佰零玖元零贰分"),
        (32504, "人民币叁佰贰拾伍元零肆分"),
        # One step around them.
        (0, "人民币零元整"),
        (1, "人民币壹分"),
        (10, "人民币壹角"),
        (101, "人民币壹元零壹分"),
        (110, "人民币壹元壹角"),
        (1000, "人民币壹拾元整"),
        (1010, "人民币壹拾元零壹角"),
        (233000, "人民币贰仟叁佰叁拾元整"),
        (10000700, "人民币壹拾万零柒元整"),
        (10_000_000_100, "人民币壹亿零壹元整"),
        (10_001_000_000, "人民币壹亿零壹万元整"),
        (1_000_000_000_000, "人民币壹佰亿元整"),
        (1_010_100_010_100, "人民币壹佰零壹亿零壹佰万零壹佰零壹元整"),
    ],
)
def test_capital_characters(fen: int, words: str) -> None:
    assert in_words(fen) == words


def read_back(words: str) -> int:
    """A reader that shares no code with the writer: it adds up every digit times the unit after it."""
    total = section = digit = 0
    for character in words.removeprefix("人民币").removesuffix("整"):
        if character in "零壹贰叁肆伍陆柒捌玖":
            digit = "零壹贰叁肆伍陆柒捌玖".index(character)
        elif character in "拾佰仟":
            section, digit = section + digit * {"拾": 10, "佰": 100, "仟": 1000}[character], 0
        elif character in "万亿":
            total, section, digit = total + (section + digit) * {"万": 10**4, "亿": 10**8}[character], 0, 0
        elif character == "元":
            total, section, digit = (total + section + digit) * 100, 0, 0
        else:
            total, digit = total + digit * {"角": 10, "分": 1}[character], 0
    return total


@given(AMOUNTS)
def test_the_words_say_the_amount(fen: int) -> None:
    assert read_back(in_words(fen)) == fen


@given(AMOUNTS)
def test_no_two_zeros_stand_together_and_none_ends_a_part(fen: int) -> None:
    words = in_words(fen)
    assert "零零" not in words
    assert not any(f"零{unit}" in words for unit in "拾佰仟万亿角分")


@given(AMOUNTS)
def test_the_figures_say_the_amount(fen: int) -> None:
    assert int(in_figures(fen).replace(",", "").replace(".", "")) == fen


def test_figures_have_separators_and_two_places() -> None:
    assert in_figures(123_456_789) == "1,234,567.89"


@pytest.mark.parametrize("fen", [-1, TOO_MUCH])
def test_an_amount_that_no_paper_states_is_refused(fen: int) -> None:
    with pytest.raises(ValueError, match="outside"):
        in_words(fen)
