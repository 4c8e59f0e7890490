"""Every number of a checked policy as a whole number over the denominator that its type fixed when it was loaded.

2/3 of a payment is a number of thirds of a fen, however the case comes out; so back ends reckon with whole numbers and
are exact. What reaches a rounding has its denominator divided away there.
"""

from fractions import Fraction
from math import lcm

from rules.tree import Expr
from rules.types import Day, Exact, Month, Number, Type

ONE = Fraction(1)


def denominator_of(type_: Type) -> int:
    """Days, months and everything that is no number are whole."""
    return type_.denominator if isinstance(type_, Number) else 1


def common_denominator(*types: Type) -> int:
    return lcm(*(denominator_of(type_) for type_ in types))


def scaled(value: Exact, denominator: int) -> int:
    """The whole number that stands for a value; ValueError where the value is no multiple of 1/denominator."""
    found = Fraction(value) * denominator
    if found.denominator != 1:
        raise ValueError("A number does not fit the denominator of its type.")
    return found.numerator


def factor(source: int, target: int, times: Exact = 1) -> Fraction:
    """By how much a whole number over `source` is multiplied to stand, `times` as much, over `target`.

    `n * factor.numerator // factor.denominator` is exact where the value is a multiple of 1/target, as its type says.
    """
    return Fraction(times) * target / source


def product_factor(left: Type, right: Type, product: Type) -> Fraction:
    """The same for the product of two whole numbers."""
    return factor(denominator_of(left) * denominator_of(right), denominator_of(product))


def constant_in(node: Expr) -> Exact | None:
    """The only value that an expression can have, if it has one at all: it may still be a gap or a conflict."""
    return only_value(node.type)


def only_value(type_: Type) -> Exact | None:
    match type_:
        case Number(least=least, most=most) | Day(least, most) | Month(least, most) if least == most:
            return least
    return None


def at_least(bound: Exact, denominator: int) -> int:
    """Of whole numbers over the denominator the smallest that reaches a bound: to compare with `>=`."""
    return -int(-Fraction(bound) * denominator // 1)


def above(bound: Exact, denominator: int) -> int:
    """Of whole numbers over the denominator the largest that does not exceed a bound: to compare with `>`."""
    return int(Fraction(bound) * denominator // 1)
