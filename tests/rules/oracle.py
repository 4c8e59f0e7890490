"""A second parser of the language, made from its grammar by lark; it shares the tree and nothing else with ours."""

from datetime import date
from fractions import Fraction
from pathlib import Path as File
from typing import Any

from lark import Lark, Token, Transformer

from rules import tree
from rules.tree import Expr

SINGULAR = {"days": "day", "months": "month", "years": "year"}
PARSER = Lark((File(__file__).parent / "grammar.lark").read_text(encoding="utf-8"), parser="lalr", lexer="contextual")


class _Trees(Transformer[Token, Any]):
    def start(self, children: list[Any]) -> Any:
        return children[0]

    def if_(self, children: list[Any]) -> Any:
        return tree.If(*children)

    def or_(self, children: list[Any]) -> Any:
        return tree.Or(tuple(children))

    def and_(self, children: list[Any]) -> Any:
        return tree.And(tuple(children))

    def not_(self, children: list[Any]) -> Any:
        return tree.Not(children[0])

    def compare(self, children: list[Any]) -> Any:
        return tree.Compare(str(children[1]), children[0], children[2])

    def members(self, children: list[Any]) -> Any:
        return tuple(map(str, children))

    def set_name(self, children: list[Any]) -> Any:
        return str(children[0])

    def in_(self, children: list[Any]) -> Any:
        return tree.In(children[0], children[1])

    def not_in(self, children: list[Any]) -> Any:
        return tree.In(children[0], children[1], negated=True)

    def arithmetic(self, children: list[Any]) -> Any:
        return tree.Arithmetic(str(children[1]), children[0], children[2])

    def negative(self, children: list[Any]) -> Any:
        return tree.Negative(children[0])

    def quantity(self, children: list[Any]) -> Any:
        unit = str(children[1]) if len(children) > 1 and children[1] else ""
        return tree.Quantity(int(children[0]), SINGULAR.get(unit, unit))

    def percentage(self, children: list[Any]) -> Any:
        return tree.Percentage(Fraction(str(children[0])[:-1]) / 100)

    def day(self, children: list[Any]) -> Any:
        return tree.DayLiteral(date.fromisoformat(str(children[0])))

    def true(self, _: list[Any]) -> Any:
        return tree.TruthLiteral(value=True)

    def false(self, _: list[Any]) -> Any:
        return tree.TruthLiteral(value=False)

    def path(self, children: list[Any]) -> Any:
        return tree.Path(tuple(map(str, children)))

    def call(self, children: list[Any]) -> Any:
        name, *arguments = children
        return tree.Call(str(name), tuple(each for each in arguments if each is not None))

    def lookup(self, children: list[Any]) -> Any:
        return tree.Lookup(str(children[0]), tuple(children[1:]))

    def where(self, children: list[Any]) -> Any:
        return ("where", children[0])

    def tail(self, children: list[Any]) -> Any:
        return ("tail", *children)

    def over(self, children: list[Any]) -> Any:
        quantifier, item, source, *rest = children
        parts = {part[0]: part[1:] for part in rest}
        (where,) = parts.get("where", (None,))
        body, empty = (*parts.get("tail", ()), None, None)[:2]
        return tree.Over(str(quantifier), str(item), source, where, body, empty)


def parsed(text: str) -> Expr:
    found: Expr = _Trees().transform(PARSER.parse(text))
    return found
