"""A command finds the record of this version, or says why not; it never makes one."""

from pathlib import Path

import pytest
from sqlalchemy import text

from cases.refusals import Refused
from cli.migrate import migrate
from cli.record import opened
from store.engine import make_engine, write
from store.settings import Settings


def _refused(settings: Settings) -> str:
    with pytest.raises(Refused) as refused, opened(settings):
        pass
    [reason] = refused.value.refusals
    assert reason.wording.zh
    return reason.code


def _at_revision(settings: Settings, revision: str) -> None:
    engine = make_engine(settings.database_url)
    with write(engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :revision"), {"revision": revision})
    engine.dispose()


def test_where_there_is_no_record_none_is_made(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "mistyped")
    assert _refused(settings) == "no-record"
    assert not settings.data.exists()


def test_a_record_of_this_version_is_opened(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    migrate(settings)
    with opened(settings) as station:
        assert station.engine


@pytest.mark.parametrize(("revision", "code"), [("9999", "database-newer"), ("0001", "database-older")])
def test_a_record_of_another_version_is_left_alone(tmp_path: Path, revision: str, code: str) -> None:
    settings = Settings(data=tmp_path)
    migrate(settings)
    _at_revision(settings, revision)
    assert _refused(settings) == code
