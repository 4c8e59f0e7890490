"""Writes one value out of several: of the branches of an `if`, the rows of a table, the clauses of a value.

Where a mask tells for each case which one it is, it is picked; otherwise the result is everything that is possible.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from typing import TYPE_CHECKING

from rules.intervals import FLAWS, NO, PLAIN, YES, Answers
from rules.numpy_joining import bits, chosen, holding
from rules.numpy_masks import mask_and, mask_not, mask_or, number_where, small, small_where, where
from rules.numpy_members import ONE_BYTE, among_the_same, as_set
from rules.numpy_text import HIGHEST, LOWEST, WIDE, Operand, Writer
from rules.numpy_values import Id, Member, Num, Single, Truth, alike, masked
from rules.tree import Expr, If

if TYPE_CHECKING:
    from rules.numpy_scope import Scope

FEW = 3  # different values that are picked out faster than looked up


@dataclass(frozen=True)
class Flawed:
    """What may come instead of a value: bits of GAP and CONFLICT, and which of them are possible at all."""

    kinds: Operand = 0
    possible: Answers = 0


SOUND = Flawed()
Alternative = tuple[Operand, Single]  # the mask of where it is one that is possible


def branches(node: If, value: Callable[[Expr], Single], scope: "Scope") -> Single:
    """`if`, and all the `else if` that follow on conditions that are known."""
    writer = scope.writer
    alternatives: list[Alternative] = []
    rest: Expr = node
    while isinstance(rest, If):
        condition = scope.truth(rest.condition)
        if condition.constant in (YES, NO):
            rest = rest.then if condition.constant == YES else rest.otherwise
        elif condition.mask:
            alternatives.append((condition.code, value(rest.then)))
            rest = rest.otherwise
        else:
            open_ = _select(condition, value(rest.then), value(rest.otherwise), writer)
            return picked([*alternatives, (1, open_)], SOUND, writer) if alternatives else open_
    found = value(rest)
    return picked([*alternatives, (1, found)], SOUND, writer) if alternatives else found


def _select(condition: Truth, then: Single, otherwise: Single, writer: Writer) -> Single:
    alternatives = [(holding(condition, YES, writer), then), (holding(condition, NO, writer), otherwise)]
    flaws = condition.possible & FLAWS
    kinds = writer.let("{0} & 12", bits(condition, writer)) if flaws else 0
    return possible([each for each in alternatives if each[0] != 0], Flawed(kinds, flaws), writer)


def picked(alternatives: Sequence[Alternative], flaws: Flawed, writer: Writer) -> Single:
    """The first whose mask holds, and the last if none does; where there is a flaw there is no value."""
    first = alternatives[0][1]
    *guarded, (_, last) = alternatives
    match first:
        case Truth():
            return _picked_truth(guarded, last, flaws, writer)
        case Num():
            return _picked_number(guarded, last, flaws, writer)
        case Member():
            return _picked_member(guarded, last, flaws, writer)
    return possible(_one_by_one(alternatives, writer), flaws, writer)


def possible(alternatives: Sequence[Alternative], flaws: Flawed, writer: Writer) -> Single:
    """One of those whose masks hold, and nobody knows which."""
    numbers = [(when, value) for when, value in alternatives if isinstance(value, Num)]
    truths = [(when, value) for when, value in alternatives if isinstance(value, Truth)]
    members = [(when, value) for when, value in alternatives if isinstance(value, Member)]
    if truths:
        return _possible_truth(truths, flaws, writer)
    if numbers:
        return _possible_number(numbers, flaws, writer)
    if members:
        return _possible_member(members, flaws, writer)
    return _possible_id([(when, value) for when, value in alternatives if isinstance(value, Id)], flaws, writer)


def at_place(place: Operand, values: Sequence[Single], writer: Writer) -> Single | None:
    """The value at a place in a list of constants; None where that is not shorter than to pick it out."""
    numbers = [value for value in values if isinstance(value, Num) and isinstance(value.low, int) and value.exact]
    if isinstance(place, int) or len(numbers) < len(values) or len({number.low for number in numbers}) < FEW:
        return None
    same = alike(numbers, writer)
    table = writer.table([number.low for number in same if isinstance(number.low, int)], WIDE)
    found = writer.let("{1}.take({0})", place, table)
    return Num(found, found, same[0].denominator, reach=max(number.reach for number in same))


# -- masks and kinds ---------------------------------------------------------------------------------------------


def is_plain(value: "Num | Member | Id", writer: Writer) -> Operand:
    """The mask of where it may be an ordinary value."""
    if value.possible == PLAIN or not value.possible & PLAIN:
        return int(value.possible == PLAIN)
    return writer.let("({0} & 1) != 0", value.kinds)


def _all_possible(alternatives: "Sequence[tuple[Operand, Num | Member | Id]]", flaws: Flawed) -> Answers:
    return reduce(lambda found, each: found | each[1].possible, alternatives, flaws.possible)


def _possible_kinds(
    alternatives: "Sequence[tuple[Operand, Num | Member | Id]]", flaws: Flawed, writer: Writer
) -> Operand:
    if _all_possible(alternatives, flaws) == PLAIN:
        return PLAIN
    found: Operand = flaws.kinds
    for when, value in alternatives:
        kinds = where(when, small(value.kinds, writer), writer.small(0), writer)
        found = kinds if found == 0 else writer.let("{0} | {1}", found, kinds)
    return found


def _picked_kinds(
    guarded: "Sequence[tuple[Operand, Num | Member]]", last: "Num | Member", flaws: Flawed, writer: Writer
) -> tuple[Operand, Answers]:
    everything = _all_possible([*guarded, (1, last)], flaws)
    if everything == PLAIN:
        return PLAIN, PLAIN
    kinds = small(last.kinds, writer)
    for when, value in reversed(guarded):
        kinds = where(when, small(value.kinds, writer), kinds, writer)
    if flaws.possible:
        kinds = writer.let("np.where({0} != 0, {0}, {1})", small(flaws.kinds, writer), kinds)
    return kinds, everything


def _one_by_one(alternatives: Sequence[Alternative], writer: Writer) -> list[Alternative]:
    found: list[Alternative] = []
    left: Operand = 1
    for number, (when, value) in enumerate(alternatives):
        now = left if number == len(alternatives) - 1 else mask_and(left, when, writer)
        found.append((now, value))
        left = mask_and(left, mask_not(when, writer), writer)
    return found


# -- truths ------------------------------------------------------------------------------------------------------


def _picked_truth(guarded: Sequence[Alternative], last: Single, flaws: Flawed, writer: Writer) -> Truth:
    found = _truth(last)
    for when, value in reversed(guarded):
        found = chosen(masked(when), _truth(value), found, writer)
    if not flaws.possible:
        return found
    kinds = small(flaws.kinds, writer)
    operands = (kinds, small(bits(found, writer), writer))
    return Truth(writer.let("np.where({0} != 0, {0}, {1})", *operands), found.possible | flaws.possible)


def _possible_truth(alternatives: Sequence[tuple[Operand, Truth]], flaws: Flawed, writer: Writer) -> Truth:
    everything, found = flaws.possible, flaws.kinds
    for when, value in alternatives:
        here = where(when, small(bits(value, writer), writer), writer.small(0), writer)
        found = here if found == 0 else writer.let("{0} | {1}", found, here)
        everything |= value.possible
    return Truth(found, everything)


def _truth(value: Single) -> Truth:
    if not isinstance(value, Truth):
        raise TypeError("Alternatives were checked to be of one kind.")
    return value


# -- numbers -----------------------------------------------------------------------------------------------------


def _picked_number(guarded: Sequence[Alternative], last: Single, flaws: Flawed, writer: Writer) -> Num:
    *values, otherwise = alike(
        [each for each in (*(value for _, value in guarded), last) if isinstance(each, Num)], writer
    )
    masks = [when for when, _ in guarded]
    low, high = otherwise.low, otherwise.high
    for when, value in zip(reversed(masks), reversed(values), strict=True):
        exact = low == high and value.exact
        low = number_where(when, value.low, low, writer)
        high = low if exact else number_where(when, value.high, high, writer)
    kinds, everything = _picked_kinds(list(zip(masks, values, strict=True)), otherwise, flaws, writer)
    reach = max(value.reach for value in (*values, otherwise))
    return Num(low, high, otherwise.denominator, kinds, everything, reach)


def _possible_number(alternatives: Sequence[tuple[Operand, Num]], flaws: Flawed, writer: Writer) -> Num:
    values = alike([value for _, value in alternatives], writer)
    pairs = [(when, value) for (when, _), value in zip(alternatives, values, strict=True)]
    kinds, everything = _possible_kinds(pairs, flaws, writer), _all_possible(pairs, flaws)
    low: Operand | None = None
    high: Operand | None = None
    for when, value in pairs:
        here = mask_and(when, is_plain(value, writer), writer)
        if here == 0:
            continue
        least, most = where(here, value.low, HIGHEST, writer), where(here, value.high, LOWEST, writer)
        low = least if low is None else writer.let("np.minimum({0}, {1})", low, least)
        high = most if high is None else writer.let("np.maximum({0}, {1})", high, most)
    ends, reach = (low or 0, high or 0), max(value.reach for value in values)
    return normal(Num(*ends, values[0].denominator, kinds, everything, reach), writer)


def normal(number: Num, writer: Writer) -> Num:
    """With bounds 0 and 0 where there is no ordinary value, as the evaluator has them."""
    plain = is_plain(number, writer)
    if plain == 1:
        return number
    low = where(plain, number.low, 0, writer)
    high = low if number.exact else where(plain, number.high, 0, writer)
    return replace(number, low=low, high=high)


# -- members -----------------------------------------------------------------------------------------------------


def _picked_member(guarded: Sequence[Alternative], last: Single, flaws: Flawed, writer: Writer) -> Single:
    values = [value for value in (*(value for _, value in guarded), last) if isinstance(value, Member)]
    if not all(value.single for value in values):
        return possible(_one_by_one([*guarded, (1, last)], writer), flaws, writer)
    *rest, otherwise = among_the_same(values, writer)
    masks = [when for when, _ in guarded]
    pick = small_where if len(otherwise.members) <= ONE_BYTE else where
    code = _code(otherwise.code, writer)
    for when, value in zip(reversed(masks), reversed(rest), strict=True):
        code = pick(when, _code(value.code, writer), code, writer)
    kinds, everything = _picked_kinds(list(zip(masks, rest, strict=True)), otherwise, flaws, writer)
    return Member(otherwise.members, code, kinds=kinds, possible=everything)


def _code(code: Operand, writer: Writer) -> Operand:
    return writer.small(code) if isinstance(code, int) and code < ONE_BYTE else code


def _possible_member(alternatives: Sequence[tuple[Operand, Member]], flaws: Flawed, writer: Writer) -> Member:
    values = among_the_same([value for _, value in alternatives], writer)
    pairs = [(when, value) for (when, _), value in zip(alternatives, values, strict=True)]
    kinds, everything = _possible_kinds(pairs, flaws, writer), _all_possible(pairs, flaws)
    found: Operand = 0
    for when, value in pairs:
        here = where(mask_and(when, is_plain(value, writer), writer), as_set(value, writer), 0, writer)
        found = here if found == 0 else writer.let("{0} | {1}", found, here)
    return Member(values[0].members, found, single=False, kinds=kinds, possible=everything)


# -- refs --------------------------------------------------------------------------------------------------------


def _possible_id(alternatives: Sequence[tuple[Operand, Id]], flaws: Flawed, writer: Writer) -> Id:
    among: list[tuple[Operand, Operand]] = []
    anything: Operand = 0
    for when, value in alternatives:
        here = mask_and(when, is_plain(value, writer), writer)
        among += [(mask_and(here, one, writer), code) for one, code in value.among]
        anything = mask_or(anything, mask_and(here, value.anything, writer), writer)
    kinds, everything = _possible_kinds(alternatives, flaws, writer), _all_possible(alternatives, flaws)
    return Id(tuple(each for each in among if each[0] != 0), anything, kinds, everything)
