import sqlite3
import threading
import time
from pathlib import Path

import pytest
from sqlalchemy import Engine, Executable, insert, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from store import engine as engine_of_record
from store.engine import UnknownDatabase, make_engine, read, write
from store.tables.organisation import organisation_level

LEVEL = {"code": "nation", "rank": 0, "name_zh": "国家", "name_en": "Nation"}


def codes(engine: Engine) -> list[str]:
    with read(engine) as connection:
        return list(connection.scalars(select(organisation_level.c.code).order_by(organisation_level.c.code)))


def test_a_write_is_kept(engine: Engine) -> None:
    with write(engine) as connection:
        connection.execute(insert(organisation_level).values(LEVEL))
    assert codes(engine) == ["nation"]


class Interrupted(Exception):
    pass


def interrupted(engine: Engine, statement: Executable) -> None:
    with write(engine) as connection:
        connection.execute(statement)
        raise Interrupted


def test_a_failed_write_leaves_nothing(engine: Engine) -> None:
    with pytest.raises(Interrupted):
        interrupted(engine, insert(organisation_level).values(LEVEL))
    assert codes(engine) == []


def test_tables_are_made_and_unmade_with_the_transaction(engine: Engine) -> None:
    with pytest.raises(Interrupted):
        interrupted(engine, text("CREATE TABLE half (id TEXT)"))
    with read(engine) as connection:
        assert not engine.dialect.has_table(connection, "half")


def test_a_reader_cannot_write(engine: Engine) -> None:
    with pytest.raises(DBAPIError, match=r"(?i)read.?only"), read(engine) as connection:
        connection.execute(insert(organisation_level).values(LEVEL))
    with write(engine) as connection:
        # The same pooled connection, writing again.
        connection.execute(insert(organisation_level).values(LEVEL))


def test_a_reader_sees_one_moment(engine: Engine) -> None:
    with read(engine) as reader:
        assert reader.scalars(select(organisation_level.c.code)).all() == []
        with write(engine) as connection:
            connection.execute(insert(organisation_level).values(LEVEL))
        assert reader.scalars(select(organisation_level.c.code)).all() == []
    assert codes(engine) == ["nation"]


def test_references_are_checked(engine: Engine) -> None:
    with pytest.raises(IntegrityError), write(engine) as connection:
        connection.execute(text("INSERT INTO organisation_node (id, level, name, path) VALUES ('a', 'x', 'b', '/a/')"))


def test_writers_wait_for_each_other(engine: Engine) -> None:
    with write(engine) as connection:
        connection.execute(insert(organisation_level).values(LEVEL))

    def add_one() -> None:
        for _ in range(20):
            with write(engine) as connection:
                query = select(organisation_level.c.rank).with_for_update()
                rank = connection.scalars(query).one()
                connection.execute(organisation_level.update().values(rank=rank + 1))

    threads = [threading.Thread(target=add_one) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with read(engine) as connection:
        assert connection.scalars(select(organisation_level.c.rank)).one() == 100


def test_sqlite_keeps_its_promises(
    sqlite_url: str, shipped_pragmas: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_of_record, "SQLITE_PRAGMAS", shipped_pragmas)
    engine = make_engine(sqlite_url)
    with write(engine) as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    engine.dispose()
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000}


def test_a_writer_that_reads_first_has_its_place(sqlite_url: str) -> None:
    """Another process cannot come in between a writer's reading and its writing, since the write lock comes first."""
    engine = make_engine(sqlite_url)
    other = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), timeout=0)
    with write(engine) as connection:
        connection.execute(select(organisation_level.c.code)).all()
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        connection.execute(insert(organisation_level).values(LEVEL))
    other.close()
    engine.dispose()


def test_another_processs_writer_is_waited_for(sqlite_url: str) -> None:
    engine = make_engine(sqlite_url)
    other = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), check_same_thread=False, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    release = threading.Timer(0.2, lambda: other.execute("COMMIT"))
    began = time.monotonic()
    release.start()
    with write(engine) as connection:
        connection.execute(insert(organisation_level).values(LEVEL))
    assert time.monotonic() - began >= 0.2
    release.join()
    other.close()
    engine.dispose()


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "sqlite:///file:x?mode=memory&uri=true"])
def test_a_record_in_memory_is_refused(url: str) -> None:
    with pytest.raises(UnknownDatabase, match="forgets"):
        make_engine(url)


def test_other_databases_are_refused() -> None:
    with pytest.raises(UnknownDatabase, match="mysql"):
        make_engine("mysql://example/yizhan")


def test_the_folder_is_made(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path}/data/yizhan.db")
    with write(engine):
        pass
    engine.dispose()
    assert (tmp_path / "data" / "yizhan.db").exists()


def test_what_was_written_is_in_no_error(engine: Engine) -> None:
    secret = LEVEL | {"code": "canary"}
    with write(engine) as connection:
        connection.execute(insert(organisation_level).values(LEVEL))
    with pytest.raises(IntegrityError) as failure, write(engine) as connection:
        connection.execute(insert(organisation_level).values(secret))
    assert "canary" not in str(failure.value)
