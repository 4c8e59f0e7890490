from pathlib import Path

import pytest
from sqlalchemy import text

from cases.refusals import Refused
from cli.migrate import migrate
from store.engine import make_engine, write
from store.migrate import newest_revision
from store.settings import Settings


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
