"""Writes truths joined: masks where they are known, bits of possible answers where not; and what flaws do to them."""

from collections.abc import Callable, Sequence
from functools import reduce

from rules.intervals import AND, FLAWS, NO, NOT, OR, PLAIN, YES, Answers
from rules.numpy_masks import small
from rules.numpy_text import Operand, Writer
from rules.numpy_values import Id, Member, Num, Truth, certainly, masked

_PLAIN = {"and": "({0} & {1} & 1) | (({0} | {1}) & 2)", "or": "(({0} | {1}) & 1) | ({0} & {1} & 2)"}
_JOINED = {"and": "logic.both({0}, {1})", "or": "logic.either({0}, {1})"}
_TABLE = {"and": AND, "or": OR}
_MASKED = {"and": "{0} & {1}", "or": "{0} | {1}"}


def bits(truth: Truth, writer: Writer) -> Operand:
    return writer.let("logic.bits({0})", truth.code) if truth.mask else truth.code


def all_of(truths: Sequence[Truth], writer: Writer) -> Truth:
    return reduce(lambda left, right: joined("and", left, right, writer), truths, certainly(YES))


def any_of(truths: Sequence[Truth], writer: Writer) -> Truth:
    return reduce(lambda left, right: joined("or", left, right, writer), truths, certainly(NO))


def joined(how: str, left: Truth, right: Truth, writer: Writer) -> Truth:
    table, neutral = _TABLE[how], YES if how == "and" else NO
    for one, other in ((left, right), (right, left)):
        if one.constant == neutral:
            return other
        if one.constant == NOT[neutral]:
            return one
    possible = table[left.possible][right.possible]
    if left.constant is not None and right.constant is not None:
        return certainly(possible)
    if left.mask and right.mask:
        return masked(writer.let(_MASKED[how], left.code, right.code))
    flawless = not (left.possible | right.possible) & FLAWS
    template = (_PLAIN if flawless else _JOINED)[how]
    return Truth(writer.let(template, bits(left, writer), bits(right, writer)), possible)


def turned(truth: Truth, writer: Writer) -> Truth:
    if truth.constant is not None:
        return certainly(NOT[truth.constant])
    if truth.mask:
        return masked(writer.let("~{0}", truth.code))
    return Truth(writer.let("logic.turned({0})", truth.code), NOT[truth.possible])


def chosen(condition: Truth, then: Truth, otherwise: Truth, writer: Writer) -> Truth:
    if condition.constant in (YES, NO):
        return then if condition.constant == YES else otherwise
    possible = then.possible | otherwise.possible | condition.possible & FLAWS
    if condition.mask and all(each.mask or each.constant in (YES, NO) for each in (then, otherwise)):
        branches = [all_of([condition, then], writer), all_of([turned(condition, writer), otherwise], writer)]
        return any_of(branches, writer)
    operands = [bits(each, writer) for each in (condition, then, otherwise)]
    small = [writer.small(each) if isinstance(each, int) else each for each in operands]
    return Truth(writer.let("logic.chosen({0}, {1}, {2})", *small), possible)


# -- possible answers, and flaws ---------------------------------------------------------------------------------


def answers(yes: Operand, no: Operand, writer: Writer) -> Truth:
    """From the masks of where yes is possible, and where no is."""
    if isinstance(yes, int) and isinstance(no, int):
        return certainly((YES if yes else 0) | (NO if no else 0))
    return Truth(writer.let("logic.answers({0}, {1})", *(_mask(each, writer) for each in (yes, no))))


def _mask(operand: Operand, writer: Writer) -> Operand:
    return writer.let("{0} != 0", writer.small(operand)) if isinstance(operand, int) else operand


def holding(truth: Truth, some: Answers, writer: Writer) -> Operand:
    """The mask of where one of some answers is possible."""
    if truth.constant is not None or not truth.possible & some:
        return int(bool((truth.constant or 0) & some))
    if truth.possible & ~some == 0:
        return 1
    if truth.mask:
        return truth.code if some & YES else writer.let("~{0}", truth.code)
    return writer.let("({0} & {1}) != 0", truth.code, some)


def exactly_no(truth: Truth, writer: Writer) -> Operand:
    """The mask of where it surely is not so."""
    if truth.constant is not None:
        return int(truth.constant == NO)
    return writer.let("~{0}", truth.code) if truth.mask else writer.let("{0} == 2", truth.code)


def with_flaws(truth: Truth, kinds: Operand, possible: Answers, writer: Writer) -> Truth:
    """Answers that count where a value may be an ordinary one, and the flaws that it may be instead."""
    if possible == PLAIN:
        return truth
    found = writer.let("({0} & 1) * {1} | ({0} & 12)", kinds, small(bits(truth, writer), writer))
    return Truth(found, (truth.possible if possible & PLAIN else 0) | possible & FLAWS)


# -- comparing ---------------------------------------------------------------------------------------------------


def compared(sign: str, left: Num, right: Num, writer: Writer) -> Truth:
    kinds, possible = flawed([left, right], writer)
    if left.exact and right.exact:
        return with_flaws(masked(writer.let(f"{{0}} {sign} {{1}}", left.low, right.low)), kinds, possible, writer)
    yes, no = (made(left, right, writer) for made in _POSSIBLE[sign])
    return with_flaws(answers(yes, no, writer), kinds, possible, writer)


Possible = Callable[[Num, Num, Writer], Operand]


def _may_be(template: str, left_end: str, right_end: str) -> Possible:
    def made(left: Num, right: Num, writer: Writer) -> Operand:
        return writer.let(template, getattr(left, left_end), getattr(right, right_end))

    return made


def _may_be_equal(left: Num, right: Num, writer: Writer) -> Operand:
    return writer.let("({0} <= {3}) & ({2} <= {1})", left.low, left.high, right.low, right.high)


def _may_differ(left: Num, right: Num, writer: Writer) -> Operand:
    return writer.let("({0} < {3}) | ({1} > {2})", left.low, left.high, right.low, right.high)


_AT_LEAST, _ABOVE = _may_be("{0} >= {1}", "high", "low"), _may_be("{0} > {1}", "high", "low")
_AT_MOST, _BELOW = _may_be("{0} <= {1}", "low", "high"), _may_be("{0} < {1}", "low", "high")
_POSSIBLE: dict[str, tuple[Possible, Possible]] = {
    ">=": (_AT_LEAST, _BELOW),
    ">": (_ABOVE, _AT_MOST),
    "<=": (_AT_MOST, _ABOVE),
    "<": (_BELOW, _AT_LEAST),
    "==": (_may_be_equal, _may_differ),
    "!=": (_may_differ, _may_be_equal),
}


def flawed(values: Sequence[Num | Member | Id], writer: Writer) -> tuple[Operand, Answers]:
    """What a value made of these can be."""
    kinds: Operand = PLAIN
    possible = PLAIN
    for value in values:
        possible = AND[possible][value.possible]
        if value.kinds == PLAIN:
            continue
        kinds = value.kinds if kinds == PLAIN else writer.let("logic.flawed({0}, {1})", kinds, value.kinds)
    return kinds, possible
