"""Complete facts in the plain form that generated programs take: whole numbers, texts, truths, and tuples of rows.

Days are ordinals and months numbers; a number is counted over the denominator of its type.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from rules.given import ONGOING, FactImpossible, Facts, Given, Listed
from rules.python_program import Plain, PlainFacts
from rules.scaled import scaled
from rules.schema import ResolvedRules
from rules.types import Choice, Day, Month, Number, Records, Ref, Truth, Type, in_words
from rules.units import YearMonth


def plain_facts(rules: ResolvedRules, names: Sequence[str], facts: Facts) -> PlainFacts | None:
    """None where something is missing, in whole or in part, so that only the evaluator can decide.

    FactImpossible where a fact is not what was declared: a program is never given what it was not written for.
    """
    found: dict[str, Plain] = {}
    for name in names:
        value = _plain(name, facts.get(name), rules.facts[name].type)
        if value is None:
            return None
        found[name] = value
    return found


def _plain(name: str, given: Given, type_: Type) -> Plain | None:  # noqa: C901, PLR0911 - one line per type
    if given is None:
        return None
    match type_:
        case Number(least=least, most=most, denominator=denominator) if not isinstance(given, str | bool | Listed):
            if not isinstance(given, date | YearMonth):
                if not least <= given <= most:
                    raise FactImpossible(name, "is outside its declared range")
                return given if denominator == 1 and isinstance(given, int) else _scaled(name, given, denominator)
        case Day(most=most) if given == ONGOING:
            return most
        case Day(least, most) if isinstance(given, date):
            return _within(name, given.toordinal(), least, most)
        case Month(least, most) if isinstance(given, YearMonth):
            return _within(name, given.number, least, most)
        case Truth() if isinstance(given, bool):
            return given
        case Choice(members) if isinstance(given, str) and given in members:
            return given
        case Ref() if isinstance(given, str):
            return given
        case Records() if isinstance(given, Listed):
            return _rows(name, given, type_)
    raise FactImpossible(name, f"is not {in_words(type_)}")


def _scaled(name: str, given: object, denominator: int) -> int:
    try:
        return scaled(given, denominator)  # type: ignore[arg-type]  # a number, as was just matched
    except ValueError:
        raise FactImpossible(name, "is a fraction where whole numbers are declared") from None


def _within(name: str, number: int, least: int, most: int) -> int:
    if not least <= number <= most:
        raise FactImpossible(name, "is outside its declared range")
    return number


def _rows(name: str, given: Listed, type_: Records) -> Plain | None:
    if len(given.items) > type_.most:
        raise FactImpossible(name, f"has more than the {type_.most} items that are declared")
    if not given.complete:
        return None
    found: list[tuple[Plain, ...]] = []
    for item in given.items:
        row = _row(name, item, type_)
        if row is None:
            return None
        found.append(row)
    return tuple(found)


def _row(name: str, item: Mapping[str, Given], type_: Records) -> tuple[Plain, ...] | None:
    values = [_plain(name, item.get(field), of) for field, of in type_.fields]
    row = tuple(value for value in values if value is not None)
    return row if len(row) == len(values) else None
