"""How far a reckoned value can reach, worked out from the declared ranges before any fact is known.

A policy that could leave the whole numbers that every engine holds exactly, or the calendar, is refused when it is
loaded; nothing can overflow while a case is decided.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from fractions import Fraction
from math import gcd, lcm
from typing import TypeVar

from rules import dates
from rules.errors import PolicyError
from rules.places import Place
from rules.types import Day, Exact, Month, Number, Ordered, Type, in_words
from rules.units import MONTHS_IN_A_YEAR, Unit

Calendar = TypeVar("Calendar", Day, Month)

LIMIT = 2**53
EARLIEST_MONTH = MONTHS_IN_A_YEAR
LATEST_MONTH = 9999 * MONTHS_IN_A_YEAR + MONTHS_IN_A_YEAR - 1


def bounded(number: Number, place: Place) -> Number:
    reach = max(abs(Fraction(number.least)), abs(Fraction(number.most))) * number.denominator
    if reach > LIMIT:
        problem = f"this can reach {reach}, beyond {LIMIT}"
        raise PolicyError(problem, place, expected="facts with a smaller declared max, or an earlier rounding")
    return number


def constant(value: Exact, unit: Unit = Unit.ONE) -> Number:
    return Number(unit, value, value, Fraction(value).denominator)


def is_constant(type_: Type) -> bool:
    return isinstance(type_, Number) and type_.least == type_.most


def same_unit(numbers: Sequence[Number], place: Place) -> Unit:
    units = sorted({number.unit for number in numbers})
    if units == [Unit.DAY, Unit.MONTH]:
        raise PolicyError("days and months do not mix: no month has a fixed number of days", place)
    if len(units) > 1:
        raise PolicyError(f"{units[0]} and {units[1]} do not mix", place, expected="the same unit on both sides")
    return units[0]


def union(types: Iterable[Ordered], place: Place) -> Ordered:
    """A value of one of these types of one kind."""
    found = list(types)
    least, most = min(t.least for t in found), max(t.most for t in found)
    numbers = [t for t in found if isinstance(t, Number)]
    if len(numbers) == len(found):
        unit = same_unit(numbers, place)
        return bounded(Number(unit, least, most, lcm(*(t.denominator for t in numbers))), place)
    if all(isinstance(t, Day) for t in found):
        return Day(int(least), int(most))
    if all(isinstance(t, Month) for t in found):
        return Month(int(least), int(most))
    other = next(t for t in found if type(t) is not type(found[0]))
    raise PolicyError(f"{in_words(found[0])} and {in_words(other)} do not mix", place)


def comparable(left: Ordered, right: Ordered, place: Place) -> None:
    """Engines compare fractions by multiplying across; that too must stay within the limit."""
    union((left, right), place)


def corners(reckon: Callable[..., Exact], *numbers: Number) -> tuple[Exact, Exact]:
    """Least and most of something that only rises or only falls in each of its arguments."""
    found: list[tuple[Exact, ...]] = [()]
    for number in numbers:
        found = [(*corner, end) for corner in found for end in (number.least, number.most)]
    results = [reckon(*corner) for corner in found]
    return min(results), max(results)


def added(left: Type, right: Type, place: Place) -> Type:
    match left, right:
        case Number(), Number():
            unit = same_unit((left, right), place)
            denominator = lcm(left.denominator, right.denominator)
            return bounded(Number(unit, left.least + right.least, left.most + right.most, denominator), place)
        case ((Day() | Month()), Number()):
            return _shifted(left, right, place)
    raise PolicyError(f"{in_words(left)} and {in_words(right)} cannot be added", place, expected=_SUMS)


def subtracted(left: Type, right: Type, place: Place) -> Type:
    match left, right:
        case (Day(), Day()):
            return Number(Unit.DAY, left.least - right.most, left.most - right.least)
        case (Month(), Month()):
            return Number(Unit.MONTH, left.least - right.most, left.most - right.least)
        case ((Number() | Day() | Month()), Number()):
            return added(left, negated(right), place)
    raise PolicyError(f"{in_words(right)} cannot be taken from {in_words(left)}", place, expected=_SUMS)


_SUMS = "numbers of one unit, or a day or month and a length"


def negated(number: Number) -> Number:
    return Number(number.unit, -number.most, -number.least, number.denominator)


def _shifted(start: Day | Month, by: Number, place: Place) -> Type:
    if by.denominator != 1:
        raise PolicyError("a day or month cannot move by a fraction", place, expected="a length that was rounded")
    if isinstance(start, Month):
        if by.unit is not Unit.MONTH:
            raise PolicyError(f"a month cannot move by {in_words(by)}", place, expected="a number of months")
        return within_calendar(Month(int(start.least + by.least), int(start.most + by.most)), place)
    if by.unit is Unit.DAY:
        return within_calendar(Day(int(start.least + by.least), int(start.most + by.most)), place)
    if by.unit is not Unit.MONTH:
        raise PolicyError(f"a day cannot move by {in_words(by)}", place, expected="a number of days or months")
    reached = Month(int(dates.month_of(start.least) + by.least), int(dates.month_of(start.most) + by.most))
    within_calendar(reached, place)
    return Day(dates.add_months(start.least, int(by.least)), dates.add_months(start.most, int(by.most)))


def within_calendar(found: Calendar, place: Place) -> Calendar:
    first, last = (EARLIEST_MONTH, LATEST_MONTH) if isinstance(found, Month) else (1, date.max.toordinal())
    if found.least < first or found.most > last:
        problem = "this can leave the calendar (years 1 to 9999)"
        raise PolicyError(problem, place, expected="days and lengths with a declared min and max")
    return found


def multiplied(left: Number, right: Number, place: Place) -> Number:
    if Unit.ONE not in (left.unit, right.unit):
        raise PolicyError(
            f"{left.unit} times {right.unit} has no meaning", place, expected="a plain number on one side"
        )
    unit = right.unit if left.unit is Unit.ONE else left.unit
    least, most = corners(lambda a, b: a * b, left, right)
    return bounded(Number(unit, least, most, _product_denominator(left, right)), place)


def _product_denominator(left: Number, right: Number) -> int:
    whole = left.denominator * right.denominator
    for factor, other in ((left, right), (right, left)):
        if factor.least == factor.most and factor.least:
            value = Fraction(factor.least)
            whole = other.denominator * value.denominator
            return whole // gcd(value.numerator, whole)
    return whole


def divided(left: Number, right: Number, place: Place, *, whole: bool) -> Number:
    """Exactly with `/`, rounded down with `div`; only by a constant, so that nothing can divide by zero."""
    if not is_constant(right) or not right.least:
        raise PolicyError("only a constant other than 0 divides", place, expected="a number, a parameter, or share_…")
    unit = Unit.ONE if left.unit is right.unit else left.unit
    if right.unit not in (left.unit, Unit.ONE):
        same_unit((left, right), place)
    quotient = multiplied(
        Number(unit, left.least, left.most, left.denominator), constant(1 / Fraction(right.least)), place
    )
    return Number(unit, quotient.least // 1, quotient.most // 1) if whole else quotient
