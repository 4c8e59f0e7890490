"""Facts of many people as a snapshot keeps them: whole numbers side by side, masks of what is known, lists as offsets.

There is no text in them: a member of an enum is its place, an id a number that means nothing outside of the snapshot.
"""

from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, TypeAlias, Union

import numpy as np

from rules.given import Given, Listed, number_of
from rules.population import Array, denominator_of, smallest
from rules.types import REF, TRUTH, Choice, Day, Month, Number, Records, Ref, Truth, Type
from rules.units import Unit, YearMonth

Refs: TypeAlias = MutableMapping[str, int]


@dataclass(frozen=True)
class Values:
    """One value each, in steps of its type; `known` is None where everybody's is. What is not known is 0."""

    values: Array
    known: Array | None = None

    def __len__(self) -> int:
        return len(self.values)


@dataclass(frozen=True)
class Listing:
    """The items of everybody, one after another: those of the first end where `offsets[1]` says."""

    offsets: Array
    complete: Array
    fields: "Mapping[str, Kept]"

    def __len__(self) -> int:
        return len(self.complete)


Kept = Union[Values, Listing]  # noqa: UP007 a name in quotes cannot be joined by |


def keep(type_: Type, given: Sequence[Given], refs: Refs) -> Kept:
    """Of values that the type allows, one for each person."""
    if isinstance(type_, Records):
        return _listing(type_, given, refs)
    known = np.fromiter((value is not None for value in given), np.bool_, len(given))
    codes = np.fromiter((0 if value is None else _code(value, type_, refs) for value in given), np.int64, len(given))
    return Values(smallest(codes), None if known.all() else known)


def take(kept: Kept, rows: Array) -> Kept:
    """Those of these people, by their places."""
    if isinstance(kept, Values):
        return Values(kept.values[rows], None if kept.known is None else kept.known[rows])
    begins, lengths = kept.offsets[:-1][rows], np.diff(kept.offsets)[rows]
    offsets = _offsets(lengths)
    items = np.repeat(begins - offsets[:-1], lengths) + np.arange(offsets[-1])
    return Listing(offsets, kept.complete[rows], {name: take(field, items) for name, field in kept.fields.items()})


def given_at(kept: Kept, type_: Type, row: int) -> Given:
    """One person's value again, as the evaluator takes it."""
    if isinstance(kept, Listing):
        if not isinstance(type_, Records):
            raise TypeError("A list is kept of something that is none.")
        declared = dict(type_.fields)
        items = tuple(
            {name: given_at(field, declared[name], place) for name, field in kept.fields.items()}
            for place in range(int(kept.offsets[row]), int(kept.offsets[row + 1]))
        )
        return Listed(items, bool(kept.complete[row]))
    if kept.known is not None and not kept.known[row]:
        return None
    return _decoded(int(kept.values[row]), type_)


def fitted(kept: Kept, was: Type, now: Type) -> Kept | None:  # noqa: PLR0911 - one line per type
    """As a fact of a newer declaration, where values that it does not allow are not known; None: it does not fit."""
    if was == now:
        return kept
    match kept, was, now:
        case Values(), Choice(members), Choice(others):
            places = np.array([others.index(each) if each in others else -1 for each in members], np.int64)
            return _where(places[kept.values], kept.known, places[kept.values] >= 0)
        case Values(), Day(), Day():
            return _within(kept, now)
        case Values(), Month(), Month():
            return _within(kept, now)
        case Values(), Number(unit=unit), Number(unit=other) if unit == other:
            return _within(kept, now) if denominator_of(was) == denominator_of(now) else None
        case Listing(), Records(), Records() if not len(kept) or np.diff(kept.offsets).max() <= now.most:
            found = {
                name: field
                for name, inner in now.fields
                if name in kept.fields and (declared := was.field(name)) is not None
                if (field := fitted(kept.fields[name], declared, inner)) is not None
            }
            return Listing(kept.offsets, kept.complete, found)
    return None


# As named arrays, for a file.


def arrays(name: str, kept: Kept) -> Iterator[tuple[str, Array]]:
    if isinstance(kept, Values):
        yield name, kept.values
        if kept.known is not None:
            yield f"{name}?", kept.known
        return
    yield f"{name}[", kept.offsets
    yield f"{name}]", kept.complete
    for field, inner in kept.fields.items():
        yield from arrays(f"{name}.{field}", inner)


def kept_of(name: str, type_: Type, found: Mapping[str, Array]) -> Kept:
    if not isinstance(type_, Records):
        return Values(found[name], found.get(f"{name}?"))
    fields = {
        field: kept_of(f"{name}.{field}", inner, found)
        for field, inner in type_.fields
        if f"{name}.{field}" in found or f"{name}.{field}[" in found
    }
    return Listing(found[f"{name}["], found[f"{name}]"], fields)


def gaps(name: str, kept: Kept) -> Iterator[str]:
    """Where somebody's value is not known, or somebody's list not complete: by the names that `arrays` gives."""
    if isinstance(kept, Values):
        if kept.known is not None:
            yield name
        return
    if not kept.complete.all():
        yield f"{name}["
    for field, inner in kept.fields.items():
        yield from gaps(f"{name}.{field}", inner)


def told(kept: Kept) -> int:
    """Of how many people something is known."""
    if isinstance(kept, Listing):
        return int((kept.complete | (np.diff(kept.offsets) > 0)).sum())
    return len(kept) if kept.known is None else int(kept.known.sum())


def _listing(type_: Records, given: Sequence[Given], refs: Refs) -> Listing:
    lists = [value if isinstance(value, Listed) else Listed(complete=False) for value in given]
    lengths = np.fromiter((len(each.items) for each in lists), np.int64, len(lists))
    items = [item for each in lists for item in each.items]
    fields = {name: keep(inner, [item.get(name) for item in items], refs) for name, inner in type_.fields}
    complete = np.fromiter((each.complete for each in lists), np.bool_, len(lists))
    return Listing(_offsets(lengths), complete, fields)


def _offsets(lengths: Array) -> Array:
    return np.concatenate(([0], np.cumsum(lengths, dtype=np.int64)))


def _code(value: Given, type_: Type, refs: Refs) -> int:
    match type_:
        case Truth():
            return int(value is True)
        case Choice(members):
            return members.index(str(value))
        case Ref():
            return refs.setdefault(str(value), len(refs))
    if value is None or isinstance(value, Listed) or (number := number_of(value, type_)) is None:
        raise TypeError("A fact is not of its declared type.")
    return int(number * denominator_of(type_))


def _decoded(code: int, type_: Type) -> Given:
    match type_:
        case Truth():
            return bool(code)
        case Choice(members):
            return members[code]
        case Ref():
            return f"#{code}"
        case Day():
            return date.fromordinal(code)
        case Month():
            return YearMonth.numbered(code)
    value = Fraction(code, denominator_of(type_))
    return int(value) if value.denominator == 1 else value


def _within(kept: Values, type_: Number | Day | Month) -> Values:
    steps = denominator_of(type_)
    inside = (kept.values >= int(type_.least * steps)) & (kept.values <= int(type_.most * steps))
    return _where(kept.values, kept.known, inside)


def _where(values: Array, known: Array | None, inside: Array) -> Values:
    """Known where it was and where it fits."""
    still = inside if known is None else known & inside
    return Values(smallest(np.where(still, values, 0)), None if still.all() else still)


# Declarations, for the file: what its numbers mean.


def declared(type_: Type) -> list[Any]:
    match type_:
        case Number(unit, least, most, denominator):
            return ["number", str(unit), str(least), str(most), denominator]
        case Day(least, most) | Month(least, most):
            return [type(type_).__name__.lower(), least, most]
        case Choice(members):
            return ["choice", *members]
        case Records(fields, most, of):
            return ["list", most, of, [[name, declared(inner)] for name, inner in fields]]
        case Truth() | Ref():
            return [type(type_).__name__.lower()]
    raise TypeError("No fact is of such a type.")


def type_of(written: Sequence[Any]) -> Type:  # noqa: PLR0911 - one line per type
    """The declaration again."""
    match written:
        case ["number", unit, least, most, denominator]:
            return Number(Unit(unit), _exact(least), _exact(most), denominator)
        case ["day", least, most]:
            return Day(least, most)
        case ["month", least, most]:
            return Month(least, most)
        case ["choice", *members]:
            return Choice(tuple(members))
        case ["list", most, of, fields]:
            return Records(tuple((name, type_of(inner)) for name, inner in fields), most, of)
        case ["truth"]:
            return TRUTH
        case ["ref"]:
            return REF
    raise TypeError("No fact is declared like this.")


def _exact(text: str) -> int | Fraction:
    value = Fraction(text)
    return int(value) if value.denominator == 1 else value
