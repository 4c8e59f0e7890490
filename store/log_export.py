"""The decision log written out (导出): a line for each leaf, tile and checkpoint, as `cases.log_check` reads them.

Nothing personal is in it: records hold ids, codes and commitments, and the salts stay here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final

from sqlalchemy import Connection, Row, select

from cases.canonical import Json, canonical
from cases.checkpoints import Checkpoint, Signer, signed
from cases.log_check import FORMAT, origin_of_export
from store.log_reading import TILE, newest_checkpoint
from store.log_signing import known_keys, log_origin
from store.tables.cases import log_pending
from store.tables.log import log_checkpoint, log_entry, log_tile

AT_ONCE: Final = 1_000


@dataclass(frozen=True)
class Written:
    """A line, and how many leaves stand before its end."""

    line: bytes
    leaves: int


def log_lines(connection: Connection) -> Iterator[Written]:
    """The log as of this transaction, without an end."""
    newest = newest_checkpoint(connection)
    size = newest.size if newest else 0
    yield _line(0, {"type": "log", "format": FORMAT, "origin": log_origin(connection), "size": size})
    for key in known_keys(connection).values():
        yield _line(0, {"type": "key", "key": key.spelled})
    checkpoints = _checkpoints(connection)
    checkpoint = next(checkpoints, None)
    for row in _entries(connection):
        index: int = row.leaf_index
        count = index + 1
        yield _line(count, _entry(row))
        yield from (_line(count, tile) for tile in _tiles_filled(connection, count))
        while checkpoint and checkpoint[0] <= count:
            yield _line(count, {"type": "checkpoint", "note": checkpoint[1]})
            checkpoint = next(checkpoints, None)
    while checkpoint:  # of leaves that are gone
        yield _line(checkpoint[0], {"type": "checkpoint", "note": checkpoint[1]})
        checkpoint = next(checkpoints, None)


def export_lines(connection: Connection, signing: Sequence[Signer], now: datetime) -> Iterator[Written]:
    """The same with its end: a signature over every byte before it. `signing` go by the log's name."""
    digest, origin, last = sha256(), log_origin(connection), Written(b"", 0)
    newest = newest_checkpoint(connection)
    for last in log_lines(connection):
        digest.update(last.line)
        yield last
    whole = Checkpoint(origin_of_export(origin), newest.size if newest else 0, digest.digest(), now)
    yield _line(last.leaves, {"type": "end", "note": signed(whole, signing)})


def _entry(row: Row[int, bytes, datetime, str]) -> dict[str, Json]:
    return {
        "type": "entry",
        "index": row.leaf_index,
        "leaf": row.leaf.hex(),
        "record": row.record,  # None: the record is gone
        "sequenced": row.recorded_at.isoformat(),
    }


def _entries(connection: Connection) -> Iterator[Row[int, bytes, datetime, str]]:
    query = (
        select(log_entry.c.leaf_index, log_entry.c.leaf, log_entry.c.recorded_at, log_pending.c.record)
        .outerjoin(log_pending, log_pending.c.id == log_entry.c.pending_id)
        .order_by(log_entry.c.leaf_index)
    )
    yield from connection.execute(query.execution_options(yield_per=AT_ONCE))


def _checkpoints(connection: Connection) -> Iterator[tuple[int, str]]:
    query = select(log_checkpoint.c.size, log_checkpoint.c.note).order_by(log_checkpoint.c.size)
    for row in connection.execute(query.execution_options(yield_per=AT_ONCE)):
        yield row.size, row.note


def _tiles_filled(connection: Connection, count: int) -> Iterator[dict[str, Json]]:
    """The tiles that the leaf before this count filled, those that are kept."""
    level = 1
    while count % TILE**level == 0:
        index = count // TILE**level - 1
        query = select(log_tile.c.root).where(log_tile.c.level == level, log_tile.c.tile_index == index)
        root = connection.execute(query).scalar_one_or_none()
        if root is not None:
            yield {"type": "tile", "level": level, "index": index, "root": root.hex()}
        level += 1


def _line(leaves: int, said: dict[str, Json]) -> Written:
    return Written(canonical(said).encode() + b"\n", leaves)
