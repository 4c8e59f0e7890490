"""Many cases become columns: from facts as the rules take them, or from what the evaluator knows of each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np

from rules.facts import StoredFact, read_facts
from rules.given import Facts
from rules.intervals import EITHER, NO, YES, Entry, Items, Options, Row, Span, Value
from rules.population import (
    Array,
    Choices,
    Column,
    Ids,
    Lists,
    Numbers,
    Population,
    Truths,
    bounds_of,
    denominator_of,
    smallest,
)
from rules.reckoner import known_facts
from rules.schema import ResolvedRules
from rules.types import Choice, Day, Month, Number, Records, Ref, Truth, Type

MOST_BITS = 62  # members in a set that one of numpy's whole numbers can be; more need Python's

Known: TypeAlias = Mapping[str, Value]
Values: TypeAlias = Sequence["Value | None"]  # None where a list has no item, so that the place says nothing


def population_of(rules: ResolvedRules, cases: Iterable[Facts]) -> Population:
    """FactImpossible for the first fact that its declaration does not allow."""
    return population_of_known(rules, [known_facts(rules, facts) for facts in cases])


def population_of_stored(rules: ResolvedRules, cases: Iterable[Mapping[str, StoredFact]]) -> Population:
    """From facts as the record keeps them. FactRefused for the first that does not fit."""
    return population_of(rules, [read_facts(stored, rules.facts).facts for stored in cases])


def population_of_known(rules: ResolvedRules, cases: Sequence[Known]) -> Population:
    """From what the evaluator knows of each case; a fact may be known to lie in a part of its range."""
    gathering = _Gathering()
    columns = {
        name: column
        for name, fact in rules.facts.items()
        if (column := gathering.column(fact.type, [known[name] for known in cases])) is not None
    }
    return Population(len(cases), columns, gathering.refs)


@dataclass
class _Gathering:
    refs: dict[str, int] = field(default_factory=dict)

    def column(self, type_: Type, values: Values) -> Column | None:
        """None where nobody's value is known."""
        match type_:
            case Truth():
                return _truths([value for value in values if value is None or isinstance(value, int)])
            case Number() | Day() | Month():
                return _numbers(type_, [value for value in values if value is None or isinstance(value, Span)])
            case Choice(members):
                return _choices(members, [value for value in values if value is None or isinstance(value, Options)])
            case Ref():
                return self._ids([value for value in values if value is None or isinstance(value, Options)])
            case Records():
                return self._lists(type_, [value for value in values if value is None or isinstance(value, Items)])
        raise TypeError("No fact is of such a type.")

    def _ids(self, values: "Sequence[Options | None]") -> Ids | None:
        codes = np.zeros(len(values), np.int64)
        known = np.ones(len(values), np.bool_)
        for place, value in enumerate(values):
            if value is None:
                continue
            if value.among is None:
                known[place] = False
            else:
                (ref,) = value.among
                codes[place] = self.refs.setdefault(ref, len(self.refs))
        if not known.any() and len(values):
            return None
        return Ids(codes, None if known.all() else known)

    def _lists(self, type_: Records, values: "Sequence[Items | None]") -> Lists:
        lists = [Items(()) if value is None else value for value in values]
        width = max(1, *(len(items.entries) for items in lists), 1)
        more = np.fromiter((items.more for items in lists), np.int64, len(lists))
        there = np.zeros((len(lists), width), np.bool_)
        entries: list[Entry | None] = []
        for place, items in enumerate(lists):
            there[place, : len(items.entries)] = True
            entries += [*items.entries, *([None] * (width - len(items.entries)))]
        fields = {
            name: reshaped(column, there.shape)
            for name, inner in type_.fields
            if (column := self.column(inner, [_field(entry, name) for entry in entries])) is not None
        }
        return Lists(there, fields, more if more.any() else None)


def _field(entry: Entry | None, name: str) -> Value | None:
    if entry is None:
        return None
    if not isinstance(entry.value, Row):
        raise TypeError("A list that is a fact holds items with fields.")
    return entry.value.fields[name]


def _truths(values: Sequence[int | None]) -> Truths | None:
    bits = np.fromiter((NO if value is None else value for value in values), np.uint8, len(values))
    if all(value == EITHER for value in values if value is not None) and any(value is not None for value in values):
        return None
    return Truths(bits if (bits == EITHER).any() else bits == YES)


def _numbers(type_: Type, values: Sequence[Span | None]) -> Numbers | None:
    steps, bounds = denominator_of(type_), bounds_of(type_)
    low = _whole([bounds[0] if value is None else int(value.lo * steps) for value in values])
    high = _whole([bounds[0] if value is None else int(value.hi * steps) for value in values])
    if (low == high).all():
        return Numbers.known(smallest(low))
    told = [value for value in values if value is not None]
    if all((int(value.lo * steps), int(value.hi * steps)) == bounds for value in told):
        return None
    return Numbers(smallest(low), smallest(high))


def _whole(values: list[int]) -> Array:
    return np.array(values, np.int64)


def _choices(members: tuple[str, ...], values: Sequence[Options | None]) -> Choices | None:
    place = {member: number for number, member in enumerate(members)}
    everything = (1 << len(members)) - 1
    sets = [1 if value is None else sum(1 << place[member] for member in value.among or ()) for value in values]
    if all(some & (some - 1) == 0 for some in sets):  # one member each
        return Choices(smallest(_whole([some.bit_length() - 1 for some in sets])))
    if all(some == everything for some, value in zip(sets, values, strict=True) if value is not None):
        return None
    return Choices(np.array(sets, np.int64 if len(members) <= MOST_BITS else object), known=False)


def reshaped(column: Column, lead: tuple[int, ...]) -> Column:
    """The items of all cases, one after another, become items side by side."""
    match column:
        case Numbers(low, high):
            bottom = _side_by_side(low, lead)
            return Numbers(bottom, bottom if high is low else _side_by_side(high, lead))
        case Truths(values):
            return Truths(_side_by_side(values, lead))
        case Choices(values, known):
            return Choices(_side_by_side(values, lead), known)
        case Ids(values, told):
            return Ids(_side_by_side(values, lead), None if told is None else _side_by_side(told, lead))
        case Lists(there, fields, more):
            inner = {name: _inner(each, lead) for name, each in fields.items()}
            return Lists(_side_by_side(there, lead), inner, None if more is None else _side_by_side(more, lead))
    raise TypeError("Not a column.")


def _inner(column: Column, lead: tuple[int, ...]) -> Column:
    return reshaped(column, lead)


def _side_by_side(values: Array, lead: tuple[int, ...]) -> Array:
    return values.reshape(*lead, *values.shape[1:])
