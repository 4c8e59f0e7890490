"""The facts of many cases of one policy, as columns: what is known of each case, and what is not.

A column whose values are all known is held once and in the smallest whole numbers that fit, so that a million people
fit into memory; only where something is unknown are there two bounds, or sets. `rows` copies nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import lcm
from typing import Any, Protocol, TypeAlias

import numpy as np

from rules.types import Choice, Day, Month, Number, Records, Ref, Truth, Type

Array: TypeAlias = np.ndarray[Any, np.dtype[Any]]
Shape = tuple[object, ...]  # what a program for such columns depends on


class Column(Protocol):
    @property
    def shape(self) -> Shape: ...
    def rows(self, some: slice) -> "Column": ...


@dataclass(frozen=True)
class Numbers:
    """Numbers, days or months between two bounds; `high` is `low` where all are known. In steps of their type."""

    low: Array
    high: Array

    @classmethod
    def known(cls, values: Array) -> "Numbers":
        return cls(values, values)

    @property
    def shape(self) -> Shape:
        return ("numbers", self.high is self.low)

    def rows(self, some: slice) -> "Numbers":
        low = self.low[some]
        return Numbers(low, low if self.high is self.low else self.high[some])


@dataclass(frozen=True)
class Truths:
    """Truths and falsehoods where all are known, or the bits of YES and NO."""

    values: Array

    @property
    def shape(self) -> Shape:
        return ("truths", self.values.dtype == np.bool_)

    def rows(self, some: slice) -> "Truths":
        return Truths(self.values[some])


@dataclass(frozen=True)
class Choices:
    """Places in the enum's list of members where all are known, or sets of members as bits."""

    values: Array
    known: bool = True

    @property
    def shape(self) -> Shape:
        return ("choices", self.known)

    def rows(self, some: slice) -> "Choices":
        return Choices(self.values[some], self.known)


@dataclass(frozen=True)
class Ids:
    """Refs, as numbers that the population gave them; `known` where some are not."""

    values: Array
    known: Array | None = None

    @property
    def shape(self) -> Shape:
        return ("ids", self.known is None)

    def rows(self, some: slice) -> "Ids":
        return Ids(self.values[some], None if self.known is None else self.known[some])


@dataclass(frozen=True)
class Lists:
    """Items side by side, one axis more: which places hold one, and how `more` there may be that nobody told of."""

    there: Array
    fields: Mapping[str, Column]
    more: Array | None = None  # None: every list is complete

    @property
    def shape(self) -> Shape:
        return ("lists", self.more is None, *((name, column.shape) for name, column in self.fields.items()))

    def rows(self, some: slice) -> "Lists":
        fields = {name: column.rows(some) for name, column in self.fields.items()}
        return Lists(self.there[some], fields, None if self.more is None else self.more[some])


@dataclass(frozen=True)
class Population:
    """`columns` by fact; a fact without a column is unknown of everybody. `refs` numbers the ids that are known."""

    size: int
    columns: Mapping[str, Column]
    refs: Mapping[str, int] = field(default_factory=dict)

    @property
    def shape(self) -> Shape:
        return tuple((name, column.shape) for name, column in sorted(self.columns.items()))

    def is_known(self, facts: Mapping[str, Type]) -> bool:
        """Whether everything is known of everybody."""
        return all(name in self.columns and is_known(self.columns[name], type_) for name, type_ in facts.items())

    def rows(self, start: int, stop: int) -> "Population":
        some = slice(start, stop)
        columns = {name: column.rows(some) for name, column in self.columns.items()}
        return Population(len(range(self.size)[some]), columns, self.refs)

    def with_column(self, name: str, column: Column) -> "Population":
        return Population(self.size, {**self.columns, name: column}, self.refs)

    def column(self, path: Sequence[str]) -> Column | None:
        found = self.columns.get(path[0])
        for name in path[1:]:
            if not isinstance(found, Lists):
                return None
            found = found.fields.get(name)
        return found


def is_known(column: Column, type_: Type) -> bool:
    """Whether nothing in a column is left open; of lists, also which items they hold and what these are like."""
    if not isinstance(column, Lists) or not isinstance(type_, Records):
        return bool(column.shape[1])
    fields = column.fields
    return column.more is None and all(name in fields and is_known(fields[name], field) for name, field in type_.fields)


def denominator_of(type_: Type) -> int:
    """In which steps values of a type are counted: thirds for a number declared in thirds."""
    if not isinstance(type_, Number):
        return 1
    return lcm(type_.denominator, Fraction(type_.least).denominator, Fraction(type_.most).denominator)


def bounds_of(type_: Type) -> tuple[int, int]:
    """The declared range, in steps of the type."""
    if not isinstance(type_, Number | Day | Month):
        raise TypeError("Only numbers, days and months have bounds.")
    steps = denominator_of(type_)
    return int(type_.least * steps), int(type_.most * steps)


def smallest(values: Array) -> Array:
    """The same whole numbers in as few bytes as hold them."""
    if values.dtype == object or not values.size:
        return values
    low, high = int(values.min()), int(values.max())
    sizes = (np.int8, np.int16, np.int32)
    kind = next((kind for kind in sizes if np.iinfo(kind).min <= low and high <= np.iinfo(kind).max), np.int64)
    return values.astype(kind, copy=False)


KINDS: Mapping[type[Column], tuple[type, ...]] = {
    Numbers: (Number, Day, Month),
    Truths: (Truth,),
    Choices: (Choice,),
    Ids: (Ref,),
    Lists: (Records,),
}
