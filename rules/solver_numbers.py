"""Numbers, days and months in terms of z3: whole numbers over the denominators of their types, rounded as declared."""

from collections.abc import Callable
from fractions import Fraction
from typing import TypeAlias

from rules import solver_lists, solver_lookups, solver_periods
from rules.scaled import constant_in, denominator_of, factor, product_factor, scaled
from rules.schema import AgeReached
from rules.solver_scope import Scope
from rules.solver_terms import Whole, choose, greatest, least, product, quotient
from rules.solver_values import Point, chosen, flawed_by
from rules.tree import Arithmetic, Call, DayLiteral, Expr, If, Lookup, Negative, Over, Path, Percentage, Quantity
from rules.types import Day, Exact, Month, Number, Type
from rules.units import MONTHS_IN_A_YEAR, Unit

Function: TypeAlias = Callable[[Call, Scope], Point]
FEW = 40  # values of a factor that are gone through one by one, so that the product stays linear


def number(node: Expr, scope: Scope) -> Point:  # noqa: PLR0911 one line per form of expression
    match node:
        case Quantity() | Percentage() | DayLiteral():
            return Point(scaled(_constant(node), denominator_of(node.type)))
        case Path():
            return point_read(node, scope)
        case Arithmetic():
            return _arithmetic(node, scope)
        case Call(name):
            return _CALLS[name](node, scope)
        case If():
            return choice(node, scope)
        case Over():
            return solver_lists.number_over(node, scope)
        case Lookup():
            return as_point(solver_lookups.in_table(node, scope))
        case Negative(part):
            return _lifted(lambda x: -x, scope, part)
    raise TypeError(f"{type(node).__name__} is not a number, day or month.")


def as_point(found: object) -> Point:
    if not isinstance(found, Point):
        raise TypeError("An expression that was checked to be no truth is one.")
    return found


def point_read(node: Path, scope: Scope) -> Point:
    return as_point(scope.read(node))


def choice(node: If, scope: Scope) -> Point:
    """Either branch, over the denominator of both."""
    whole = denominator_of(node.type)
    then, otherwise = over(node.then, whole, scope), over(node.otherwise, whole, scope)
    return as_point(chosen(scope.truth(node.condition), then, otherwise))


def over(node: Expr, denominator: int, scope: Scope) -> Point:
    """The same number over another denominator, which its own divides."""
    found = scope.point(node)
    return Point(times(found.at, factor(denominator_of(node.type), denominator)), found.flaws)


def times(term: Whole, by: Fraction) -> Whole:
    """A whole number times a factor that leaves it whole."""
    return quotient(term * by.numerator if by.numerator != 1 else term, by.denominator)


def _constant(node: Expr) -> Exact:
    value = constant_in(node)
    if value is None:
        raise TypeError("An expression was checked to be a constant and is not.")
    return value


def ends_of(type_: Type) -> tuple[int, int]:
    """The least and the most that a value can be, over its denominator."""
    match type_:
        case Number(least=low, most=high, denominator=by):
            return int(-(-low * by // 1)), int(high * by // 1)
        case Day(low, high) | Month(low, high):
            return low, high
    raise TypeError("Only what is ordered has ends.")


def _lifted(reckon: Callable[..., Whole], scope: Scope, *nodes: Expr) -> Point:
    points = [scope.point(node) for node in nodes]
    return Point(reckon(*(point.at for point in points)), flawed_by(*(point.flaws for point in points)))


# -- arithmetic -----------------------------------------------------------------------------------------------------


def _arithmetic(node: Arithmetic, scope: Scope) -> Point:
    match node.sign:
        case "+" | "-":
            return _sum(node, scope)
        case "*":
            return _product(node, scope)
        case "div":
            return _lifted(lambda x, _: _whole_quotient(x, node), scope, node.left, node.right)
    by = factor(denominator_of(node.left.type), denominator_of(node.type), 1 / Fraction(_constant(node.right)))
    return _lifted(lambda x, _: times(x, by), scope, node.left, node.right)


def _sum(node: Arithmetic, scope: Scope) -> Point:
    sign = -1 if node.sign == "-" else 1
    right = node.right.type
    if isinstance(node.left.type, Day) and isinstance(right, Number) and right.unit is Unit.MONTH:
        low, high = ends_of(right)
        by = (low, high) if sign > 0 else (-high, -low)
        ends = ends_of(node.left.type)
        return _lifted(
            lambda day, months: scope.calendar.add_months(day, sign * months, ends, by), scope, node.left, node.right
        )
    whole = denominator_of(node.type)
    ways = [factor(denominator_of(side.type), whole) for side in (node.left, node.right)]
    return _lifted(lambda a, b: times(a, ways[0]) + sign * times(b, ways[1]), scope, node.left, node.right)


def _product(node: Arithmetic, scope: Scope) -> Point:
    by = product_factor(node.left.type, node.right.type, node.type)

    def reckoned(a: Whole, b: Whole) -> Whole:
        if (ends := _few(node.right.type)) is None and (other := _few(node.left.type)) is not None:
            return times(product(b, a, other), by)
        return times(product(a, b, ends), by)

    return _lifted(reckoned, scope, node.left, node.right)


def _few(type_: Type) -> tuple[int, int] | None:
    first, last = ends_of(type_)
    return (first, last) if last - first <= FEW else None


def _whole_quotient(term: Whole, node: Arithmetic) -> Whole:
    """Rounded down: n/d div p/q is n·q // d·p."""
    by = Fraction(_constant(node.right)) * denominator_of(node.left.type)
    divisor = abs(by)
    return quotient((1 if by > 0 else -1) * term * divisor.denominator, divisor.numerator)


# -- functions ------------------------------------------------------------------------------------------------------


def _days(node: Call, scope: Scope) -> Point:
    return _lifted(lambda start, end: end - start, scope, *node.arguments)


def _months(node: Call, scope: Scope, *, late: bool = False) -> Point:
    start, end = node.arguments
    ends = (ends_of(start.type), _late(ends_of(end.type), late))
    return _lifted(
        lambda a, b: scope.calendar.months_between(a, greatest(1, b - 1) if late else b, ends), scope, start, end
    )


def _late(ends: tuple[int, int], late: bool) -> tuple[int, int]:
    return (max(1, ends[0] - late), max(1, ends[1] - late))


def _years(node: Call, scope: Scope, *, late: bool = False) -> Point:
    months = _months(node, scope, late=late)
    return Point(quotient(months.at, MONTHS_IN_A_YEAR) * MONTHS_IN_A_YEAR, months.flaws)


def _age(node: Call, scope: Scope) -> Point:
    return _years(node, scope, late=scope.rules.age_reached is AgeReached.DAY_AFTER)


def _month(node: Call, scope: Scope) -> Point:
    ends = ends_of(node.arguments[0].type)
    return _lifted(lambda day: scope.calendar.month_and_day(day, ends)[0], scope, *node.arguments)


def _year(node: Call, scope: Scope) -> Point:
    months = _month(node, scope) if isinstance(node.arguments[0].type, Day) else scope.point(node.arguments[0])
    return Point(quotient(months.at, MONTHS_IN_A_YEAR), months.flaws)


def _of_month(reckon: Callable[[Scope, Whole, tuple[int, int]], Whole]) -> Function:
    def called(node: Call, scope: Scope) -> Point:
        ends = ends_of(node.arguments[0].type)
        return _lifted(lambda month: reckon(scope, month, ends), scope, *node.arguments)

    return called


def _last_day(scope: Scope, month: Whole, ends: tuple[int, int]) -> Whole:
    return scope.calendar.first_day(month, ends) + scope.calendar.month_days(month, ends) - 1


def _extreme(pick: Callable[..., Whole]) -> Function:
    def called(node: Call, scope: Scope) -> Point:
        whole = denominator_of(node.type)
        points = [over(each, whole, scope) for each in node.arguments]
        return Point(pick(*(each.at for each in points)), flawed_by(*(each.flaws for each in points)))

    return called


def _rounded(mode: Callable[[Whole, int, int], Whole]) -> Function:
    def called(node: Call, scope: Scope) -> Point:
        step = Fraction(_constant(node.arguments[1]) if len(node.arguments) > 1 else 1)
        by = step * denominator_of(node.arguments[0].type)
        # The number in steps is n / by; the result counts over the step's own denominator.
        back = factor(1, denominator_of(node.type), step)
        return _lifted(lambda x: times(mode(x, by.denominator, by.numerator), back), scope, node.arguments[0])

    return called


def _down(x: Whole, up: int, down: int) -> Whole:
    return quotient(x * up, down)


def _up(x: Whole, up: int, down: int) -> Whole:
    return -quotient(-x * up, down)


def _half_up(x: Whole, up: int, down: int) -> Whole:
    """A half goes away from zero."""
    above, below = quotient(2 * up * x + down, 2 * down), -quotient(down - 2 * up * x, 2 * down)
    return choose(x >= 0, above, below)


def _shared(*, half_up: bool) -> Function:
    """An amount · part / whole, of whole numbers over three denominators."""

    def called(node: Call, scope: Scope) -> Point:
        amount, part, whole = map(denominator_of, (each.type for each in node.arguments))
        by = Fraction(whole, amount * part)

        def reckoned(a: Whole, p: Whole, w: Whole) -> Whole:
            dividend = product(a, p, _few(node.arguments[1].type)) * by.numerator
            divisor = w * by.denominator
            if not half_up:
                return _divided(dividend, divisor)
            above = _divided(2 * dividend + divisor, 2 * divisor)
            return choose(dividend >= 0, above, -_divided(divisor - 2 * dividend, 2 * divisor))

        return _lifted(reckoned, scope, *node.arguments)

    return called


def _divided(term: Whole, by: Whole) -> Whole:
    """Rounded down, by something that was checked to be 1 or more."""
    if isinstance(by, int):
        return quotient(term, by)
    return (term + 0 * by) / by if isinstance(term, int) else term / by


_CALLS: dict[str, Function] = {
    "days": _days,
    "months": _months,
    "years": _years,
    "age": _age,
    "month": _month,
    "year": _year,
    "first_day": _of_month(lambda scope, month, ends: scope.calendar.first_day(month, ends)),
    "last_day": _of_month(_last_day),
    "month_days": _of_month(lambda scope, month, ends: scope.calendar.month_days(month, ends)),
    "min": _extreme(least),
    "max": _extreme(greatest),
    "round_down": _rounded(_down),
    "round_up": _rounded(_up),
    "round_half_up": _rounded(_half_up),
    "share_down": _shared(half_up=False),
    "share_half_up": _shared(half_up=True),
    "band": lambda node, scope: as_point(solver_lookups.in_band(node, scope)),
    "covered_days": solver_periods.covered_days,
    "most_within": solver_periods.most_within,
    "reach": solver_periods.reach,
    "distinct": solver_lists.distinct,
}
