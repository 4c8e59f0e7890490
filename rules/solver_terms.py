"""Whole numbers and truths of a translation: plain Python where they are known while it is written, else terms of z3.

Only what is opened by an analysis imports this module, so a station without z3 runs all the same.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import reduce
from typing import Any, Final, TypeAlias

import z3

Whole: TypeAlias = Any  # an int, or an integer term of z3
Flag: TypeAlias = Any  # a bool, or a boolean term of z3

MOST_LEAVES: Final = 64  # of a choice that a factor is multiplied into, branch by branch


def both(*flags: Flag) -> Flag:
    if any(flag is False for flag in flags):
        return False
    open_ = [flag for flag in flags if flag is not True]
    return _joined(z3.And, open_) if open_ else True


def either(*flags: Flag) -> Flag:
    if any(flag is True for flag in flags):
        return True
    open_ = [flag for flag in flags if flag is not False]
    return _joined(z3.Or, open_) if open_ else False


def _joined(join: Callable[..., Flag], flags: list[Flag]) -> Flag:
    return flags[0] if len(flags) == 1 else join(*flags)


def opposite(flag: Flag) -> Flag:
    return not flag if isinstance(flag, bool) else z3.Not(flag)


def choose(condition: Flag, then: Any, otherwise: Any) -> Any:  # noqa: ANN401 - whole numbers or truths
    if isinstance(condition, bool):
        return then if condition else otherwise
    if then is otherwise or (_known(then) and _known(otherwise) and then == otherwise):
        return then
    if isinstance(then, bool) or isinstance(otherwise, bool):
        return either(both(condition, then), both(opposite(condition), otherwise))
    return z3.If(condition, then, otherwise)


def _known(term: Any) -> bool:  # noqa: ANN401 - whole numbers or truths
    return isinstance(term, int)


def same(left: Whole, right: Whole) -> Flag:
    return left == right


def least(*terms: Whole) -> Whole:
    return reduce(lambda a, b: min(a, b) if _known(a) and _known(b) else choose(a <= b, a, b), terms)


def greatest(*terms: Whole) -> Whole:
    return reduce(lambda a, b: max(a, b) if _known(a) and _known(b) else choose(a >= b, a, b), terms)


def counted(flags: Iterable[Flag]) -> Whole:
    return reduce(lambda total, flag: total + choose(flag, 1, 0), flags, 0)


def quotient(term: Whole, by: int) -> Whole:
    """Rounded down, by a positive constant: z3's integer division is that where the divisor is positive."""
    if by == 1:
        return term
    return term // by if _known(term) else term / by


def remainder(term: Whole, by: int) -> Whole:
    return term % by


def product(left: Whole, right: Whole, few: tuple[int, int] | None = None) -> Whole:
    """Of two terms; `few`: the ends between which the right one lies, where that is worth going through one by one."""
    if _known(left) or _known(right):
        return left * right
    for factor, other in ((left, right), (right, left)):
        if _leaves(factor) <= MOST_LEAVES:
            return _branch_by_branch(factor, other)
    if few is None:
        return left * right
    first, last = few
    found = left * last
    for value in range(last - 1, first - 1, -1):
        found = z3.If(right == value, left * value, found)
    return found


def _leaves(term: Whole) -> int:
    """How many constants a choice ends in; more than are wanted where it ends in anything else."""
    if z3.is_int_value(term):
        return 1
    if z3.is_app_of(term, z3.Z3_OP_ITE):
        total = 0
        for branch in _branches(term):
            total += _leaves(branch)
            if total > MOST_LEAVES:
                break
        return total
    return MOST_LEAVES + 1


def _branches(term: Whole) -> Iterator[Whole]:
    yield term.arg(1)
    yield term.arg(2)


def _branch_by_branch(factor: Whole, other: Whole) -> Whole:
    if z3.is_int_value(factor):
        return other * factor.as_long()
    then, otherwise = (_branch_by_branch(branch, other) for branch in _branches(factor))
    return z3.If(factor.arg(0), then, otherwise)
