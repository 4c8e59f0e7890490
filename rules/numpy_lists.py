"""Writes questions about lists, whether or not it is known which items they hold."""

from typing import TYPE_CHECKING

from rules.intervals import EITHER, FLAWS, NO, PLAIN, YES, Answers
from rules.numpy_counting import count, extreme, total
from rules.numpy_joining import bits, holding, joined, turned
from rules.numpy_text import Operand, Writer
from rules.numpy_values import Items, Num, Row, Truth, Value, certainly, masked
from rules.tree import Call, Expr, Over, Path

if TYPE_CHECKING:
    from rules.numpy_scope import Scope


def items_of(node: Expr, scope: "Scope") -> Items:
    match node:
        case Path():
            found = scope.read(node)
            if isinstance(found, Items):
                return found
        case Over("filter"):
            return kept(node, scope)
        case Over("each"):
            return _each(node, scope)
        case Call("first", (n, items)):
            return _first(scope.number(n), scope.items(items), scope.writer)
    raise TypeError(f"{type(node).__name__} is not a list.")


def _each(node: Over, scope: "Scope") -> Items:
    items, body = kept(node, scope), _body(node)

    def valued(item: "Row | Value") -> Value:
        return scope.with_item(node.item, item).value(body)

    ghost = None if items.ghost is None else valued(items.ghost)
    return Items(valued(items.value), items.there, items.axis, ghost, items.ghost_there, items.more)


def kept(node: Over, scope: "Scope") -> Items:
    """Only those that `where` says yes to, as far as that is known."""
    items, where, writer = scope.items(node.source), node.where, scope.writer
    if where is None:
        return items
    there = items.there
    if items.told:
        there = joined("and", there, scope.with_item(node.item, items.value).truth(where), writer)
    if items.ghost is None:
        return Items(items.value, there, items.axis)
    ghost_there = joined("and", items.ghost_there, scope.with_item(node.item, items.ghost).truth(where), writer)
    if ghost_there.constant == NO:
        return Items(items.value, there, items.axis)
    never = Truth(ghost_there.code, ghost_there.possible)
    gone = 0 if never.constant is not None else writer.let("{0} == 2", bits(ghost_there, writer))
    more = items.more if gone == 0 else writer.let("np.where({0}, 0, {1})", gone, items.more)
    return Items(items.value, there, items.axis, items.ghost, ghost_there, more)


def _body(node: Over) -> Expr:
    if node.body is None:
        raise TypeError(f"{node.quantifier} was checked to have a value.")
    return node.body


# -- truths ------------------------------------------------------------------------------------------------------


def truth_over(node: Over, scope: "Scope") -> Truth:
    """any, all."""
    items, body, writer = kept(node, scope), _body(node), scope.writer
    found = certainly(NO)
    if items.told:
        found = _any(items, _wanted(node, scope.with_item(node.item, items.value).truth(body), writer), writer)
    if items.ghost is not None:
        untold = _wanted(node, scope.with_item(node.item, items.ghost).truth(body), writer)
        found = joined("or", found, joined("and", items.ghost_there, untold, writer), writer)
    return turned(found, writer) if node.quantifier == "all" else found


def _wanted(node: Over, answer: Truth, writer: Writer) -> Truth:
    """All are so unless there is one that is not."""
    return turned(answer, writer) if node.quantifier == "all" else answer


def _any(items: Items, answer: Truth, writer: Writer) -> Truth:
    each = joined("and", items.there, answer, writer)
    if each.constant == NO:
        return each
    if each.mask:
        return masked(writer.along("{0}.any(axis=-1)", items.axis, each.code))
    if each.possible & FLAWS:
        return Truth(writer.along("logic.any_of({0})", items.axis, each.code), each.possible)
    template = "(np.bitwise_or.reduce({0}, axis=-1) & 1) | (np.bitwise_and.reduce({0}, axis=-1) & 2)"
    return Truth(writer.along(template, items.axis, each.code), EITHER)


# -- numbers -----------------------------------------------------------------------------------------------------


def number_over(node: Over, scope: "Scope") -> Num:
    """count, sum, least, most."""
    items, writer = kept(node, scope), scope.writer
    if node.quantifier == "count":
        return count(items, writer)
    body = _body(node)
    told = scope.with_item(node.item, items.value).number(body) if items.told else None
    untold = None if items.ghost is None else scope.with_item(node.item, items.ghost).number(body)
    if node.quantifier == "sum":
        return total(items, told, untold, writer)
    if node.empty is None:
        raise TypeError(f"{node.quantifier} was checked to say what an empty list gives.")
    return extreme(items, told, untold, scope.number(node.empty), writer, highest=node.quantifier == "most")


def _first(n: Num, items: Items, writer: Writer) -> Items:
    """The first n, in the order given; an item that nobody told of could stand before any of them."""
    more = items.more
    if items.ghost is not None:
        at_most = writer.let("np.minimum({0}, np.maximum(0, {1}))", more, n.high)
        more = at_most if n.possible == PLAIN else _where_plain(n, at_most, more, writer)
    there = items.there
    if items.told:
        there = joined("and", there, _reached(n, items, writer), writer)
    if items.ghost is None:
        return Items(items.value, there, items.axis)
    gone = writer.let("{0} <= 0", more)
    if gone == 1:
        return Items(items.value, there, items.axis)
    ghost_there = items.ghost_there
    if n.possible != PLAIN:
        reached = writer.let(f"({{0}} & 1) * {EITHER} | ({{0}} & 12)", n.kinds)
        possible = (EITHER if n.possible & PLAIN else 0) | n.possible & FLAWS
        ghost_there = joined("and", ghost_there, Truth(reached, possible), writer)
    if gone != 0:
        small = writer.small(NO)
        code = bits(ghost_there, writer)
        code = writer.small(code) if isinstance(code, int) else code
        ghost_there = Truth(writer.let("np.where({0}, {1}, {2})", gone, small, code), ghost_there.possible)
    return Items(items.value, there, items.axis, items.ghost, ghost_there, more)


def _where_plain(n: Num, value: Operand, otherwise: Operand, writer: Writer) -> Operand:
    if not n.possible & PLAIN:
        return otherwise
    return writer.let("np.where(({0} & 1) != 0, {1}, {2})", n.kinds, value, otherwise)


def _reached(n: Num, items: Items, writer: Writer) -> Truth:
    certain = mask_of(items.there, YES, writer, only=True)
    before = writer.let("series.earlier({0})", certain)
    if items.there.mask and items.more == 0 and n.exact and n.possible == PLAIN:
        return masked(writer.let("{0} < {1}", before, n.low))
    possible = mask_of(items.there, YES, writer)
    earlier = writer.let("series.earlier({0})", possible)
    yes = writer.let("{0} < {1}", before, n.high)
    no = writer.let("{0} + {1} >= {2}", earlier, items.more, n.low)
    found = Truth(writer.let("logic.answers({0}, {1})", yes, no), EITHER)
    if n.possible == PLAIN:
        return found
    code = writer.let("({0} & 1) * {1} | ({0} & 12)", n.kinds, found.code)
    return Truth(code, (EITHER if n.possible & PLAIN else 0) | n.possible & FLAWS)


def mask_of(there: Truth, some: Answers, writer: Writer, *, only: bool = False) -> Operand:
    """Where an answer is possible, or (`only`) the only one."""
    if not only:
        return holding(there, some, writer)
    if there.mask or there.constant is not None:
        return holding(there, some, writer) if there.mask else int(there.constant == some)
    return writer.let(f"{{0}} == {some}", there.code)
