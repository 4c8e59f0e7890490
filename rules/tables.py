"""A table of amounts by place, tier and date; two rows may not answer one question, and a missing row is a gap."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import combinations

from rules.documents import Item
from rules.errors import PolicyError
from rules.loading import Mapping, Node, Scalar
from rules.reading import any_mapping, authority, day, items, mapping, member, scalar, texts
from rules.scalars import measure, unit_named, year_month
from rules.schema import Row, Table
from rules.types import Choice, Day, Month, Number, Type
from rules.units import BASE, YearMonth

DATED: dict[str, Type] = {"day": Day(), "month": Month()}


@dataclass(frozen=True)
class _Keys:
    choices: dict[str, Choice]
    dated: str  # "", "day" or "month"


def table(item: Item) -> Table:
    found = mapping(item.node, ("keys", "unit", "rows"), ("keys", "rows"))
    keys = _keys(found.entries["keys"])
    unit = found.entries.get("unit")
    rows = tuple(_row(node, keys, unit) for node in items(found.entries["rows"]))
    _refuse_overlap(rows, item)
    dated = [DATED[keys.dated]] if keys.dated else []
    return Table(item.id, (*keys.choices.values(), *dated), _type_of(rows, unit, item), rows, item.place)


def table_left_open(item: Item) -> Table:
    """A stand-in for rows that a place still has to set, so that what looks them up is checked today."""
    found = mapping(item.node, ("left_to", "keys", "unit", "authority", "tag"), ("keys",))
    keys = _keys(found.entries["keys"])
    dated = [DATED[keys.dated]] if keys.dated else []
    row = Row(tuple(choice.members[0] for choice in keys.choices.values()), 0, authority(found), place=item.place)
    base = BASE[unit_named(found.entries.get("unit"))][0]
    return Table(item.id, (*keys.choices.values(), *dated), Number(base, 0, 0), (row,), item.place)


def _keys(node: Node) -> _Keys:
    choices: dict[str, Choice] = {}
    dated = ""
    found = any_mapping(node)
    for name, kind in found.entries.items():
        if isinstance(kind, Scalar):
            dated = member(kind, tuple(DATED))
        else:
            choices[name] = Choice(texts(kind))
    return _Keys(choices, dated)


def _row(node: Node, keys: _Keys, unit: Node | None) -> Row:
    allowed = (*keys.choices, *(("from", "until") if keys.dated else ()), "value", "authority", "tag")
    found = mapping(node, allowed, (*keys.choices, "value"))
    return Row(
        members=tuple(member(found.entries[name], choice.members) for name, choice in keys.choices.items()),
        value=measure(found.entries["value"], unit).value,
        authority=authority(found),
        since=_when(found, "from", keys),
        until=_when(found, "until", keys),
        place=found.place,
    )


def _when(found: Mapping, key: str, keys: _Keys) -> date | YearMonth | None:
    if key not in found.entries:
        return None
    return day(found.entries[key]) if keys.dated == "day" else year_month(scalar(found.entries[key]))


def _refuse_overlap(rows: tuple[Row, ...], item: Item) -> None:
    for one, other in combinations(rows, 2):
        if one.members == other.members and _meet(one, other):
            raise PolicyError(f"two rows of '{item.id}' answer for the same time", other.place)


def _meet(one: Row, other: Row) -> bool:
    return not any(_before(a, b) for a, b in ((one.until, other.since), (other.until, one.since)))


def _before(ends: date | YearMonth | None, begins: date | YearMonth | None) -> bool:
    return ends is not None and begins is not None and _order(ends) < _order(begins)


def _order(at: date | YearMonth) -> int:
    return at.number if isinstance(at, YearMonth) else at.toordinal()


def _type_of(rows: tuple[Row, ...], unit: Node | None, item: Item) -> Type:
    values = [row.value for row in rows]
    if not rows:
        raise PolicyError(f"the table '{item.id}' has no row", item.place)
    if all(isinstance(value, int | Fraction) for value in values):
        numbers = [Fraction(value) for value in values if isinstance(value, int | Fraction)]
        base = BASE[unit_named(unit)][0]
        return Number(base, min(numbers), max(numbers), max(number_.denominator for number_ in numbers))
    if all(isinstance(value, str) for value in values):
        return Choice(tuple(dict.fromkeys(str(value) for value in values)))
    raise PolicyError(f"the values of the table '{item.id}' are of different kinds", item.place)
