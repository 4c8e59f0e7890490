"""Who guesses waits; who does not is not kept out by those who do."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection, select

from store.keys import KeyRing
from store.sign_ins import (
    ADDRESS_LIMITS,
    FIRST_WAIT,
    LONGEST_WAIT,
    REMEMBERED,
    WRONG_IN_A_ROW,
    Attempt,
    MustWait,
    attempt_succeeded,
    begin_attempt,
    forget_attempts,
    source,
    wait_after,
)
from store.tables.access import sign_in_attempt
from tests.store.builders import NOW

SECOND = timedelta(seconds=1)


def wrong(connection: Connection, keyring: KeyRing, times: int, at: datetime, login: str = "zhou") -> datetime:
    """So many wrong attempts, a second apart; the moment of the last."""
    for _ in range(times):
        at += SECOND
        assert isinstance(begin_attempt(connection, source(keyring, login, "10.0.0.1"), at), Attempt)
    return at


def test_after_five_wrong_attempts_an_account_waits_a_quarter_of_an_hour(
    connection: Connection, keyring: KeyRing
) -> None:
    last = wrong(connection, keyring, WRONG_IN_A_ROW, NOW)
    tried = source(keyring, "zhou", "10.0.0.2")
    assert begin_attempt(connection, tried, last + SECOND) == MustWait(last + FIRST_WAIT, whole_address=False)
    assert isinstance(begin_attempt(connection, tried, last + FIRST_WAIT), Attempt)


def test_each_further_wrong_attempt_doubles_the_wait_up_to_two_hours(connection: Connection, keyring: KeyRing) -> None:
    waits = [wait_after(n) for n in range(WRONG_IN_A_ROW - 1, WRONG_IN_A_ROW + 6)]
    assert waits[:4] == [timedelta(0), FIRST_WAIT, 2 * FIRST_WAIT, 4 * FIRST_WAIT]
    assert waits[-1] == LONGEST_WAIT
    at = wrong(connection, keyring, WRONG_IN_A_ROW, NOW)
    at = wrong(connection, keyring, 1, at + FIRST_WAIT)
    waiting = begin_attempt(connection, source(keyring, "zhou", "10.0.0.2"), at + FIRST_WAIT)
    assert waiting == MustWait(at + 2 * FIRST_WAIT, whole_address=False)


def test_attempts_while_an_account_waits_do_not_make_it_wait_longer(connection: Connection, keyring: KeyRing) -> None:
    last = wrong(connection, keyring, WRONG_IN_A_ROW, NOW)
    for n in range(50):
        begin_attempt(connection, source(keyring, "zhou", f"10.1.0.{n}"), last + n * SECOND)
    assert isinstance(begin_attempt(connection, source(keyring, "zhou", "10.0.0.9"), last + FIRST_WAIT), Attempt)


def test_a_right_attempt_begins_the_count_again(connection: Connection, keyring: KeyRing) -> None:
    at = wrong(connection, keyring, WRONG_IN_A_ROW - 1, NOW) + SECOND
    begun = begin_attempt(connection, source(keyring, "zhou", "10.0.0.1"), at)
    assert isinstance(begun, Attempt)
    attempt_succeeded(connection, begun)
    wrong(connection, keyring, WRONG_IN_A_ROW - 1, at)


def test_a_new_password_begins_the_count_again(connection: Connection, keyring: KeyRing) -> None:
    last = wrong(connection, keyring, WRONG_IN_A_ROW, NOW)
    tried = source(keyring, "zhou", "10.0.0.1")
    assert isinstance(begin_attempt(connection, tried, last + 2 * SECOND, since=last + SECOND), Attempt)


def test_what_was_wrong_a_day_ago_is_forgiven(connection: Connection, keyring: KeyRing) -> None:
    last = wrong(connection, keyring, WRONG_IN_A_ROW - 1, NOW)
    wrong(connection, keyring, WRONG_IN_A_ROW - 1, last + timedelta(hours=25))


def test_one_account_that_waits_keeps_nobody_else_out(connection: Connection, keyring: KeyRing) -> None:
    last = wrong(connection, keyring, WRONG_IN_A_ROW, NOW)
    assert isinstance(begin_attempt(connection, source(keyring, "wu", "10.0.0.1"), last + SECOND), Attempt)


@pytest.mark.parametrize(("most", "within"), ADDRESS_LIMITS)
def test_an_address_that_tries_many_accounts_waits_and_no_other_address_does(
    connection: Connection, keyring: KeyRing, most: int, within: timedelta
) -> None:
    at, apart = NOW, within / (most + 1)
    first = at + apart
    for n in range(most):
        at += apart
        assert isinstance(begin_attempt(connection, source(keyring, f"login-{n}", "10.0.0.1"), at), Attempt)
    refused = begin_attempt(connection, source(keyring, "zhou", "10.0.0.1"), at)
    assert refused == MustWait(first + within, whole_address=True)
    assert isinstance(begin_attempt(connection, source(keyring, "zhou", "10.0.0.2"), at), Attempt)
    assert isinstance(begin_attempt(connection, source(keyring, "zhou", "10.0.0.1"), first + within), Attempt)


def test_neither_login_nor_address_is_kept_in_clear(connection: Connection, keyring: KeyRing) -> None:
    wrong(connection, keyring, 1, NOW, login="zhou.jingban")
    kept = str(connection.execute(select(sign_in_attempt)).all())
    assert "zhou" not in kept
    assert "10.0.0.1" not in kept


def test_attempts_are_kept_half_a_year(connection: Connection, keyring: KeyRing) -> None:
    last = wrong(connection, keyring, 1, NOW)
    assert forget_attempts(connection, last + REMEMBERED) == 0
    assert forget_attempts(connection, last + REMEMBERED + SECOND) == 1
