from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, text

from store.engine import make_engine, read, write
from store.migrate import (
    FOLDER,
    RecordTooNew,
    RecordTooOld,
    current_revision,
    downgrade,
    every_table,
    new_revision,
    newest_revision,
    require_current,
    upgrade,
)
from tests.conftest import ON_BOTH
from tests.databases import Cluster


@pytest.fixture(params=ON_BOTH)
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'empty.db'}"
    else:
        cluster: Cluster = request.getfixturevalue("postgres")
        url = cluster.empty_database()
    engine = make_engine(url)
    yield engine
    engine.dispose()


def test_there_is_one_way_forward() -> None:
    assert len(ScriptDirectory(str(FOLDER)).get_heads()) == 1


def test_revisions_lead_to_the_tables_of_the_code(engine: Engine) -> None:
    with read(engine) as connection:
        assert compare_metadata(MigrationContext.configure(connection), every_table()) == []


def test_upgrade_twice_changes_nothing(empty: Engine) -> None:
    assert current_revision(empty) is None
    upgrade(empty)
    upgrade(empty)
    assert current_revision(empty) == newest_revision()
    require_current(empty)


def test_every_revision_can_be_taken_back(empty: Engine) -> None:
    steps = [script.revision for script in ScriptDirectory(str(FOLDER)).walk_revisions()]
    upgrade(empty)
    for revision in [*steps[1:], "base"]:
        downgrade(empty, revision)
    assert set(inspect(empty).get_table_names()) == {"alembic_version"}
    upgrade(empty)
    assert current_revision(empty) == newest_revision()


def test_a_newer_database_is_left_alone(engine: Engine) -> None:
    with write(engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(RecordTooNew, match="9999"):
        upgrade(engine)
    with pytest.raises(RecordTooNew, match="newer version"):
        require_current(engine)
    assert current_revision(engine) == "9999"


def test_an_older_database_is_not_worked_on(empty: Engine) -> None:
    with pytest.raises(RecordTooOld, match="yizhan migrate"):
        require_current(empty)


def test_a_failed_upgrade_leaves_nothing(empty: Engine) -> None:
    with write(empty) as connection:
        # In the way of the last of the tables that the revision makes.
        connection.execute(text("CREATE TABLE worker_wish (id TEXT)"))
    with pytest.raises(Exception, match="worker_wish"):
        upgrade(empty)
    assert set(inspect(empty).get_table_names()) <= {"worker_wish", "alembic_version"}
    assert current_revision(empty) is None


def test_references_are_checked_again_after_a_migration(empty: Engine) -> None:
    upgrade(empty)
    with pytest.raises(Exception, match=r"(?i)foreign key"), write(empty) as connection:
        connection.execute(text("INSERT INTO household VALUES ('h-1', 'no-such-station', '2026-01-01 00:00:00')"))


def test_a_database_of_this_version_needs_no_revision(sqlite_url: str) -> None:
    engine = make_engine(sqlite_url)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("store.migrate.command.revision", lambda *_, **__: None)
        with pytest.raises(RuntimeError, match="no revision"):
            new_revision(engine, "nothing")
    engine.dispose()
