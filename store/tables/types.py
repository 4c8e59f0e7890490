"""Column types that refuse what would later be read differently: naive times, half days, fractions of a fen."""

from datetime import UTC, date, datetime
from enum import StrEnum
from typing import TypeVar

from sqlalchemy import BigInteger, Date, DateTime, Dialect, Text
from sqlalchemy.types import TypeDecorator

from cases.canonical import Json, canonical, from_canonical

_E = TypeVar("_E", bound=StrEnum)


class Instant(TypeDecorator[datetime]):
    """An aware moment, kept and returned in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("A time without its zone cannot be kept: pass an aware datetime.")
        in_utc = value.astimezone(UTC)
        # SQLite keeps text without a zone; it is UTC by our agreement.
        return in_utc.replace(tzinfo=None) if dialect.name == "sqlite" else in_utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Day(TypeDecorator[date]):
    """A day of the calendar; a moment is refused, since its day depends on a zone."""

    impl = Date
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> date | None:
        if isinstance(value, datetime):
            raise TypeError("A moment stands where a day is kept: say which day it is at the station.")
        return value


class Fen(TypeDecorator[int]):
    """Money in whole fen."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: int | None, dialect: Dialect) -> int | None:
        if value is not None and type(value) is not int:
            raise TypeError(f"Money is kept in whole fen, not as {type(value).__name__}.")
        return value


class CanonicalJson(TypeDecorator[Json]):
    """A value as canonical JSON text, the same bytes on every database."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Json, dialect: Dialect) -> str | None:
        return None if value is None else canonical(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Json:
        return None if value is None else from_canonical(value)


class Choice(TypeDecorator[_E]):
    """One member of a closed list, kept as its text."""

    impl = Text
    cache_ok = True

    def __init__(self, members: type[_E]) -> None:
        super().__init__()
        self.members = members

    def process_bind_param(self, value: _E | None, dialect: Dialect) -> str | None:
        return None if value is None else self.members(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> _E | None:
        return None if value is None else self.members(value)
