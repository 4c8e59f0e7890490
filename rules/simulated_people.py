"""Some of the people of a snapshot, as the numpy back end takes them, and one of them as the evaluator does."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from rules.given import Facts
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
from rules.simulated_columns import Kept, Listing, Values, fitted, given_at, take
from rules.types import Choice, Day, Month, Number, Records, Ref, Truth, Type


@dataclass(frozen=True)
class People:
    """`types` are the declarations of the day of the snapshot; `partly` names what is not known of somebody in it.

    Whole columns and such with gaps have programs of their own, so `partly` holds of all people and not of these alone.
    """

    size: int
    facts: Mapping[str, Kept]
    types: Mapping[str, Type]
    partly: Collection[str]
    on: date

    def taken(self, rows: Array) -> "People":
        facts = {name: take(kept, rows) for name, kept in self.facts.items()}
        return People(len(rows), facts, self.types, self.partly, self.on)

    def fitted(self, rules: ResolvedRules) -> Mapping[str, Kept]:
        """The facts that a policy declares; the day that time carries along is that of the snapshot, for everybody."""
        found: dict[str, Kept] = {}
        for name, fact in rules.facts.items():
            if fact.moves:
                found[name] = Values(np.full(self.size, self.on.toordinal(), np.int32))
            elif name in self.facts and (kept := fitted(self.facts[name], self.types[name], fact.type)) is not None:
                found[name] = kept
        return found

    def population(self, rules: ResolvedRules) -> Population:
        columns = {
            name: column_of(name, kept, rules.facts[name].type, self.partly)
            for name, kept in self.fitted(rules).items()
        }
        return Population(self.size, columns)

    def one(self, rules: ResolvedRules, row: int) -> Facts:
        """What is known of one of them."""
        alone = self.taken(np.array([row]))
        return {name: given_at(kept, rules.facts[name].type, 0) for name, kept in alone.fitted(rules).items()}


def column_of(name: str, kept: Kept, type_: Type, partly: Collection[str]) -> Column:
    if isinstance(kept, Listing):
        if not isinstance(type_, Records):
            raise TypeError("A list is kept of something that is none.")
        return _lists(name, kept, type_, partly)
    known = kept.known
    if known is None and name in partly:
        known = np.ones(len(kept), np.bool_)
    match type_:
        case Truth():
            return Truths(kept.values.astype(np.bool_) if known is None else _answers(kept.values, known))
        case Choice(members):
            return Choices(kept.values) if known is None else Choices(_sets(kept.values, known, members), known=False)
        case Ref():
            return Ids(kept.values.astype(np.int64), known)
        case Number() | Day() | Month():
            return _bounds(kept.values, known, type_)
    raise TypeError("No fact is of such a type.")


def _answers(values: Array, known: Array) -> Array:
    return np.where(known, np.where(values, np.uint8(YES), np.uint8(NO)), np.uint8(EITHER))


def _sets(values: Array, known: Array, members: tuple[str, ...]) -> Array:
    kind = np.int64 if len(members) <= MOST_BITS else np.object_
    singles = np.array([1 << place for place in range(len(members))], kind)
    return np.where(known, singles[values], kind((1 << len(members)) - 1))


def _bounds(values: Array, known: Array | None, type_: Type) -> Numbers:
    if known is None:
        return Numbers.known(values)
    least, most = bounds_of(type_)
    wide = values.astype(np.int64)
    return Numbers(smallest(np.where(known, wide, least)), smallest(np.where(known, wide, most)))


def _lists(name: str, kept: Listing, type_: Records, partly: Collection[str]) -> Lists:
    lengths = np.diff(kept.offsets)
    row = np.repeat(np.arange(len(kept)), lengths)
    place = np.arange(len(row)) - np.repeat(kept.offsets[:-1], lengths)
    lead = (len(kept), max(1, int(lengths.max(initial=0))))
    there = np.zeros(lead, np.bool_)
    there[row, place] = True
    fields = {
        field: _spread(column_of(f"{name}.{field}", kept.fields[field], inner, partly), inner, (row, place), lead)
        for field, inner in type_.fields
        if field in kept.fields
    }
    whole = f"{name}[" not in partly and bool(kept.complete.all())
    more = None if whole else np.where(kept.complete, 0, type_.most - lengths)
    return Lists(there, fields, more)


def _spread(column: Column, type_: Type, at: tuple[Array, Array], lead: tuple[int, int]) -> Column:
    """The items of everybody side by side; where somebody has no item stands a value that says nothing."""

    def side_by_side(values: Array, nothing: int) -> Array:
        out = np.full((*lead, *values.shape[1:]), nothing, values.dtype)
        out[at] = values
        return out

    match column:
        case Numbers(low, high):
            least = bounds_of(type_)[0]
            bottom, top = (smallest(side_by_side(each.astype(np.int64), least)) for each in (low, high))
            return Numbers(bottom, bottom if high is low else top)
        case Truths(values):
            return Truths(side_by_side(values, 0 if values.dtype == np.bool_ else NO))
        case Choices(values, known):
            return Choices(side_by_side(values, 0 if known else 1), known)
        case Ids(values, known):
            return Ids(side_by_side(values, 0), None if known is None else side_by_side(known, 1))
        case Lists(there, fields, more) if isinstance(type_, Records):
            inner = {name: _spread(fields[name], field, at, lead) for name, field in type_.fields if name in fields}
            return Lists(side_by_side(there, 0), inner, None if more is None else side_by_side(more, 0))
    raise TypeError("Not a column of this type.")
