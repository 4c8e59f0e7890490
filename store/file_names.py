"""Which files the record names: every digest of a kept file, whatever table it stands in."""

from typing import Final

from sqlalchemy import Column, Connection, Table, select

from store.migrate import every_table

FILE: Final = "file_sha256"  # what the column is called in every table that names a kept file
AT_ONCE: Final = 10_000


def naming_columns() -> tuple[Column[str], ...]:
    """A table that names files is found by the name of its column, so that none can be forgotten."""
    return tuple(table.c[FILE] for table in _tables() if FILE in table.c)


def named_files(connection: Connection) -> frozenset[str]:
    found: set[str] = set()
    for column in naming_columns():
        query = select(column).where(column.is_not(None)).distinct().execution_options(yield_per=AT_ONCE)
        found.update(connection.scalars(query))
    return frozenset(found)


def _tables() -> list[Table]:
    return list(every_table().sorted_tables)
