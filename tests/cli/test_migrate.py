from pathlib import Path

import pytest
from sqlalchemy import text

from cases.refusals import Refused
from cli.migrate import migrate
from store.engine import make_engine, write
from store.finding import find_people
from store.key_file import key_ring
from store.migrate import newest_revision
from store.people import register_worker
from store.scope import scope_of
from store.seed import plant_examples
from store.settings import Settings
from store.tables.finding import worker_finding
from tests.store.builders import NOW, TODAY, a_worker


def test_an_empty_database_is_brought_to_this_version_and_then_left_alone(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "data")
    assert migrate(settings) == (None, newest_revision())
    assert migrate(settings) == (newest_revision(), newest_revision())
    assert settings.data.stat().st_mode & 0o777 == 0o700


def test_a_database_of_a_newer_version_is_refused_and_left_alone(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "data")
    migrate(settings)
    engine = make_engine(settings.database_url)
    with write(engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(Refused, match="9999"):
        migrate(settings)
    engine.dispose()


def test_workers_of_a_record_without_a_search_are_found_after_migrating(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "data")
    migrate(settings)
    keyring, engine = key_ring(settings), make_engine(settings.database_url)
    with write(engine) as connection:
        plant_examples(connection, keyring, NOW)
        worker_id = register_worker(connection, keyring, a_worker(1, name="周小红"))
        connection.execute(worker_finding.delete())
    migrate(settings)
    with write(engine) as connection:
        hits = find_people(connection, keyring, scope_of(connection, "caseworker-1", TODAY), "zxh", TODAY)
    engine.dispose()
    assert [hit.worker_id for hit in hits] == [worker_id]
