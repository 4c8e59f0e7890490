"""`yizhan account`: a real station gets its first administrator, and a locked-out one comes in again."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from typer.testing import CliRunner

from cases.days import day_of
from cases.refusals import Refused
from cases.roles import Role
from cli.main import build_app
from cli.migrate import migrate
from store.accounts import account, account_by_login, account_in_force, right_password
from store.engine import make_engine, read
from store.scope import scope_of
from store.sessions import open_staff_session, sessions_of
from store.settings import Settings
from store.tables.cases import audit_event

NOW = datetime.now(UTC)


@pytest.fixture
def record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """An empty record, as a real station begins with."""
    monkeypatch.setenv("YIZHAN_DATA", str(tmp_path))
    monkeypatch.setenv("YIZHAN_EXAMPLES", "no")
    settings = Settings(data=tmp_path)
    migrate(settings)
    engine = make_engine(settings.database_url)
    yield engine
    engine.dispose()


def yizhan(*arguments: str) -> str:
    result = CliRunner().invoke(build_app(["account"]), ["account", *arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.output


def password_in(said: str) -> str:
    found = re.search(r"[0-9a-z]{4}(?:-[0-9a-z]{4}){3}", said)
    assert found, said
    return found[0]


def test_an_empty_record_gets_its_first_administrator(record: Engine) -> None:
    password = password_in(yizhan("add", "admin-1", "--login", "Wang", "--name", "王某", "--administrator"))
    with read(record) as connection:
        found = account_by_login(connection, "wang")
        assert found is not None
        assert right_password(found, password)
        assert found.must_change
        scope = scope_of(connection, "admin-1", day_of(NOW))
        assert scope.roles == {Role.ADMINISTRATOR}
        event = connection.execute(select(audit_event)).mappings().one()
        assert (event["kind"], event["actor"], event["about_id"]) == ("add-account", "command-line", "admin-1")


def test_a_reset_gives_a_new_password_and_signs_out(record: Engine) -> None:
    first = password_in(yizhan("add", "admin-1", "--name", "王某"))
    with record.begin() as connection:
        open_staff_session(connection, "admin-1", "here", NOW)
    second = password_in(yizhan("reset", "admin-1"))
    with read(record) as connection:
        found = account(connection, "admin-1")
        assert right_password(found, second)
        assert not right_password(found, first)
        assert sessions_of(connection, "admin-1", NOW) == ()


def test_a_disabled_account_can_be_enabled_again(record: Engine) -> None:
    yizhan("add", "admin-1", "--name", "王某")
    yizhan("disable", "admin-1")
    with read(record) as connection:
        assert account_in_force(connection, "admin-1", day_of(NOW)) is None
    yizhan("enable", "admin-1")
    with read(record) as connection:
        assert account_in_force(connection, "admin-1", day_of(NOW)) is not None


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("add", "admin-2"), "no-such-staff"),
        (("add", "admin-1"), "has-account"),
        (("add", "admin-2", "--name", "李某", "--login", "ADMIN-1"), "login-taken"),
        (("reset", "admin-2"), "no-account"),
        (("disable", "admin-2"), "no-account"),
    ],
)
def test_what_cannot_be_done_is_refused_and_changes_nothing(
    record: Engine, arguments: tuple[str, ...], code: str
) -> None:
    yizhan("add", "admin-1", "--name", "王某")
    with pytest.raises(Refused) as refused:
        yizhan(*arguments)
    assert [reason.code for reason in refused.value.refusals] == [code]
    with read(record) as connection:
        assert account(connection, "admin-2") is None
