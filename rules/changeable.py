"""The facts of one case that somebody could make otherwise, and the parts of items, each by itself."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rules.given import unknown
from rules.intervals import Items, Row, Value, is_settled
from rules.schema import AskedOf, Fact, Field, ResolvedRules
from rules.types import Choice, Ordered, Truth, Type

Changes = Mapping[str, Value]
# Whether nothing comes of it, whatever the named fact is.
Idle = Callable[[Changes, str], bool]


@dataclass(frozen=True)
class Changeable:
    """`name` is how questions name it: a fact, or a part of an item (`payments[3].amount`) of the list `fact`."""

    name: str
    fact: str
    type: Type
    asked_of: AskedOf
    now: Value
    put: Callable[[Value], Changes]


def changeable(rules: ResolvedRules, known: Mapping[str, Value], idle: Idle) -> Iterator[Changeable]:
    """Of what is known, all that matters by itself; an id says who somebody is and is not tried."""
    for name, fact in rules.facts.items():
        now = known[name]
        if not fact.can_change:
            continue
        if isinstance(now, Items):
            yield from _parts(fact, now, idle)
        elif _is_tried(fact.type, now) and not idle({name: unknown(fact.type)}, name):
            yield Changeable(name, name, fact.type, fact.asked_of, now, lambda value, name=name: {name: value})  # type: ignore[misc]  # a name of its own


def _is_tried(type_: Type, now: Value) -> bool:
    return isinstance(type_, Truth | Choice | Ordered) and is_settled(now)


def _parts(fact: Fact, items: Items, idle: Idle) -> Iterator[Changeable]:
    """Long lists are passed over whole, then item by item, where nothing in them matters."""
    fields = [field for field in fact.fields if field.can_change]
    rows = {place: entry.value for place, entry in enumerate(items.entries) if isinstance(entry.value, Row)}
    if not fields or idle({fact.name: _with_unknown(items, rows, fields)}, fact.name):
        return
    for place, row in rows.items():
        if idle({fact.name: _with_unknown(items, {place: row}, fields)}, fact.name):
            continue
        for field in fields:
            now = row.fields[field.name]
            if _is_tried(field.type, now):
                put = _put(fact.name, items, place, field.name)
                yield Changeable(f"{row.label}.{field.name}", fact.name, field.type, field.asked_of, now, put)


def _with_unknown(items: Items, rows: Mapping[int, Row], fields: Sequence[Field]) -> Items:
    anything = {field.name: unknown(field.type) for field in fields}
    for place, row in rows.items():
        items = _with_row(items, place, {**row.fields, **anything})
    return items


def _put(list_: str, items: Items, place: int, field: str) -> Callable[[Value], Changes]:
    row = items.entries[place].value
    fields = row.fields if isinstance(row, Row) else {}
    return lambda value: {list_: _with_row(items, place, {**fields, field: value})}


def _with_row(items: Items, place: int, fields: Mapping[str, Value]) -> Items:
    entry = items.entries[place]
    if not isinstance(entry.value, Row):
        return items
    row = Row(entry.value.label, entry.value.of, fields)
    entries = (*items.entries[:place], replace(entry, value=row), *items.entries[place + 1 :])
    return replace(items, entries=entries)
