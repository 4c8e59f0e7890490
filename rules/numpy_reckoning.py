"""Writes both ends of a number that is reckoned from others, and what flaws those leave in it."""

from collections.abc import Callable, Sequence
from itertools import product
from typing import TYPE_CHECKING, TypeAlias

from rules.numpy_joining import flawed
from rules.numpy_text import Operand, Writer
from rules.numpy_values import ANYWHERE, Num
from rules.tree import Call

if TYPE_CHECKING:
    from rules.numpy_scope import Scope

Function: TypeAlias = Callable[[Call, "Scope"], Num]
Reckoned = tuple[Operand, Operand]


def made(writer: Writer, values: Sequence[Num], ends: Reckoned, denominator: int = 1, reach: int = ANYWHERE) -> Num:
    """A value reckoned from others, with what those can be."""
    return Num(*ends, denominator, *flawed(values, writer), reach)


def rising(
    template: str, ends: Sequence[Num], writer: Writer, *, falls: Sequence[bool] = ()
) -> tuple[Operand, Operand]:
    """Both ends of something that rises in each argument, or falls in it."""
    down = falls or [False] * len(ends)
    low = writer.let(template, *(each.high if fall else each.low for each, fall in zip(ends, down, strict=True)))
    if all(each.exact for each in ends):
        return low, low
    return low, writer.let(template, *(each.low if fall else each.high for each, fall in zip(ends, down, strict=True)))


def corners(template: str, values: Sequence[Num], writer: Writer) -> tuple[Operand, Operand]:
    """Both ends of something that only rises or only falls in each argument."""
    ends = [(each.low,) if each.exact else (each.low, each.high) for each in values]
    found = [writer.let(template, *corner) for corner in product(*ends)]
    low = high = found[0]
    for each in found[1:]:
        low, high = writer.let("np.minimum({0}, {1})", low, each), writer.let("np.maximum({0}, {1})", high, each)
    return low, high


def divided(text: str, by: int) -> str:
    """Rounded down; by a power of two the bits are moved, which is faster and rounds down as well."""
    return f"({text}) >> {by.bit_length() - 1}" if by & (by - 1) == 0 else f"({text}) // {by}"
