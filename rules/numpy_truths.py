"""Writes whether something is so: and, or, not, comparisons, membership."""

from typing import TYPE_CHECKING

from rules import numpy_choices, numpy_lists, numpy_lookups, numpy_periods
from rules.intervals import NO, YES
from rules.numpy_joining import all_of, any_of, chosen, compared, turned
from rules.numpy_values import Truth, alike, certainly
from rules.tree import And, Call, Compare, Expr, If, In, Lookup, Not, Or, Over, Path, TruthLiteral
from rules.types import Choice, Ref

if TYPE_CHECKING:
    from rules.numpy_scope import Scope


def truth_of(node: Expr, scope: "Scope") -> Truth:  # noqa: C901, PLR0911 one line per form of expression
    match node:
        case And(parts):
            return all_of([scope.truth(part) for part in parts], scope.writer)
        case Or(parts):
            return any_of([scope.truth(part) for part in parts], scope.writer)
        case Not(part):
            return turned(scope.truth(part), scope.writer)
        case Compare():
            return _compare(node, scope)
        case In():
            return numpy_choices.among(node, scope)
        case Path():
            return _told(scope.read(node))
        case If(condition, then, otherwise):
            return chosen(scope.truth(condition), scope.truth(then), scope.truth(otherwise), scope.writer)
        case TruthLiteral(value):
            return certainly(YES if value else NO)
        case Over():
            return numpy_lists.truth_over(node, scope)
        case Call("covers"):
            return numpy_periods.covers(node, scope)
        case Lookup():
            return _told(numpy_lookups.in_table(node, scope))
        case Call("band"):
            return _told(numpy_lookups.in_band(node, scope))
    raise TypeError(f"{type(node).__name__} is not true or false.")


def _told(value: object) -> Truth:
    if not isinstance(value, Truth):
        raise TypeError("An expression that was checked as true or false had another kind of value.")
    return value


def _compare(node: Compare, scope: "Scope") -> Truth:
    writer = scope.writer
    if isinstance(node.left.type, Choice | Ref):
        same = numpy_choices.same(node.left, node.right, scope)
        return same if node.sign == "==" else turned(same, writer)
    left, right = alike([scope.number(node.left), scope.number(node.right)], writer)
    return compared(node.sign, left, right, writer)
