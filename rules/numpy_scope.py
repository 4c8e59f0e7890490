"""Where an expression stands while the numpy program is written, and what the names in it stand for there."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from rules import numpy_choices, numpy_clauses, numpy_lists, numpy_numbers, numpy_truths
from rules.given import number_of
from rules.intervals import EITHER, NO, YES
from rules.numpy_members import ONE_BYTE
from rules.numpy_text import Key, Operand, Writer
from rules.numpy_values import ANYWHERE, Id, Items, Member, Num, Row, Single, Truth, Value, certainly, exactly, masked
from rules.population import Choices, Ids, Lists, Numbers, Population, Truths, bounds_of, denominator_of
from rules.schema import Plain, ResolvedRules
from rules.tree import Expr, Means, Path
from rules.types import Choice, Day, Month, Number, Record, Records, Ref, Series, Type
from rules.types import Truth as TruthType
from rules.words import ITEM

Bound = Mapping[str, "Row | Single"]


@dataclass
class Scope:
    """Shared by the modules that write; `people` only tells which columns there are and what is known in them."""

    rules: ResolvedRules
    people: Population
    writer: Writer
    named: dict[str, Value] = field(default_factory=dict)
    heard: list[Truth] = field(default_factory=list)  # everything that decides something, but not inside a list
    bound: Bound = field(default_factory=dict)

    # -- expressions, by the kind that their type names -----------------------------------------------------------

    def truth(self, node: Expr) -> Truth:
        found = numpy_truths.truth_of(node, self)
        if not isinstance(found.code, int) and found.code.axes == () and found not in self.heard:
            self.heard.append(found)
        return found

    def number(self, node: Expr) -> Num:
        found = numpy_numbers.number_of(node, self)
        self.writer.reaches(found.reach)
        return found

    def member(self, node: Expr) -> Member:
        return numpy_choices.member_of(node, self)

    def ref(self, node: Expr) -> Id:
        return numpy_choices.id_of(node, self)

    def items(self, node: Expr) -> Items:
        self.writer.reaches(ANYWHERE)  # what is worked out along a list is not kept small
        return numpy_lists.items_of(node, self)

    def value(self, node: Expr) -> Value:
        match node.type:
            case TruthType():
                return self.truth(node)
            case Choice():
                return self.member(node)
            case Ref():
                return self.ref(node)
            case Records() | Series():
                return self.items(node)
        return self.number(node)

    # -- names ----------------------------------------------------------------------------------------------------

    def read(self, path: Path) -> Value:
        name = path.names[0]
        match path.means:
            case Means.FACT:
                return self.column((name,), self.rules.facts[name].type, ())
            case Means.PARAMETER:
                return self.plain(self.rules.parameters[name].value, self.rules.parameters[name].type)
            case Means.PART | Means.VALUE:
                return _fresh(self.by_name(name), self.writer)
            case Means.MEMBER:
                return Member((name,), 0)
            case Means.ITEM:
                return self._field(self.bound[name], path)
        raise TypeError(f"'{name}' was not resolved before it was read.")

    def by_name(self, name: str) -> Value:
        """A part or value; written once."""
        if name not in self.named:
            part, alone = self.rules.parts.get(name), self.binding({})
            self.named[name] = (
                alone.value(part.be) if part else numpy_clauses.by_clauses(self.rules.values[name], alone)
            )
        return self.named[name]

    def _field(self, item: "Row | Single", path: Path) -> Value:
        return self.field(item, path.names[1]) if isinstance(item, Row) else item

    def field(self, item: Row, name: str) -> Value:
        declared = self._fields(item.path).get(name)
        if declared is not None:
            return (
                unknown(declared, (*item.path, name))
                if item.ghost
                else self.column((*item.path, name), declared, item.axes)
            )
        return self.binding({ITEM: item}).value(self.rules.columns[item.path[0], name].be)

    def _fields(self, path: tuple[str, ...]) -> dict[str, Type]:
        type_: Type | None = self.rules.facts[path[0]].type
        for name in path[1:]:
            type_ = type_.field(name) if isinstance(type_, Records | Record) else None
        return dict(type_.fields) if isinstance(type_, Records) else {}

    def binding(self, bound: Bound) -> "Scope":
        """Parts and columns do not see the items that are named around the place where they are read."""
        return replace(self, bound=bound)

    def with_item(self, name: str, item: "Row | Value") -> "Scope":
        if isinstance(item, Items):
            raise TypeError("An item of a list is not a list.")
        return self.binding({**self.bound, name: item})

    # -- values ---------------------------------------------------------------------------------------------------

    def column(self, path: Key, type_: Type, axes: tuple[int, ...]) -> Value:  # noqa: PLR0911 one line per column
        """What the population holds of a fact, or of a field of the items along the last axis."""
        found = self.people.column(path)
        match found:
            case Numbers():
                low = self.writer.input((*path, "low"), axes, narrow=True)
                high = low if found.high is found.low else self.writer.input((*path, "high"), axes, narrow=True)
                return Num(low, high, denominator_of(type_), reach=max(map(abs, bounds_of(type_))))
            case Truths():
                values = self.writer.input((*path, "values"), axes)
                return masked(values) if found.shape[1] else Truth(values)
            case Choices() if isinstance(type_, Choice):
                which = "places" if found.known and len(type_.members) <= ONE_BYTE else "values"
                return Member(type_.members, self.writer.input((*path, which), axes), found.known)
            case Ids():
                codes = self.writer.input((*path, "values"), axes)
                if found.known is None:
                    return Id(((1, codes),))
                known = self.writer.input((*path, "known"), axes)
                return Id(((known, codes),), self.writer.let("~{0}", known))
            case Lists():
                return self._list(path, found, axes)
        return unknown(type_, path)

    def _list(self, path: Key, found: Lists, around: tuple[int, ...]) -> Items:
        axis = self.writer.axis()
        axes = (*around, axis)
        there = masked(self.writer.input((*path, "there"), axes))
        if found.more is None:
            return Items(Row(path, axes), there, axis)
        more = self.writer.input((*path, "more"), around)
        either, never = self.writer.small(EITHER), self.writer.small(NO)
        ghost = Truth(self.writer.let("np.where({0} > 0, {1}, {2})", more, either, never))
        return Items(Row(path, axes), there, axis, Row(path, around, ghost=True), ghost, more)

    def plain(self, value: "Plain | frozenset[str]", type_: Type) -> Value:
        """A value that the policy names."""
        match type_:
            case TruthType():
                return certainly(YES if value else NO)
            case Choice() if isinstance(value, str):
                return Member((value,), 0)
            case Ref() if isinstance(value, str):
                return Id(((1, self.writer.ref(value)),))
        number = None if isinstance(value, frozenset) else number_of(value, type_)
        if number is None:
            raise TypeError("A policy was checked to name a value of another type.")
        return exactly(Fraction(number).numerator, Fraction(number).denominator)


def unknown(type_: Type, path: Key) -> Value:
    """Anything that the declaration allows."""
    match type_:
        case TruthType():
            return certainly(EITHER)
        case Choice(members):
            everything: Operand = (1 << len(members)) - 1
            return Member(members, everything, single=False) if len(members) > 1 else Member(members, 0)
        case Ref():
            return Id((), 1)
        case Records(most=most):
            row = Row(path, (), ghost=True)
            return Items(row, certainly(NO), 0, row, certainly(EITHER), most)
        case Number() | Day() | Month():
            low, high = bounds_of(type_)
            return Num(low, high, denominator_of(type_), reach=max(abs(low), abs(high)))
    raise TypeError("No fact is of such a type.")


def _fresh(value: Value, writer: Writer) -> Value:
    """A list stands along an axis of its own each time it is read by name, so that it can be set against itself."""
    return value.renamed({value.axis: writer.axis()}) if isinstance(value, Items) and value.axis else value
