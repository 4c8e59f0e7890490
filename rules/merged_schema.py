"""What all layers of a policy say together, as declarations ready to be checked."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from cases.wording import Wording
from rules import declarations as read
from rules.documents import Item
from rules.layers import Merged, is_left_open
from rules.loading import Mapping as MappingNode
from rules.loading import Node, Scalar, Sequence
from rules.reading import Errors, authority, mapping
from rules.scalars import exact, point, unit_named
from rules.schema import AgeReached, Band, ByClauses, Column, Fact, Parameter, Part, Rule, Schema, Table
from rules.tables import table, table_left_open
from rules.tree import Expr, Path, walk
from rules.units import in_base

NAMED = re.compile(r"\{(\w+)\}")
LIMITS = ("left_to", "unit", "at_most", "at_least", "authority", "tag")
# Sections whose plain values may name a parameter: a plan's days, a clock's length.
READ_BY_NAME = ("plan", "items", "clocks", "reasons", "hints")


@dataclass
class _Said:
    parameters: list[Parameter] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    bands: list[Band] = field(default_factory=list)
    derive: list[Part] = field(default_factory=list)
    values: list[ByClauses] = field(default_factory=list)
    columns: list[Column] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    amount: list[Expr] = field(default_factory=list)

    def read(self, item: Item, merged: Merged) -> None:
        match item.section:
            case "parameters":
                self.parameters.append(read.parameter(item, _limits(item, merged)))
            case "tables":
                self.tables.append(table(item))
            case "bands":
                self.bands.append(read.band(item))
            case "derive":
                self.derive.append(read.part(item))
            case "values":
                self.values.append(read.by_clauses(item))
            case "columns":
                self.columns.append(read.column(item))
            case "rules":
                self.rules.append(read.rule(item))
            case "amount":
                self.amount.append(read.amount(item))

    def trees(self) -> Iterator[Expr]:
        yield from (part.be for part in self.derive)
        yield from (column.be for column in self.columns)
        for value in self.values:
            for clause in value.clauses:
                yield from (tree for tree in (clause.be, clause.when) if tree)
        yield from (each.when for each in self.rules)
        yield from self.amount


def schema_of(merged: Merged, facts: Mapping[str, Fact]) -> Schema:
    """The declarations, with only those facts of the book that they read; PolicyRefused with all that is wrong."""
    said, errors = _Said(), Errors()
    items = [item for item in merged.items.values() if not is_left_open(item)]
    errors.each(items, lambda item: said.read(item, merged))
    # A stand-in for a value that a place still has to set, so that the frame's own expressions are checked today.
    open_values = [item for item in merged.section("parameters") if is_left_open(item)]
    errors.each(open_values, lambda item: said.parameters.append(_limit(item)))
    open_tables = [item for item in merged.section("tables") if is_left_open(item)]
    errors.each(open_tables, lambda item: said.tables.append(table_left_open(item)))
    errors.refuse()
    shown = {item.id: shown_value(item) for item in items if item.section == "parameters"}
    return Schema(
        facts=tuple(_facts_read(said, facts)),
        parameters=tuple(said.parameters),
        tables=tuple(said.tables),
        bands=tuple(said.bands),
        derive=tuple(said.derive),
        values=tuple(said.values),
        columns=tuple(said.columns),
        rules=tuple(replace(each, reason=_filled(each.reason, shown)) for each in said.rules),
        amount=said.amount[0] if said.amount else None,
        age_reached=age_reached(merged),
        read_elsewhere=frozenset(_read_elsewhere(merged)),
        facts_declared=tuple(facts),
    )


def age_reached(merged: Merged) -> AgeReached:
    """The nearest layer that says on which day an age is reached; on the birthday where none does."""
    said = [layer.file.age_reached[0] for layer in merged.layers if layer.file.age_reached]
    return said[-1] if said else AgeReached.ON_BIRTHDAY


def shown_value(item: Item) -> str:
    """A parameter's value as its file writes it, for a sentence."""
    entries = item.node.entries if isinstance(item.node, MappingNode) else {}
    held = entries.get("set") or entries.get("value")
    if isinstance(held, Sequence):
        return "、".join(each.text for each in held.items if isinstance(each, Scalar))
    return held.text if isinstance(held, Scalar) else ""


def _filled(reason: Wording, shown: Mapping[str, str]) -> Wording:
    def fill(sentence: str) -> str:
        return NAMED.sub(lambda name: shown.get(name[1], name[0]), sentence)

    return Wording(fill(reason.zh), fill(reason.en))


def _facts_read(said: _Said, facts: Mapping[str, Fact]) -> list[Fact]:
    names = {node.names[0] for tree in said.trees() for node in walk(tree) if isinstance(node, Path)}
    names |= {each.of for each in said.columns}
    return [fact for name, fact in facts.items() if name in names]


def _limits(item: Item, merged: Merged) -> list[Parameter]:
    """What the outer layers allow a nearer one to set."""
    return [_limit(outer) if is_left_open(outer) else read.parameter(outer) for outer in merged.beaten(item)]


def _limit(item: Item) -> Parameter:
    """A value left open: within its bounds, whatever the place sets."""
    found = mapping(item.node, LIMITS)
    unit = unit_named(found.entries.get("unit"))

    def bound(key: str) -> int | Fraction | None:
        node = found.entries.get(key)
        return in_base(exact(node), unit)[0] if isinstance(node, Scalar) else None

    most, least = bound("at_most"), bound("at_least")
    value = next((each for each in (least, most) if each is not None), 0)
    return Parameter(item.id, value, point(value, in_base(0, unit)[1]), authority(found), most, least, item.place)


def _read_elsewhere(merged: Merged) -> Iterator[str]:
    for section in READ_BY_NAME:
        for item in merged.section(section):
            yield from _words(item.node)
    # A nearer layer may replace the only rule that read an outer layer's value.
    nearest = merged.layers[-1].file.jurisdiction
    yield from (item.id for item in merged.items.values() if item.jurisdiction != nearest)


def _words(node: Node) -> Iterator[str]:
    match node:
        case Scalar(text):
            yield text
        case Sequence(items):
            for item in items:
                yield from _words(item)
        case MappingNode(entries):
            for inner in entries.values():
                yield from _words(inner)
