"""Numbers, days and months reckoned between bounds: exact fractions until something says how to round."""

from collections.abc import Callable
from fractions import Fraction
from itertools import product

from rules import dates, lists, lookups, periods
from rules.intervals import FLAWS, NO, YES, Span, combined, hull, point, without_value
from rules.schema import AgeReached
from rules.scope import Scope
from rules.tree import Arithmetic, Call, DayLiteral, Expr, If, Lookup, Negative, Over, Path, Percentage, Quantity
from rules.types import Day, Exact, Month, Number
from rules.units import MONTHS_IN_A_YEAR, Unit

Bounds = tuple[Exact, Exact]
_ALL_LENGTHS = (28, 31)


def span_of(node: Expr, scope: Scope) -> Span:  # noqa: PLR0911 one line per form of expression
    match node:
        case Quantity() | Percentage() | DayLiteral():
            return point(_ordered(node).least)
        case Path():
            return _read(node, scope)
        case Arithmetic():
            return _arithmetic(node, scope)
        case Call():
            return _CALLS[node.name](node, scope)
        case If():
            return _if(node, scope)
        case Over():
            return lists.number_over(node, scope)
        case Lookup():
            return lookups.span_in_table(node, scope)
        case Negative(part):
            return combined(lambda span: (-span.hi, -span.lo), scope.span(part))
        case _:
            raise TypeError(f"{type(node).__name__} is not a number, day or month.")


def _ordered(node: Expr) -> Number | Day | Month:
    if not isinstance(node.type, Number | Day | Month):
        raise TypeError("An expression was not checked before it was reckoned.")
    return node.type


def _unit(node: Expr) -> Unit | None:
    return node.type.unit if isinstance(node.type, Number) else None


def _read(node: Path, scope: Scope) -> Span:
    found = scope.read(node)
    if not isinstance(found, Span):
        raise TypeError(f"{'.'.join(node.names)} was checked to be a number, day or month and is not.")
    return found


def _if(node: If, scope: Scope) -> Span:
    answers = scope.truth(node.condition)
    possible = [scope.span(node.then)] if answers & YES else []
    possible += [scope.span(node.otherwise)] if answers & NO else []
    return hull([*possible, *([without_value(answers & FLAWS)] if answers & FLAWS else [])])


# -- arithmetic ------------------------------------------------------------------------------------------------


def _arithmetic(node: Arithmetic, scope: Scope) -> Span:
    left, right = scope.span(node.left), scope.span(node.right)
    if node.sign == "+":
        return combined(_added(node), left, right)
    if node.sign == "-":
        return combined(lambda a, b: _added(node)(a, Span(-b.hi, -b.lo)), left, right)
    if node.sign == "*":
        return combined(lambda a, b: _ends(lambda x, y: x * y, a, b), left, right)
    if node.sign == "div":
        return combined(lambda a, b: _ends(lambda x, y: x // y, a, b), left, right)
    return combined(lambda a, b: _ends(lambda x, y: Fraction(x) / y, a, b), left, right)


def _added(node: Arithmetic) -> Callable[[Span, Span], Bounds]:
    if isinstance(node.left.type, Day) and _unit(node.right) is Unit.MONTH:
        return lambda day, months: (_later(day.lo, months.lo), _later(day.hi, months.hi))
    return lambda a, b: (a.lo + b.lo, a.hi + b.hi)


def _later(day: Exact, months: Exact) -> int:
    return dates.add_months(int(day), int(months))


def _ends(reckon: Callable[..., Exact], *spans: Span) -> Bounds:
    """Of something that only rises or only falls in each argument, the ends lie at the arguments' ends."""
    results = [reckon(*corner) for corner in product(*((span.lo, span.hi) for span in spans))]
    return min(results), max(results)


# -- functions -------------------------------------------------------------------------------------------------

Function = Callable[[Call, Scope], Span]


def _elapsed(reckon: Callable[[int, int], int]) -> Function:
    """From one day to another: the more, the earlier the first and the later the second."""

    def called(node: Call, scope: Scope) -> Span:
        def bounds(start: Span, end: Span) -> Bounds:
            return reckon(int(start.hi), int(end.lo)), reckon(int(start.lo), int(end.hi))

        return combined(bounds, *map(scope.span, node.arguments))

    return called


def _age(node: Call, scope: Scope) -> Span:
    late = scope.rules.age_reached is AgeReached.DAY_AFTER
    return _elapsed(lambda born, on: dates.whole_years(born, max(1, on - late)))(node, scope)


def _rising(reckon: Callable[[Exact], Exact]) -> Function:
    def called(node: Call, scope: Scope) -> Span:
        return combined(lambda span: (reckon(span.lo), reckon(span.hi)), scope.span(node.arguments[0]))

    return called


def _year(node: Call, scope: Scope) -> Span:
    if isinstance(node.arguments[0].type, Day):
        return _rising(lambda day: dates.year_of(dates.month_of(int(day))))(node, scope)
    return _rising(lambda month: dates.year_of(int(month)))(node, scope)


def _month_days(node: Call, scope: Scope) -> Span:
    def bounds(month: Span) -> Bounds:
        if month.hi - month.lo >= MONTHS_IN_A_YEAR:
            return _ALL_LENGTHS
        lengths = [dates.month_days(number) for number in range(int(month.lo), int(month.hi) + 1)]
        return min(lengths), max(lengths)

    return combined(bounds, scope.span(node.arguments[0]))


def _extreme(pick: Callable[..., Exact]) -> Function:
    def called(node: Call, scope: Scope) -> Span:
        def bounds(*spans: Span) -> Bounds:
            return pick(span.lo for span in spans), pick(span.hi for span in spans)

        return combined(bounds, *map(scope.span, node.arguments))

    return called


def _down(value: Exact, step: Exact) -> Exact:
    return value // step * step


def _up(value: Exact, step: Exact) -> Exact:
    return -(-value // step) * step


def _half_up(value: Exact, step: Exact) -> Exact:
    """四舍五入: a half goes away from zero."""
    steps = Fraction(value) / Fraction(step)
    nearest = (abs(steps) + Fraction(1, 2)) // 1 * Fraction(step)
    return nearest if value >= 0 else -nearest


def _rounded(mode: Callable[[Exact, Exact], Exact]) -> Function:
    def called(node: Call, scope: Scope) -> Span:
        step = scope.span(node.arguments[1]).lo if len(node.arguments) > 1 else 1
        return combined(lambda span: (mode(span.lo, step), mode(span.hi, step)), scope.span(node.arguments[0]))

    return called


def _shared(mode: Callable[[Exact, Exact], Exact]) -> Function:
    def called(node: Call, scope: Scope) -> Span:
        def bounds(*spans: Span) -> Bounds:
            least, most = _ends(lambda amount, part, whole: amount * part / Fraction(whole), *spans)
            return mode(least, 1), mode(most, 1)

        return combined(bounds, *map(scope.span, node.arguments))

    return called


def _covered_days(node: Call, scope: Scope) -> Span:
    items, start, end = node.arguments
    return periods.covered_days(scope.items(items), scope.span(start), scope.span(end))


def _most_within(node: Call, scope: Scope) -> Span:
    days, length = node.arguments
    return periods.most_within(scope.items(days), scope.span(length), _unit(length) or Unit.DAY)


def _reach(node: Call, scope: Scope) -> Span:
    start, days, length = node.arguments
    return periods.reach(scope.span(start), scope.items(days), scope.span(length), _unit(length) or Unit.DAY)


def _band(node: Call, scope: Scope) -> Span:
    return lookups.span_in_band(node, scope)


def _distinct(node: Call, scope: Scope) -> Span:
    return lists.distinct(scope.items(node.arguments[0]))


_CALLS: dict[str, Function] = {
    "days": _elapsed(lambda start, end: end - start),
    "months": _elapsed(dates.months_between),
    "years": _elapsed(dates.whole_years),
    "age": _age,
    "month": _rising(lambda day: dates.month_of(int(day))),
    "year": _year,
    "first_day": _rising(lambda month: dates.first_day(int(month))),
    "last_day": _rising(lambda month: dates.last_day(int(month))),
    "month_days": _month_days,
    "min": _extreme(min),
    "max": _extreme(max),
    "round_down": _rounded(_down),
    "round_up": _rounded(_up),
    "round_half_up": _rounded(_half_up),
    "share_down": _shared(_down),
    "share_half_up": _shared(_half_up),
    "band": _band,
    "covered_days": _covered_days,
    "most_within": _most_within,
    "reach": _reach,
    "distinct": _distinct,
}
