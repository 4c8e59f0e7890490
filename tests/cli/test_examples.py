from pathlib import Path

import pytest

from cli.examples import accounts_file, accounts_to_show, plant_in_empty_record
from cli.migrate import migrate
from store.accounts import account_by_login, right_password
from store.engine import make_engine, read, write
from store.organisation import Level, NewNode, add_level, add_node
from store.settings import Settings

LOGINS = ("caseworker-1", "guide-2", "officer-3", "supervisor-2", "manager-1", "auditor-3", "administrator-1")


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """An empty record, planted."""
    made = Settings(data=tmp_path_factory.mktemp("planted") / "data")
    migrate(made)
    assert plant_in_empty_record(made)
    return made


def test_the_password_lies_in_the_data_folder_for_its_owner_alone(settings: Settings) -> None:
    assert accounts_file(settings).stat().st_mode & 0o777 == 0o600


def test_the_password_that_is_shown_opens_every_account_that_is_shown(settings: Settings) -> None:
    shown = accounts_to_show(settings)
    assert shown
    password = shown.partition("password: ")[2].split("\n")[0]
    engine = make_engine(settings.database_url)
    with read(engine) as connection:
        for login in LOGINS:
            assert login in shown
            assert right_password(account_by_login(connection, login), password)
        assert not right_password(account_by_login(connection, LOGINS[0]), password.upper())
    engine.dispose()


def test_a_second_start_plants_nothing_and_keeps_the_password(settings: Settings) -> None:
    before = accounts_to_show(settings)
    assert not plant_in_empty_record(settings)
    assert accounts_to_show(settings) == before


def test_a_record_with_somebodys_own_places_is_left_alone(tmp_path: Path) -> None:
    own = Settings(data=tmp_path / "own")
    migrate(own)
    engine = make_engine(own.database_url)
    with write(engine) as connection:
        add_level(connection, Level("county", 1, "县", "County"))
        add_node(connection, NewNode("our-county", None, "county", "本县"))
    engine.dispose()
    assert not plant_in_empty_record(own)
    assert accounts_to_show(own) is None


def test_accounts_are_no_longer_shown_once_their_file_is_deleted(settings: Settings) -> None:
    kept = accounts_file(settings).read_text(encoding="utf-8")
    accounts_file(settings).unlink()
    assert accounts_to_show(settings) is None
    accounts_file(settings).write_text(kept, encoding="utf-8")
