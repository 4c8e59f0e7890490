"""An expression's text becomes a tree, or a message that says what was found where and what was expected.

`docs/policy-language.md` gives the grammar; each method here is one of its lines.
"""

from collections.abc import Callable
from datetime import date
from fractions import Fraction

from rules.cursor import Cursor
from rules.errors import PolicyError
from rules.functions import FUNCTIONS
from rules.places import Origin
from rules.tokens import Kind, tokens
from rules.tree import (
    KEYWORDS,
    QUANTIFIERS,
    And,
    Arithmetic,
    Call,
    Compare,
    DayLiteral,
    Expr,
    If,
    In,
    Lookup,
    Negative,
    Not,
    Or,
    Over,
    Path,
    Percentage,
    Quantity,
    TruthLiteral,
)
from rules.units import SPELLINGS
from rules.words import ITEM

COMPARISONS = ("==", "!=", "<", "<=", ">", ">=")
ARITHMETIC = {"+": 1, "-": 1, "*": 2, "/": 2, "div": 2}
TIGHTEST = 2


def parse(text: str, origin: Origin | None = None) -> Expr:
    """The tree of one expression; `origin` is where its text begins in the policy's file."""
    parser = _Parser(tokens(text, origin or Origin()))
    tree = parser.expression()
    parser.end()
    return tree


class _Parser(Cursor):
    # -- expr, or, and, not ------------------------------------------------------------------------------------

    def expression(self) -> Expr:
        with self._deeper():
            return self._if() if self._at("if") else self._or()

    def _if(self) -> Expr:
        start = self._take()
        condition = self.expression()
        self._require("then")
        then = self.expression()
        self._require("else")
        otherwise = self.expression()
        return If(condition, then, otherwise, place=self._since(start))

    def _or(self) -> Expr:
        start = self._token
        parts = self._joined("or", self._and)
        return parts[0] if len(parts) == 1 else Or(parts, place=self._since(start))

    def _and(self) -> Expr:
        start = self._token
        parts = self._joined("and", self._not)
        return parts[0] if len(parts) == 1 else And(parts, place=self._since(start))

    def _joined(self, word: str, part: Callable[[], Expr]) -> tuple[Expr, ...]:
        parts = [part()]
        while self._at(word):
            self._take()
            parts.append(part())
        return tuple(parts)

    def _not(self) -> Expr:
        if not self._at("not"):
            return self._test()
        start = self._take()
        with self._deeper():
            return Not(self._not(), place=self._since(start))

    # -- test, sum, product, unary -----------------------------------------------------------------------------

    def _test(self) -> Expr:
        start = self._token
        left = self._sum()
        if self._token.text in COMPARISONS:
            sign = self._take().text
            tree: Expr = Compare(sign, left, self._sum(), place=self._since(start))
        elif self._at("in") or (self._at("not") and self._peek.text == "in"):
            negated = self._take().text == "not"
            if negated:
                self._take()
            tree = In(left, self._among(), negated, place=self._since(start))
        else:
            return left
        if self._token.text in COMPARISONS:
            raise PolicyError(
                "two comparisons in a row", self._token.place, expected="'and' between them: a < b and b < c"
            )
        return tree

    def _among(self) -> tuple[str, ...] | str:
        if not self._at("{"):
            return self._name("'{' or the name of a set")
        self._take()
        members = [self._name("a member")]
        while self._at(","):
            self._take()
            members.append(self._name("a member"))
        self._require("}", "',' or '}'")
        return tuple(members)

    def _sum(self, tightness: int = 1) -> Expr:
        """Sums and products: signs of one tightness join from the left."""
        start = self._token
        left = self._unary() if tightness > TIGHTEST else self._sum(tightness + 1)
        joined = 0
        while ARITHMETIC.get(self._token.text) == tightness:
            joined += 1
            self._allow(self._depth + joined)
            sign = self._take().text
            right = self._unary() if tightness == TIGHTEST else self._sum(tightness + 1)
            left = Arithmetic(sign, left, right, place=self._since(start))
        return left

    def _unary(self) -> Expr:
        if not self._at("-"):
            return self._atom()
        start = self._take()
        with self._deeper():
            return Negative(self._unary(), place=self._since(start))

    # -- atoms -------------------------------------------------------------------------------------------------

    def _atom(self) -> Expr:
        token = self._token
        match token.kind:
            case Kind.INTEGER:
                return self._quantity()
            case Kind.PERCENT:
                self._take()
                return Percentage(Fraction(token.text[:-1]) / 100, place=token.place)
            case Kind.DAY:
                return self._day()
            case Kind.WORD:
                return self._worded()
        if not self._at("("):
            raise self._unexpected("a value")
        self._take()
        tree = self.expression()
        self._require(")")
        return tree

    def _quantity(self) -> Expr:
        number = self._take()
        unit = SPELLINGS.get(self._token.text, "") if self._token.kind is Kind.WORD else ""
        if unit:
            self._take()
        return Quantity(int(number.text), unit, place=self._since(number))

    def _day(self) -> Expr:
        token = self._take()
        try:
            return DayLiteral(date.fromisoformat(token.text), place=token.place)
        except ValueError:
            raise PolicyError(f"there is no day {token.text}", token.place) from None

    def _worded(self) -> Expr:
        token = self._token
        if token.text in ("true", "false"):
            self._take()
            return TruthLiteral(token.text == "true", place=token.place)
        if token.text in KEYWORDS:
            raise self._unexpected(f"brackets around '{token.text} …'" if token.text in ("if", "not") else "a value")
        following = self._peek.text
        if following == "(":
            return self._over() if token.text in QUANTIFIERS else self._call()
        return self._lookup() if following == "[" else self._path()

    def _path(self) -> Expr:
        start = self._token
        names = [ITEM] if self._at(ITEM) else [self._checked_name("a value")]
        self._take()
        while self._at("."):
            self._take()
            if self._token.kind is not Kind.WORD:
                raise self._unexpected("the name of a field")
            # After a dot every word is a field's name: `u.sum` and `p.month` cannot be mistaken for anything else.
            names.append(self._take().text)
        return Path(tuple(names), place=self._since(start))

    def _call(self) -> Expr:
        start = self._token
        if start.text not in FUNCTIONS:
            self._checked_name("a function")
        self._take()
        self._take()
        arguments: list[Expr] = []
        if not self._at(")"):
            arguments = self._listed()
        self._require(")", "',' or ')'")
        return Call(start.text, tuple(arguments), place=self._since(start))

    def _lookup(self) -> Expr:
        start = self._token
        table = self._name("the name of a table")
        self._take()
        keys = self._listed()
        self._require("]", "',' or ']'")
        return Lookup(table, tuple(keys), place=self._since(start))

    def _listed(self) -> list[Expr]:
        found = [self.expression()]
        while self._at(","):
            self._take()
            found.append(self.expression())
        return found

    def _over(self) -> Expr:
        start = self._take()
        self._require("(")
        item = self._name("a name for the item, as in any(m in household, …)")
        self._require("in")
        source = self._sum()
        where = self._after("where")
        body = self._after(",")
        empty = self._after(",") if body else None
        self._require(")", "',' or ')'")
        return Over(start.text, item, source, where, body, empty, place=self._since(start))

    def _after(self, sign: str) -> Expr | None:
        if not self._at(sign):
            return None
        self._take()
        return self.expression()
