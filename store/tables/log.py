"""The decision log (决定日志): which leaf came when, the tops of its full tiles, and the checkpoints that were signed.

Nothing here is ever changed: `store.append_only` makes the database refuse it.
"""

from typing import Final

from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, PrimaryKeyConstraint, Table, Text

from store.tables.base import INTERNAL, METADATA, instant, text, ulid
from store.tables.classes import classified


def _digest(name: str) -> Column[bytes]:
    return classified(Column(name, LargeBinary, nullable=False), INTERNAL)


# What the sequencer has yet to take: a row comes with its pending leaf, and goes when the leaf has its index.
log_waiting: Final = Table(
    "log_waiting",
    METADATA,
    classified(Column("id", Text, ForeignKey("log_pending.id"), primary_key=True), INTERNAL),
    instant("at"),
    instant("recorded_at"),
)
log_entry: Final = Table(
    "log_entry",
    METADATA,
    classified(Column("leaf_index", Integer, primary_key=True, autoincrement=False), INTERNAL),
    classified(Column("pending_id", Text, ForeignKey("log_pending.id"), unique=True, nullable=False), INTERNAL),
    _digest("leaf"),
    instant("recorded_at"),
)
# Level 1 is the top of 256 leaves, level 2 of 256 of those; a row is written once, when its tile is full.
log_tile: Final = Table(
    "log_tile",
    METADATA,
    classified(Column("level", Integer, nullable=False), INTERNAL),
    classified(Column("tile_index", Integer, nullable=False), INTERNAL),
    _digest("root"),
    PrimaryKeyConstraint("level", "tile_index"),
)
log_checkpoint: Final = Table(
    "log_checkpoint",
    METADATA,
    classified(Column("size", Integer, primary_key=True, autoincrement=False), INTERNAL),
    _digest("root"),
    text("note", INTERNAL),  # the signed text, as it is given to others
    instant("recorded_at"),
)
log_key: Final = Table(
    "log_key",
    METADATA,
    ulid(),  # the key's id in a signed note
    text("verifier", INTERNAL),  # the public key, as it is given to others
    instant("recorded_at"),
)
