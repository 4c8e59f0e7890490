"""Every mistake that a policy's writer can make is refused when the file is read, at its place, in both languages."""

import pytest

from rules.errors import PolicyError, PolicyRefused
from rules.loading import load
from rules.policies import PolicyBook
from rules.uses import check_uses
from tests.rules.books import FACTS

PROVINCE = """id: example
title: {zh: 示例, en: Example}
kind: subsidy
jurisdiction: cn-50
selected_by: applied_on
reviewed_on: 2026-11-23

versions:
  2018-01-01:
    parameters:
      long: {value: 90, unit: day, authority: 旧文第一条, tag: M}
      share: {value: 1/2, at_most: 2/3, authority: 旧文第二条, tag: ES}
    tables:
      fee:
        keys: {sex: [female, male], when: month}
        unit: yuan
        rows:
          - {sex: female, from: 2018-01, value: 10, authority: 旧表, tag: M}
          - {sex: male, from: 2018-01, value: 20, authority: 旧表, tag: M}
    values:
      rate:
        general: {be: share, authority: 旧文第二条, tag: ES}
        poor: {beats: [general], when: poor, be: "2 / 3", authority: 旧文第三条, tag: ES}
    rules:
      waited:
        role: condition
        when: waited >= long
        reason: {zh: "满{long}天", en: "{long} days"}
        authority: 旧文第一条
        tag: M
    amount: "min(round_down(paid * rate), fee[sex, started])"
"""
CITY = """id: example
title: {zh: 示例（市）, en: Example of a city}
kind: subsidy
jurisdiction: cn-50-99
selected_by: applied_on
reviewed_on: 2026-11-23

versions:
  2020-01-01:
    parameters:
      share: {over: 2018-01-01, value: 3/5, authority: 市文第一条, tag: M}
"""
VERSION = "  2018-01-01:\n"
RATE = "      rate:\n"

MISTAKES = [
    # what is changed, where it is found (line, column), what is said
    pytest.param(
        "tag: M}\n      share", "tag: M, tag: T}\n      share", (11, 62), "键“tag”在此出现两次", id="a key twice"
    ),
    pytest.param(
        "parameters:\n      long", "paramters:\n      long", (10, 5), "是否指“parameters”", id="a section misspelt"
    ),
    pytest.param(
        "amount:", "items: {}\n    amount:", (31, 5), "类别“subsidy”没有“items”", id="a section of another kind"
    ),
    pytest.param("kind: subsidy", "kind: subsidie", (3, 7), "是否指“subsidy”", id="a kind misspelt"),
    pytest.param("waited >= long", "waitd >= long", (27, 15), "“waitd”没有声明。是否指“waited”", id="an unknown fact"),
    pytest.param("waited >= long", "waited >= share", (27, 15), "不能混用", id="days against a plain number"),
    pytest.param("waited >= long", "waited", (27, 15), "这是日数。应为：是或否", id="no yes or no"),
    pytest.param("waited >= long", "waited >== long", (27, 24), "“=”不是本语言的符号。是否指“==”", id="no expression"),
    pytest.param("waited >= long", "waited ≥ long", (27, 22), "不是本语言的符号", id="a sign of another language"),
    pytest.param("waited >= long", "waited >= long and sex == femal", (27, 41), "是否指“female”", id="no such member"),
    pytest.param(
        "waited >= long", "waited >= 90 days", (11, 13), "参数“long”没有被任何规则使用", id="an unused parameter"
    ),
    pytest.param("fee[sex, started]", "60 yuan", (15, 9), "表“fee”没有被任何规则使用", id="an unused table"),
    pytest.param(
        "authority: 旧文第一条, tag: M}",
        "tag: M}",
        (11, 13),
        "缺少“authority”。应为：作出规定的条款",
        id="no authority",
    ),
    pytest.param("tag: M}\n      share", "tag: X}\n      share", (11, 59), "“X”不是这里可用的值", id="an unknown tag"),
    pytest.param("{value: 90, unit: day", "{value: 90.5, unit: day", (11, 21), "“90.5”不是数", id="a decimal"),
    pytest.param("unit: day", "unit: days", (11, 31), "是否指“day”", id="a unit misspelt"),
    pytest.param("1/2, at_most", "3/4, at_most", (12, 14), "“share”高于上限2/3", id="a value above its ceiling"),
    pytest.param("{sex: male,", "{sex: female,", (19, 13), "两行适用于同一时间", id="two rows at once"),
    pytest.param("[general], when", "[genral], when", (23, 9), "优先于“genral”", id="beats what is not there"),
    pytest.param("round_down(paid * rate)", "paid * rate", (31, 14), "金额可能不足一分", id="a fraction of a fen"),
    pytest.param(
        "round_down(paid * rate)", "round_down(paid / paid)", (31, 29), "除数应为非零常数", id="divides by a fact"
    ),
    pytest.param("paid * rate", "paid * paid * paid", (31, 29), "没有意义", id="money times money"),
    pytest.param("paid * rate", "paid * 100000000000", (31, 29), "超出9007199254740992", id="beyond whole numbers"),
    pytest.param(
        'reason: {zh: "满{long}天", en: "{long} days"}', "reason: {zh: 久}", (28, 17), "缺少“en”", id="one language"
    ),
    pytest.param(VERSION, "  2018-02-30:\n", (9, 3), "不是历法上的日期", id="no such day"),
    pytest.param(
        VERSION, "  2017-01-01: {ends: 2018-06-30}\n" + VERSION, (10, 3), "两个版本重叠", id="versions that overlap"
    ),
    pytest.param(VERSION, VERSION + "    ends: 2017-01-01\n", (10, 11), "早于其施行日", id="ends before it begins"),
    pytest.param(
        RATE,
        "      waited: {a: {be: share, authority: 甲, tag: T}}\n" + RATE,
        (21, 15),
        "声明了两次",
        id="a name twice",
    ),
    pytest.param(
        "kind: subsidy", "kind: classification", (31, 5), "没有“amount”这一部分", id="a classification with money"
    ),
    pytest.param(
        '    amount: "min(round_down(paid * rate), fee[sex, started])"\n',
        "",
        (15, 9),
        "没有被任何规则使用",
        id="no amount",
    ),
    pytest.param("selected_by: applied_on\n", "", (1, 1), "缺少“selected_by”", id="no selecting date"),
]
CITY_MISTAKES = [
    pytest.param("3/5", "3/4", (11, 14), "“share”高于上限2/3（旧文第二条）", id="above the outer ceiling"),
    pytest.param(
        "over: 2018-01-01, ", "", (11, 14), "替换它的条款应写明该版本（over: 2018-01-01）", id="does not say what"
    ),
    pytest.param("over: 2018-01-01", "over: 2017-01-01", (11, 14), "请重新确认，或者删去", id="overtaken"),
    pytest.param("share:", "shares:", (11, 15), "外层没有规定", id="replaces nothing"),
    pytest.param(
        "kind: subsidy", "kind: eligibility", (1, 1), "在cn-50是subsidy，在这里却是eligibility", id="another kind"
    ),
    pytest.param("selected_by: applied_on", "selected_by: born_on", (1, 1), "按applied_on选定版本", id="another date"),
]


def refusals(*files: tuple[str, str]) -> tuple[PolicyError, ...]:
    try:
        documents = [load(text, name) for name, text in (("facts.yaml", FACTS), *files)]
        check_uses(PolicyBook.of(*documents))
    except PolicyRefused as refused:
        return refused.errors
    return ()


def test_without_a_mistake_both_are_accepted() -> None:
    assert refusals(("p.yaml", PROVINCE), ("c.yaml", CITY)) == ()


def holds(error: PolicyError, file: str, at: tuple[int, int], says: str) -> None:
    assert (error.place.file, error.place.line, error.place.column) == (file, *at), str(error)
    assert says in error.wording.zh, error.wording.zh
    assert error.wording.en.endswith((".", "?"))


@pytest.mark.parametrize(("right", "wrong", "at", "says"), MISTAKES)
def test_a_mistake_is_found_where_it_stands(right: str, wrong: str, at: tuple[int, int], says: str) -> None:
    assert PROVINCE.count(right) == 1
    holds(refusals(("p.yaml", PROVINCE.replace(right, wrong)))[0], "p.yaml", at, says)


@pytest.mark.parametrize(("right", "wrong", "at", "says"), CITY_MISTAKES)
def test_a_local_mistake_is_found_where_it_stands(right: str, wrong: str, at: tuple[int, int], says: str) -> None:
    assert CITY.count(right) == 1
    holds(refusals(("p.yaml", PROVINCE), ("c.yaml", CITY.replace(right, wrong)))[0], "c.yaml", at, says)


def test_two_files_of_one_place_may_not_both_win() -> None:
    (error,) = refusals(("p.yaml", PROVINCE), ("c.yaml", CITY), ("d.yaml", CITY))
    assert "“share”在cn-50-99的另一文件中也有规定" in error.wording.zh
