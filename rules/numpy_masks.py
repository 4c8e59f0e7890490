"""Writes masks joined, and what is picked out by one; masks and values that are the same for all are whole numbers."""

from rules.numpy_text import Operand, Writer


def mask_and(left: Operand, right: Operand, writer: Writer) -> Operand:
    for one, other in ((left, right), (right, left)):
        if isinstance(one, int):
            return other if one else 0
    return writer.let("{0} & {1}", left, right)


def mask_or(left: Operand, right: Operand, writer: Writer) -> Operand:
    for one, other in ((left, right), (right, left)):
        if isinstance(one, int):
            return 1 if one else other
    return writer.let("{0} | {1}", left, right)


def mask_not(mask: Operand, writer: Writer) -> Operand:
    return 1 - mask if isinstance(mask, int) else writer.let("~{0}", mask)


def where(when: Operand, value: Operand, otherwise: Operand, writer: Writer) -> Operand:
    if isinstance(when, int):
        return value if when else otherwise
    return value if value == otherwise else writer.let("np.where({0}, {1}, {2})", when, value, otherwise)


def number_where(when: Operand, value: Operand, otherwise: Operand, writer: Writer) -> Operand:
    """The same for numbers: multiplied by the mask, which is faster than to look at it."""
    if isinstance(when, int) or value == otherwise:
        return value if when else otherwise
    if otherwise == 0:
        return writer.let("{0} * W({1})" if isinstance(value, int) else "{1} * {0}", when, value)
    if value == 0:
        return number_where(mask_not(when, writer), otherwise, 0, writer)
    if isinstance(value, int) and isinstance(otherwise, int):
        return writer.let("{0} * W({1}) + W({2})", when, value - otherwise, otherwise)
    return writer.let("pick({0}, {1}, {2})", when, value, otherwise)


def small_where(when: Operand, value: Operand, otherwise: Operand, writer: Writer) -> Operand:
    """The same for what is held in one byte."""
    if isinstance(when, int) or value == otherwise:
        return value if when else otherwise
    return writer.let("logic.picked({0}, {1}, {2})", when, value, otherwise)


def small(operand: Operand, writer: Writer) -> Operand:
    """A constant as one byte, so that what is made of it stays small."""
    return writer.small(operand) if isinstance(operand, int) else operand
