"""Tables of amounts that stand in files of their own (标准表), so that several policies of a place can look them up.

Each row says from when it holds, so no date of a case chooses a version: what counts is which versions were published
when the decision was taken.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from rules.documents import Item, PolicyFile
from rules.errors import PolicyError, PolicyRefused
from rules.layers import Layer, Merged, holds_in, in_force, is_left_open, merge
from rules.loading import Mapping, Node, Scalar, Sequence
from rules.reading import Errors
from rules.tables import table
from rules.types import Day, Month

LOOKED_UP = re.compile(r"(\w+)\s*\[")
WHERE_TABLES_ARE_READ = ("derive", "values", "columns", "rules", "amount")


def rows_known(file: PolicyFile, decided_on: date | None) -> Layer | None:
    """What the file says by all its versions that an office could know on the day of the decision."""
    known = [v for v in file.versions if decided_on is None or (v.published or v.since) <= decided_on]
    return in_force(replace(file, versions=tuple(known)), date.max, None) if known else None


def check_amounts(files: Iterable[PolicyFile]) -> None:
    """PolicyRefused where a table cannot be read, is not dated, or two files claim it."""
    errors = Errors()
    nearer: list[Layer] = []
    for file in files:
        for last in range(1, len(file.versions) + 1):
            layer = in_force(replace(file, versions=file.versions[:last]), date.max, None)
            outer = [each for each in nearer if holds_in(each.file, file.jurisdiction)]
            with errors.gather():
                tables = merge([*outer, layer]) if layer else None
            errors.each(tables.section("tables") if tables else (), _dated_table)
        nearer += [layer] if layer else []
    errors.refuse()


def _dated_table(item: Item) -> None:
    if is_left_open(item):
        return
    made = table(item)
    if not any(isinstance(key, Day | Month) for key in made.keys):
        raise PolicyError(f"the table '{item.id}' is not dated", item.place, expected="a key that is a day or a month")


def with_amounts(merged: Merged, read: Iterable[tuple[str, tuple[Layer, ...]]]) -> Merged:
    """The policy with those tables of the amounts it reads that it looks up, as if they stood in it."""
    wanted = {name for section in WHERE_TABLES_ARE_READ for item in merged.section(section) for name in _names(item)}
    items, replaced, errors = dict(merged.items), list(merged.replaced), list[PolicyError]()
    for policy, layers in read:
        tables = merge(layers)
        found = [item for item in tables.items.values() if item.id in wanted]
        place = merged.layers[-1].file.place
        if not found:
            errors.append(PolicyError(f"'{policy}' is read, and none of its tables is looked up", place))
        for item in found:
            if item.key in items:
                errors.append(PolicyError(f"the table '{item.id}' stands here and also in '{policy}'",
                                          items[item.key].place))  # fmt: skip
            items[item.key] = item
            replaced += [each for each in tables.replaced if each.item.key == item.key]
    if errors:
        raise PolicyRefused(errors)
    return Merged(merged.layers, items, tuple(replaced))


def _names(item: Item) -> Iterator[str]:
    for text in _texts(item.node):
        yield from LOOKED_UP.findall(text)


def _texts(node: Node) -> Iterator[str]:
    match node:
        case Scalar(text):
            yield text
        case Sequence(items):
            for item in items:
                yield from _texts(item)
        case Mapping(entries):
            for inner in entries.values():
                yield from _texts(inner)
