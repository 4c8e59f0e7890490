"""A population from arrays that somebody else read or drew, checked against what the policy declares.

What is reckoned in few bytes relies on declared ranges, so no value outside of them gets in.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from rules.given import FactImpossible
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
from rules.schema import ResolvedRules
from rules.types import Choice, Day, Month, Number, Records, Ref, Truth, Type


def population_of_columns(rules: ResolvedRules, columns: Mapping[str, Column], refs: Mapping[str, int]) -> Population:
    """FactImpossible where a column is not what was declared; a fact without a column is unknown of everybody."""
    sizes = {_length(column) for column in columns.values()}
    if len(sizes) != 1:
        raise ValueError("The columns of a population are of one length, and there is at least one.")
    for name, column in columns.items():
        if name not in rules.facts:
            raise FactImpossible(name, "is not declared")
        _check(name, column, rules.facts[name].type)
    return Population(sizes.pop(), columns, refs)


def numbers(values: Array) -> Numbers:
    """Numbers, days or months that are known: whole numbers in steps of their type, days as `date.toordinal()`."""
    return Numbers.known(smallest(values))


def choices(values: Array, order: Sequence[str], declared: Choice) -> Choices:
    """Members that are known, from places in an order of one's own."""
    places = np.array([declared.members.index(member) for member in order], np.int64)
    return Choices(smallest(places[values]))


def _length(column: Column) -> int:
    match column:
        case Numbers(low=values) | Truths(values) | Choices(values) | Ids(values) | Lists(there=values):
            return len(values)
    raise TypeError("Not a column.")


def _check(name: str, column: Column, type_: Type) -> None:
    match column, type_:
        case Numbers(low, high), Number() | Day() | Month():
            least, most = bounds_of(type_)
            if low.size and not (least <= low.min() and high.max() <= most and bool((low <= high).all())):
                raise FactImpossible(name, "is outside its declared range")
        case Truths(values), Truth():
            if values.dtype != np.bool_ and not bool(((values >= 1) & (values <= 3)).all()):  # noqa: PLR2004 - the bits YES and NO, and both
                raise FactImpossible(name, "is neither known nor unknown")
        case Choices(values, known), Choice(members):
            top = len(members) - 1 if known else (1 << len(members)) - 1
            if values.size and not (values.min() >= (0 if known else 1) and values.max() <= top):
                raise FactImpossible(name, "is no member of its enum")
        case Ids(), Ref():
            pass
        case Lists(), Records():
            _check_list(name, column, type_)
        case _:
            raise FactImpossible(name, "is of another type than its declaration")


def _check_list(name: str, column: Lists, type_: Records) -> None:
    told = column.there.sum(axis=-1)
    more = 0 if column.more is None else column.more
    if bool((told + more > type_.most).any()) or bool(np.less(more, 0).any()):
        raise FactImpossible(name, f"has more than the {type_.most} items that are declared")
    for field, inner in column.fields.items():
        declared = type_.field(field)
        if declared is None:
            raise FactImpossible(f"{name}.{field}", "is not declared")
        _check(f"{name}.{field}", inner, declared)
