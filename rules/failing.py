"""Which part of a rule's condition did not hold, so that a refusal can say it and not only name the rule."""

from dataclasses import dataclass

from rules.intervals import NO, YES, Entry, Items
from rules.places import Place
from rules.printer import text_of
from rules.readings import text_of_value
from rules.reckoner import Reckoner
from rules.tree import And, Compare, Expr, Means, Or, Over, Path


@dataclass(frozen=True)
class Failing:
    """`left` and `right` are what the two sides of a comparison came to; `items` the items that a list failed by."""

    text: str
    place: Place
    left: str = ""
    right: str = ""
    items: tuple[str, ...] = ()


def failing_parts(node: Expr, reckoner: Reckoner) -> tuple[Failing, ...]:
    """Of a condition that does not hold: the first part of an `and` that fails, every part of an `or`."""
    match node:
        case And(parts):
            return failing_parts(next(part for part in parts if reckoner.truth(part) == NO), reckoner)
        case Or(parts):
            return tuple(failing for part in parts for failing in failing_parts(part, reckoner))
        case Path((name,), Means.PART):
            return failing_parts(reckoner.rules.parts[name].be, reckoner)
        case Compare(_, left, right):
            found, wanted = (text_of_value(reckoner.value(side), side.type) for side in (left, right))
            return (Failing(text_of(node), node.place, found, wanted),)
        case Over("all"):
            return (Failing(text_of(node), node.place, items=_failing_items(node, reckoner)),)
    return (_leaf(node),)


def _leaf(node: Expr) -> Failing:
    return Failing(text_of(node), node.place)


def _failing_items(node: Over, reckoner: Reckoner) -> tuple[str, ...]:
    items = reckoner.value(node.source)
    entries = items.entries if isinstance(items, Items) else ()
    return tuple(entry.label for entry in entries if _fails(entry, node, reckoner))


def _fails(entry: Entry, node: Over, reckoner: Reckoner) -> bool:
    inside = reckoner.binding(node.item, entry.value)
    there = node.where is None or inside.truth(node.where) == YES
    return entry.present == YES and there and node.body is not None and inside.truth(node.body) == NO
