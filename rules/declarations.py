"""What a version says, item by item, as the declarations that expressions are checked against."""

from collections.abc import Callable, Iterable
from fractions import Fraction

from rules.documents import Item
from rules.errors import PolicyError
from rules.loading import Mapping, Node
from rules.parser import parse
from rules.places import Place
from rules.reading import any_mapping, authority, choice, items, mapping, scalar, text, texts, wording
from rules.scalars import measure, number, unit_named
from rules.schema import Band, ByClauses, Clause, Column, Parameter, Part, Plain, Role, Rule, Step
from rules.tables import table
from rules.tree import Expr
from rules.types import Members, Number
from rules.units import BASE

GAP = "gap"
OF_A_RULE = ("role", "when", "effect", "reason", "words", "note", "authority", "tag")
EFFECTS = ("body", "clock", "closes", "blocks", "note")


def expression(node: Node) -> Expr:
    found = scalar(node)
    return parse(found.text, found.origin)


def parameter(item: Item, ceilings: Iterable[Parameter] = ()) -> Parameter:
    """A value with its clause; one that an outer layer limits stays within the limit."""
    found = mapping(item.node, ("value", "set", "unit", "at_most", "at_least", "authority", "tag"))
    if ("value" in found.entries) == ("set" in found.entries):
        raise PolicyError(f"'{item.id}' has a value or a set", found.place, expected="value: … or set: […]")
    by = authority(found)
    if "set" in found.entries:
        members = texts(found.entries["set"])
        return Parameter(item.id, frozenset(members), Members(members), by, place=item.place)
    held = measure(found.entries["value"], found.entries.get("unit"))
    unit = unit_named(found.entries.get("unit"))
    most, least = (number(found.entries[key], unit)[0] if key in found.entries else None
                   for key in ("at_most", "at_least"))  # fmt: skip
    made = Parameter(item.id, held.value, held.type, by, at_most=most, at_least=least, place=item.place)
    for limit in (made, *ceilings):
        _within(made, limit)
    return made


def _within(made: Parameter, limit: Parameter) -> None:
    if not isinstance(made.type, Number) or not isinstance(made.value, int | Fraction):
        if limit.at_most is not None or limit.at_least is not None:
            raise PolicyError(f"'{made.name}' is limited, so it must be a number", made.place)
        return
    if limit.at_most is not None and made.value > limit.at_most:
        raise PolicyError(f"'{made.name}' is above the ceiling {limit.at_most} of {limit.authority.clause}", made.place)
    if limit.at_least is not None and made.value < limit.at_least:
        raise PolicyError(f"'{made.name}' is below the floor {limit.at_least} of {limit.authority.clause}", made.place)


def rule(item: Item) -> Rule:
    found = mapping(item.node, OF_A_RULE, ("when", "reason"))
    return Rule(
        id=item.id,
        role=choice(found.entries["role"], Role) if "role" in found.entries else Role.GROUND,
        when=expression(found.entries["when"]),
        reason=wording(found.entries["reason"]),
        authority=authority(found),
        effect=_effect(found.entries["effect"]) if "effect" in found.entries else {},
        place=item.place,
    )


def _effect(node: Node) -> dict[str, str]:
    """What follows where the rule holds: who takes it, which clock begins, which other paths close, what blocks it."""
    return {key: text(value) for key, value in mapping(node, EFFECTS).entries.items()}


def amount(item: Item) -> Expr:
    return _be(item.node)


def part(item: Item) -> Part:
    return Part(item.id, _be(item.node), item.place)


def column(item: Item) -> Column:
    of, _, name = item.id.partition(".")
    return Column(of, name, _be(item.node), item.place)


def _be(node: Node) -> Expr:
    """A plain expression, or a mapping with `be` where a local file also says `over`."""
    return expression(mapping(node, ("be",), ("be",)).entries["be"] if isinstance(node, Mapping) else node)


def by_clauses(item: Item) -> ByClauses:
    found = any_mapping(item.node)
    clauses = tuple(_clause(id_, node, found.keys[id_]) for id_, node in found.entries.items())
    known = {clause.id for clause in clauses}
    for clause in clauses:
        for beaten in clause.beats:
            if beaten not in known or beaten == clause.id:
                raise PolicyError(
                    f"'{clause.id}' beats '{beaten}', which is no other clause of '{item.id}'", clause.place
                )
    return ByClauses(item.id, clauses, item.place)


def _clause(id_: str, node: Node, place: Place) -> Clause:
    found = mapping(node, ("beats", "when", "be", "authority", "tag"), ("be",))
    return Clause(
        id=id_,
        be=expression(found.entries["be"]),
        when=expression(found.entries["when"]) if "when" in found.entries else None,
        beats=texts(found.entries["beats"]) if "beats" in found.entries else (),
        authority=authority(found),
        place=place,
    )


def band(item: Item) -> Band:
    found = mapping(item.node, ("by", "unit", "below", "steps"), ("below", "steps"))
    by, gives = unit_named(found.entries.get("by")), unit_named(found.entries.get("unit"))
    steps = tuple(_step(node, by, gives) for node in items(found.entries["steps"]))
    _rising(steps, item.place)
    below = _value_or_gap(found.entries["below"], gives)
    values = [value for value in (below, *(s.value for s in steps)) if isinstance(value, int | Fraction)]
    bounds = [step.bound for step in steps]
    return Band(
        item.id,
        Number(BASE[by][0], min(bounds), max(bounds)),
        _hull(values, gives),
        below,
        steps,
        item.place,
    )


def _hull(values: list[int | Fraction], unit: str) -> Number:
    denominators = [Fraction(value).denominator for value in values]
    return Number(BASE[unit][0], min(values), max(values), max(denominators))


def _step(node: Node, by: str, gives: str) -> Step:
    found = mapping(node, ("at_least", "above", "value", "authority", "tag"), ("value",))
    bounds = [key for key in ("at_least", "above") if key in found.entries]
    if len(bounds) != 1:
        raise PolicyError("a step begins 'at_least' or 'above' a bound", found.place)
    bound = number(found.entries[bounds[0]], by)[0]
    return Step(bound, bounds[0] == "at_least", _value_or_gap(found.entries["value"], gives), authority(found))


def _value_or_gap(node: Node, unit: str) -> Plain | None:
    return None if scalar(node).text == GAP else number(node, unit)[0]


def _rising(steps: tuple[Step, ...], place: Place) -> None:
    order = [(step.bound, not step.inclusive) for step in steps]
    if not steps or order != sorted(set(order)):
        raise PolicyError("the steps of a band rise, and no two begin at one bound", place)


READ: dict[str, Callable[[Item], object]] = {
    "tables": table,
    "bands": band,
    "derive": part,
    "values": by_clauses,
    "columns": column,
    "rules": rule,
}
