"""Which unknown facts an answer still hangs on: those reached through parts of it that are not settled themselves."""

from collections.abc import Iterable, Iterator

from rules.intervals import NO, YES, Entry, Items, Row, is_settled
from rules.reckoner import Reckoner
from rules.signatures import PERIOD_FIELDS
from rules.tree import Call, Expr, If, Means, Over, Path, children
from rules.words import ITEM


def live(nodes: Iterable[Expr], reckoner: Reckoner) -> tuple[str, ...]:
    """Names of facts, of lists that may not be whole, and of parts of items (`referrals[3].outcome_known`)."""
    return tuple(dict.fromkeys(name for node in nodes for name in _live(node, reckoner)))


def _live(node: Expr, reckoner: Reckoner) -> Iterator[str]:
    if is_settled(reckoner.value(node)):
        return
    match node:
        case Path():
            yield from _path(node, reckoner)
        case If(condition, then, otherwise):
            answers = reckoner.truth(condition)
            yield from _live(condition, reckoner)
            yield from _live(then, reckoner) if answers & YES else ()
            yield from _live(otherwise, reckoner) if answers & NO else ()
        case Over():
            yield from _over(node, reckoner)
        case Call("covers" | "covered_days", (periods, *days)):
            yield from _periods(periods, reckoner)
            for day in days:
                yield from _live(day, reckoner)
        case _:
            for child in children(node):
                if not _is_band(child):
                    yield from _live(child, reckoner)


def _is_band(node: Expr) -> bool:
    return isinstance(node, Path) and node.means is Means.BAND


def _path(node: Path, reckoner: Reckoner) -> Iterator[str]:
    name = node.names[0]
    match node.means:
        case Means.FACT:
            value = reckoner.known[name]
            if not isinstance(value, Items) or value.more:
                yield name
        case Means.PART:
            yield from _live(reckoner.rules.parts[name].be, reckoner.alone())
        case Means.VALUE:
            for clause in reckoner.rules.values[name].clauses:
                guard = reckoner.alone().truth(clause.when) if clause.when else YES
                yield from _live(clause.when, reckoner.alone()) if clause.when else ()
                yield from _live(clause.be, reckoner.alone()) if guard & YES else ()
        case Means.ITEM:
            yield from _field(node, reckoner)


def _field(node: Path, reckoner: Reckoner) -> Iterator[str]:
    row = reckoner.bound[node.names[0]]
    if not isinstance(row, Row) or len(node.names) == 1:
        return
    name = node.names[1]
    if name not in row.fields:
        column = reckoner.rules.columns[row.of, name]
        yield from _live(column.be, reckoner.alone({ITEM: row}))
    elif row.label:
        value = row.fields[name]
        if not isinstance(value, Items) or value.more:
            yield f"{row.label}.{name}"


def _over(node: Over, reckoner: Reckoner) -> Iterator[str]:
    yield from _live(node.source, reckoner)
    items = reckoner.items(node.source)
    for entry in _entries(items):
        inside = reckoner.binding(node.item, entry.value)
        kept = inside.truth(node.where) if node.where else YES
        yield from _live(node.where, inside) if node.where else ()
        yield from _live(node.body, inside) if node.body and kept & YES else ()
    yield from _live(node.empty, reckoner) if node.empty else ()


def _entries(items: Items) -> Iterator[Entry]:
    yield from items.entries
    if items.ghost:
        yield items.ghost


def _periods(periods: Expr, reckoner: Reckoner) -> Iterator[str]:
    yield from _live(periods, reckoner)
    for entry in reckoner.items(periods).entries:
        row = entry.value
        if isinstance(row, Row):
            yield from (f"{row.label}.{name}" for name in PERIOD_FIELDS if not is_settled(row.fields[name]))
