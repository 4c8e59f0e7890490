"""Accounts (账号): the login and password of a member of staff, and how they like their pages."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Connection, insert, select, update

from cases.wording import Language
from store.rows import filled
from store.tables.access import TextSize
from store.tables.access import account as table

HASHER: Final = PasswordHasher()
# Checked where nobody has the login, so that an unknown one takes as long as a wrong password.
_NOBODY: Final = HASHER.hash("nobody has this account")


@dataclass(frozen=True)
class Account:
    staff_id: str
    login: str
    password_hash: str = field(repr=False)
    must_change: bool = False
    language: Language | None = None
    text_size: TextSize = TextSize.NORMAL
    high_contrast: bool = False
    disabled_at: datetime | None = None


def add_account(
    connection: Connection, staff_id: str, login: str, password: str, at: datetime, *, must_change: bool = False
) -> None:
    """Give a member of staff an account; `must_change` for a password that somebody else chose."""
    connection.execute(
        insert(table).values(
            staff_id=staff_id,
            login=login,
            password_hash=HASHER.hash(password),
            password_set_at=at,
            must_change=must_change,
            text_size=TextSize.NORMAL,
            high_contrast=False,
            recorded_at=at,
        )
    )


def account(connection: Connection, staff_id: str) -> Account | None:
    row = connection.execute(select(table).where(table.c.staff_id == staff_id)).mappings().one_or_none()
    return filled(Account, row) if row else None


def account_by_login(connection: Connection, login: str) -> Account | None:
    row = connection.execute(select(table).where(table.c.login == login)).mappings().one_or_none()
    return filled(Account, row) if row else None


def right_password(found: Account | None, password: str) -> bool:
    """Whether this is the account's password; takes the same time where there is no account."""
    try:
        HASHER.verify(found.password_hash if found else _NOBODY, password)
    except (VerificationError, InvalidHashError):
        return False
    return found is not None and found.disabled_at is None


def set_password(
    connection: Connection, staff_id: str, password: str, at: datetime, *, must_change: bool = False
) -> None:
    connection.execute(
        update(table)
        .where(table.c.staff_id == staff_id)
        .values(password_hash=HASHER.hash(password), password_set_at=at, must_change=must_change)
    )


def set_preferences(
    connection: Connection,
    staff_id: str,
    *,
    language: Language | None = None,
    text_size: TextSize | None = None,
    high_contrast: bool | None = None,
) -> None:
    """Change what is given, and leave the rest."""
    given = {"language": language, "text_size": text_size, "high_contrast": high_contrast}
    values = {name: value for name, value in given.items() if value is not None}
    if values:
        connection.execute(update(table).where(table.c.staff_id == staff_id).values(**values))
