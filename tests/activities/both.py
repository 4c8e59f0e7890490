"""An office on SQLite and one on PostgreSQL, and all that a record holds."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event, select

from activities.bootstrap import Station
from activities.engine_process import EngineProcess
from activities.policies import Policies
from store.engine import read, write
from store.files import FileStore
from store.keys import KeyRing
from store.migrate import every_table
from store.seed import plant_examples
from tests.activities.office import Office
from tests.builders import OPENED_AT


class Crashed(Exception):
    """The process died here."""


@pytest.fixture
def both(engine: Engine, keyring: KeyRing, policies: Policies, rule_engine: EngineProcess, tmp_path: Path) -> Office:
    """An office on each database in turn; imported where a test is about what is written."""
    with write(engine) as connection:
        plant_examples(connection, keyring, OPENED_AT)
    return Office(Station(engine, keyring, policies, FileStore(tmp_path / "papers")), rule_engine)


def everything(engine: Engine) -> dict[str, list[Any]]:
    """Every row of every table."""
    with read(engine) as connection:
        return {
            table.name: sorted(map(repr, connection.execute(select(table)))) for table in every_table().sorted_tables
        }


@contextmanager
def crash_at(engine: Engine, number: int) -> Iterator[list[str]]:
    """Die before the statement of that number (0: never); the statements that were begun."""
    begun: list[str] = []

    def count(*arguments: Any) -> None:
        begun.append(str(arguments[2]))
        if len(begun) == number:
            raise Crashed

    event.listen(engine, "before_cursor_execute", count)
    try:
        yield begun
    finally:
        event.remove(engine, "before_cursor_execute", count)


@contextmanager
def crash_at_commit(engine: Engine) -> Iterator[None]:
    def die(*_: Any) -> None:
        raise Crashed

    event.listen(engine, "commit", die)
    try:
        yield
    finally:
        event.remove(engine, "commit", die)
