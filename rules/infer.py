"""The types of an expression, part by part: units, members and ranges agree, or the policy is refused."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

from rules import quantified, ranges
from rules.errors import PolicyError, nearest
from rules.places import Place
from rules.signatures import call_type
from rules.tree import (
    And,
    Arithmetic,
    Call,
    Compare,
    DayLiteral,
    Expr,
    If,
    In,
    Lookup,
    Means,
    Negative,
    Not,
    Or,
    Over,
    Path,
    Percentage,
    Quantity,
    TruthLiteral,
)
from rules.types import TRUTH, Choice, Day, Members, Month, Number, Record, Ref, Truth, Type, in_words
from rules.units import in_base


class Names(Protocol):
    """What the names of a policy stand for."""

    @property
    def members(self) -> Collection[str]:
        """Every member of every enum."""

    @property
    def facts_declared(self) -> Collection[str]:
        """Every fact there is, for a suggestion."""

    def known(self) -> Collection[str]:
        """Every name that an expression may read."""

    def tables(self) -> Collection[str]: ...
    def bands(self) -> Collection[str]: ...
    def meaning(self, name: str) -> tuple[Means, Type] | None: ...
    def column(self, of: str, name: str) -> Type | None: ...
    def table(self, name: str) -> tuple[tuple[Type, ...], Type] | None: ...
    def band(self, name: str) -> tuple[Number, Type] | None: ...


@dataclass(frozen=True)
class Inference:
    """Types expressions among these names; `items` are the list items that are bound around them."""

    names: Names
    items: Mapping[str, Type] = field(default_factory=dict)

    def binding(self, item: str, type_: Type) -> "Inference":
        return Inference(self.names, {**self.items, item: type_})

    def typed(self, node: Expr) -> Expr:  # noqa: C901, PLR0911 one line per form of expression
        match node:
            case Quantity(value, unit):
                number, base = in_base(value, unit or "one")
                return replace(node, type=ranges.bounded(ranges.constant(number, base), node.place))
            case Percentage(value):
                return replace(node, type=ranges.bounded(ranges.constant(value), node.place))
            case DayLiteral(value):
                return replace(node, type=Day(value.toordinal(), value.toordinal()))
            case TruthLiteral():
                return replace(node, type=TRUTH)
            case Path():
                return self._path(node)
            case Or(parts) | And(parts):
                return replace(node, parts=tuple(self.truth(part) for part in parts), type=TRUTH)
            case Not(part):
                return replace(node, part=self.truth(part), type=TRUTH)
            case If():
                return self._if(node)
            case Compare():
                return self._compare(node)
            case In():
                return self._in(node)
            case _:
                return self._reckoned(node)

    def _reckoned(self, node: Expr) -> Expr:
        match node:
            case Negative(part):
                number = self.number(part)
                return replace(node, part=number, type=ranges.negated(_number_type(number)))
            case Arithmetic():
                return self._arithmetic(node)
            case Call("band"):
                return self._band(node)
            case Call(name, arguments):
                typed = tuple(map(self.typed, arguments))
                type_ = call_type(name, [argument.type for argument in typed], node.place)
                return replace(node, arguments=typed, type=type_)
            case Lookup():
                return self._lookup(node)
            case Over():
                return quantified.typed(self, node)
            case _:
                raise TypeError(f"{type(node).__name__} is not an expression of the policy language.")

    # -- what a place asks for ---------------------------------------------------------------------------------

    def truth(self, node: Expr) -> Expr:
        typed = self.typed(node)
        if not isinstance(typed.type, Truth):
            raise PolicyError(f"this is {in_words(typed.type)}", node.place, expected="something that is true or false")
        return typed

    def number(self, node: Expr) -> Expr:
        typed = self.typed(node)
        _number_type(typed)
        return typed

    # -- forms -------------------------------------------------------------------------------------------------

    def _path(self, node: Path) -> Path:
        name, *fields = node.names
        if name in self.items:
            return replace(node, means=Means.ITEM, type=self._field(self.items[name], fields, node.place))
        found = self.names.meaning(name)
        if found is None and name in self.names.members and not fields:
            return replace(node, means=Means.MEMBER, type=Choice((name,)))
        if found is None:
            raise self._unknown(name, node.place)
        means, type_ = found
        if fields:
            raise PolicyError(
                f"'{name}' is {in_words(type_)}, which has no fields",
                node.place,
                expected="an item named by any(…) or all(…)",
            )
        return replace(node, means=means, type=type_)

    def _field(self, type_: Type, fields: list[str], place: Place) -> Type:
        for name in fields:
            if not isinstance(type_, Record):
                raise PolicyError(f"{in_words(type_)} has no field '{name}'", place)
            found = type_.field(name) or self.names.column(type_.of, name)
            if found is None:
                known = [field_name for field_name, _ in type_.fields]
                raise PolicyError(
                    f"there is no field '{name}'", place, expected=", ".join(known), suggestion=nearest(name, known)
                )
            type_ = found
        return type_

    def _unknown(self, name: str, place: Place) -> PolicyError:
        known = [*self.names.known(), *self.names.members, *self.items, *self.names.facts_declared]
        return PolicyError(f"'{name}' is not declared", place, suggestion=nearest(name, known))

    def _if(self, node: If) -> If:
        condition = self.truth(node.condition)
        then, otherwise = self.typed(node.then), self.typed(node.otherwise)
        type_ = one_type((then, otherwise), node.place)
        return replace(node, condition=condition, then=then, otherwise=otherwise, type=type_)

    def _compare(self, node: Compare) -> Compare:
        left, right = self.typed(node.left), self.typed(node.right)
        equality = node.sign in ("==", "!=")
        match left.type, right.type:
            case ((Number() | Day() | Month()), (Number() | Day() | Month())):
                ranges.comparable(left.type, right.type, node.place)
            case (Choice(some), Choice(others)) if equality:
                _can_be_equal(some, others, right, node.place)
            case (Ref(), Ref()) if equality:
                pass
            case (Truth(), _) | (_, Truth()):
                problem = "what is true or false is not compared"
                raise PolicyError(problem, node.place, expected="it by itself, or 'not' before it")
            case _:
                problem = f"{in_words(left.type)} and {in_words(right.type)} do not compare by {node.sign}"
                raise PolicyError(problem, node.place)
        return replace(node, left=left, right=right, type=TRUTH)

    def _in(self, node: In) -> In:
        item = self.typed(node.item)
        if not isinstance(item.type, Choice):
            raise PolicyError(
                f"{in_words(item.type)} is not looked for in a set", node.place, expected="a member of an enum"
            )
        for member in node.among if isinstance(node.among, tuple) else self._set(node.among, node.place):
            if member not in item.type.members:
                raise _no_such_member(member, item.type.members, node.place)
        return replace(node, item=item, type=TRUTH)

    def _set(self, name: str, place: Place) -> tuple[str, ...]:
        found = self.names.meaning(name)
        if found is None:
            raise self._unknown(name, place)
        if not isinstance(found[1], Members):
            raise PolicyError(f"'{name}' is {in_words(found[1])}", place, expected="a parameter that is a set")
        return found[1].members

    def _arithmetic(self, node: Arithmetic) -> Arithmetic:
        left, right = self.typed(node.left), self.typed(node.right)
        if node.sign == "+":
            type_ = ranges.added(left.type, right.type, node.place)
        elif node.sign == "-":
            type_ = ranges.subtracted(left.type, right.type, node.place)
        elif node.sign == "*":
            type_ = ranges.multiplied(_number_type(left), _number_type(right), node.place)
        else:
            whole = node.sign == "div"
            type_ = ranges.divided(_number_type(left), _number_type(right), node.place, whole=whole)
        return replace(node, left=left, right=right, type=type_)

    def _band(self, node: Call) -> Call:
        match node.arguments:
            case (Path((name,)) as named, by):
                found = self.names.band(name)
            case _:
                raise PolicyError("band was given something else", node.place, expected="band(name, x)")
        if found is None:
            raise PolicyError(f"there is no band '{name}'", named.place, suggestion=nearest(name, self.names.bands()))
        typed = self.number(by)
        ranges.same_unit((found[0], _number_type(typed)), node.place)
        arguments = (replace(named, means=Means.BAND, type=found[1]), typed)
        return replace(node, arguments=arguments, type=found[1])

    def _lookup(self, node: Lookup) -> Lookup:
        found = self.names.table(node.table)
        if found is None:
            suggestion = nearest(node.table, self.names.tables())
            raise PolicyError(f"there is no table '{node.table}'", node.place, suggestion=suggestion)
        declared, type_ = found
        keys = tuple(map(self.typed, node.keys))
        if len(keys) != len(declared):
            raise PolicyError(f"'{node.table}' has {len(declared)} keys, not {len(keys)}", node.place)
        for key, wanted in zip(keys, declared, strict=True):
            _fits(key, wanted)
        return replace(node, keys=keys, type=type_)


def one_type(parts: tuple[Expr, ...], place: Place) -> Type:
    """The type of something that is one of these."""
    types = [part.type for part in parts]
    ordered = [type_ for type_ in types if isinstance(type_, Number | Day | Month)]
    choices = [type_ for type_ in types if isinstance(type_, Choice)]
    if len(ordered) == len(types):
        return ranges.union(ordered, place)
    if len(choices) == len(types):
        return Choice(tuple(dict.fromkeys(member for choice in choices for member in choice.members)))
    if isinstance(types[0], Truth | Ref) and all(type_ == types[0] for type_ in types):
        return types[0]
    other = next((type_ for type_ in types if type(type_) is not type(types[0])), types[-1])
    raise PolicyError(f"one is {in_words(types[0])}, the other {in_words(other)}", place, expected="values of one kind")


def _number_type(node: Expr) -> Number:
    if not isinstance(node.type, Number):
        raise PolicyError(f"this is {in_words(node.type)}", node.place, expected="a number")
    return node.type


def _can_be_equal(some: tuple[str, ...], others: tuple[str, ...], right: Expr, place: Place) -> None:
    if set(some) & set(others):
        return
    if len(others) == 1:
        raise _no_such_member(others[0], some, right.place)
    if len(some) == 1:
        raise _no_such_member(some[0], others, place)
    raise PolicyError("these two enums have no member in common", place)


def _no_such_member(member: str, members: tuple[str, ...], place: Place) -> PolicyError:
    return PolicyError(
        f"'{member}' is never its value", place, expected=", ".join(members), suggestion=nearest(member, members)
    )


def _fits(key: Expr, wanted: Type) -> None:
    match key.type, wanted:
        case Choice(members), Choice(known):
            stray = [member for member in members if member not in known]
            if stray:
                raise _no_such_member(stray[0], known, key.place)
        case (Day(), Day()) | (Month(), Month()):
            return
        case _:
            raise PolicyError(f"this is {in_words(key.type)}", key.place, expected=in_words(wanted))
