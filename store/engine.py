"""The database behind the record: SQLite on one machine, PostgreSQL beyond it, the same promises on both."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from threading import RLock
from typing import Final

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.pool import ConnectionPoolEntry

BUSY_TIMEOUT_MS: Final = 5_000
SQLITE_PRAGMAS: Final = (
    f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}",
    "PRAGMA journal_mode = WAL",
    # "Saved" is said only after the commit is on the disk.
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
)
READ, WRITE = "read", "write"
_PURPOSE, _QUEUE = "yizhan_purpose", "yizhan_queue"


class UnknownDatabase(ValueError):
    """The database URL names something that cannot hold the record."""


def make_engine(database_url: str, *, pool_size: int = 10) -> Engine:
    """An engine whose transactions are begun by `read` and `write`."""
    url = make_url(database_url)
    match url.get_backend_name():
        case "sqlite":
            return _sqlite(url, pool_size)
        case "postgresql":
            return create_engine(
                url.set(drivername="postgresql+psycopg"), pool_size=pool_size, pool_pre_ping=True, hide_parameters=True
            )
        case other:
            raise UnknownDatabase(f"The record is kept in SQLite or PostgreSQL, not in {other}: change DATABASE_URL.")


@contextmanager
def write(engine: Engine) -> Iterator[Connection]:
    """One transaction that may write; it is committed when the block ends, and undone when the block fails."""
    queue = engine.get_execution_options().get(_QUEUE) or nullcontext()
    with queue, engine.connect() as connection:
        connection.execution_options(**{_PURPOSE: WRITE})
        with connection.begin():
            yield connection


@contextmanager
def read(engine: Engine) -> Iterator[Connection]:
    """One transaction that sees the record as of one moment, and cannot write."""
    with engine.connect() as connection:
        connection.execution_options(**{_PURPOSE: READ})
        if engine.dialect.name == "postgresql":
            connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        with connection.begin():
            yield connection


def _sqlite(url: URL, pool_size: int) -> Engine:
    if not url.database or url.database == ":memory:" or "mode=memory" in str(url):
        raise UnknownDatabase("A database in memory forgets the record when the program ends: name a file.")
    Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        url.set(drivername="sqlite+pysqlite"),
        pool_size=pool_size,
        hide_parameters=True,
        # SQLite lets one writer in and makes the others poll, up to 0.1 s at a time; our own queue is quicker and fair.
        execution_options={_QUEUE: RLock()},
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
    # Python's driver would begin transactions late and only for some statements: SQLAlchemy begins them instead.
    connection.isolation_level = None
    for pragma in SQLITE_PRAGMAS:
        connection.execute(pragma).close()


def _begin_sqlite(connection: Connection) -> None:
    reading = connection.get_execution_options().get(_PURPOSE) == READ
    connection.exec_driver_sql(f"PRAGMA query_only = {int(reading)}")
    # A writer that first reads would otherwise be refused ("database is locked") when its read is out of date.
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
