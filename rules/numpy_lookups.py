"""Writes what a table or a band gives for a key, known or not; where the law has no row there is a gap."""

from math import prod
from typing import TYPE_CHECKING

from rules.flawless import Window, row_windows, table_gap
from rules.intervals import FLAWS, GAP, PLAIN
from rules.numpy_choosing import Alternative, Flawed, at_place, picked, possible
from rules.numpy_joining import flawed
from rules.numpy_masks import mask_and, mask_not, mask_or
from rules.numpy_members import among_the_same, as_set, constant_set
from rules.numpy_text import Arr, Operand, Writer
from rules.numpy_values import Id, Member, Num, Single, Truth, exactly
from rules.scaled import above, at_least
from rules.schema import Band, Step, Table
from rules.tree import Call, Lookup, Path
from rules.types import Choice, Day, Month

if TYPE_CHECKING:
    from rules.numpy_scope import Scope

Rows = dict[tuple[str, ...], list[tuple[Window, int]]]


def in_table(node: Lookup, scope: "Scope") -> Single:
    table, writer = scope.rules.tables[node.table], scope.writer
    enums = [
        among_the_same([Member(declared.members, 0), scope.member(key)], writer)[1]
        for key, declared in zip(node.keys, table.keys, strict=True)
        if isinstance(declared, Choice)
    ]
    dated = [scope.number(key) for key in node.keys if isinstance(key.type, Day | Month)]
    on = dated[0] if dated else exactly(0)
    declared_dates = [key for key in table.keys if isinstance(key, Day | Month)]
    rows = row_windows(table, declared_dates[0] if declared_dates else None)
    kinds, all_kinds = flawed([*enums, *dated], writer)
    known = on.exact and all(key.single for key in enums) and all_kinds == PLAIN
    alternatives = _reached(table, rows, enums, on, scope)
    gap: Operand = 0
    if table_gap(table, node.keys):
        gap = _no_row(alternatives, writer) if known else _uncovered(rows, enums, on, writer)
    flaws = _flaws(kinds, all_kinds, gap, writer)
    values = [each for each in alternatives if each[0] != 0]
    if not values:
        return possible([(0, _plain(table, 0, scope))], flaws, writer)
    if known and len(enums) == 1 and not dated and not flaws.possible:
        # A member without a row is one that this key never has: any row stands in for it.
        by_place = [_plain(table, rows.get((member,), [(None, 0)])[0][1], scope) for member in enums[0].members]
        found = at_place(enums[0].code, by_place, writer)
        if found is not None:
            return found
    if known:
        return picked(values, flaws, writer)
    return possible([(_where_plain(when, kinds, all_kinds, writer), value) for when, value in values], flaws, writer)


def _plain(table: Table, row: int, scope: "Scope") -> Single:
    return _single(scope.plain(table.rows[row].value, table.type))


def _single(value: object) -> Single:
    if isinstance(value, Truth | Num | Member | Id):
        return value
    raise TypeError("A row of a table gives a list.")


def _where_plain(when: Operand, kinds: Operand, all_kinds: int, writer: Writer) -> Operand:
    """A key that has no ordinary value reaches no row."""
    if all_kinds == PLAIN:
        return when
    return mask_and(when, writer.let("({0} & 1) != 0", kinds) if all_kinds & PLAIN else 0, writer)


def _flaws(kinds: Operand, all_kinds: int, gap: Operand, writer: Writer) -> Flawed:
    """The key's own flaws, and a gap where it is a key that the law has nothing for."""
    gap = _where_plain(gap, kinds, all_kinds, writer)
    found: Operand = writer.let("{0} & 12", kinds) if all_kinds & FLAWS else 0
    if gap == 0:
        return Flawed(found, all_kinds & FLAWS)
    flag = writer.small(GAP) if gap == 1 else writer.let(f"logic.flag({{0}}, {GAP})", gap)
    found = flag if found == 0 else writer.let("{0} | {1}", found, flag)
    return Flawed(found, all_kinds & FLAWS | GAP)


def _reached(table: Table, rows: Rows, enums: list[Member], on: Num, scope: "Scope") -> list[Alternative]:
    found: list[Alternative] = []
    for members, windows in rows.items():
        there = _all_have(members, enums, scope.writer)
        for window, place in windows:
            found.append((mask_and(there, _meets(on, window, scope.writer), scope.writer), _plain(table, place, scope)))
    return found


def _all_have(members: tuple[str, ...], enums: list[Member], writer: Writer) -> Operand:
    found: Operand = 1
    for member, key in zip(members, enums, strict=True):
        found = mask_and(found, _has(member, key, writer), writer)
    return found


def _has(member: str, key: Member, writer: Writer) -> Operand:
    place = key.members.index(member)
    if key.single:
        return writer.let("{0} == {1}", key.code, place)
    return writer.let("({0} & {1}) != 0", as_set(key, writer), constant_set(1 << place, key.members, writer))


def _meets(on: Num, window: Window, writer: Writer) -> Operand:
    return mask_and(writer.let("{0} <= {1}", on.low, window[1]), writer.let("{0} >= {1}", on.high, window[0]), writer)


def _no_row(alternatives: list[Alternative], writer: Writer) -> Operand:
    found: Operand = 0
    for when, _ in alternatives:
        found = mask_or(found, when, writer)
    return mask_not(found, writer)


def _uncovered(rows: Rows, enums: list[Member], on: Num, writer: Writer) -> Operand:
    """Where some key that is possible lies in no row: there are more of those than of keys that the rows cover."""
    covered: Operand = 0
    for members, windows in rows.items():
        days: Operand = 0
        for first, last in [window for window, _ in windows]:
            within = writer.let("np.maximum(0, np.minimum({0}, {1}) - np.maximum({2}, {3}) + 1)",
                                on.high, last, on.low, first)  # fmt: skip
            days = within if days == 0 else writer.let("{0} + {1}", days, within)
        whole = writer.let("{0} == {1} - {2} + 1", days, on.high, on.low)
        covered = _plus(covered, mask_and(_all_have(members, enums, writer), whole, writer), writer)
    counts = [1 if key.single else writer.let("logic.members({0})", as_set(key, writer)) for key in enums]
    every: Operand = prod(count for count in counts if isinstance(count, int))
    for count in counts:
        if not isinstance(count, int):
            every = writer.let("{0} * {1}", every, count)
    return writer.let("{0} < {1}", covered, every)


def _plus(total: Operand, mask: Operand, writer: Writer) -> Operand:
    return writer.let("np.add({0}, {1}, dtype=np.int64)", total, mask)


# -- bands -------------------------------------------------------------------------------------------------------


def in_band(node: Call, scope: "Scope") -> Single:
    band, by, writer = scope.rules.bands[_named(node)], scope.number(node.arguments[1]), scope.writer
    following = [*band.steps[1:], None]
    reached: list[tuple[Operand, object]] = [
        (mask_not(_stands(by.low, band.steps[0], by.denominator, writer), writer), band.below)
    ]
    for step, after in zip(band.steps, following, strict=True):
        begun = _stands(by.high, step, by.denominator, writer)
        over = _stands(by.low, after, by.denominator, writer) if after else 0
        reached.append((mask_and(begun, mask_not(over, writer), writer), step.value))
    gap: Operand = 0
    values: list[Alternative] = []
    for when, value in reached:
        if when != 0 and value is None:
            gap = mask_or(gap, when, writer)
        elif when != 0:
            values.append((when, _value(band, value, scope)))
    flaws = _flaws(by.kinds, by.possible, gap, writer)
    if not values:
        given = [step.value for step in band.steps if step.value is not None]
        return possible([(0, _value(band, given[0] if given else band.below, scope))], flaws, writer)
    if by.exact and by.possible == PLAIN:
        found = None if flaws.possible else _by_counting(by, band, reached, scope)
        return found if found is not None else picked(values, flaws, writer)
    return possible(
        [(_where_plain(when, by.kinds, by.possible, writer), value) for when, value in values], flaws, writer
    )


def _by_counting(by: Num, band: Band, reached: list[tuple[Operand, object]], scope: "Scope") -> Single | None:
    """How many steps a number stands on is the place of its value."""
    writer = scope.writer
    masks = [_stands(by.low, step, by.denominator, writer) for step in band.steps]
    if not all(isinstance(mask, Arr) for mask in masks):
        return None
    place = writer.let("{0}.view(np.int8)", masks[0])
    for mask in masks[1:]:
        place = writer.let("{0} + {1}.view(np.int8)", place, mask)
    return at_place(place, [_value(band, value, scope) for _, value in reached], writer)


def _value(band: Band, value: object, scope: "Scope") -> Single:
    return _single(scope.plain(value, band.type))  # type: ignore[arg-type]  # a step's value is a plain one


def _stands(number: Operand, step: Step, denominator: int, writer: Writer) -> Operand:
    if step.inclusive:
        return writer.let("{0} >= {1}", number, at_least(step.bound, denominator))
    return writer.let("{0} > {1}", number, above(step.bound, denominator))


def _named(node: Call) -> str:
    named = node.arguments[0]
    if not isinstance(named, Path):
        raise TypeError("band was checked to name a band.")
    return named.names[0]
