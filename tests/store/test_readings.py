"""What somebody may type who looks for a name."""

import pytest

from store.readings import MOST_SEQUENCES, beginnings, folded_name, full_readings, initials, pieces, typed_readings


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        pytest.param("曾国藩", "zengguofan", id="a surname read another way"),
        pytest.param("曾国藩", "cengguofan", id="and the usual way"),
        pytest.param("单示例", "shanshili", id="shan"),
        pytest.param("仇示例", "qiushili", id="qiu"),
        pytest.param("解示例", "xieshili", id="xie"),
        pytest.param("查示例", "zhashili", id="zha"),
        pytest.param("朴示例", "piaoshili", id="piao"),
        pytest.param("尉迟示", "yuchishi", id="a compound surname"),
        pytest.param("吕布", "lvbu", id="ü as v"),
        pytest.param("吕布", "lubu", id="ü as u"),
        pytest.param("任重", "renzhong", id="a given name in one reading"),
        pytest.param("任重", "renchong", id="and in the other"),
        pytest.param("周鋐", "zhouhong", id="a rare character"),
        pytest.param("龚䶮", "gongyan", id="a rarer one"),
        pytest.param("張偉", "zhangwei", id="traditional characters"),
        pytest.param("阿依古丽·买买提", "ayigulimaimaiti", id="a name in two words"),
        pytest.param("Ahmed Ali", "ahmedali", id="a foreign name"),
    ],
)
def test_a_name_is_read_in_every_way(name: str, typed: str) -> None:
    assert typed in full_readings(name)


def test_pinyin_may_stop_at_a_syllable_or_at_the_letter_after_it() -> None:
    assert {"zhou", "zhoux", "zhouxiao", "zhouxiaoh", "xiaohong"} <= beginnings("周小红")
    assert "zhouxi" not in beginnings("周小红")


def test_each_word_of_a_name_is_found_by_itself() -> None:
    assert {"ayiguli", "maimaiti"} <= beginnings("阿依古丽·买买提")
    assert {"ahmed", "ali"} <= beginnings("Ahmed Ali")


def test_initials_of_the_whole_name_and_of_its_beginning() -> None:
    assert initials("曾国藩") == {"cg", "cgf", "zg", "zgf"}


def test_parts_of_two_to_four_characters() -> None:
    assert pieces("阿依古丽") == {"阿依", "依古", "古丽", "阿依古", "依古丽", "阿依古丽"}
    assert pieces("周") == frozenset()
    assert "丽买" in pieces("阿依古丽·买买提")  # the dot is written by some and not by others


def test_traditional_and_simplified_are_one_name() -> None:
    assert folded_name("張偉") == folded_name("张伟")


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ("Lǚ Bù", {"lvbu"}),
        ("lyu bu", {"lyubu", "lvbu"}),
        ("Jinyu", {"jinyu", "jinv"}),
        ("zhou1 hong2", {"zhouhong"}),
        ("ZHOU'HONG", {"zhouhong"}),
        ("周hong", set()),
        ("1234", set()),
    ],
)
def test_pinyin_is_taken_as_people_type_it(typed: str, means: set[str]) -> None:
    assert typed_readings(typed) == means


def test_a_long_name_has_a_bounded_number_of_readings() -> None:
    assert 0 < len(full_readings("单仇解查朴任重阿依古丽买买提")) <= MOST_SEQUENCES
