"""Tables and bands in Python: a dictionary, dated rows to search, or a chain of bounds."""

from collections.abc import Sequence
from fractions import Fraction

from rules.flawless import row_windows, table_gap
from rules.given import number_of
from rules.python_runtime import GAP
from rules.python_scope import Scope, flawed, lifted
from rules.python_writer import Here, Said
from rules.scaled import above, at_least, denominator_of, scaled
from rules.schema import Band, Plain, Table
from rules.tree import Call, Lookup, Path
from rules.types import Choice, Day, Month, Number, Type

MOST_LISTED = 256  # a band over few numbers is a list of what each of them gives


def plain(value: Plain, type_: Type) -> int | str | bool:
    """A value of the law as the program holds it."""
    if isinstance(value, bool | str) and not isinstance(type_, Day):
        return value
    number = number_of(value, type_)
    if number is None:
        raise TypeError("A value was checked to be a number, day or month and is not.")
    return scaled(number, denominator_of(type_))


def in_table(node: Lookup, scope: Scope, here: Here) -> Said:
    table = scope.rules.tables[node.table]
    days = [key for key in node.keys if isinstance(key.type, Day | Month)]
    enums = [key for key in node.keys if isinstance(key.type, Choice)]
    if days:
        rows = scope.constant(_dated_rows(table))
        return lifted([*enums, *days], scope, here, lambda *texts: _search(rows, [first for first, _ in texts]))
    values = scope.constant(_values(table))
    gap = bool(table_gap(table, node.keys))
    return lifted(enums, scope, here, lambda *texts: _found(values, [first for first, _ in texts], gap=gap))


def _key(texts: Sequence[str]) -> str:
    return texts[0] if len(texts) == 1 else f"({', '.join(texts)})"


def _found(values: str, texts: Sequence[str], *, gap: bool) -> str:
    return f"{values}.get({_key(texts)}, GAP)" if gap else f"{values}[{_key(texts)}]"


def _search(rows: str, texts: Sequence[str]) -> str:
    *enums, day = texts
    return f"dated({rows}.get({_key(enums)}, ()), {day})" if enums else f"dated({rows}, {day})"


def _of(members: tuple[str, ...]) -> object:
    return members[0] if len(members) == 1 else members


def _values(table: Table) -> dict[object, object]:
    return {_of(row.members): plain(row.value, table.type) for row in table.rows}


def _dated_rows(table: Table) -> object:
    dated = next(key for key in table.keys if isinstance(key, Day | Month))
    found = {
        _of(members): [(since, until, plain(table.rows[place].value, table.type)) for (since, until), place in rows]
        for members, rows in row_windows(table, dated).items()
    }
    return found if len(table.keys) > 1 else found[()]


def in_band(node: Call, scope: Scope, here: Here) -> Said:
    named, by = node.arguments
    if not isinstance(named, Path) or not isinstance(by.type, Number):
        raise TypeError("band was checked to name a band and a number.")
    band, number = scope.rules.bands[named.names[0]], by.type
    least, most = (int(Fraction(end) * number.denominator // 1) for end in (number.least, number.most))
    gives = _Gives(band, number.denominator)
    if most - least < MOST_LISTED and not flawed(by, scope, here):
        listed = scope.constant(tuple(gives.value(n) for n in range(least, most + 1)))
        shift = f" - {least}" if least > 0 else f" + {-least}" if least else ""
        return lifted([by], scope, here, lambda x: f"{listed}[{x[0]}{shift}]")
    return lifted([by], scope, here, lambda x: gives.chain(*x))


class _Gives:
    """What a band gives for whole numbers over a denominator."""

    def __init__(self, band: Band, denominator: int) -> None:
        begins = [(at_least if step.inclusive else _past)(step.bound, denominator) for step in band.steps]
        values = [step.value for step in band.steps]
        self._steps = list(zip(begins, values, strict=True))
        self._below = band.below
        self._type = band.type

    def value(self, number: int) -> object:
        reached = [value for begin, value in self._steps if number >= begin]
        return self._plain(reached[-1] if reached else self._below)

    def _plain(self, value: Plain | None) -> object:
        return GAP if value is None else plain(value, self._type)

    def chain(self, first: str, again: str) -> str:
        """From the lowest step up: the number is reckoned where it is compared first."""
        texts, shown = [], first
        before = self._below
        for begin, value in self._steps:
            texts.append(f"{self._text(before)} if {shown} < {begin} else ")
            before, shown = value, again
        return f"({''.join(texts)}{self._text(before)})"

    def _text(self, value: Plain | None) -> str:
        return "GAP" if value is None else ascii(plain(value, self._type))


def _past(bound: Fraction | int, denominator: int) -> int:
    return above(bound, denominator) + 1
