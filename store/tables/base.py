"""What every table shares: one `METADATA`, the kinds of column, and who each column is about.

A table is written with these helpers, so that no column goes without its field class:

    worker = Table(
        "worker",
        METADATA,
        ulid(),
        reference("station_id", "station.id"),
        sealed("name_sealed", PERSONAL),
        day("registered_on", INTERNAL),
        instant("recorded_at", INTERNAL),
    )
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Final, TypedDict, TypeVar, Unpack

from sqlalchemy import Boolean, Column, ForeignKey, Integer, LargeBinary, MetaData, Text

from cases.canonical import Json
from store.tables.classes import FieldClass, classified
from store.tables.types import CanonicalJson, Choice, Day, Fen, Instant

METADATA: Final = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

PUBLIC, INTERNAL = FieldClass.PUBLIC, FieldClass.INTERNAL
PERSONAL, SENSITIVE = FieldClass.PERSONAL, FieldClass.SENSITIVE

_T = TypeVar("_T")
_E = TypeVar("_E", bound=StrEnum)


class Options(TypedDict, total=False):
    """A column is NOT NULL unless it says otherwise; `in_clear` is the reason why a personal one is not sealed.

    `of_before`: what rows hold that were written before the column was there.
    """

    nullable: bool
    unique: bool
    index: bool
    in_clear: str
    of_before: str


def ulid(name: str = "id") -> Column[str]:
    """The row's own id: text, and nothing about a person."""
    return classified(Column(name, Text, primary_key=True), INTERNAL)


def reference(name: str, target: str, **options: Unpack[Options]) -> Column[str]:
    """The id of a row of another table (`"worker.id"`), indexed unless it says otherwise."""
    options.setdefault("index", not options.get("unique", False))
    return _column(Column(name, Text, ForeignKey(target)), INTERNAL, options)


def text(name: str, field_class: FieldClass, **options: Unpack[Options]) -> Column[str]:
    return _column(Column(name, Text), field_class, options)


def choice(name: str, members: type[_E], field_class: FieldClass = INTERNAL, **options: Unpack[Options]) -> Column[_E]:
    """One member of a closed list, kept as its text."""
    return _column(Column(name, Choice(members)), field_class, options)


def instant(name: str, field_class: FieldClass = INTERNAL, **options: Unpack[Options]) -> Column[datetime]:
    """An aware moment, kept and returned in UTC."""
    return _column(Column(name, Instant), field_class, options)


def day(name: str, field_class: FieldClass = INTERNAL, **options: Unpack[Options]) -> Column[date]:
    return _column(Column(name, Day), field_class, options)


def money_fen(name: str, field_class: FieldClass = INTERNAL, **options: Unpack[Options]) -> Column[int]:
    """Money in whole fen."""
    return _column(Column(name, Fen), field_class, options)


def count(name: str, field_class: FieldClass = INTERNAL, **options: Unpack[Options]) -> Column[int]:
    return _column(Column(name, Integer), field_class, options)


def flag(name: str, field_class: FieldClass = INTERNAL, **options: Unpack[Options]) -> Column[bool]:
    return _column(Column(name, Boolean, server_default=options.get("of_before")), field_class, options)


def json_text(name: str, field_class: FieldClass = INTERNAL, **options: Unpack[Options]) -> Column[Json]:
    """A value kept as canonical JSON text."""
    return _column(Column(name, CanonicalJson, server_default=options.get("of_before")), field_class, options)


def sealed(name: str, field_class: FieldClass, **options: Unpack[Options]) -> Column[bytes]:
    """A value under a person's own key: `store.encryption.seal` writes it, `open_sealed` reads it."""
    return _kept_sealed(_column(Column(name, LargeBinary), field_class, options))


def token(name: str, field_class: FieldClass, **options: Unpack[Options]) -> Column[str]:
    """A search token (`store.search`), from which the value cannot be told without the search key."""
    return _kept_sealed(_column(Column(name, Text), field_class, options))


def _column(column: Column[_T], field_class: FieldClass, options: Options) -> Column[_T]:
    column.nullable = options.get("nullable", False)
    column.unique = options.get("unique")
    column.index = options.get("index")
    return classified(column, field_class, in_clear=options.get("in_clear"))


def _kept_sealed(column: Column[_T]) -> Column[_T]:
    column.info["sealed"] = True
    return column
