"""Accounts (账号): the login and password of a member of staff, and how they like their pages."""

import unicodedata
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Connection, insert, or_, select, update

from cases.wording import Language
from store.rows import filled
from store.tables.access import TextSize
from store.tables.access import account as table
from store.tables.organisation import staff

# argon2id. 0.08 s and 46 MiB for a password on the machine it was measured on; a hash made under other numbers still
# opens, and is made anew when its owner signs in.
HASHER: Final = PasswordHasher(time_cost=2, memory_cost=46 * 1024, parallelism=1)
LONGEST_PASSWORD: Final = 128
# Checked where nobody has the login, so that an unknown one takes as long as a wrong password.
_NOBODY: Final = HASHER.hash("nobody has this account")


@dataclass(frozen=True)
class Account:
    staff_id: str
    login: str
    password_hash: str = field(repr=False)
    password_set_at: datetime
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
            login=normal_login(login),
            password_hash=password_hash(password),
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
    row = connection.execute(select(table).where(table.c.login == normal_login(login))).mappings().one_or_none()
    return filled(Account, row) if row else None


def account_in_force(connection: Connection, staff_id: str, on: date) -> Account | None:
    """The account of a member of staff who serves on a day, unless it is disabled."""
    query = (
        select(table)
        .join(staff, staff.c.id == table.c.staff_id)
        .where(
            table.c.staff_id == staff_id,
            table.c.disabled_at.is_(None),
            staff.c.joined_on <= on,
            or_(staff.c.left_on.is_(None), staff.c.left_on >= on),
        )
    )
    row = connection.execute(query).mappings().one_or_none()
    return filled(Account, row) if row else None


def normal_login(login: str) -> str:
    """A login as it is kept: width, case and spaces around it make no difference."""
    return unicodedata.normalize("NFKC", login).strip().casefold()


def password_hash(password: str) -> str:
    return HASHER.hash(_normal(password))


def right_password(found: Account | None, password: str) -> bool:
    """Whether this is the account's password; takes the same time where there is no account."""
    try:
        HASHER.verify(found.password_hash if found else _NOBODY, _normal(password))
    except (VerificationError, InvalidHashError):
        return False
    return found is not None


def outdated(found: Account) -> bool:
    """Whether the password was hashed under weaker numbers than today's."""
    return HASHER.check_needs_rehash(found.password_hash)


def set_password(
    connection: Connection, staff_id: str, hashed: str, at: datetime, *, must_change: bool = False
) -> None:
    """Replace the password by another, given as `password_hash` made it: that takes long, and no transaction waits."""
    connection.execute(
        update(table)
        .where(table.c.staff_id == staff_id)
        .values(password_hash=hashed, password_set_at=at, must_change=must_change)
    )


def hash_anew(connection: Connection, staff_id: str, hashed: str) -> None:
    """The same password, hashed under today's numbers."""
    connection.execute(update(table).where(table.c.staff_id == staff_id).values(password_hash=hashed))


def disable_account(connection: Connection, staff_id: str, at: datetime) -> None:
    """From now on nobody comes in by it; whoever is in is out at the next page."""
    connection.execute(
        update(table).where(table.c.staff_id == staff_id, table.c.disabled_at.is_(None)).values(disabled_at=at)
    )


def enable_account(connection: Connection, staff_id: str) -> None:
    connection.execute(update(table).where(table.c.staff_id == staff_id).values(disabled_at=None))


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


def _normal(password: str) -> str:
    """One form for what two keyboards type differently; nothing longer than a password may be is looked at."""
    return unicodedata.normalize("NFKC", password[: LONGEST_PASSWORD + 1])
