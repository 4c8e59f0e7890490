"""The grammar of the documentation, our parser and our printer say the same."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lark.exceptions import LarkError

from rules.errors import PolicyError
from rules.loading import Mapping, Node, Scalar, load_file
from rules.parser import parse
from rules.printer import text_of
from rules.tree import Expr, walk
from tests.rules.oracle import parsed
from tests.rules.random_trees import nested_pairs, trees

SHAPES = sorted((Path(__file__).parents[2] / "examples" / "policies" / "shapes").glob("*.yaml"))
HOLD_EXPRESSIONS = {"when", "be", "amount"}
OF_EXPRESSIONS = {"derive", "columns"}  # sections whose entries are expressions themselves


def expressions() -> list[str]:
    """Every expression of the shapes: of their rules, parts, columns, clauses and amounts."""
    return [text for file in SHAPES for text in _expressions(load_file(file), "", inside=False)]


def _expressions(node: Node, key: str, *, inside: bool) -> Iterator[str]:
    match node:
        case Scalar(text) if inside or key in HOLD_EXPRESSIONS:
            yield text
        case Mapping(entries):
            for name, inner in entries.items():
                if name not in ("facts", "tables", "examples"):
                    yield from _expressions(inner, name, inside=inside or name in OF_EXPRESSIONS)


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
