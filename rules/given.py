"""The facts of one case as the rules take them: known, unknown, or a list that may not be the whole list."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Union

from rules.intervals import EITHER, NO, PLAIN, YES, Entry, Items, Options, Row, Span, Value, point
from rules.schema import Plain
from rules.types import Choice, Day, Exact, Month, Number, Records, Ref, Truth, Type, in_words
from rules.units import YearMonth

ONGOING = "ongoing"  # as the last day of a period: its last possible day, which is known, not missing


@dataclass(frozen=True)
class Listed:
    """The items of a list; not `complete`: at least these, and perhaps more."""

    items: "tuple[Mapping[str, Given], ...]" = ()
    complete: bool = True


Given = Union[Plain, Listed, None]  # noqa: UP007 a name in quotes cannot be joined by |
Facts = Mapping[str, Given]  # in base units; a missing or empty name is unknown


class FactImpossible(ValueError):
    """A fact that its declaration does not allow. Names the fact and never its value, which may be personal."""

    def __init__(self, fact: str, why: str) -> None:
        self.fact = fact
        super().__init__(f"{fact} {why}.")


def value_of(name: str, given: Given, type_: Type, of: str = "") -> Value:
    """What is known of a fact or field; `name` is how messages and questions call it."""
    match type_:
        case Records():
            return _items(name, given, type_, of or name)
        case _ if given is None:
            return unknown(type_)
        case Truth() if isinstance(given, bool):
            return YES if given else NO
        case Choice(members) if isinstance(given, str):
            if given not in members:
                raise FactImpossible(name, f"is none of {', '.join(members)}")
            return Options(frozenset((given,)))
        case Ref() if isinstance(given, str):
            return Options(frozenset((given,)))
        case Number() | Day() | Month() if not isinstance(given, Listed):
            return point(_within(name, number_of(given, type_), type_))
    raise FactImpossible(name, f"is not {in_words(type_)}")


def number_of(given: Plain, type_: Type) -> Exact | None:
    """A number, day or month as the number that stands for it."""
    match type_:
        case Number() if isinstance(given, int | Fraction) and not isinstance(given, bool):
            return given
        case Day() if type(given) is date:
            return given.toordinal()
        case Day() if given == ONGOING:
            return type_.most
        case Month() if isinstance(given, YearMonth):
            return given.number
    return None


def _within(name: str, number: Exact | None, type_: Number | Day | Month) -> Exact:
    if number is None:
        raise FactImpossible(name, f"is not {in_words(type_)}")
    if not type_.least <= number <= type_.most:
        raise FactImpossible(name, "is outside its declared range")
    if isinstance(type_, Number) and Fraction(number * type_.denominator).denominator != 1:
        raise FactImpossible(name, "is a fraction where whole numbers are declared")
    return number


def unknown(type_: Type, label: str = "", of: str = "") -> Value:
    """Every value that the declaration allows."""
    match type_:
        case Truth():
            return EITHER
        case Number(least=least, most=most) | Day(least, most) | Month(least, most):
            return Span(least, most, PLAIN)
        case Choice(members):
            return Options(frozenset(members))
        case Ref():
            return Options(None)
        case Records():
            return Items((), _ghost(type_, label, of), type_.most)
    raise TypeError(f"No fact is {in_words(type_)}.")


def _items(name: str, given: Given, type_: Records, of: str) -> Items:
    if given is None:
        given = Listed(complete=False)
    if not isinstance(given, Listed):
        raise FactImpossible(name, "is not a list")
    if len(given.items) > type_.most:
        raise FactImpossible(name, f"has more than the {type_.most} items that are declared")
    entries = tuple(_entry(f"{name}[{number}]", item, type_, of) for number, item in enumerate(given.items, 1))
    more = 0 if given.complete else type_.most - len(entries)
    return Items(entries, _ghost(type_, name, of) if more else None, more)


def _entry(label: str, item: Mapping[str, Given], type_: Records, of: str) -> Entry:
    stray = set(item) - {name for name, _ in type_.fields}
    if stray:
        raise FactImpossible(f"{label}.{min(stray)}", "is not declared")
    fields = {name: value_of(f"{label}.{name}", item.get(name), field, label) for name, field in type_.fields}
    return Entry(Row(label, of, fields), YES, label)


def _ghost(type_: Records, label: str, of: str) -> Entry:
    """An item nobody has told of."""
    fields = {name: unknown(field, label, label) for name, field in type_.fields}
    return Entry(Row("", of, fields), EITHER, label)
