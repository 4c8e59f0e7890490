"""The evaluator: one case's facts, and the value of any expression of the policy for them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from rules.choices import options_of
from rules.clauses import value_by_clauses
from rules.given import Facts, value_of
from rules.intervals import Answers, Items, Options, Row, Span, Value
from rules.lists import items_of
from rules.numbers import span_of
from rules.schema import ResolvedRules
from rules.tree import Expr, Means, Path
from rules.truths import truth_of
from rules.types import Choice, Records, Ref, Series, Truth
from rules.words import ITEM


@dataclass
class Reckoner:
    """Reckons each part and value once. Given to the modules of the evaluator as their `Scope`."""

    rules: ResolvedRules
    known: Mapping[str, Value]
    heard: list[int] = field(default_factory=list)  # every comparison's possible signs, in the order they were made
    reckoned: dict[str, Value] = field(default_factory=dict)
    bound: "Mapping[str, Row | Value]" = field(default_factory=dict)
    # By item and column. Kept here and not in the item: the same items are reckoned with while other facts are tried.
    columns: "dict[tuple[int, str], tuple[Row, Value]]" = field(default_factory=dict)

    def truth(self, node: Expr) -> Answers:
        return truth_of(node, self)

    def span(self, node: Expr) -> Span:
        return span_of(node, self)

    def options(self, node: Expr) -> Options:
        return options_of(node, self)

    def items(self, node: Expr) -> Items:
        return items_of(node, self)

    def value(self, node: Expr) -> Value:
        match node.type:
            case Truth():
                return self.truth(node)
            case Choice() | Ref():
                return self.options(node)
            case Records() | Series():
                return self.items(node)
            case _:
                return self.span(node)

    def named(self, name: str) -> Value:
        """A part or value, by its name."""
        if name not in self.reckoned:
            part = self.rules.parts.get(name)
            alone = self.alone()
            self.reckoned[name] = alone.value(part.be) if part else value_by_clauses(self.rules.values[name], alone)
        return self.reckoned[name]

    def read(self, path: Path) -> Value:
        name = path.names[0]
        match path.means:
            case Means.FACT:
                return self.known[name]
            case Means.PARAMETER:
                return self._parameter(name)
            case Means.PART | Means.VALUE:
                return self.named(name)
            case Means.MEMBER:
                return Options(frozenset((name,)))
            case Means.ITEM:
                return self._field(self.bound[name], path.names[1:])
        raise TypeError(f"'{name}' was not resolved before it was read.")

    def _parameter(self, name: str) -> Value:
        parameter = self.rules.parameters[name]
        value = parameter.value
        if isinstance(value, frozenset):
            return Options(value)
        return value_of(name, value, parameter.type)

    def _field(self, item: "Row | Value", fields: tuple[str, ...]) -> Value:
        if not fields:
            if isinstance(item, Row):
                raise TypeError("An item of a list is not a value: it has fields.")
            return item
        if not isinstance(item, Row):
            raise TypeError(f"A plain value has no field '{fields[0]}'.")
        if fields[0] in item.fields:
            return item.fields[fields[0]]
        key = (id(item), fields[0])
        if key not in self.columns:
            column = self.rules.columns[item.of, fields[0]]
            self.columns[key] = (
                item,
                self.alone({ITEM: item}).value(column.be),
            )  # the item is held, so its id is its own
        return self.columns[key][1]

    def binding(self, item: str, value: "Row | Value") -> "Reckoner":
        return self.alone({**self.bound, item: value})

    def alone(self, bound: "Mapping[str, Row | Value] | None" = None) -> "Reckoner":
        """Parts do not see the items of lists that are named around the place where they are read."""
        return Reckoner(self.rules, self.known, self.heard, self.reckoned, bound or {}, self.columns)

    def compared(self, signs: int) -> None:
        self.heard.append(signs)


def known_facts(rules: ResolvedRules, facts: Facts) -> dict[str, Value]:
    """What is known of every declared fact; one that is not given can be anything its declaration allows."""
    return {name: value_of(name, facts.get(name), fact.type) for name, fact in rules.facts.items()}
