"""The same cases as if anything about them might be unknown, so that one program serves all of them."""

import numpy as np

from rules.intervals import EITHER, NO, YES
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
    smallest,
)
from rules.population_facts import MOST_BITS
from rules.schema import ResolvedRules
from rules.types import Choice, Day, Month, Number, Records, Ref, Truth, Type


def loosened(people: Population, rules: ResolvedRules) -> Population:
    """Of one shape whatever is known: bounds, sets and bits everywhere, and lists that may lack something."""
    columns = {name: _loose(people.columns.get(name), fact.type, (people.size,)) for name, fact in rules.facts.items()}
    return Population(people.size, columns, people.refs)


def _loose(column: Column | None, type_: Type, lead: tuple[int, ...]) -> Column:
    match type_:
        case Truth():
            return Truths(_answers(column, lead))
        case Choice(members):
            return Choices(_sets(column, members, lead), known=False)
        case Ref():
            return _ids(column, lead)
        case Number() | Day() | Month():
            return _bounds(column, type_, lead)
        case Records():
            return _lists(column, type_, lead)
    raise TypeError("No fact is of such a type.")


def _answers(column: Column | None, lead: tuple[int, ...]) -> Array:
    if not isinstance(column, Truths):
        return np.full(lead, EITHER, np.uint8)
    if column.values.dtype == np.bool_:
        return np.where(column.values, np.uint8(YES), np.uint8(NO))
    return column.values


def _sets(column: Column | None, members: tuple[str, ...], lead: tuple[int, ...]) -> Array:
    kind = np.int64 if len(members) <= MOST_BITS else np.object_
    if not isinstance(column, Choices):
        return np.full(lead, (1 << len(members)) - 1, kind)
    if not column.known:
        return column.values
    return np.array([1 << place for place in range(len(members))], kind)[column.values]


def _ids(column: Column | None, lead: tuple[int, ...]) -> Ids:
    if not isinstance(column, Ids):
        return Ids(np.zeros(lead, np.int64), np.zeros(lead, np.bool_))
    return column if column.known is not None else Ids(column.values, np.ones(lead, np.bool_))


def _bounds(column: Column | None, type_: Type, lead: tuple[int, ...]) -> Numbers:
    if not isinstance(column, Numbers):
        low, high = (smallest(np.full(lead, end, np.int64)) for end in bounds_of(type_))
        return Numbers(low, high)
    return column if column.high is not column.low else Numbers(column.low, column.low.view())


def _lists(column: Column | None, type_: Records, lead: tuple[int, ...]) -> Lists:
    if not isinstance(column, Lists):
        nothing = np.zeros((*lead, 1), np.bool_)
        column = Lists(nothing, {}, np.full(lead, type_.most, np.int64))
    inner = column.there.shape
    fields = {name: _loose(column.fields.get(name), field, inner) for name, field in type_.fields}
    return Lists(column.there, fields, np.zeros(lead, np.int64) if column.more is None else column.more)
