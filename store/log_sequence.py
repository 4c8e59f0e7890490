"""Sequencing (定序): waiting leaves get their index, full tiles their top, and the log's new head is signed.

One transaction for a batch, one at a time: whoever dies leaves nothing half done, and the next one begins again.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, delete, func, insert, inspect, literal, select, update

from cases.checkpoints import Checkpoint, Signer, signed
from cases.merkle import Frontier
from store.append_only import keep_append_only, lift_append_only
from store.decision_log import leaf_hash, receipt_holds, receipt_of
from store.keys import KeyRing
from store.log_reading import TILE, full_tiles, newest_checkpoint, stored_frontier
from store.log_signing import log_origin, remember_keys, signers
from store.one_at_a_time import hold
from store.tables.cases import log_pending
from store.tables.log import log_checkpoint, log_entry, log_tile, log_waiting
from store.tables.types import Instant

BATCH: Final = 500
LOCK: Final = "decision log"


@dataclass(frozen=True)
class Sequenced:
    """How many leaves of a batch got an index, how large the log is now, and which leaves are not as written."""

    taken: int
    size: int
    altered: tuple[str, ...] = ()


def waiting(connection: Connection) -> int:
    return connection.execute(select(func.count()).select_from(log_waiting)).scalar_one()


def sequence(connection: Connection, keyring: KeyRing, batch: int = BATCH) -> Sequenced:
    """Take a batch, in the caller's transaction."""
    hold(connection, LOCK)
    before = newest_checkpoint(connection)
    size = before.size if before else 0
    rows = _waiting_rows(connection, batch)
    good = [row for row in rows if as_written(keyring, row)]
    altered = tuple(sorted({row.id for row in rows} - {row.id for row in good}))
    if not good:
        return Sequenced(0, size, altered)
    # The wall clock, which never runs backwards here: a checkpoint's time is the machine's, not a case's.
    now = max(datetime.now(UTC), before.at) if before else datetime.now(UTC)
    frontier = stored_frontier(connection, size)
    for row in good:
        frontier.append(row.leaf)
    _write_entries(connection, good, size, now)
    _write_tiles(connection, size, frontier.size)
    origin = log_origin(connection)
    signing = signers(keyring, origin)
    remember_keys(connection, signing, now)
    _write_checkpoint(connection, Checkpoint(origin, frontier.size, frontier.head, now), signing)
    connection.execute(delete(log_waiting).where(log_waiting.c.id.in_([row.id for row in good])))
    return Sequenced(len(good), frontier.size, altered)


def queue_leaves_of_before(connection: Connection) -> None:
    """Leaves from before there was a sequencer wait for it, once."""
    if not inspect(connection).has_table(log_entry.name):
        return
    begun = any(connection.execute(select(table).limit(1)).first() for table in (log_entry, log_waiting))
    if not begun:
        before = select(log_pending.c.id, log_pending.c.at, literal(datetime.now(UTC), Instant))
        connection.execute(insert(log_waiting).from_select(["id", "at", "recorded_at"], before))


def receipt_leaves_of_before(connection: Connection, keyring: Callable[[], KeyRing]) -> None:
    """Leaves of before there were receipts get theirs, in the upgrade that brings the log and never afterwards.

    A leaf without one is refused: else whoever owns the database could wipe the log and have another one signed.
    """
    without = connection.execute(select(log_pending).where(log_pending.c.receipt.is_(None))).all()
    if not without or newest_checkpoint(connection) is not None:
        return
    ring = keyring()
    lift_append_only(connection)
    for row in without:
        made = receipt_of(ring, row.id, row.leaf, row.at)
        connection.execute(update(log_pending).where(log_pending.c.id == row.id).values(receipt=made))
    keep_append_only(connection)


def as_written(keyring: KeyRing, row: Row[*tuple[Any, ...]]) -> bool:
    """Whether a pending leaf is what was written with its act: nobody without the keys can change it unseen."""
    if row.leaf != leaf_hash(row.record):
        return False
    return row.receipt is not None and receipt_holds(keyring, row.id, row.leaf, row.at, row.receipt)


def _waiting_rows(connection: Connection, batch: int) -> Sequence[Row[Any]]:
    query = (
        select(log_pending)
        .join(log_waiting, log_waiting.c.id == log_pending.c.id)
        .order_by(log_waiting.c.at, log_waiting.c.id)
        .limit(batch)
    )
    return connection.execute(query).all()


def _write_entries(connection: Connection, rows: Sequence[Row[Any]], first: int, now: datetime) -> None:
    entries = [
        {"leaf_index": index, "pending_id": row.id, "leaf": row.leaf, "recorded_at": now}
        for index, row in enumerate(rows, start=first)
    ]
    connection.execute(insert(log_entry), entries)


def _write_tiles(connection: Connection, before: int, size: int) -> None:
    """The tops of tiles that this batch filled, level by level."""
    level = 1
    while size >= TILE**level:
        tiles = _new_tiles(connection, level, before, size)
        rows = [{"level": level, "tile_index": index, "root": root} for index, root in tiles]
        if rows:
            connection.execute(insert(log_tile), rows)
        level += 1


def _new_tiles(connection: Connection, level: int, before: int, size: int) -> Iterator[tuple[int, bytes]]:
    for index, heads in full_tiles(connection, level, before // TILE**level, size // TILE**level):
        tree = Frontier()
        for head in heads:
            tree.append(head)
        yield index, tree.head


def _write_checkpoint(connection: Connection, checkpoint: Checkpoint, signing: Sequence[Signer]) -> None:
    row = {
        "size": checkpoint.size,
        "root": checkpoint.root,
        "note": signed(checkpoint, signing),
        "recorded_at": checkpoint.at,
    }
    connection.execute(insert(log_checkpoint), row)
