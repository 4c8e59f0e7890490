"""Reading the decision log's tree: heads of its parts, from the tops of full tiles and the few leaves beyond them.

A head of any part of a log of ten million leaves costs some dozens of short reads, each by the primary key.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, Row, func, select

from cases.merkle import (
    Frontier,
    complete_spans,
    consistency_proof,
    inclusion_proof,
    joined,
    tree_head,
)
from store.tables.cases import log_pending
from store.tables.log import log_checkpoint, log_entry, log_tile

TILE_HEIGHT: Final = 8
TILE: Final = 1 << TILE_HEIGHT  # leaves, or tops of the level below, in a tile


class LogDamaged(Exception):
    """A part of the log that should be there is not: see `yizhan audit log check`."""


@dataclass(frozen=True)
class Signed:
    """A checkpoint as it is kept."""

    size: int
    root: bytes
    note: str
    at: datetime


@dataclass(frozen=True)
class Entry:
    index: int
    leaf: bytes
    at: datetime


@dataclass(frozen=True)
class LogTree:
    """The tree as of one transaction; tiles that were read once are not read again."""

    connection: Connection
    _read: dict[tuple[int, int], Sequence[bytes]] = field(default_factory=dict, repr=False)

    def head_of(self, begin: int, end: int) -> bytes:
        return joined([self._complete(*span) for span in complete_spans(begin, end)])

    def inclusion(self, index: int, size: int) -> list[bytes]:
        return inclusion_proof(index, size, self.head_of)

    def consistency(self, first: int, second: int) -> list[bytes]:
        return consistency_proof(first, second, self.head_of)

    def _complete(self, begin: int, end: int) -> bytes:
        """The head of a complete part: over leaves, or over the tops of the largest tiles that fit into it."""
        level = ((end - begin).bit_length() - 1) // TILE_HEIGHT
        unit = TILE**level
        first, last = begin // unit, end // unit
        # A complete part of less than a tile lies within one.
        tile = self._tile(level, first // TILE)
        heads = tile[first % TILE : first % TILE + last - first]
        if len(heads) != last - first:
            raise LogDamaged(f"Of {last - first} parts of level {level} from {first} on, {len(heads)} are there.")
        return tree_head(heads)

    def _tile(self, level: int, index: int) -> Sequence[bytes]:
        if (level, index) not in self._read:
            self._read[level, index] = _units(self.connection, level, index * TILE, (index + 1) * TILE)
        return self._read[level, index]


def units(connection: Connection, level: int, begin: int, end: int) -> Sequence[bytes]:
    """Leaves (level 0) or tops of tiles, from the first to before the last."""
    found = _units(connection, level, begin, end)
    if len(found) != end - begin:
        raise LogDamaged(f"Of {end - begin} parts of level {level} from {begin} on, {len(found)} are there.")
    return found


def _units(connection: Connection, level: int, begin: int, end: int) -> Sequence[bytes]:
    """Those that are there, as far as they follow one another."""
    if level == 0:
        query = select(log_entry.c.leaf_index, log_entry.c.leaf)
        query = query.where(log_entry.c.leaf_index >= begin, log_entry.c.leaf_index < end)
        rows = connection.execute(query.order_by(log_entry.c.leaf_index)).all()
    else:
        here = log_tile.c.level == level, log_tile.c.tile_index >= begin, log_tile.c.tile_index < end
        query = select(log_tile.c.tile_index, log_tile.c.root).where(*here).order_by(log_tile.c.tile_index)
        rows = connection.execute(query).all()
    return [head for place, (index, head) in enumerate(rows, start=begin) if index == place]


def full_tiles(connection: Connection, level: int, first: int, last: int) -> Iterator[tuple[int, Sequence[bytes]]]:
    """The tiles of a level from the first to before the last, each with what it is made of."""
    for index in range(first, last):
        yield index, units(connection, level - 1, index * TILE, (index + 1) * TILE)


def stored_frontier(connection: Connection, size: int) -> Frontier:
    """The tree of this size, ready to grow."""
    tree = LogTree(connection)
    return Frontier(size, [tree.head_of(*span) for span in complete_spans(0, size)])


def newest_checkpoint(connection: Connection) -> Signed | None:
    row = connection.execute(select(log_checkpoint).order_by(log_checkpoint.c.size.desc()).limit(1)).one_or_none()
    return Signed(row.size, row.root, row.note, row.recorded_at) if row else None


def checkpoint_at(connection: Connection, size: int) -> Signed | None:
    row = connection.execute(select(log_checkpoint).where(log_checkpoint.c.size == size)).one_or_none()
    return Signed(row.size, row.root, row.note, row.recorded_at) if row else None


def entry_of(connection: Connection, leaf_id: str) -> Entry | None:
    """Where a leaf stands in the log; None while it waits."""
    row = connection.execute(select(log_entry).where(log_entry.c.pending_id == leaf_id)).one_or_none()
    return Entry(row.leaf_index, row.leaf, row.recorded_at) if row else None


def log_size(connection: Connection) -> int:
    """How many leaves have an index."""
    last = connection.execute(select(func.max(log_entry.c.leaf_index))).scalar()
    return 0 if last is None else last + 1


def pending_leaf(connection: Connection, leaf_id: str) -> Row[str, bytes, datetime] | None:
    """A leaf with its record, whether or not it has its index."""
    query = select(log_pending.c.record, log_pending.c.leaf, log_pending.c.at).where(log_pending.c.id == leaf_id)
    return connection.execute(query).one_or_none()


def latest_entries(connection: Connection, most: int) -> Sequence[Row[int, str, datetime, str]]:
    """The leaves that were sequenced last, the latest first, with their records."""
    columns = (log_entry.c.leaf_index, log_entry.c.pending_id, log_entry.c.recorded_at, log_pending.c.record)
    query = select(*columns).join_from(log_entry, log_pending, log_pending.c.id == log_entry.c.pending_id)
    return connection.execute(query.order_by(log_entry.c.leaf_index.desc()).limit(most)).all()
