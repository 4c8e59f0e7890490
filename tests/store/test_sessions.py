from datetime import timedelta

import pytest
from sqlalchemy import Connection, select

from store.sessions import (
    ABSOLUTE,
    IDLE,
    REMEMBERED,
    WORKER_ABSOLUTE,
    Session,
    close_session,
    close_sessions_of,
    forget_sessions,
    open_staff_session,
    open_worker_session,
    seen,
    session,
    sessions_of,
    token_hash,
)
from store.tables.access import web_session
from tests.store.builders import NOW

MOMENT = timedelta(seconds=1)


@pytest.fixture
def token(connection: Connection) -> str:
    return open_staff_session(connection, "caseworker-1", "address", NOW)


def found(connection: Connection, token: str) -> Session:
    opened = session(connection, token)
    assert opened is not None
    return opened


def test_a_token_has_256_bits_and_only_its_hash_is_kept(connection: Connection, token: str) -> None:
    assert len(token) >= 43  # 32 bytes in base64
    assert token not in str(connection.execute(select(web_session)).all())
    assert found(connection, token).token_hash == token_hash(token)


def test_no_two_sessions_share_a_token(connection: Connection) -> None:
    tokens = {open_staff_session(connection, "caseworker-1", "address", NOW) for _ in range(50)}
    assert len(tokens) == 50


def test_a_guessed_token_finds_nothing(connection: Connection, token: str) -> None:
    for guess in ("", token[:-1], token_hash(token), token + "x"):
        assert session(connection, guess) is None


def test_a_session_ends_a_quarter_of_an_hour_after_the_last_page(connection: Connection, token: str) -> None:
    opened = found(connection, token)
    assert opened.alive(NOW + IDLE - MOMENT)
    assert not opened.alive(NOW + IDLE)
    seen(connection, opened, NOW + IDLE - MOMENT)
    assert found(connection, token).alive(NOW + IDLE + MOMENT)


def test_a_session_ends_after_a_working_day_however_busy_it_is(connection: Connection, token: str) -> None:
    at = NOW
    while at < NOW + ABSOLUTE:
        opened = found(connection, token)
        assert opened.alive(at)
        seen(connection, opened, at)
        at += IDLE / 2
    assert not found(connection, token).alive(NOW + ABSOLUTE)
    assert found(connection, token).idle_ends_at() == NOW + ABSOLUTE


def test_a_workers_session_is_short(connection: Connection) -> None:
    opened = found(connection, open_worker_session(connection, "worker-1", "case-1", "address", NOW))
    assert opened.ends_at == NOW + WORKER_ABSOLUTE
    assert (opened.staff_id, opened.worker_id, opened.case_id) == (None, "worker-1", "case-1")


def test_a_closed_session_is_not_alive(connection: Connection, token: str) -> None:
    close_session(connection, token_hash(token), NOW)
    assert not found(connection, token).alive(NOW)


def test_one_can_be_signed_out_everywhere_else(connection: Connection, token: str) -> None:
    other, stranger = (open_staff_session(connection, who, "address", NOW) for who in ("caseworker-1", "caseworker-2"))
    assert close_sessions_of(connection, "caseworker-1", NOW, but=token_hash(token)) == 1
    assert found(connection, token).alive(NOW)
    assert not found(connection, other).alive(NOW)
    assert found(connection, stranger).alive(NOW)


def test_the_list_of_ones_sessions_holds_those_alive_the_latest_first(connection: Connection, token: str) -> None:
    later = open_staff_session(connection, "caseworker-1", "address", NOW + MOMENT)
    open_staff_session(connection, "caseworker-2", "address", NOW)
    closed = open_staff_session(connection, "caseworker-1", "address", NOW)
    close_session(connection, token_hash(closed), NOW)
    listed = [each.token_hash for each in sessions_of(connection, "caseworker-1", NOW + MOMENT)]
    assert listed == [token_hash(later), token_hash(token)]


def test_ended_sessions_are_remembered_for_a_day(connection: Connection, token: str) -> None:
    assert forget_sessions(connection, NOW + ABSOLUTE + REMEMBERED) == 0
    assert forget_sessions(connection, NOW + ABSOLUTE + REMEMBERED + MOMENT) == 1
    assert session(connection, token) is None
