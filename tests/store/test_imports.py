"""A file is read in once: by the key of its sending, and by what it held."""

from datetime import UTC, datetime

from sqlalchemy import Engine

from store.engine import read, write
from store.imports import ImportRun, earlier_import, record_import

RUN = ImportRun("key-1", "workers", "station-1", b"\1" * 32, 2, [], "caseworker-1", datetime(2026, 3, 2, 1, tzinfo=UTC))


def test_the_same_sending_and_the_same_file_are_known_again(engine: Engine) -> None:
    with write(engine) as connection:
        record_import(connection, RUN)
    with read(engine) as connection:
        assert earlier_import(connection, "workers", ["station-1"], "key-1", b"\2" * 32) == RUN
        assert earlier_import(connection, "workers", ["station-2", "station-1"], "key-2", RUN.sha256) == RUN
        assert earlier_import(connection, "workers", ["station-2"], "key-2", RUN.sha256) is None
        assert earlier_import(connection, "vacancies", ["station-1"], "key-2", RUN.sha256) is None
        assert earlier_import(connection, "workers", ["station-1"], "key-2", b"\2" * 32) is None
