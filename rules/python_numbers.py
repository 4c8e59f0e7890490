"""Numbers, days and months in Python: whole numbers over the denominators of their types, and never a fraction."""

from collections.abc import Callable
from fractions import Fraction

from rules import python_lists, python_lookups
from rules.python_scope import Scope, flawed, lifted
from rules.python_writer import Here, Said, said
from rules.scaled import common_denominator, constant_in, denominator_of, factor, product_factor, scaled
from rules.schema import AgeReached
from rules.tree import Arithmetic, Call, Expr, If, Lookup, Negative, Over, Path
from rules.types import Day, Exact, Month, Number, Type
from rules.units import MONTHS_IN_A_YEAR, Unit

Text = tuple[str, str]  # where a value is first needed, and where it is read again


def number(node: Expr, scope: Scope, here: Here) -> Said:  # noqa: PLR0911 one line per form of expression
    """Over the denominator of the node's own type."""
    if (value := constant_in(node)) is not None and not flawed(node, scope, here):
        return said(repr(scaled(value, denominator_of(node.type))), here.bound)
    match node:
        case Path():
            return scope.read(node, here)
        case Arithmetic():
            return _arithmetic(node, scope, here)
        case Call(name):
            return _CALLS[name](node, scope, here)
        case If():
            return _if(node, scope, here)
        case Over():
            return python_lists.number_over(node, scope, here)
        case Lookup():
            return python_lookups.in_table(node, scope, here)
        case Negative(part):
            return lifted([part], scope, here, lambda x: f"(-{x[0]})")
    raise TypeError(f"{type(node).__name__} is not a number, day or month.")


def text_of(node: Expr, scope: Scope, here: Here) -> Said:
    """A member of an enum or an id that is no name by itself."""
    match node:
        case If():
            return choice(node, scope, here, scope.value)
        case Lookup():
            return python_lookups.in_table(node, scope, here)
        case Call("band"):
            return python_lookups.in_band(node, scope, here)
    raise TypeError(f"{type(node).__name__} is not a member or an id.")


def times(text: str, by: Fraction) -> str:
    """A whole number times a factor that leaves it whole."""
    found = text if by.numerator == 1 else f"({text} * {by.numerator})"
    return found if by.denominator == 1 else f"({found} // {by.denominator})"


def over(node: Expr, denominator: int, scope: Scope, here: Here) -> Said:
    """The same number over another denominator, which its own divides."""
    by = factor(denominator_of(node.type), denominator)
    if by == 1:
        return scope.value(node, here)
    return lifted([node], scope, here, lambda x: times(x[0], by))


def _if(node: If, scope: Scope, here: Here) -> Said:
    return choice(node, scope, here, lambda branch, there: over(branch, denominator_of(node.type), scope, there))


def choice(node: If, scope: Scope, here: Here, branch: Callable[[Expr, Here], Said]) -> Said:
    """Either branch; a condition that is flawed leaves nothing to choose."""
    condition = scope.truth(node.condition, here)
    if flawed(node.condition, scope, here):
        first, again = scope.writer.once(condition.text)
        then, otherwise = branch(node.then, here).text, branch(node.otherwise, here).text
        return said(f"({again} if {first}.__class__ is Flaw else {then} if {again} else {otherwise})", here.bound)
    then_said = branch(node.then, here.knowing(condition.yes))
    otherwise_said = branch(node.otherwise, here.knowing(condition.no))
    text = f"({then_said.text} if {condition.text} else {otherwise_said.text})"
    return Said(text, then_said.yes & otherwise_said.yes, then_said.no & otherwise_said.no)


# -- arithmetic -----------------------------------------------------------------------------------------------------


def _arithmetic(node: Arithmetic, scope: Scope, here: Here) -> Said:
    match node.sign:
        case "+" | "-":
            return _sum(node, scope, here)
        case "*":
            return _product(node, scope, here)
        case "div":
            return _quotient(node, scope, here)
    by = factor(denominator_of(node.left.type), denominator_of(node.type), 1 / Fraction(_constant(node.right)))
    return lifted([node.left], scope, here, lambda x: times(x[0], by))


def _constant(node: Expr) -> Exact:
    value = constant_in(node)
    if value is None:
        raise TypeError("An expression was checked to be a constant and is not.")
    return value


def _sum(node: Arithmetic, scope: Scope, here: Here) -> Said:
    if isinstance(node.left.type, Day) and isinstance(node.right.type, Number) and node.right.type.unit is Unit.MONTH:
        sign = "-" if node.sign == "-" else ""
        return lifted(
            [node.left, node.right], scope, here, lambda day, months: f"add_months({day[0]}, {sign}{months[0]})"
        )
    whole = denominator_of(node.type)
    ways = [factor(denominator_of(side.type), whole) for side in (node.left, node.right)]
    return lifted(
        [node.left, node.right],
        scope,
        here,
        lambda a, b: f"({times(a[0], ways[0])} {node.sign} {times(b[0], ways[1])})",
    )


def _product(node: Arithmetic, scope: Scope, here: Here) -> Said:
    for constant, other in ((node.left, node.right), (node.right, node.left)):
        if (value := constant_in(constant)) is not None and not flawed(constant, scope, here):
            by = factor(denominator_of(other.type), denominator_of(node.type), value)
            return lifted([other], scope, here, lambda x, by=by: times(x[0], by))
    by = product_factor(node.left.type, node.right.type, node.type)
    return lifted([node.left, node.right], scope, here, lambda a, b: times(f"({a[0]} * {b[0]})", by))


def _quotient(node: Arithmetic, scope: Scope, here: Here) -> Said:
    """Rounded down: n/d div p/q is n·q // d·p."""
    by = Fraction(_constant(node.right)) * denominator_of(node.left.type)
    divisor = by if by > 0 else -by
    sign = "" if by > 0 else "-"
    times_ = "" if divisor.denominator == 1 else f" * {divisor.denominator}"
    down = "" if divisor.numerator == 1 else f" // {divisor.numerator}"
    return lifted([node.left], scope, here, lambda x: f"({sign}{x[0]}{times_}{down})" if sign + times_ + down else x[0])


# -- functions ------------------------------------------------------------------------------------------------------

Function = Callable[[Call, Scope, Here], Said]


def _called(name: str) -> Function:
    def function(node: Call, scope: Scope, here: Here) -> Said:
        return lifted(node.arguments, scope, here, lambda *texts: f"{name}({', '.join(first for first, _ in texts)})")

    return function


def _days(node: Call, scope: Scope, here: Here) -> Said:
    start, end = node.arguments
    return lifted([end, start], scope, here, lambda later, earlier: f"({later[0]} - {earlier[0]})")


def _age(node: Call, scope: Scope, here: Here) -> Said:
    late = scope.rules.age_reached is AgeReached.DAY_AFTER
    return _called("age_the_day_after" if late else "whole_years")(node, scope, here)


def _year(node: Call, scope: Scope, here: Here) -> Said:
    if isinstance(node.arguments[0].type, Day):
        return _called("year_of_day")(node, scope, here)
    return lifted(node.arguments, scope, here, lambda x: f"({x[0]} // {MONTHS_IN_A_YEAR})")


def _extreme(sign: str) -> Function:
    def function(node: Call, scope: Scope, here: Here) -> Said:
        whole = denominator_of(node.type)
        ways = [factor(denominator_of(each.type), whole) for each in node.arguments]

        def formula(*texts: Text) -> str:
            scaled_ = [scope.writer.once(times(first, by)) if by != 1 else (first, again)
                       for (first, again), by in zip(texts, ways, strict=True)]  # fmt: skip
            found, text = scaled_[0], scaled_[0][0]
            for first, again in scaled_[1:]:
                text = f"({found[1]} if {found[0]} {sign} {first} else {again})"
                found = scope.writer.once(text)
            return text

        return lifted(node.arguments, scope, here, formula)

    return function


def _rounded(mode: Callable[[Text, int, int], str]) -> Function:
    def function(node: Call, scope: Scope, here: Here) -> Said:
        step = Fraction(_constant(node.arguments[1]) if len(node.arguments) > 1 else 1)
        by = step * denominator_of(node.arguments[0].type)
        # The number in steps is n / by; the result counts over the step's own denominator.
        back = factor(1, denominator_of(node.type), step)
        return lifted(node.arguments[:1], scope, here, lambda x: times(mode(x, by.denominator, by.numerator), back))

    return function


def _times_text(text: str, by: int) -> str:
    return text if by == 1 else f"{text} * {by}"


def _down(x: Text, up: int, down: int) -> str:
    return x[0] if up == down == 1 else f"({_times_text(x[0], up)} // {down})"


def _up(x: Text, up: int, down: int) -> str:
    return x[0] if up == down == 1 else f"(-(-{_times_text(x[0], up)} // {down}))"


def _half_up(x: Text, up: int, down: int) -> str:
    """A half goes away from zero: of a negative number the half of its opposite goes up."""
    if up == down == 1:
        return x[0]
    twice = 2 * down
    above = f"({_times_text(x[1], 2 * up)} + {down}) // {twice}"
    below = f"-(({_times_text('-' + x[1], 2 * up)} + {down}) // {twice})"
    return f"({above} if {x[0]} >= 0 else {below})"


def _shared(mode: Callable[[str, str], str]) -> Function:
    """An amount · part / whole, of whole numbers over three denominators."""

    def function(node: Call, scope: Scope, here: Here) -> Said:
        amount, part, whole = map(denominator_of, (each.type for each in node.arguments))
        by = Fraction(whole, amount * part)
        return lifted(
            node.arguments,
            scope,
            here,
            lambda a, p, w: mode(f"{a[0]} * {_times_text(p[0], by.numerator)}", f"{_times_text(w[0], by.denominator)}"),
        )

    return function


def _share_half_up(dividend: str, divisor: str) -> str:
    return f"half_up({dividend}, {divisor})"


def _periods(name: str) -> Function:
    def function(node: Call, scope: Scope, here: Here) -> Said:
        return python_lists.of_periods(name, node, scope, here)

    return function


_CALLS: dict[str, Function] = {
    "days": _days,
    "months": _called("months_between"),
    "years": _called("whole_years"),
    "age": _age,
    "month": _called("month"),
    "year": _year,
    "first_day": _called("first_day"),
    "last_day": _called("last_day"),
    "month_days": _called("month_days"),
    "min": _extreme("<="),
    "max": _extreme(">="),
    "round_down": _rounded(_down),
    "round_up": _rounded(_up),
    "round_half_up": _rounded(_half_up),
    "share_down": _shared(lambda dividend, divisor: f"({dividend} // ({divisor}))"),
    "share_half_up": _shared(_share_half_up),
    "band": python_lookups.in_band,
    "covered_days": _periods("covered_days"),
    "most_within": python_lists.most_within,
    "reach": python_lists.reach,
    "distinct": python_lists.distinct,
}


def compared(left: Expr, right: Expr) -> tuple[Fraction, Fraction]:
    """The factors that bring two numbers, days or months over one denominator."""
    common = common_denominator(left.type, right.type)
    return factor(denominator_of(left.type), common), factor(denominator_of(right.type), common)


def is_ordered(type_: Type) -> bool:
    return isinstance(type_, Number | Day | Month)
