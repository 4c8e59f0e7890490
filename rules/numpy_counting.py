"""Writes count, sum, least and most over a list: along its axis, and what items that nobody told of may add."""

from dataclasses import dataclass, replace

from rules.intervals import EITHER, FLAWS, NO, PLAIN, YES, Answers
from rules.numpy_choosing import is_plain, normal
from rules.numpy_joining import bits, holding
from rules.numpy_masks import mask_and, mask_or, small, where
from rules.numpy_text import HIGHEST, LOWEST, Operand, Writer
from rules.numpy_values import Id, Items, Member, Num, Truth, alike, exactly


def count(items: Items, writer: Writer) -> Num:
    kinds, all_kinds = list_kinds(items, writer)
    certain: Operand = 0
    possible: Operand = 0
    if items.told:
        sure, may = surely(items.there, writer), holding(items.there, YES, writer)
        certain = _count(sure, items, writer)
        possible = certain if sure == may else _count(may, items, writer)
    if items.ghost is not None:
        untold = holding(items.ghost_there, YES, writer)
        added = _times(untold, items.more, writer)
        possible = added if possible == 0 else writer.let("{0} + {1}", possible, added)
    return Num(certain, possible, 1, kinds, all_kinds)


def _count(mask: Operand, items: Items, writer: Writer) -> Operand:
    if isinstance(mask, int):
        return 0  # no list is taken to hold an item in every place
    return writer.along("{0}.sum(axis=-1)", items.axis, mask)


def _times(mask: Operand, number: Operand, writer: Writer) -> Operand:
    if isinstance(mask, int):
        return number if mask else 0
    return writer.let("np.where({0}, {1}, 0)", mask, number)


def surely(there: Truth, writer: Writer) -> Operand:
    """Where an item is in the list whatever is still unknown, if the law leaves no gap."""
    if there.mask:
        return there.code
    if there.constant is not None:
        return int(there.constant & EITHER == YES)
    return writer.let("({0} & 3) == 1", there.code)


# -- what a result can be ----------------------------------------------------------------------------------------


def list_kinds(items: Items, writer: Writer) -> tuple[Operand, Answers]:
    """Whether it is certain what the list holds, or the law leaves that open."""
    kinds: Operand = PLAIN
    possible = PLAIN
    if items.told and items.there.possible & FLAWS:
        each = writer.let("({0} & 12) | (({0} & 3) != 0)", items.there.code)
        kinds = writer.along("logic.all_flawed({0})", items.axis, each)
        possible |= items.there.possible & FLAWS
    flaws = items.ghost_there.possible & FLAWS if items.ghost is not None else 0
    if flaws:
        untold = writer.let("{0} & 12", bits(items.ghost_there, writer))
        kinds = writer.let("{0} | {1}", kinds, untold)
    return kinds, possible | flaws


def value_kinds(items: Items, value: "Num | Member | Id", writer: Writer) -> tuple[Operand, Answers]:
    """What the flaws of the values in a list make of a result, where they are in it."""
    possible = value.possible | items.there.possible & FLAWS | PLAIN
    if not items.told or possible == PLAIN:
        return PLAIN, PLAIN
    each = _kinds(items.there, value.kinds, writer)
    return writer.along("logic.all_flawed({0})", items.axis, each), possible


def _kinds(there: Truth, kinds: Operand, writer: Writer) -> Operand:
    return writer.let("logic.possible({0}, {1})", small(bits(there, writer), writer), small(kinds, writer))


def joined_kinds(kinds: "list[tuple[Operand, Answers]]", writer: Writer) -> tuple[Operand, Answers]:
    found: Operand = PLAIN
    possible = PLAIN
    for each, all_of_them in kinds:
        possible |= all_of_them
        if each != PLAIN:
            found = each if found == PLAIN else writer.let("logic.flawed({0}, {1})", found, each)
    return found, possible


def _all_kinds(items: Items, told: Num | None, untold: Num | None, writer: Writer) -> tuple[Operand, Answers]:
    kinds = [value_kinds(items, told, writer)] if told is not None else []
    if untold is not None:
        possible = untold.possible | items.ghost_there.possible & FLAWS | PLAIN
        if possible != PLAIN:
            kinds.append((_kinds(items.ghost_there, untold.kinds, writer), possible))
    return joined_kinds(kinds, writer)


# -- sum ---------------------------------------------------------------------------------------------------------


def total(items: Items, told: Num | None, untold: Num | None, writer: Writer) -> Num:
    values = alike([each for each in (told, untold) if each is not None], writer)
    kinds, possible = _all_kinds(items, told, untold, writer)
    low: Operand = 0
    high: Operand = 0
    if told is not None:
        ends = _share(items.there, values[0], writer)
        low, high = (0 if end == 0 else writer.along("{0}.sum(axis=-1)", items.axis, end) for end in ends)
    if untold is not None:
        least, most = _share(items.ghost_there, values[-1], writer)
        low = _plus(low, writer.let("{0} * {1}", items.more, least), writer)
        high = _plus(high, writer.let("{0} * {1}", items.more, most), writer)
    return Num(low, high, values[0].denominator if values else 1, kinds, possible)


def _plus(left: Operand, right: Operand, writer: Writer) -> Operand:
    return right if left == 0 else writer.let("{0} + {1}", left, right)


def _share(there: Truth, value: Num, writer: Writer) -> tuple[Operand, Operand]:
    """What an item adds to a sum, at least and at most."""
    counts = mask_and(holding(there, YES, writer), is_plain(value, writer), writer)
    if there.mask or not there.possible & NO:
        return where(counts, value.low, 0, writer), where(counts, value.high, 0, writer)
    may_lack = holding(there, NO, writer)
    low = where(may_lack, writer.let("np.minimum(0, {0})", value.low), value.low, writer)
    high = where(may_lack, writer.let("np.maximum(0, {0})", value.high), value.high, writer)
    return where(counts, low, 0, writer), where(counts, high, 0, writer)


# -- least and most ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Ends:
    """Of the items that may be there the lowest and the highest, of those that surely are the one that counts."""

    sure: Operand
    is_sure: Operand
    low: Operand
    high: Operand
    kinds: Operand


def extreme(items: Items, told: Num | None, untold: Num | None, empty: Num, writer: Writer, *, highest: bool) -> Num:
    *values, empty = alike([*(each for each in (told, untold) if each is not None), empty], writer)
    if told is not None and _is_plain_list(items, values[0], empty):
        return _picked(items, values[0], empty, writer, highest=highest)
    kinds, possible = _all_kinds(items, told, untold, writer)
    found = _Ends(0, 0, HIGHEST, LOWEST, 0)
    if told is not None:
        found = _told_ends(items, values[0], writer, highest=highest)
    if untold is not None:
        found = _with_untold(found, items.ghost_there, values[-1], writer)
    low, high = (found.sure, found.high) if highest else (found.low, found.sure)
    plain = is_plain(empty, writer)
    low_or_empty = writer.let("np.minimum({0}, {1})", found.low, where(plain, empty.low, HIGHEST, writer))
    high_or_empty = writer.let("np.maximum({0}, {1})", found.high, where(plain, empty.high, LOWEST, writer))
    everything = possible | empty.possible
    if everything == PLAIN:
        ends = (where(found.is_sure, low, low_or_empty, writer), where(found.is_sure, high, high_or_empty, writer))
        return Num(*ends, empty.denominator)
    unsure = writer.let("({0} & 12) | {1} | {2}", *(small(each, writer) for each in (kinds, found.kinds, empty.kinds)))
    stays = mask_or(found.is_sure, writer.let("({0} & 1) == 0", small(kinds, writer)), writer)
    all_kinds = where(stays, small(kinds, writer), unsure, writer)
    ends = (where(found.is_sure, low, low_or_empty, writer), where(found.is_sure, high, high_or_empty, writer))
    return normal(Num(*ends, empty.denominator, all_kinds, everything), writer)


def _is_plain_list(items: Items, value: Num, empty: Num) -> bool:
    sound = value.possible | empty.possible == PLAIN
    return items.there.mask and items.ghost is None and sound and value.exact and empty.exact


def _picked(items: Items, value: Num, empty: Num, writer: Writer, *, highest: bool) -> Num:
    found = _reduced(items.there.code, value.low, items, writer, highest=highest)
    some = writer.along("{0}.any(axis=-1)", items.axis, items.there.code)
    return exactly(where(some, found, empty.low, writer), empty.denominator)


def _reduced(mask: Operand, value: Operand, items: Items, writer: Writer, *, highest: bool) -> Operand:
    none = LOWEST if highest else HIGHEST
    if isinstance(mask, int):
        return none
    here = writer.let("np.where({0}, {1}, {2})", mask, value, none)
    return writer.along("{0}.max(axis=-1)" if highest else "{0}.min(axis=-1)", items.axis, here)


def _told_ends(items: Items, value: Num, writer: Writer, *, highest: bool) -> _Ends:
    plain = is_plain(value, writer)
    certain = mask_and(surely(items.there, writer), plain, writer)
    may = mask_and(holding(items.there, YES, writer), plain, writer)
    kinds: Operand = 0
    if not isinstance(may, int):
        each = where(may, small(value.kinds, writer), writer.small(0), writer)
        kinds = writer.along("np.bitwise_or.reduce({0}, axis=-1)", items.axis, each)
    return _Ends(
        _reduced(certain, value.low if highest else value.high, items, writer, highest=highest),
        0 if isinstance(certain, int) else writer.along("{0}.any(axis=-1)", items.axis, certain),
        _reduced(may, value.low, items, writer, highest=False),
        _reduced(may, value.high, items, writer, highest=True),
        kinds,
    )


def _with_untold(found: _Ends, there: Truth, value: Num, writer: Writer) -> _Ends:
    here = mask_and(holding(there, YES, writer), is_plain(value, writer), writer)
    kinds = where(here, small(value.kinds, writer), writer.small(0), writer)
    return replace(
        found,
        low=writer.let("np.minimum({0}, {1})", found.low, where(here, value.low, HIGHEST, writer)),
        high=writer.let("np.maximum({0}, {1})", found.high, where(here, value.high, LOWEST, writer)),
        kinds=kinds if found.kinds == 0 else writer.let("{0} | {1}", found.kinds, kinds),
    )
