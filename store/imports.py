"""Files that were read in: each once, by its key and by what it held, with what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, RowMapping, and_, insert, or_, select

from cases.canonical import Json
from store.rows import filled
from store.tables.access import import_run as table


@dataclass(frozen=True)
class ImportRun:
    """`report` holds row numbers, ids and codes, never a value of a row."""

    key: str
    kind: str
    station_id: str
    sha256: bytes
    rows: int
    report: Json
    recorded_by: str
    recorded_at: datetime


def earlier_import(
    connection: Connection, kind: str, station_ids: Sequence[str], key: str, sha256: bytes
) -> ImportRun | None:
    """The run that already read this in: the same sending, or the same file into one of these stations."""
    same_file = and_(table.c.kind == kind, table.c.station_id.in_(station_ids), table.c.sha256 == sha256)
    query = select(table).where(or_(table.c.key == key, same_file)).order_by(table.c.recorded_at).limit(1)
    row: RowMapping | None = connection.execute(query).mappings().first()
    return filled(ImportRun, row) if row else None


def record_import(connection: Connection, run: ImportRun) -> None:
    """In the transaction that wrote the rows: the table refuses a second run of the same key."""
    connection.execute(insert(table).values(**vars(run)))
