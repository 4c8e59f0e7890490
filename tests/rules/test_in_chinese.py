"""A policy officer reads Chinese first: every sentence about a mistake has its Chinese."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from rules.declared_facts import facts_declared
from rules.error_expectations import EXPECTATIONS, WORDS
from rules.error_words import PROBLEMS
from rules.errors import PolicyError, PolicyRefused
from rules.in_chinese import in_chinese, pattern_of
from rules.loading import load
from tests.rules.books import a_book, a_policy

RULES = Path(__file__).parents[2] / "rules"
CHINESE = re.compile(r"[一-鿿]")
LETTERS = re.compile(r"\{\d?\}")
CODE = re.compile(r"[:(…_\[<,]|\d")  # what is typed as it stands needs no Chinese
RAISED_BY = {"PolicyError": 0, "_refused": 1}  # and which argument is the problem
NAMED = {"problem", "missing"}
EXAMPLES = ("expectations.py", "clock_examples.py")


def sentences(what: str) -> Iterator[tuple[str, str]]:
    """Where it is said, and the sentence with a letter for each thing it fills in."""
    for path in sorted(RULES.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            for said in problems(node) if what == "problem" else expectations(node):
                if (sentence := written(said)).strip("Q"):
                    yield f"{path.name}:{said.lineno}", sentence


def problems(node: ast.AST) -> Iterator[ast.expr]:
    match node:
        case ast.Call(func=ast.Name(name) | ast.Attribute(attr=name), args=args) if name in RAISED_BY:
            yield from args[RAISED_BY[name] :][:1]
        case ast.Assign(targets=[ast.Name(name)], value=value) if name in NAMED:
            yield value


def expectations(node: ast.AST) -> Iterator[ast.expr]:
    match node:
        case ast.keyword("expected", value):
            yield value
        case ast.Assign(targets=[ast.Name("expected")], value=value):
            yield value


def written(node: ast.expr) -> str:
    match node:
        case ast.Constant(str(text)):
            return text
        case ast.JoinedStr(values):
            return "".join(str(each.value) if isinstance(each, ast.Constant) else "Q" for each in values)
    return ""


def test_every_problem_is_told_in_chinese() -> None:
    """Add the Chinese of those named here to rules/error_words.py."""
    told = {place_and_sentence: in_chinese(place_and_sentence[1]) for place_and_sentence in sentences("problem")}
    assert len(told) > len(PROBLEMS) // 2
    assert [said for said, chinese in told.items() if not CHINESE.search(chinese)] == []
    assert [said for said, chinese in told.items() if chinese.count("Q") != said[1].count("Q")] == []


def test_what_an_example_came_to_is_told_in_chinese() -> None:
    found = {path.name: ast.parse(path.read_text(encoding="utf-8")) for path in map(RULES.joinpath, EXAMPLES)}
    said = [
        written(node.value)
        for tree in found.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Yield) and node.value
    ]
    assert len([each for each in said if each]) >= len(EXAMPLES)
    assert [each for each in said if each and not CHINESE.search(in_chinese(each))] == []


def test_what_is_expected_is_told_in_chinese_or_is_typed_as_it_stands() -> None:
    """Add the Chinese of those named here to rules/error_expectations.py."""
    told = list(sentences("expected"))
    assert len(told) > len(EXPECTATIONS) // 2
    assert [said for said in told if not (CHINESE.search(in_chinese(said[1])) or CODE.search(said[1]))] == []


def test_nothing_that_is_filled_in_gets_lost() -> None:
    for english, chinese in (*PROBLEMS.items(), *EXPECTATIONS.items(), *WORDS.items()):
        assert english.count("{}") == len(LETTERS.findall(chinese)), english
        assert pattern_of(english).fullmatch(english.replace("{}", "X")), english


def test_a_message_has_both_languages_and_its_place() -> None:
    with pytest.raises(PolicyRefused) as refused:
        a_book(a_policy("2024-01-01:\n  rules:\n    r: {when: waitd >= 3 days}"))
    missing = refused.value.errors[0]
    assert missing.located.zh.startswith("p1.yaml:")
    assert missing.wording.zh == "缺少“reason”。"
    assert str(missing).endswith("'reason' is missing.")


def test_kinds_of_value_and_suggestions_are_told_too() -> None:
    rule = "2024-01-01:\n  rules:\n    r: {when: %s, reason: {zh: 甲, en: A}, authority: 甲, tag: T}"
    said = []
    for when in ("waited", "waitd >= 3 days", "waited + applied_on > 3 days"):
        with pytest.raises(PolicyRefused) as refused:
            a_book(a_policy(rule % when))
        said.append(refused.value.errors[0].wording.zh)
    assert said == [
        "这是日数。应为：是或否。",
        "“waitd”没有声明。是否指“waited”？",
        "日数与日期不能相加。应为：同一单位的数，或日期、年月与长度。",
    ]


def test_what_is_not_on_the_list_stands_as_it_is() -> None:
    with pytest.raises(PolicyError) as error:
        facts_declared(load("a: {type: list, label: {zh: 甲, en: A}}", "f.yaml"))
    assert error.value.wording.zh == "列表应声明各项的字段。应为：fields: {…}。"
