"""Rows of several tables written in few statements: for PostgreSQL one in all, for SQLite one for each table.

Values come by column, so that what is the same in every row is said once.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from itertools import repeat
from typing import Any, Final, NamedTuple, TypeAlias, cast

from sqlalchemy import Connection, Dialect, Table

Columns: TypeAlias = Mapping[str, Sequence[Any] | object]
Shape: TypeAlias = tuple[tuple[Table, bool, tuple[tuple[str, bool], ...]], ...]
LISTS: Final = (list, tuple)


class Rows(NamedTuple):
    """`number` rows of a table. A column is a list of as many values, or one for all; what it leaves out is NULL.

    `unless_there`: a row whose key is there already is left as it is.
    """

    table: Table
    number: int
    columns: Columns
    unless_there: bool = False


def insert_rows(connection: Connection, *many: Rows) -> None:
    """Rows may refer to rows of the tables before theirs."""
    there = [rows for rows in many if rows.number]
    if not there:
        return
    values = [_bound(connection.dialect, rows) for rows in there]
    if connection.dialect.name == "sqlite":
        for rows, columns in zip(there, values, strict=True):
            each_row = zip(*(each if type(each) in LISTS else repeat(each, rows.number) for each in columns))  # noqa: B905 - some are endless
            connection.exec_driver_sql(_sqlite(rows.table, tuple(rows.columns), rows.unless_there), list(each_row))
        return
    shape: list[tuple[Table, bool, tuple[tuple[str, bool], ...]]] = []
    parameters: list[object] = []
    for rows, columns in zip(there, values, strict=True):
        if rows.number == 1:
            columns = [each[0] if type(each) in LISTS else each for each in columns]  # noqa: PLW2901
        several = [type(each) in LISTS for each in columns]
        shape.append((rows.table, rows.unless_there, tuple(zip(rows.columns, several, strict=True))))
        parameters += (each for each, is_list in zip(columns, several, strict=True) if not is_list)
        parameters += (each for each, is_list in zip(columns, several, strict=True) if is_list)
    connection.exec_driver_sql(_postgresql(tuple(shape), connection.dialect), tuple(parameters))


def _bound(dialect: Dialect, rows: Rows) -> list[Any]:
    """As the driver takes them."""
    found: list[object] = []
    binds = _binds(dialect, rows.table, tuple(rows.columns))
    for given, bind in zip(rows.columns.values(), binds, strict=True):
        if bind is None:
            found.append(given)
        elif type(given) in LISTS:
            several = cast("list[object]", given)
            as_taken = {value: bind(value) for value in set(several)}  # instants and choices are mostly the same
            found.append([as_taken[value] for value in several])
        else:
            found.append(bind(given))
    return found


@lru_cache(maxsize=64)
def _binds(dialect: Dialect, table: Table, names: tuple[str, ...]) -> list[Callable[[Any], object] | None]:
    return [table.c[name].type.dialect_impl(dialect).bind_processor(dialect) for name in names]


@lru_cache(maxsize=64)
def _sqlite(table: Table, names: tuple[str, ...], unless_there: bool) -> str:
    into = f"INSERT {'OR IGNORE ' if unless_there else ''}INTO {table.name} ({', '.join(names)})"
    return f"{into} VALUES ({', '.join('?' * len(names))})"


@lru_cache(maxsize=64)
def _postgresql(shape: Shape, dialect: Dialect) -> str:
    """A column of many values is sent as one array; all tables are written by one statement, in one round trip."""
    *before, last = [_one(table, unless_there, columns, dialect) for table, unless_there, columns in shape]
    first = ", ".join(f"written_{number} AS ({statement})" for number, statement in enumerate(before))
    return f"WITH {first} {last}" if first else last


def _one(table: Table, unless_there: bool, columns: tuple[tuple[str, bool], ...], dialect: Dialect) -> str:
    single = [name for name, is_list in columns if not is_list]
    several = [name for name, is_list in columns if is_list]
    types = {name: table.c[name].type.compile(dialect) for name, _ in columns}
    values = ", ".join([*(f"%b::{types[name]}" for name in single), *several])
    arrays = ", ".join(f"%b::{types[name]}[]" for name in several)
    found = f" FROM unnest({arrays}) AS given ({', '.join(several)})" if several else ""
    into = f"INSERT INTO {table.name} ({', '.join([*single, *several])})"
    return f"{into} SELECT {values}{found}{' ON CONFLICT DO NOTHING' if unless_there else ''}"
