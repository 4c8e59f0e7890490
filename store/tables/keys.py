"""One data key per person, wrapped by a master key: destroying the row erases the person."""

from sqlalchemy import LargeBinary, Table
from sqlalchemy.schema import Column

from store.tables.base import INTERNAL, METADATA, instant, text, ulid
from store.tables.classes import classified

person_key = Table(
    "person_key",
    METADATA,
    ulid("person_id"),
    text("key_id", INTERNAL),
    text("master_key_id", INTERNAL, index=True),
    classified(Column("wrapped", LargeBinary, nullable=False), INTERNAL),
    instant("recorded_at"),
)
