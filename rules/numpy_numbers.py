"""Writes numbers, days and months between bounds, as whole numbers over the denominator of their type."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from rules import numpy_lists, numpy_lookups, numpy_periods
from rules.numpy_choosing import branches
from rules.numpy_reckoning import Function, Reckoned, corners, divided, made, rising
from rules.numpy_rounding import rounded, shared
from rules.numpy_text import Writer
from rules.numpy_values import Num, alike, exactly
from rules.scaled import denominator_of, factor
from rules.schema import AgeReached
from rules.tree import Arithmetic, Call, DayLiteral, Expr, If, Lookup, Negative, Over, Path, Percentage, Quantity
from rules.types import Day, Month, Number
from rules.units import Unit

if TYPE_CHECKING:
    from rules.numpy_scope import Scope

LAST_DAY = date.max.toordinal()


def number_of(node: Expr, scope: "Scope") -> Num:  # noqa: PLR0911 one line per form of expression
    match node:
        case Quantity() | Percentage() | DayLiteral():
            return _constant(node)
        case Path():
            return _told(scope.read(node))
        case Arithmetic():
            return _arithmetic(node, scope)
        case Call(name):
            return _CALLS[name](node, scope)
        case If():
            return _told(branches(node, scope.number, scope))
        case Over():
            return numpy_lists.number_over(node, scope)
        case Lookup():
            return _told(numpy_lookups.in_table(node, scope))
        case Negative(part):
            return _negative(scope.number(part), scope.writer)
    raise TypeError(f"{type(node).__name__} is not a number, day or month.")


def _told(value: object) -> Num:
    if not isinstance(value, Num):
        raise TypeError("An expression that was checked as a number, day or month had another kind of value.")
    return value


def _constant(node: Expr) -> Num:
    if not isinstance(node.type, Number | Day | Month):
        raise TypeError("An expression was not checked before it was written.")
    value = Fraction(node.type.least)
    return exactly(value.numerator, value.denominator)


def _unit(node: Expr) -> Unit | None:
    return node.type.unit if isinstance(node.type, Number) else None


# -- arithmetic ------------------------------------------------------------------------------------------------


def _negative(number: Num, writer: Writer) -> Num:
    low = writer.let("-{0}", number.high)
    high = low if number.exact else writer.let("-{0}", number.low)
    return replace(number, low=low, high=high)


def _arithmetic(node: Arithmetic, scope: "Scope") -> Num:
    left, right, writer = scope.number(node.left), scope.number(node.right), scope.writer
    if node.sign == "*":
        return _scaled_product(left, right, node, writer)
    if node.sign in ("/", "div"):
        return _quotient(left, right, node, writer)
    falls = (False, node.sign == "-")
    if isinstance(node.left.type, Day) and _unit(node.right) is Unit.MONTH:
        signed = "calendar.add_months({0}, -{1})" if node.sign == "-" else "calendar.add_months({0}, {1})"
        return made(writer, (left, right), rising(signed, (left, right), writer, falls=falls), reach=LAST_DAY)
    one, other = alike((left, right), writer)
    ends = rising(f"{{0}} {node.sign} {{1}}", (one, other), writer, falls=falls)
    return made(writer, (left, right), ends, one.denominator, one.reach + other.reach)


def _scaled_product(left: Num, right: Num, node: Arithmetic, writer: Writer) -> Num:
    denominator = denominator_of(node.type)
    for one, other in ((left, right), (right, left)):
        if other.constant is not None:
            by = factor(one.denominator, denominator, Fraction(other.constant, other.denominator))
            return made(writer, (left, right), _times(one, by, writer), denominator, _reach_times(one, by, writer))
    by = factor(left.denominator * right.denominator, denominator)
    template = _times_text("{0} * {1}", by)
    reach = left.reach * right.reach * by.numerator
    return made(writer, (left, right), corners(template, (left, right), writer), denominator, reach)


def _reach_times(number: Num, by: Fraction, writer: Writer) -> int:
    """How far a multiple can be, on the way before it is divided."""
    reach = number.reach * abs(by.numerator)
    writer.reaches(reach)
    return reach


def _times_text(template: str, by: Fraction) -> str:
    text = template if by.numerator == 1 else f"{template} * {by.numerator}"
    return text if by.denominator == 1 else divided(text, by.denominator)


def _times(number: Num, by: Fraction, writer: Writer) -> Reckoned:
    template = _times_text("{0}", by) if by != 1 else "{0}"
    if by == 1:
        return number.low, number.high
    return rising(template, (number,), writer, falls=(by < 0,))


def _quotient(left: Num, right: Num, node: Arithmetic, writer: Writer) -> Num:
    if right.constant is None:
        raise TypeError("A policy was checked to divide by constants.")
    by = 1 / Fraction(right.constant, right.denominator)
    if node.sign == "/":
        denominator = denominator_of(node.type)
        exact = factor(left.denominator, denominator, by)
        return made(writer, (left, right), _times(left, exact, writer), denominator, _reach_times(left, exact, writer))
    floored = by / left.denominator
    reach = _reach_times(left, floored, writer)
    return made(writer, (left, right), rising(_floor_text(floored), (left,), writer, falls=(by < 0,)), reach=reach)


def _floor_text(by: Fraction) -> str:
    times = "{0}" if by.numerator == 1 else f"{{0}} * {by.numerator}"
    return times if by.denominator == 1 else divided(times, by.denominator)


# -- functions -------------------------------------------------------------------------------------------------


def _elapsed(template: str) -> Function:
    """From one day to another: the more, the earlier the first and the later the second."""

    def called(node: Call, scope: "Scope") -> Num:
        days = [scope.number(argument) for argument in node.arguments]
        return made(scope.writer, days, rising(template, days, scope.writer, falls=(True, False)), reach=LAST_DAY)

    return called


def _age(node: Call, scope: "Scope") -> Num:
    late = scope.rules.age_reached is AgeReached.DAY_AFTER
    on = "np.maximum(1, {1} - 1)" if late else "{1}"
    return _elapsed(f"calendar.whole_years({{0}}, {on})")(node, scope)


def _of_one(template: str) -> Function:
    def called(node: Call, scope: "Scope") -> Num:
        number = scope.number(node.arguments[0])
        return made(scope.writer, [number], rising(template, [number], scope.writer), reach=LAST_DAY)

    return called


def _year(node: Call, scope: "Scope") -> Num:
    template = "calendar.month_of({0}) // 12" if isinstance(node.arguments[0].type, Day) else "{0} // 12"
    return _of_one(template)(node, scope)


def _month_days(node: Call, scope: "Scope") -> Num:
    month, writer = scope.number(node.arguments[0]), scope.writer
    if month.exact:
        days = writer.let("calendar.month_days({0})", month.low)
        return made(writer, [month], (days, days), reach=LAST_DAY)
    shortest, longest = (
        writer.let(f"calendar.{end}({{0}}, {{1}})", month.low, month.high) for end in ("shortest", "longest")
    )
    return made(writer, [month], (shortest, longest), reach=LAST_DAY)


def _extreme(pick: str) -> Function:
    def called(node: Call, scope: "Scope") -> Num:
        numbers = alike([scope.number(argument) for argument in node.arguments], scope.writer)
        found = numbers[0]
        for number in numbers[1:]:
            ends = rising(f"np.{pick}({{0}}, {{1}})", (found, number), scope.writer)
            found = Num(*ends, found.denominator)
        reach = max(number.reach for number in numbers)
        return made(scope.writer, numbers, (found.low, found.high), found.denominator, reach)

    return called


_CALLS: dict[str, Function] = {
    "days": _elapsed("{1} - {0}"),
    "months": _elapsed("calendar.months_between({0}, {1})"),
    "years": _elapsed("calendar.whole_years({0}, {1})"),
    "age": _age,
    "month": _of_one("calendar.month_of({0})"),
    "year": _year,
    "first_day": _of_one("calendar.first_day({0})"),
    "last_day": _of_one("calendar.last_day({0})"),
    "month_days": _month_days,
    "min": _extreme("minimum"),
    "max": _extreme("maximum"),
    "round_down": rounded("down"),
    "round_up": rounded("up"),
    "round_half_up": rounded("half_up"),
    "share_down": shared("down"),
    "share_half_up": shared("half_up"),
    "band": lambda node, scope: _told(numpy_lookups.in_band(node, scope)),
    "covered_days": numpy_periods.covered_days,
    "most_within": numpy_periods.most_within,
    "reach": numpy_periods.reach,
    "distinct": numpy_periods.distinct,
}
