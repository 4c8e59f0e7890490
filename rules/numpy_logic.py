"""Sets of possible answers, one byte for each case: the bits YES NO GAP CONFLICT, joined without looking at a table.

What `rules.intervals` tabulates from single answers is written out here as arithmetic on bits, and so checks it.
"""

from typing import Any, TypeAlias

import numpy as np

Bits: TypeAlias = Any  # a uint8 array, or one number
YES, NO, GAP, CONFLICT = 1, 2, 4, 8
FLAWS = GAP | CONFLICT
NOT_YES = NO | FLAWS
BIG = 2**62  # beyond every number a policy can reach


def bits(mask: Bits) -> Bits:
    return np.subtract(2, np.asarray(mask).view(np.uint8), dtype=np.uint8)


def answers(yes: Bits, no: Bits) -> Bits:
    """From what is possible: yes, no, or either."""
    return np.asarray(yes).view(np.uint8) | np.left_shift(np.asarray(no).view(np.uint8), 1, dtype=np.uint8)


def flag(mask: Bits, bit: int) -> Bits:
    return np.multiply(mask, np.uint8(bit), dtype=np.uint8)


def turned(some: Bits) -> Bits:
    return (some & FLAWS) | (some << 1 & NO) | (some >> 1 & YES)


def both(left: Bits, right: Bits) -> Bits:
    """`and`: a no decides, then a conflict, then a gap."""
    plain = (left & right & YES) | ((left | right) & NO)
    return plain | _flaws(left, right)


def _flaws(left: Bits, right: Bits) -> Bits:
    conflict = _pair(left & CONFLICT, right & (YES | FLAWS)) | _pair(right & CONFLICT, left & (YES | FLAWS))
    gap = _pair(left & GAP, right & (YES | GAP)) | _pair(right & GAP, left & (YES | GAP))
    return flag(conflict, CONFLICT) | flag(gap, GAP)


def _pair(left: Bits, right: Bits) -> Bits:
    return np.not_equal(left, 0) & np.not_equal(right, 0)


def either(left: Bits, right: Bits) -> Bits:
    return turned(both(turned(left), turned(right)))


def flawed(left: Bits, right: Bits) -> Bits:
    """What a value made of two can be; `both` where neither is ever a no."""
    return (left & right & YES) | _flaws(left, right)


def chosen(condition: Bits, then: Bits, otherwise: Bits) -> Bits:
    """`if`: whatever the branches that are possible give, and the condition's own flaws."""
    return (condition & FLAWS) | (condition & YES) * then | (condition >> 1 & YES) * otherwise


def any_of(each: Bits) -> Bits:
    """`or` along the last axis."""
    some, every = np.bitwise_or.reduce(each, axis=-1), np.bitwise_and.reduce(each, axis=-1)
    not_yes = np.logical_and.reduce(each & NOT_YES != 0, axis=-1)
    gap_or_no = np.logical_and.reduce(each & (NO | GAP) != 0, axis=-1)
    conflict, gap = (some & CONFLICT != 0) & not_yes, (some & GAP != 0) & gap_or_no
    return (some & YES) | (every & NO) | flag(conflict, CONFLICT) | flag(gap, GAP)


def all_of(each: Bits) -> Bits:
    return turned(any_of(turned(each)))


def all_flawed(each: Bits) -> Bits:
    """`flawed` along the last axis."""
    some, every = np.bitwise_or.reduce(each, axis=-1), np.bitwise_and.reduce(each, axis=-1)
    gap = (some & GAP != 0) & np.logical_and.reduce(each & (YES | GAP) != 0, axis=-1)
    return (every & YES) | (some & CONFLICT) | flag(gap, GAP)


def possible(present: Bits, kinds: Bits) -> Bits:
    """What an item makes of a result: its own flaw, its value's if it is there, nothing if it is not."""
    return (present & FLAWS) | (present & YES) * kinds | (present >> 1 & YES)


def choices(each: Bits) -> Bits:
    """How many answers are possible."""
    return (each & 1) + (each >> 1 & 1) + (each >> 2 & 1) + (each >> 3 & 1)


def picked(mask: Bits, value: Bits, otherwise: Bits) -> Bits:
    """Of two numbers of one byte: faster than `np.where`, which looks at every mask."""
    every = np.negative(np.asarray(mask).view(np.uint8))
    return (value & every) | (otherwise & ~every)


def picked_small(mask: Bits, value: Bits, otherwise: Bits) -> Bits:
    """Of two numbers of four bytes; what overflows on the way comes back."""
    return (np.subtract(value, otherwise, dtype=np.int32) * mask) + otherwise


def bit(code: Bits) -> Bits:
    """A member as a set of one."""
    return np.left_shift(1, np.asarray(code, np.int64))


def members(some: Bits) -> Bits:
    """How many members are in a set."""
    return np.bitwise_count(some).astype(np.int64)  # of Python's whole numbers too


def moved(some: Bits, places: tuple[int, ...]) -> Bits:
    """A set of one enum's members as a set of another's: member i stands at `places[i]`."""
    found = np.zeros_like(some)
    for number, place in enumerate(places):
        found |= (some >> number & 1) << place
    return found
