from datetime import time

import pytest

from activities.composing.sentences import hours_in_words, one_line, weakest
from cases.authorities import Authority, Tag
from cases.hours import Hours, Shift


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        pytest.param("谈了\n择业  方向\t。", "谈了 择业 方向 。", id="breaks"),
        pytest.param("面谈😀", "面谈□", id="a picture that no font has"),
        pytest.param("零\u200b宽", "零□宽", id="a character that nobody sees"),
        pytest.param("张𬭊", "张𬭊", id="a rare name stays"),
        pytest.param("气温35℃", "气温35℃", id="an ordinary sign stays"),
    ],
)
def test_a_note_becomes_one_printable_line(typed: str, told: str) -> None:
    assert one_line(typed) == told


def test_a_citation_is_no_better_than_its_weakest_clause() -> None:
    law, local = Authority("劳动法第十五条", Tag.FULL_TEXT), Authority("示例办法第四条", Tag.MEMORY)
    assert weakest([law, local, law]) == Authority("劳动法第十五条；示例办法第四条", Tag.MEMORY)
    assert weakest([law]) == law


@pytest.mark.parametrize(
    ("days", "begin", "until", "told"),
    [
        pytest.param({1, 2, 3, 4, 5}, time(8), time(17), "周一至周五 08:00至17:00", id="weekdays"),
        pytest.param({1, 3, 7}, time(8), time(12), "周一、周三、周日 08:00至12:00", id="single days"),
        pytest.param({6}, time(8), time(12), "周六 08:00至12:00", id="one day"),
        pytest.param({5, 6}, time(22), time(6), "周五至周六 22:00至次日06:00", id="a night"),
        pytest.param({1}, time(0), time(0), "周一 00:00至次日00:00", id="a whole day"),
    ],
)
def test_hours_in_words(days: set[int], begin: time, until: time, told: str) -> None:
    assert hours_in_words(Hours((Shift(frozenset(days), begin, until),))) == told


def test_hours_that_nobody_told_are_not_guessed() -> None:
    assert "未说明" in hours_in_words(None)
