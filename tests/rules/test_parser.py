"""What the writer of a policy is told about text that is not an expression, and where it points."""

from collections.abc import Callable

import pytest

from rules.errors import PolicyError
from rules.parser import parse
from rules.places import Origin
from rules.tokens import LONGEST


def refused(text: str, origin: Origin | None = None) -> PolicyError:
    with pytest.raises(PolicyError) as caught:
        parse(text, origin)
    return caught.value


@pytest.mark.parametrize(
    ("text", "column", "message"),
    [
        ("age(born_on applied_on)", 13, "found 'applied_on'. Expected: ',' or ')'."),
        ("年龄（甲，乙）", 3, "full-width '（'; type '('."),
        ("a > １", 5, "full-width '１'; type '1'."),
        ("a >\u3000b", 4, "a full-width space; type an ordinary one."),
        ("a adn b", 3, "Did you mean 'and'?"),
        ("a > 3 adn b", 7, "Did you mean 'and'?"),
        ("if a thne b else c", 6, "Did you mean 'then'?"),
        ("a = b", 3, "Did you mean '=='?"),
        ("a && b", 3, "Did you mean 'and'?"),
        ("a ≥ b", 3, "Did you mean '>='?"),
        ("a < b < c", 7, "'and' between them: a < b and b < c."),
        ("a == 'female'", 6, "there are no strings: write an enum's member without quotes."),
        ("a > 1.5", 5, "a percentage such as 5.5%, or a fraction such as 11/200."),
        ("a > 500_000", 5, "'500_000' is not a number here."),
        ("a > 2024-02-30", 5, "there is no day 2024-02-30."),
        ("ｘ > 1", 1, "Did you mean 'x'?"),
        ("\uf900 > 1", 1, "has characters that look like others."),
        ("days > 3", 1, "'days' is a unit, not a name."),
        ("a in {if}", 7, "'if' is a keyword, not a name."),
        ("any(it in list, a)", 5, "'it' is the item of a column, not a name."),
        ("a == if b then c else d", 6, "brackets around 'if …'."),
        ("a and", 6, "found the end of the expression. Expected: a value."),
        ("(a or b", 8, "found the end of the expression. Expected: ')'."),
        ("any(m household, a)", 7, "found 'household'. Expected: 'in'."),
        ("a b", 3, "found 'b'. Expected: the end, or a sign that joins two values."),
        ("", 1, "found the end of the expression. Expected: a value."),
        ("a.3", 3, "found '3'. Expected: the name of a field."),
        ("a # b", 3, "'#' has no meaning in an expression."),
    ],
)
def test_a_mistake_is_shown_where_it_stands(text: str, column: int, message: str) -> None:
    error = refused(text)
    assert (error.place.line, error.place.column) == (1, column)
    assert message in str(error)


def test_places_are_those_of_the_file() -> None:
    plain = refused("a adn b", Origin("policies/x.yaml", line=7, column=11))
    assert str(plain).startswith("policies/x.yaml:7:13: found 'adn'.")
    block = refused("a and\n b adn c", Origin("policies/x.yaml", line=7, column=5, next_column=5))
    assert (block.place.line, block.place.column, block.place.length) == (8, 8, 3)


def test_columns_count_characters_not_bytes() -> None:
    assert refused("工龄 > 三 四").place.column == 8


@pytest.mark.parametrize(
    "nested",
    [
        pytest.param(lambda n: "(" * n + "a" + ")" * n, id="brackets"),
        pytest.param(lambda n: "not " * n + "a", id="not"),
        pytest.param(lambda n: "-" * n + "1", id="minus"),
        pytest.param(lambda n: "min(" * n + "1" + ")" * n, id="calls"),
        pytest.param(lambda n: "1" + " + 1" * n, id="a long sum"),
    ],
)
def test_forty_deep_and_no_deeper(nested: Callable[[int], str]) -> None:
    parse(nested(39))
    assert "nested more than 40 deep" in str(refused(nested(41)))


def test_two_thousand_characters_and_no_more() -> None:
    text = "a or " * 500
    parse((text + "b")[-LONGEST:].lstrip("or "))
    assert f"{LONGEST + 1} characters" in str(refused("a" * (LONGEST + 1)))


def test_brackets_without_end_are_refused_at_once() -> None:
    assert "nested" in str(refused("(" * LONGEST))


def test_fields_may_be_called_like_functions() -> None:
    assert parse("u.sum >= one_sum and p.month in {sums}")
