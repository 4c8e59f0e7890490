"""Writes numbers, days and months between bounds, as whole numbers over the denominator of their type."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING

from rules import numpy_lists, numpy_lookups, numpy_periods
from rules.numpy_choosing import branches
from rules.numpy_joining import flawed
from rules.numpy_text import Operand, Writer
from rules.numpy_values import ANYWHERE, Num, alike, exactly
from rules.scaled import denominator_of, factor
from rules.schema import AgeReached
from rules.tree import Arithmetic, Call, DayLiteral, Expr, If, Lookup, Negative, Over, Path, Percentage, Quantity
from rules.types import Day, Month, Number
from rules.units import Unit

if TYPE_CHECKING:
    from rules.numpy_scope import Scope

LAST_DAY = date.max.toordinal()
LIMIT = 2**62  # of what is reckoned on the way; beyond it Python's own whole numbers are used


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


Reckoned = tuple[Operand, Operand]


def made(writer: Writer, values: Sequence[Num], ends: Reckoned, denominator: int = 1, reach: int = ANYWHERE) -> Num:
    """A value reckoned from others, with what those can be."""
    return Num(*ends, denominator, *flawed(values, writer), reach)


Ends = tuple[str, ...]


def _rising(
    template: str, ends: Sequence[Num], writer: Writer, *, falls: Sequence[bool] = ()
) -> tuple[Operand, Operand]:
    """Both ends of something that rises in each argument, or falls in it."""
    down = falls or [False] * len(ends)
    low = writer.let(template, *(each.high if fall else each.low for each, fall in zip(ends, down, strict=True)))
    if all(each.exact for each in ends):
        return low, low
    return low, writer.let(template, *(each.low if fall else each.high for each, fall in zip(ends, down, strict=True)))


def _corners(template: str, values: Sequence[Num], writer: Writer) -> tuple[Operand, Operand]:
    """Both ends of something that only rises or only falls in each argument."""
    ends = [(each.low,) if each.exact else (each.low, each.high) for each in values]
    found = [writer.let(template, *corner) for corner in product(*ends)]
    low = high = found[0]
    for each in found[1:]:
        low, high = writer.let("np.minimum({0}, {1})", low, each), writer.let("np.maximum({0}, {1})", high, each)
    return low, high


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
        return made(writer, (left, right), _rising(signed, (left, right), writer, falls=falls), reach=LAST_DAY)
    one, other = alike((left, right), writer)
    ends = _rising(f"{{0}} {node.sign} {{1}}", (one, other), writer, falls=falls)
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
    return made(writer, (left, right), _corners(template, (left, right), writer), denominator, reach)


def _reach_times(number: Num, by: Fraction, writer: Writer) -> int:
    """How far a multiple can be, on the way before it is divided."""
    reach = number.reach * abs(by.numerator)
    writer.reaches(reach)
    return reach


def _times_text(template: str, by: Fraction) -> str:
    text = template if by.numerator == 1 else f"{template} * {by.numerator}"
    return text if by.denominator == 1 else _divided(text, by.denominator)


def _times(number: Num, by: Fraction, writer: Writer) -> tuple[Operand, Operand]:
    template = _times_text("{0}", by) if by != 1 else "{0}"
    if by == 1:
        return number.low, number.high
    return _rising(template, (number,), writer, falls=(by < 0,))


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
    return made(writer, (left, right), _rising(_floor_text(floored), (left,), writer, falls=(by < 0,)), reach=reach)


def _floor_text(by: Fraction) -> str:
    times = "{0}" if by.numerator == 1 else f"{{0}} * {by.numerator}"
    return times if by.denominator == 1 else _divided(times, by.denominator)


def _divided(text: str, by: int) -> str:
    """Rounded down; by a power of two the bits are moved, which is faster and rounds down as well."""
    return f"({text}) >> {by.bit_length() - 1}" if by & (by - 1) == 0 else f"({text}) // {by}"


# -- functions -------------------------------------------------------------------------------------------------

Function = Callable[[Call, "Scope"], Num]


def _elapsed(template: str) -> Function:
    """From one day to another: the more, the earlier the first and the later the second."""

    def called(node: Call, scope: "Scope") -> Num:
        days = [scope.number(argument) for argument in node.arguments]
        return made(scope.writer, days, _rising(template, days, scope.writer, falls=(True, False)), reach=LAST_DAY)

    return called


def _age(node: Call, scope: "Scope") -> Num:
    late = scope.rules.age_reached is AgeReached.DAY_AFTER
    on = "np.maximum(1, {1} - 1)" if late else "{1}"
    return _elapsed(f"calendar.whole_years({{0}}, {on})")(node, scope)


def _of_one(template: str) -> Function:
    def called(node: Call, scope: "Scope") -> Num:
        number = scope.number(node.arguments[0])
        return made(scope.writer, [number], _rising(template, [number], scope.writer), reach=LAST_DAY)

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
            ends = _rising(f"np.{pick}({{0}}, {{1}})", (found, number), scope.writer)
            found = Num(*ends, found.denominator)
        reach = max(number.reach for number in numbers)
        return made(scope.writer, numbers, (found.low, found.high), found.denominator, reach)

    return called


def _rounded(mode: str) -> Function:
    def called(node: Call, scope: "Scope") -> Num:
        number = scope.number(node.arguments[0])
        step = Fraction(1)
        if len(node.arguments) > 1:
            by = scope.number(node.arguments[1])
            step = Fraction(by.low if isinstance(by.low, int) else 1, by.denominator)
        # In steps: number / denominator / step.
        top, bottom = step.denominator, number.denominator * step.numerator
        reduced = Fraction(top, bottom)
        steps = _rounded_text(mode, "{0}", reduced.numerator, reduced.denominator)
        template = steps if step.numerator == 1 else f"({steps}) * {step.numerator}"
        far = _reach(node.arguments[0], number.denominator) * 2 * reduced.numerator
        reach = (min(number.reach, far) * 2 * reduced.numerator + reduced.denominator + 1) * step.numerator
        scope.writer.reaches(reach)
        ends = _rising(_widened(template, far), [number], scope.writer)
        return made(scope.writer, [number], ends, step.denominator, reach)

    return called


def _rounded_text(mode: str, number: str, top: int, bottom: int) -> str:
    """Number * top / bottom, rounded to a whole number; the bottom is above 0."""
    times = number if top == 1 else f"{number} * {top}"
    if bottom == 1:
        return times
    if mode == "down":
        return _divided(times, bottom)
    if mode == "up":
        return f"-({_divided(f'-{times}', bottom)})"
    return f"np.sign({number}) * ((abs({number}) * {2 * top} + {bottom}) // {2 * bottom})"


def _reach(node: Expr, denominator: int) -> int:
    """How far from 0 an expression can be, in its steps."""
    if not isinstance(node.type, Number):
        raise TypeError("Only numbers are rounded and shared.")
    furthest = max(-Fraction(node.type.least), Fraction(node.type.most))
    return int(furthest * denominator) + 1


def _widened(template: str, reach: int) -> str:
    """Where a number on the way may leave what numpy's whole numbers hold, Python's are used."""
    if reach < LIMIT:
        return template
    for number in range(template.count("{") + 1):
        template = template.replace(f"{{{number}}}", f"np.asarray({{{number}}}).astype(object)")
    return f"np.asarray({template}).astype(np.int64)"


def _shared(mode: str) -> Function:
    def called(node: Call, scope: "Scope") -> Num:
        amount, part, whole = (scope.number(argument) for argument in node.arguments)
        bottom = amount.denominator * part.denominator
        # Each is a whole number over its denominator, so that the denominator of the whole comes to stand above.
        top, below = "({0} * {1}" + (f" * {whole.denominator})" if whole.denominator > 1 else ")"), "np.maximum({2}, 1)"
        below = below if bottom == 1 else f"({below} * {bottom})"
        if mode == "down":
            template = f"{top} // {below}"
        else:
            template = f"np.sign({top}) * ((abs({top}) * 2 + {below}) // (2 * {below}))"
        reach = _reach(node.arguments[0], amount.denominator) * _reach(node.arguments[1], part.denominator)
        reach = reach * whole.denominator * 2 + 2 * bottom * _reach(node.arguments[2], whole.denominator)
        values = (amount, part, whole)
        scope.writer.reaches(reach)
        return made(scope.writer, values, _corners(_widened(template, reach), values, scope.writer), reach=reach)

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
    "round_down": _rounded("down"),
    "round_up": _rounded("up"),
    "round_half_up": _rounded("half_up"),
    "share_down": _shared("down"),
    "share_half_up": _shared("half_up"),
    "band": lambda node, scope: _told(numpy_lookups.in_band(node, scope)),
    "covered_days": numpy_periods.covered_days,
    "most_within": numpy_periods.most_within,
    "reach": numpy_periods.reach,
    "distinct": numpy_periods.distinct,
}
