"""Writes members of enums and refs, and whether two of them are the same."""

from typing import TYPE_CHECKING

from rules import numpy_lookups
from rules.numpy_choosing import branches
from rules.numpy_joining import answers, flawed, turned, with_flaws
from rules.numpy_masks import mask_and, mask_not, mask_or
from rules.numpy_members import among_the_same, as_set, constant_set
from rules.numpy_text import Operand, Writer
from rules.numpy_values import Id, Member, Truth, masked
from rules.tree import Call, Expr, If, In, Lookup, Path
from rules.types import Members, Ref

if TYPE_CHECKING:
    from rules.numpy_scope import Scope
    from rules.numpy_values import Value


def member_of(node: Expr, scope: "Scope") -> Member:
    found = _of(node, scope)
    if not isinstance(found, Member):
        raise TypeError(f"{type(node).__name__} is not a member of an enum.")
    return found


def id_of(node: Expr, scope: "Scope") -> Id:
    found = _of(node, scope)
    if not isinstance(found, Id):
        raise TypeError(f"{type(node).__name__} is not a ref.")
    return found


def _of(node: Expr, scope: "Scope") -> "Value":
    match node:
        case Path():
            return scope.read(node)
        case If():
            return branches(node, scope.ref if isinstance(node.type, Ref) else scope.member, scope)
        case Lookup():
            return numpy_lookups.in_table(node, scope)
        case Call("band"):
            return numpy_lookups.in_band(node, scope)
    raise TypeError(f"{type(node).__name__} is not a member of an enum, nor a ref.")


# -- equality ----------------------------------------------------------------------------------------------------


def same(left: Expr, right: Expr, scope: "Scope") -> Truth:
    writer = scope.writer
    if isinstance(left.type, Ref):
        one, other = scope.ref(left), scope.ref(right)
        found = _same_id(one, other, writer)
        return with_flaws(found, *flawed([one, other], writer), writer)
    some, others = among_the_same([scope.member(left), scope.member(right)], writer)
    return with_flaws(_same_member(some, others, writer), *flawed([some, others], writer), writer)


def _same_member(left: Member, right: Member, writer: Writer) -> Truth:
    if left.single and right.single:
        return masked(writer.let("{0} == {1}", left.code, right.code))
    some, others = as_set(left, writer), as_set(right, writer)
    common = writer.let("({0} & {1}) != 0", some, others)
    if left.single or right.single:
        return answers(common, writer.let("{0} != {1}", some, others), writer)
    surely = writer.let("(({0} & {1}) != 0) & (({0} & ({0} - 1)) == 0) & (({1} & ({1} - 1)) == 0)", some, others)
    return answers(common, mask_not(surely, writer), writer)


def _same_id(left: Id, right: Id, writer: Writer) -> Truth:
    if _only(left) is not None and _only(right) is not None:
        return masked(writer.let("{0} == {1}", _only(left) or 0, _only(right) or 0))
    anything = mask_or(left.anything, right.anything, writer)
    common: Operand = anything
    for when, code in left.among:
        for other, theirs in right.among:
            both = mask_and(when, other, writer)
            common = mask_or(common, mask_and(both, writer.let("{0} == {1}", code, theirs), writer), writer)
    surely = mask_and(mask_and(single(left, writer), single(right, writer), writer), common, writer)
    return answers(common, mask_not(mask_and(surely, mask_not(anything, writer), writer), writer), writer)


def _only(ref: Id) -> Operand | None:
    return ref.among[0][1] if len(ref.among) == 1 and ref.among[0][0] == 1 and ref.anything == 0 else None


def single(ref: Id, writer: Writer) -> Operand:
    """The mask of where a ref is known."""
    found: Operand = 0
    for when, _ in ref.among:
        found = mask_or(found, when, writer)
    for number, (when, code) in enumerate(ref.among):
        for other, theirs in ref.among[number + 1 :]:
            differ = mask_and(mask_and(when, other, writer), writer.let("{0} != {1}", code, theirs), writer)
            found = mask_and(found, mask_not(differ, writer), writer)
    return mask_and(found, mask_not(ref.anything, writer), writer)


def code_of(ref: Id, writer: Writer) -> Operand:
    """The number of a ref where it is known."""
    if not ref.among:
        return 0
    found = ref.among[-1][1]
    for when, code in ref.among[:-1]:
        found = code if when == 1 else writer.let("np.where({0}, {1}, {2})", when, code, found)
    return found


# -- membership --------------------------------------------------------------------------------------------------


def among(node: In, scope: "Scope") -> Truth:
    writer, item = scope.writer, scope.member(node.item)
    wanted = set(node.among if isinstance(node.among, tuple) else _members_of(node.among, scope))
    places = [place for place, member in enumerate(item.members) if member in wanted]
    found = with_flaws(_among(item, places, writer), item.kinds, item.possible, writer)
    return turned(found, writer) if node.negated else found


def _among(item: Member, places: list[int], writer: Writer) -> Truth:
    if not item.single:
        wanted = sum(1 << place for place in places)
        others = ((1 << len(item.members)) - 1) & ~wanted
        inside, outside = (
            writer.let("({0} & {1}) != 0", as_set(item, writer), constant_set(some, item.members, writer))
            for some in (wanted, others)
        )
        return answers(inside, outside, writer)
    found: Operand = 0
    for place in places:
        found = mask_or(found, writer.let("{0} == {1}", item.code, place), writer)
    return masked(found)


def _members_of(name: str, scope: "Scope") -> tuple[str, ...]:
    type_ = scope.rules.parameters[name].type
    return type_.members if isinstance(type_, Members) else ()
