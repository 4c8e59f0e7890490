"""The one tree that every expression of a policy becomes; deciding, explaining and simulating are back ends of it.

The parser leaves `type` and `means` open, the checker fills them in. Two trees are equal when they say the same,
wherever they stand, so that printing and parsing again gives an equal tree. Back ends use `match`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction

from rules.places import NOWHERE, Place
from rules.types import UNTYPED, Type


class Means(StrEnum):
    """What the first name of a path stands for."""

    UNRESOLVED = "unresolved"
    FACT = "fact"
    PARAMETER = "parameter"
    PART = "part"  # declared under `derive`
    VALUE = "value"  # declared under `values`, by clauses
    ITEM = "item"  # one item of a list, named by a quantifier, or `it` in a column
    MEMBER = "member"  # of an enum
    BAND = "band"


@dataclass(frozen=True, kw_only=True)
class Node:
    place: Place = field(default=NOWHERE, compare=False, repr=False)
    type: Type = field(default=UNTYPED, compare=False, repr=False)


@dataclass(frozen=True)
class Quantity(Node):
    """A whole number, with the unit as written: "" day month year fen yuan."""

    value: int
    unit: str = ""


@dataclass(frozen=True)
class Percentage(Node):
    """5.5% is exactly 11/200."""

    value: Fraction


@dataclass(frozen=True)
class DayLiteral(Node):
    value: date


@dataclass(frozen=True)
class TruthLiteral(Node):
    value: bool


@dataclass(frozen=True)
class Path(Node):
    """A name, or the field of an item: `applied_on`, `m.born_on`."""

    names: tuple[str, ...]
    means: Means = field(default=Means.UNRESOLVED, compare=False)


@dataclass(frozen=True)
class If(Node):
    condition: "Expr"
    then: "Expr"
    otherwise: "Expr"


@dataclass(frozen=True)
class Or(Node):
    parts: tuple["Expr", ...]


@dataclass(frozen=True)
class And(Node):
    parts: tuple["Expr", ...]


@dataclass(frozen=True)
class Not(Node):
    part: "Expr"


@dataclass(frozen=True)
class Compare(Node):
    """`sign` is one of == != < <= > >=."""

    sign: str
    left: "Expr"
    right: "Expr"


@dataclass(frozen=True)
class In(Node):
    """Whether a value is among members written out, or in a parameter that is a set."""

    item: "Expr"
    among: "tuple[str, ...] | str"
    negated: bool = False


@dataclass(frozen=True)
class Arithmetic(Node):
    """`sign` is one of + - * / div."""

    sign: str
    left: "Expr"
    right: "Expr"


@dataclass(frozen=True)
class Negative(Node):
    part: "Expr"


@dataclass(frozen=True)
class Call(Node):
    name: str
    arguments: tuple["Expr", ...]


@dataclass(frozen=True)
class Lookup(Node):
    table: str
    keys: tuple["Expr", ...]


@dataclass(frozen=True)
class Over(Node):
    """A question about a list: `any(m in household where m.registered, m.status == unemployed)`."""

    quantifier: str
    item: str
    source: "Expr"
    where: "Expr | None" = None
    body: "Expr | None" = None
    empty: "Expr | None" = None  # what least and most give for an empty list


Expr = (
    Quantity
    | Percentage
    | DayLiteral
    | TruthLiteral
    | Path
    | If
    | Or
    | And
    | Not
    | Compare
    | In
    | Arithmetic
    | Negative
    | Call
    | Lookup
    | Over
)

QUANTIFIERS = ("any", "all", "count", "sum", "least", "most", "filter", "each")
KEYWORDS = ("if", "then", "else", "or", "and", "not", "in", "div", "true", "false", "where")


def children(node: Expr) -> tuple[Expr, ...]:  # noqa: PLR0911 one line per form of expression
    """The expressions directly inside one, in the order they are written."""
    match node:
        case If(condition, then, otherwise):
            return (condition, then, otherwise)
        case Or(parts) | And(parts):
            return parts
        case Not(part) | Negative(part):
            return (part,)
        case Compare(_, left, right) | Arithmetic(_, left, right):
            return (left, right)
        case In(item):
            return (item,)
        case Call(_, arguments):
            return arguments
        case Lookup(_, keys):
            return keys
        case Over(_, _, source, where, body, empty):
            return tuple(part for part in (source, where, body, empty) if part is not None)
        case _:
            return ()


def walk(node: Expr) -> Iterator[Expr]:
    """An expression and everything inside it."""
    yield node
    for child in children(node):
        yield from walk(child)
