"""Values as a policy writes them: whole numbers, per cents, fractions, days, months and members; never a float."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from rules.errors import PolicyError
from rules.loading import Node, Scalar
from rules.reading import DAY, WHOLE, day_in, member, scalar
from rules.schema import Plain
from rules.types import REF, TRUTH, Choice, Day, Month, Number, Type
from rules.units import BASE, Unit, YearMonth, in_base

PERCENT = re.compile(r"(0|[1-9][0-9]*)(\.[0-9]+)?%", re.ASCII)
FRACTION = re.compile(r"(0|[1-9][0-9]*)/([1-9][0-9]*)", re.ASCII)
MONTH = re.compile(r"[0-9]{4}-[0-9]{2}", re.ASCII)
LARGEST = 2**53
TRUTHS = {"yes": True, "no": False}


@dataclass(frozen=True)
class Measure:
    """A value with the type of one point, and the bounds that the same unit gives."""

    value: Plain
    type: Type


def exact(found: Scalar) -> int | Fraction:
    """A number without any rounding: 5.5% is 11/200."""
    written = found.text
    if WHOLE.fullmatch(written):
        number: int | Fraction = int(written)
    elif PERCENT.fullmatch(written):
        number = Fraction(written.removesuffix("%")) / 100
    elif FRACTION.fullmatch(written):
        number = Fraction(written)
    else:
        raise PolicyError(f"'{written}' is not a number", found.place, expected="digits only, a per cent or a fraction")
    if not -LARGEST <= number <= LARGEST or Fraction(number).denominator > LARGEST:
        raise PolicyError(f"'{written}' is too large to be reckoned exactly", found.place)
    return number


def unit_named(node: Node | None) -> str:
    return member(node, tuple(BASE)) if node else "one"


def number(node: Node, unit: str) -> tuple[int | Fraction, Unit]:
    """A number in its base unit: 50 years are 600 months."""
    return in_base(exact(scalar(node)), unit)


def point(value: int | Fraction, unit: Unit) -> Number:
    return Number(unit, value, value, Fraction(value).denominator)


def measure(node: Node, unit: Node | None) -> Measure:
    """A parameter's value: with a unit a number; without one also a day, a month or a member of an enum."""
    written = scalar(node)
    if unit is None:
        if DAY.fullmatch(written.text):
            on = day_in(written.text, written.place)
            return Measure(on, Day(on.toordinal(), on.toordinal()))
        if MONTH.fullmatch(written.text):
            month = year_month(written)
            return Measure(month, Month(month.number, month.number))
        if written.text[:1].isalpha():
            return Measure(written.text, Choice((written.text,)))
    value, base = number(node, unit_named(unit))
    return Measure(value, point(value, base))


def year_month(found: Scalar) -> YearMonth:
    try:
        return YearMonth.parse(found.text)
    except ValueError as error:
        raise PolicyError(str(error).removesuffix("."), found.place) from None


def of_type(node: Node, type_: Type, unit: str) -> Plain:
    """A value of a declared type, as an example or a table writes it."""
    found = scalar(node)
    match type_:
        case Number():
            return _within(number(node, unit)[0], type_.least, type_.most, found)
        case Day():
            on = day_in(found.text, found.place)
            _within(on.toordinal(), type_.least, type_.most, found)
            return on
        case Month():
            month = year_month(found)
            _within(month.number, type_.least, type_.most, found)
            return month
        case Choice(members):
            return member(node, members)
        case _ if type_ == TRUTH:
            return TRUTHS[member(node, tuple(TRUTHS))]
        case _ if type_ == REF:
            return found.text
    raise PolicyError("a single value cannot be of this type", found.place)


def _within(value: int | Fraction, least: int | Fraction, most: int | Fraction, found: Scalar) -> int | Fraction:
    if not least <= value <= most:
        raise PolicyError(f"'{found.text}' lies outside the declared range", found.place)
    return value


def members(nodes: Collection[Node]) -> frozenset[str]:
    return frozenset(scalar(node).text for node in nodes)


def as_date(value: Plain) -> date | YearMonth | None:
    return value if isinstance(value, date | YearMonth) else None
