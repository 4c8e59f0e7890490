"""What a table or a band gives for a key, known or not; where the law has no row there is a gap."""

from collections.abc import Iterable, Iterator
from itertools import product

from rules.given import value_of
from rules.intervals import (
    FLAWS,
    GAP,
    PLAIN,
    Answers,
    Options,
    Span,
    Value,
    either_option,
    flawed,
    hull,
    without_value,
)
from rules.schema import Band, Plain, Row, Table
from rules.scope import Scope
from rules.tree import Call, Expr, Lookup, Path
from rules.types import Choice, Day, Exact, Month, Type
from rules.units import YearMonth

Dated = tuple[Exact, Exact]
_ALWAYS: Dated = (0, 10**9)


def span_in_table(node: Lookup, scope: Scope) -> Span:
    values, kinds = _possible(node, scope)
    return hull([*(value for value in values if isinstance(value, Span)), without_value(kinds)])


def options_in_table(node: Lookup, scope: Scope) -> Options:
    values, kinds = _possible(node, scope)
    found = [value for value in values if isinstance(value, Options)]
    return either_option([*found, Options(frozenset(), kinds)])


def truth_in_table(node: Lookup, scope: Scope) -> Answers:
    values, kinds = _possible(node, scope)
    for value in values:
        kinds |= value if isinstance(value, int) else 0
    return kinds


def _possible(node: Lookup, scope: Scope) -> tuple[list[Value], Answers]:
    """Every value that a row gives for a key that is still possible, and the flaws that are."""
    table = scope.rules.tables[node.table]
    enums = [scope.options(key) for key in node.keys if isinstance(key.type, Choice)]
    dated = [scope.span(key) for key in node.keys if isinstance(key.type, Day | Month)]
    kinds = flawed(*(key.kinds for key in enums), *(key.kinds for key in dated))
    values: list[Value] = []
    gap = 0
    if kinds & PLAIN:
        window: Dated = (dated[0].lo, dated[0].hi) if dated else (0, 0)
        for members in product(*(sorted(key.among or ()) for key in enums)):
            rows = _rows(table, members, window)
            values += [_value(row.value, table.type) for row, _ in rows]
            gap |= GAP if _uncovered((dates for _, dates in rows), window) else 0
    return values, (kinds & FLAWS) | gap


def _rows(table: Table, members: tuple[str, ...], window: Dated) -> list[tuple[Row, Dated]]:
    rows = [(row, _dates(row)) for row in table.rows if row.members == members]
    return [(row, dates) for row, dates in rows if dates[0] <= window[1] and window[0] <= dates[1]]


def _dates(row: Row) -> Dated:
    first = _ALWAYS[0] if row.since is None else _number(row.since)
    last = _ALWAYS[1] if row.until is None else _number(row.until)
    return first, last


def _number(day: object) -> int:
    match day:
        case YearMonth():
            return day.number
        case _ if hasattr(day, "toordinal"):
            return int(day.toordinal())
    raise TypeError("A row is dated by a day or a month.")


def _uncovered(rows: Iterable[Dated], window: Dated) -> bool:
    """Whether some day of the window lies in no row."""
    first, last = window
    for since, until in sorted(rows):
        if since > first:
            return True
        first = max(first, until + 1)
    return first <= last


def _value(value: Plain, type_: Type) -> Value:
    return value_of("a row", value, type_)


def span_in_band(node: Call, scope: Scope) -> Span:
    values, kinds = _steps(node, scope)
    return hull([*(value for value in values if isinstance(value, Span)), without_value(kinds)])


def options_in_band(node: Call, scope: Scope) -> Options:
    values, kinds = _steps(node, scope)
    found = [value for value in values if isinstance(value, Options)]
    return either_option([*found, Options(frozenset(), kinds)])


def truth_in_band(node: Call, scope: Scope) -> Answers:
    values, kinds = _steps(node, scope)
    for value in values:
        kinds |= value if isinstance(value, int) else 0
    return kinds


def _steps(node: Call, scope: Scope) -> tuple[list[Value], Answers]:
    band = scope.rules.bands[_named(node.arguments[0])]
    by = scope.span(node.arguments[1])
    if not by.kinds & PLAIN:
        return [], by.kinds
    given = list(_reached(band, by))
    values = [_value(value, band.type) for value in given if value is not None]
    return values, (by.kinds & FLAWS) | (GAP if None in given else 0)


def _reached(band: Band, by: Span) -> Iterator[Plain | None]:
    """The values of the steps that the number can stand on."""
    steps = band.steps
    if not _at(by.lo, steps[0].bound, inclusive=steps[0].inclusive):
        yield band.below
    for number, step in enumerate(steps):
        begun = _at(by.hi, step.bound, inclusive=step.inclusive)
        following = steps[number + 1] if number + 1 < len(steps) else None
        over = following is not None and _at(by.lo, following.bound, inclusive=following.inclusive)
        if begun and not over:
            yield step.value


def _at(number: Exact, bound: Exact, *, inclusive: bool) -> bool:
    return number >= bound if inclusive else number > bound


def _named(node: Expr) -> str:
    if not isinstance(node, Path):
        raise TypeError("band was checked to name a band.")
    return node.names[0]
