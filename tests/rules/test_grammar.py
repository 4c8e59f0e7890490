"""The grammar of the documentation, our parser and our printer say the same."""

import ast
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lark.exceptions import LarkError

from rules.errors import PolicyError
from rules.parser import parse
from rules.printer import text_of
from rules.tree import Expr, walk
from tests.rules.oracle import parsed
from tests.rules.random_trees import nested_pairs, trees

SHAPES = sorted(Path(__file__).parent.glob("test_shapes_*.py"))
SECTIONS = ("rules", "derive", "columns")


def expressions() -> list[str]:
    """Every expression of the shapes: the values of their rules, parts and columns, and their amounts."""
    found: list[str] = []
    for file in SHAPES:
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "a_policy":
                for keyword in call.keywords:
                    value = keyword.value
                    if keyword.arg in SECTIONS and isinstance(value, ast.Dict):
                        found += [str(each.value) for each in value.values if isinstance(each, ast.Constant)]
                    elif keyword.arg == "amount" and isinstance(value, ast.Constant):
                        found.append(str(value.value))
    return found


EXPRESSIONS = expressions()


def test_the_shapes_were_found() -> None:
    assert len(EXPRESSIONS) > 60


@pytest.mark.parametrize("text", EXPRESSIONS)
def test_two_parsers_make_one_tree_of_every_shape(text: str) -> None:
    assert parse(text) == parsed(text)


@pytest.mark.parametrize("text", EXPRESSIONS)
def test_a_printed_shape_is_the_same_shape(text: str) -> None:
    assert parse(text_of(parse(text))) == parse(text)


def test_printing_leaves_out_brackets_that_change_nothing() -> None:
    assert text_of(parse("(a or ((b and c)))  and not(d)")) == "(a or b and c) and not d"


def test_brackets_stand_where_they_must_for_every_form_in_every_place() -> None:
    pairs = nested_pairs()
    assert len(pairs) > 1000
    for tree in pairs:
        assert parse(text_of(tree)) == tree, text_of(tree)
        assert parsed(text_of(tree)) == tree, text_of(tree)


@settings(max_examples=100, deadline=None)
@given(trees)
def test_parsing_what_was_printed_gives_the_tree_back(tree: Expr) -> None:
    assert parse(text_of(tree)) == tree


@settings(max_examples=80, deadline=None)
@given(trees)
def test_two_parsers_make_one_tree_of_any_text(tree: Expr) -> None:
    assert parsed(text_of(tree)) == tree


@settings(max_examples=150, deadline=None)
@given(trees, st.data())
def test_two_parsers_accept_the_same_texts(tree: Expr, data: st.DataObject) -> None:
    words = text_of(tree).replace("(", " ( ").replace(")", " ) ").replace(",", " , ").split(" ")
    at = data.draw(st.integers(0, len(words) - 1))
    with_word = data.draw(st.sampled_from(["", "and", "(", ")", "not", "in", "3", "a", ",", "==", "where", "it", "if"]))
    text = " ".join([*words[:at], with_word, *words[at + 1 :]])
    assert accepted(text, ours=True) == accepted(text, ours=False), text


def accepted(text: str, *, ours: bool) -> Expr | None:
    try:
        return parse(text) if ours else parsed(text)
    except (PolicyError, LarkError):
        return None


def test_every_part_knows_its_place() -> None:
    text = "age(born_on,\n    applied_on) >= limit"
    for node in walk(parse(text)):
        line = text.splitlines()[node.place.line - 1]
        assert line[node.place.column - 1 :].startswith(text_of(node)[:5]), node
