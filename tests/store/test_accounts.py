from datetime import date, timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import Connection, select, update
from sqlalchemy.exc import IntegrityError

from cases.wording import Language
from store.accounts import (
    account,
    account_by_login,
    account_in_force,
    add_account,
    disable_account,
    enable_account,
    outdated,
    password_hash,
    right_password,
    set_password,
    set_preferences,
)
from store.tables.access import TextSize
from store.tables.access import account as table
from store.tables.organisation import staff
from tests.store.builders import NOW, TODAY

PASSWORD = "渡口的灯比昨天早亮了一刻"


@pytest.fixture
def one(connection: Connection) -> Connection:
    add_account(connection, "caseworker-1", " ZHOU.J ", PASSWORD, NOW, must_change=True)
    return connection


def test_a_login_is_found_however_its_letters_are_typed(one: Connection) -> None:
    for typed in ("zhou.j", "Zhou.J", "ＺＨＯＵ．Ｊ", " zhou.j"):
        found = account_by_login(one, typed)
        assert found is not None
        assert found.staff_id == "caseworker-1"
    assert account_by_login(one, "zhou") is None


def test_a_password_is_kept_as_a_hash_alone(one: Connection) -> None:
    row = one.execute(select(table)).mappings().one()
    assert PASSWORD not in str(dict(row))
    assert row["password_hash"].startswith("$argon2id$v=19$m=47104,t=2,p=1$")
    assert PASSWORD not in repr(account(one, "caseworker-1"))
    assert "argon2" not in repr(account(one, "caseworker-1"))


def test_only_the_right_password_is_right(one: Connection) -> None:
    found = account(one, "caseworker-1")
    assert right_password(found, PASSWORD)
    for wrong in ("", PASSWORD[:-1], PASSWORD + " ", "x" * 10_000):
        assert not right_password(found, wrong)
    assert not right_password(None, "nobody has this account")


def test_full_width_letters_are_the_same_password(one: Connection) -> None:
    set_password(one, "caseworker-1", password_hash("Ｒｉｖｅｒ boat at dusk"), NOW)
    assert right_password(account(one, "caseworker-1"), "River boat at dusk")


def test_a_longer_password_is_not_cut_to_a_right_one(one: Connection) -> None:
    set_password(one, "caseworker-1", password_hash("z" * 128), NOW)
    assert not right_password(account(one, "caseworker-1"), "z" * 129)


def test_a_hash_of_weaker_numbers_is_to_be_made_anew(one: Connection) -> None:
    weaker = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(PASSWORD)
    set_password(one, "caseworker-1", weaker, NOW)
    found = account(one, "caseworker-1")
    assert found is not None
    assert right_password(found, PASSWORD)
    assert outdated(found)


def test_a_new_password_says_when_it_was_set_and_by_whose_choice(one: Connection) -> None:
    later = NOW + timedelta(days=3)
    set_password(one, "caseworker-1", password_hash("another"), later)
    found = account(one, "caseworker-1")
    assert found is not None
    assert (found.password_set_at, found.must_change) == (later, False)


@pytest.mark.parametrize(
    ("joined", "left", "comes_in"),
    [(0, None, True), (-9, 0, True), (-9, -1, False), (1, None, False)],
)
def test_an_account_is_in_force_while_its_holder_serves(
    one: Connection, joined: int, left: int | None, comes_in: bool
) -> None:
    def day(offset: int | None) -> date | None:
        return None if offset is None else TODAY + timedelta(days=offset)

    values = {"joined_on": day(joined), "left_on": day(left)}
    one.execute(update(staff).where(staff.c.id == "caseworker-1").values(**values))
    assert (account_in_force(one, "caseworker-1", TODAY) is not None) is comes_in


def test_a_disabled_account_is_not_in_force_until_it_is_enabled(one: Connection) -> None:
    disable_account(one, "caseworker-1", NOW)
    assert account_in_force(one, "caseworker-1", TODAY) is None
    enable_account(one, "caseworker-1")
    assert account_in_force(one, "caseworker-1", TODAY) is not None


def test_two_people_do_not_share_a_login(one: Connection) -> None:
    with pytest.raises(IntegrityError):
        add_account(one, "caseworker-2", "zhou.j", PASSWORD, NOW)


def test_preferences_change_what_is_given_and_leave_the_rest(one: Connection) -> None:
    set_preferences(one, "caseworker-1", language=Language.EN)
    set_preferences(one, "caseworker-1", text_size=TextSize.LARGE)
    set_preferences(one, "caseworker-1")
    found = account(one, "caseworker-1")
    assert found is not None
    assert (found.language, found.text_size, found.high_contrast) == (Language.EN, TextSize.LARGE, False)
