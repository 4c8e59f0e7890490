"""The values that a rule read, as canonical text: days as 2026-03-01, money in fen, yes or no, ? for unknown."""

from datetime import date

from cases.determinations import Reading
from rules.intervals import CONFLICT, GAP, NO, PLAIN, YES, Items, Options, Row, Span, Value, fraction
from rules.reckoner import Reckoner
from rules.types import Day, Exact, Month, Ordered, Type
from rules.units import YearMonth

UNKNOWN = "?"
_ANSWERS = {YES: "true", NO: "false", GAP: "gap", CONFLICT: "conflict"}
_FLAWS = {GAP: "gap", CONFLICT: "conflict"}


def readings(names: tuple[str, ...], reckoner: Reckoner) -> tuple[Reading, ...]:
    return tuple(reading(name, reckoner) for name in names if _is_read(name, reckoner))


def _is_read(name: str, reckoner: Reckoner) -> bool:
    """Tables and bands are law, and not values by themselves."""
    return name not in reckoner.rules.tables and name not in reckoner.rules.bands


def reading(name: str, reckoner: Reckoner) -> Reading:
    rules = reckoner.rules
    if name in rules.facts:
        return Reading(name, text_of_value(reckoner.known[name], rules.facts[name].type))
    if name in rules.parameters:
        return Reading(name, _parameter(name, reckoner))
    part = rules.parts.get(name)
    type_ = part.be.type if part else rules.values[name].clauses[0].be.type
    return Reading(name, text_of_value(reckoner.named(name), type_))


def _parameter(name: str, reckoner: Reckoner) -> str:
    value = reckoner.rules.parameters[name].value
    if isinstance(value, frozenset):
        return ",".join(sorted(value))
    return str(value).lower() if isinstance(value, bool) else str(value)


def text_of_value(value: "Row | Value", type_: Type) -> str:
    match value:
        case int():
            return _ANSWERS.get(value, UNKNOWN)
        case Span():
            return _span(value, type_)
        case Options(among, kinds):
            only = among is not None and len(among) == 1 and kinds == PLAIN
            return next(iter(among)) if only and among else _FLAWS.get(kinds, UNKNOWN)
        case Items(entries, _, more):
            return f"{len(entries)}+" if more else str(len(entries))
        case Row(label):
            return label
    raise TypeError("Neither a value nor an item.")


def _span(span: Span, type_: Type) -> str:
    if not span.kinds & PLAIN:
        return _FLAWS.get(span.kinds, UNKNOWN)
    if span.point:
        return _one(span.lo, type_)
    everything = isinstance(type_, Ordered) and (span.lo, span.hi) == (type_.least, type_.most)
    return UNKNOWN if everything or span.kinds != PLAIN else f"{_one(span.lo, type_)}..{_one(span.hi, type_)}"


def _one(number: Exact, type_: Type) -> str:
    match type_:
        case Day():
            return date.fromordinal(int(number)).isoformat()
        case Month():
            return str(YearMonth.numbered(int(number)))
    return fraction(number)
