"""What is known of a value while the numpy program is written: which arrays hold it, and what it can be at all.

Where a value is known of everybody and the law has no gap in it, one array holds it: `low` and `high` of a number are
the same, a truth is a mask, a member its place in the list. Everything else is bounds, bits and sets.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import lcm
from typing import TypeAlias

from rules.intervals import EITHER, NO, PLAIN, YES, Answers
from rules.numpy_text import Operand, Writer
from rules.scaled import factor

Renamed = Mapping[int, int]
ANYWHERE = 2**62


@dataclass(frozen=True, slots=True)
class Truth:
    """A constant set of answers, a mask of those that are a yes, or the bits of sets out of `possible`."""

    code: Operand
    possible: Answers = EITHER
    mask: bool = False

    @property
    def constant(self) -> Answers | None:
        return self.code if isinstance(self.code, int) else None

    def renamed(self, axes: Renamed) -> "Truth":
        return replace(self, code=_operand(self.code, axes))


def certainly(answers: Answers) -> Truth:
    return Truth(answers, answers)


def masked(mask: Operand) -> Truth:
    return certainly(YES if mask else NO) if isinstance(mask, int) else Truth(mask, EITHER, mask=True)


@dataclass(frozen=True, slots=True)
class Num:
    """Whole numbers over a denominator, at most `reach` from 0; `kinds` are bits out of `possible`."""

    low: Operand
    high: Operand
    denominator: int = 1
    kinds: Operand = PLAIN
    possible: Answers = PLAIN
    reach: int = ANYWHERE

    @property
    def exact(self) -> bool:
        return self.low == self.high

    @property
    def constant(self) -> int | None:
        return self.low if isinstance(self.low, int) and self.exact and self.possible == PLAIN else None

    def renamed(self, axes: Renamed) -> "Num":
        low, high, kinds = (_operand(each, axes) for each in (self.low, self.high, self.kinds))
        return replace(self, low=low, high=high, kinds=kinds)

    def over(self, denominator: int, writer: Writer) -> "Num":
        """The same number in finer steps."""
        if denominator == self.denominator:
            return self
        times = factor(self.denominator, denominator)
        template = f"{{0}} * {times.numerator}" if times.denominator == 1 else f"{{0}} // {times.denominator}"
        low = writer.let(template, self.low)
        high = low if self.exact else writer.let(template, self.high)
        reach = self.reach * times.numerator
        writer.reaches(reach)
        return replace(self, low=low, high=high, denominator=denominator, reach=reach)


def alike(numbers: Sequence[Num], writer: Writer) -> list[Num]:
    """All in the same steps."""
    steps = lcm(*(number.denominator for number in numbers))
    return [number.over(steps, writer) for number in numbers]


def exactly(value: Operand, denominator: int = 1) -> Num:
    return Num(value, value, denominator, reach=abs(value) if isinstance(value, int) else ANYWHERE)


@dataclass(frozen=True, slots=True)
class Member:
    """The place of a member in `members`, or (not `single`) a set of places as bits."""

    members: tuple[str, ...]
    code: Operand
    single: bool = True
    kinds: Operand = PLAIN
    possible: Answers = PLAIN

    def renamed(self, axes: Renamed) -> "Member":
        return replace(self, code=_operand(self.code, axes), kinds=_operand(self.kinds, axes))


@dataclass(frozen=True, slots=True)
class Id:
    """One of these refs, each with the mask of where it is one; `anything` where it could be any ref at all."""

    among: tuple[tuple[Operand, Operand], ...]
    anything: Operand = 0
    kinds: Operand = PLAIN
    possible: Answers = PLAIN

    def renamed(self, axes: Renamed) -> "Id":
        among = tuple((_operand(when, axes), _operand(code, axes)) for when, code in self.among)
        return replace(self, among=among, anything=_operand(self.anything, axes), kinds=_operand(self.kinds, axes))


@dataclass(frozen=True, slots=True)
class Row:
    """An item: its fields are columns of the population, or (`ghost`) anything that was declared."""

    path: tuple[str, ...]
    axes: tuple[int, ...]
    ghost: bool = False

    def renamed(self, axes: Renamed) -> "Row":
        return replace(self, axes=tuple(axes.get(axis, axis) for axis in self.axes))


@dataclass(frozen=True, slots=True)
class Items:
    """Items along one axis and where there is one; `ghost` is like any of those, up to `more`, that nobody told of."""

    value: "Row | Value"
    there: Truth
    axis: int
    ghost: "Row | Value | None" = None
    ghost_there: Truth = Truth(NO, NO)
    more: Operand = 0

    def renamed(self, axes: Renamed) -> "Items":
        return Items(
            self.value.renamed(axes),
            self.there.renamed(axes),
            axes.get(self.axis, self.axis),
            self.ghost and self.ghost.renamed(axes),
            self.ghost_there.renamed(axes),
            _operand(self.more, axes),
        )

    @property
    def told(self) -> bool:
        """Whether anybody can have an item that was told of."""
        return self.there.constant != NO


Value: TypeAlias = Truth | Num | Member | Id | Items
Single: TypeAlias = Truth | Num | Member | Id


def _operand(operand: Operand, axes: Renamed) -> Operand:
    if isinstance(operand, int) or operand.axes is None:
        return operand
    return replace(operand, axes=tuple(axes.get(axis, axis) for axis in operand.axes))
