"""Writes what is worked out item after item: days covered, events in a window, terms anew, different values."""

from typing import TYPE_CHECKING

from rules.intervals import YES
from rules.numpy_choices import code_of, single
from rules.numpy_choosing import normal
from rules.numpy_counting import joined_kinds, list_kinds, surely, value_kinds
from rules.numpy_joining import answers, flawed, holding, with_flaws
from rules.numpy_masks import mask_and, mask_not, mask_or
from rules.numpy_text import Arr, Operand, Writer
from rules.numpy_values import Id, Items, Member, Num, Row, Truth
from rules.tree import Call
from rules.types import Number
from rules.units import Unit

if TYPE_CHECKING:
    from rules.numpy_scope import Scope

START, END = "from_day", "until"


def _along(template: str, items: Items, writer: Writer, *operands: Operand) -> Operand:
    return writer.along(template, items.axis, *operands)


def _there(items: Items, writer: Writer, *, sure: bool) -> Operand:
    """Which places hold an item surely, or may; on the list's axis even where that is the same for all."""
    mask = surely(items.there, writer) if sure else holding(items.there, YES, writer)
    if isinstance(mask, int):
        return writer.let("{0} != 0" if mask else "{0} == 0", items.there.code)  # no set of answers is empty
    return mask


# -- periods -----------------------------------------------------------------------------------------------------


def _covered(items: Items, scope: "Scope", first: Operand, last: Operand, *, sure: bool) -> Operand:
    """How many days from first to last lie in a period that surely is there, or in one that may be."""
    writer = scope.writer
    if not items.told:
        return 0
    start, end = (_field(items, name, scope) for name in (START, END))
    there = _there(items, writer, sure=sure)
    ends = (start.high, end.low) if sure else (start.low, end.high)
    return _along("series.covered({0}, {1}, {2}, {3}, {4})", items, writer, *ends, there, first, last)


def _field(items: Items, name: str, scope: "Scope") -> Num:
    row = items.value
    if not isinstance(row, Row):
        raise TypeError("A list was checked to hold periods and does not.")
    found = scope.field(row, name)
    if not isinstance(found, Num):
        raise TypeError("A period begins and ends on days.")
    return found


def _length(first: Operand, last: Operand, writer: Writer) -> Operand:
    return writer.let("series.length({0}, {1})", first, last)


def covers(node: Call, scope: "Scope") -> Truth:
    """Whether every day from start to end lies in one of the periods; of no day at all that is so."""
    writer, items = scope.writer, scope.items(node.arguments[0])
    start, end = (normal(scope.number(day), writer) for day in node.arguments[1:])
    kinds, possible = joined_kinds([list_kinds(items, writer), flawed([start, end], writer)], writer)
    within = _covered(items, scope, start.low, end.high, sure=True)
    whole = writer.let("{0} == {1}", within, _length(start.low, end.high, writer))
    surely_so = mask_or(writer.let("{0} > {1}", start.low, end.high), whole, writer)
    reached = _covered(items, scope, start.high, end.low, sure=False)
    short = writer.let("{0} < {1}", reached, _length(start.high, end.low, writer))
    never = mask_and(writer.let("{0} <= {1}", start.high, end.low), short, writer)
    if items.more != 0:
        never = mask_and(never, writer.let("{0} == 0", items.more), writer)
    found = answers(mask_not(never, writer), mask_not(surely_so, writer), writer)
    return with_flaws(found, kinds, possible, writer)


def covered_days(node: Call, scope: "Scope") -> Num:
    writer, items = scope.writer, scope.items(node.arguments[0])
    start, end = (normal(scope.number(day), writer) for day in node.arguments[1:])
    kinds, possible = joined_kinds([list_kinds(items, writer), flawed([start, end], writer)], writer)
    least = _covered(items, scope, start.high, end.low, sure=True)
    most = _covered(items, scope, start.low, end.high, sure=False)
    if items.more != 0:
        untold = writer.let("{0} > 0", items.more)
        whole = _length(start.low, end.high, writer)
        most = writer.let("np.where({0}, {1}, {2})", untold, whole, most) if isinstance(untold, Arr) else whole
    return Num(least, most, 1, kinds, possible)


# -- events ------------------------------------------------------------------------------------------------------


def _values(items: Items, writer: Writer) -> Num:
    if not isinstance(items.value, Num):
        raise TypeError("A list was checked to hold days and does not.")
    return normal(items.value, writer)


def _by_month(node: Call) -> bool:
    length = node.arguments[-1].type
    return isinstance(length, Number) and length.unit is Unit.MONTH


def most_within(node: Call, scope: "Scope") -> Num:
    """The most events in any window; an event on day d lies within 30 days of day s while d <= s + 30."""
    writer, items, term = scope.writer, scope.items(node.arguments[0]), scope.number(node.arguments[1])
    days = _values(items, writer)
    kinds, possible = joined_kinds(
        [list_kinds(items, writer), flawed([term], writer), value_kinds(items, days, writer)], writer
    )
    call = f"series.{{which}}_within({{{{0}}}}, {{{{1}}}}, {{{{2}}}}, {{{{3}}}}, by_month={_by_month(node)})"
    least: Operand = 0
    most: Operand = 0
    if items.told:
        sure, may = _there(items, writer, sure=True), _there(items, writer, sure=False)
        least = _along(call.format(which="least"), items, writer, days.low, days.high, sure, term.low)
        most = _along(call.format(which="most"), items, writer, days.low, days.high, may, term.high)
    if items.more != 0:
        most = items.more if most == 0 else writer.let("{0} + {1}", most, items.more)
    return Num(least, most, 1, kinds, possible)


def reach(node: Call, scope: "Scope") -> Num:
    """The last day on which a term started anew; an event after the term has run out starts nothing."""
    writer, items = scope.writer, scope.items(node.arguments[1])
    start, term = scope.number(node.arguments[0]), scope.number(node.arguments[2])
    days = _values(items, writer)
    kinds, possible = joined_kinds(
        [flawed([start, term], writer), list_kinds(items, writer), value_kinds(items, days, writer)], writer
    )
    end = f"by_month={_by_month(node)})"
    low = high = start.low
    if items.told:
        sure = _there(items, writer, sure=True)
        low = _along(f"series.surely_reached({{0}}, {{1}}, {{2}}, {{3}}, {{4}}, {end}", items, writer,
                     start.low, days.low, days.high, sure, term.low)  # fmt: skip
    latest: Operand = 0
    if items.ghost is not None and isinstance(items.ghost, Num):
        ghost = normal(items.ghost, writer)
        here = writer.let("{0} > 0", items.more)
        latest = writer.let("np.where({0}, {1}, 0)", here, ghost.high) if isinstance(here, Arr) else ghost.high
    if items.told:
        operands = (start.high, days.low, days.high, _there(items, writer, sure=False), items.more, latest, term.high)
        template = f"series.possibly_reached({{0}}, {{1}}, {{2}}, {{3}}, {{4}}, {{5}}, {{6}}, {end}"
        high = _along(template, items, writer, *operands)
    else:
        high = writer.let(f"series.untold_reached({{0}}, {{1}}, {{2}}, {{3}}, {end}",
                          start.high, items.more, latest, term.high)  # fmt: skip
    return Num(low, high, 1, kinds, possible)


# -- different values --------------------------------------------------------------------------------------------


def distinct(node: Call, scope: "Scope") -> Num:
    """How many different values a list holds."""
    writer, items = scope.writer, scope.items(node.arguments[0])
    value = items.value
    if not isinstance(value, Num | Member | Id):
        raise TypeError("A list was checked to hold plain values and does not.")
    kinds, possible = joined_kinds([list_kinds(items, writer), value_kinds(items, value, writer)], writer)
    least: Operand = 0
    most: Operand = 0
    if items.told:
        key, known = _key(value, writer)
        sure, may = _there(items, writer, sure=True), _there(items, writer, sure=False)
        least = _along("series.distinct_surely({0}, {1}, {2})", items, writer, key, known, sure)
        most = _along("series.distinct_possibly({0}, {1}, {2})", items, writer, key, known, may)
    if items.more != 0:
        most = items.more if most == 0 else writer.let("{0} + {1}", most, items.more)
    return Num(least, most, 1, kinds, possible)


def _key(value: "Num | Member | Id", writer: Writer) -> tuple[Operand, Operand]:
    """What tells a value from others, and where it is known which it is."""
    match value:
        case Num():
            number = normal(value, writer)
            return number.low, _truth(writer.let("{0} == {1}", number.low, number.high), writer)
        case Member(single=True):
            return value.code, _truth(1, writer)
        case Member():
            return value.code, writer.let("np.asarray(({0} & ({0} - 1)) == 0) & ({0} != 0)", value.code)
    return code_of(value, writer), _truth(single(value, writer), writer)


def _truth(mask: Operand, writer: Writer) -> Operand:
    """A mask also where it is the same for all."""
    return writer.let("{0} != 0", writer.small(mask)) if isinstance(mask, int) else mask
