"""Sequencing: every waiting leaf gets one index, in the order of its time; every batch ends in a signed head."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlalchemy import Connection, Engine, delete, func, insert, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from cases.checkpoints import opened
from cases.merkle import grew, includes, tree_head
from store.aead import KEY_BYTES, Key
from store.append_only import lift_append_only
from store.decision_log import leaf_hash, log_event
from store.engine import make_engine, read, write
from store.keys import KeyRing
from store.log_reading import LogDamaged, LogTree, checkpoint_at, entry_of, log_size, newest_checkpoint
from store.log_sequence import queue_leaves_of_before, receipt_leaves_of_before, sequence, waiting
from store.log_signing import known_keys, verifies
from store.tables.cases import log_pending
from store.tables.log import log_checkpoint, log_entry, log_key, log_tile, log_waiting
from tests.builders import OPENED_AT


def log_events(engine: Engine, keyring: KeyRing, count: int, *, first: int = 0) -> None:
    with write(engine) as connection:
        for number in range(first, first + count):
            at = OPENED_AT + timedelta(seconds=number)
            log_event(connection, keyring, "publication", {"number": number}, at, event_id=f"event-{number:05}")


def sequence_all(engine: Engine, keyring: KeyRing, batch: int = 100) -> None:
    while waiting_in(engine):
        with write(engine) as connection:
            sequence(connection, keyring, batch)


def waiting_in(engine: Engine) -> int:
    with read(engine) as connection:
        return waiting(connection)


def leaves(connection: Connection) -> Sequence[bytes]:
    return connection.execute(select(log_entry.c.leaf).order_by(log_entry.c.leaf_index)).scalars().all()


def test_leaves_are_taken_in_the_order_of_their_time_and_then_their_id(engine: Engine, keyring: KeyRing) -> None:
    with write(engine) as connection:
        for event_id, minutes in (("c", 1), ("b", 2), ("a", 2), ("d", 0)):
            log_event(connection, keyring, "k", {}, OPENED_AT + timedelta(minutes=minutes), event_id=event_id)
        sequence(connection, keyring)
        order = connection.execute(select(log_entry.c.pending_id).order_by(log_entry.c.leaf_index)).scalars().all()
    assert order == ["d", "c", "a", "b"]


def test_a_leaf_that_comes_late_stands_after_what_was_sequenced(engine: Engine, keyring: KeyRing) -> None:
    log_events(engine, keyring, 3, first=10)
    sequence_all(engine, keyring)
    log_events(engine, keyring, 1, first=0)
    sequence_all(engine, keyring)
    with read(engine) as connection:
        entry = entry_of(connection, "event-00000")
    assert entry
    assert entry.index == 3


def test_each_batch_ends_in_a_signed_head_of_all_leaves_so_far(engine: Engine, keyring: KeyRing) -> None:
    log_events(engine, keyring, 7)
    sequence_all(engine, keyring, batch=3)
    with read(engine) as connection:
        keys = known_keys(connection)
        for row in connection.execute(select(log_checkpoint)):
            found = opened(row.note, keys, verifies)
            assert (found.size, found.root, found.at) == (row.size, row.root, row.recorded_at)
            assert found.root == tree_head(leaves(connection)[: row.size])
        assert connection.execute(select(log_checkpoint.c.size)).scalars().all() == [3, 6, 7]


def test_nothing_to_take_signs_nothing(engine: Engine, keyring: KeyRing) -> None:
    with write(engine) as connection:
        assert sequence(connection, keyring).taken == 0
        assert newest_checkpoint(connection) is None
        assert log_size(connection) == 0


def test_a_leaf_is_taken_once(engine: Engine, keyring: KeyRing) -> None:
    log_events(engine, keyring, 5)
    sequence_all(engine, keyring)
    with write(engine) as connection:
        assert sequence(connection, keyring).taken == 0
        assert log_size(connection) == 5


def test_proofs_are_read_from_tiles_and_the_leaves_beyond_them(
    engine: Engine, keyring: KeyRing, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Tiles of four leaves, so that three levels of them are filled."""
    for module in ("store.log_reading", "store.log_sequence"):
        monkeypatch.setattr(f"{module}.TILE", 4)
    monkeypatch.setattr("store.log_reading.TILE_HEIGHT", 2)
    for first, count in ((0, 3), (3, 1), (4, 20), (24, 41), (65, 2)):
        log_events(engine, keyring, count, first=first)
        sequence_all(engine, keyring, batch=count)
    with read(engine) as connection:
        all_leaves = leaves(connection)
        tree, size = LogTree(connection), len(all_leaves)
        head = tree_head(all_leaves)
        assert {level for (level,) in connection.execute(select(log_tile.c.level))} == {1, 2, 3}
        for index in range(0, size, 3):
            assert includes(head, size, index, all_leaves[index], tree.inclusion(index, size))
        for first in range(1, size, 9):
            assert grew(first, tree_head(all_leaves[:first]), size, head, tree.consistency(first, size))


def test_a_real_tile_is_256_leaves(sqlite_url: str, keyring: KeyRing) -> None:
    engine = make_engine(sqlite_url)
    log_events(engine, keyring, 257)
    sequence_all(engine, keyring)
    with read(engine) as connection:
        [tile] = connection.execute(select(log_tile)).all()
        assert (tile.level, tile.tile_index, tile.root) == (1, 0, tree_head(leaves(connection)[:256]))
    engine.dispose()


def test_a_lost_entry_is_no_proof_of_anything(engine: Engine, keyring: KeyRing) -> None:
    log_events(engine, keyring, 5)
    sequence_all(engine, keyring)
    with write(engine) as connection:
        lift_append_only(connection)
        connection.execute(delete(log_entry).where(log_entry.c.leaf_index == 1))
        with pytest.raises(LogDamaged, match="are there"):
            LogTree(connection).inclusion(0, 5)


@pytest.mark.parametrize("forged", ["record", "both", "receipt"])
def test_a_leaf_that_was_changed_while_it_waited_is_not_taken(engine: Engine, keyring: KeyRing, forged: str) -> None:
    log_events(engine, keyring, 1, first=9)
    sequence_all(engine, keyring)
    log_events(engine, keyring, 3)
    with write(engine) as connection:
        lift_append_only(connection)
        record = '{"number":99}'
        changes: dict[str, dict[str, object]] = {"record": {"record": record}, "receipt": {"receipt": None}}
        changes["both"] = {"record": record, "leaf": leaf_hash(record)}
        connection.execute(update(log_pending).where(log_pending.c.id == "event-00001").values(changes[forged]))
    with write(engine) as connection:
        found = sequence(connection, keyring)
        assert (found.taken, found.altered) == (2, ("event-00001",))
        assert entry_of(connection, "event-00001") is None
        assert waiting(connection) == 1


def test_leaves_of_before_there_was_a_sequencer_are_its_first(engine: Engine, keyring: KeyRing) -> None:
    log_events(engine, keyring, 3)
    with write(engine) as connection:
        lift_append_only(connection)
        connection.execute(delete(log_waiting))
        connection.execute(update(log_pending).values(receipt=None))
        queue_leaves_of_before(connection)
        receipt_leaves_of_before(connection, lambda: keyring)
        assert sequence(connection, keyring).taken == 3
        queue_leaves_of_before(connection)
        assert waiting(connection) == 0


def test_whoever_wipes_the_log_gets_no_other_one_signed(engine: Engine, keyring: KeyRing) -> None:
    log_events(engine, keyring, 3)
    sequence_all(engine, keyring)
    with write(engine) as connection:
        lift_append_only(connection)
        for table in (log_entry, log_tile, log_checkpoint, log_key):
            connection.execute(delete(table))
        record = '{"number":99}'
        changed = update(log_pending).where(log_pending.c.id == "event-00001")
        connection.execute(changed.values(record=record, leaf=leaf_hash(record), receipt=None))
        queue_leaves_of_before(connection)
        found = sequence(connection, keyring)
    assert (found.taken, found.altered) == (2, ("event-00001",))


def test_a_new_master_key_signs_beside_the_old_one(engine: Engine, keyring: KeyRing) -> None:
    log_events(engine, keyring, 1)
    sequence_all(engine, keyring)
    with read(engine) as connection:
        old_keys = known_keys(connection)
    rotated = KeyRing([Key("old", b"o" * KEY_BYTES), Key("new", b"n" * KEY_BYTES)], "old")
    log_events(engine, rotated, 1, first=1)
    sequence_all(engine, rotated)
    with read(engine) as connection:
        keys, newest = known_keys(connection), newest_checkpoint(connection)
        first = checkpoint_at(connection, 1)
    assert newest
    assert first
    assert len(keys) == len(old_keys) + 2
    assert len(newest.note.rpartition("\n\n")[2].splitlines()) == 2
    assert opened(newest.note, {k: keys[k] for k in keys.keys() - old_keys.keys()}, verifies).size == 2
    assert opened(newest.note, keys, verifies).origin == opened(first.note, old_keys, verifies).origin


FORBIDDEN = [
    "UPDATE log_entry SET leaf = leaf",
    "DELETE FROM log_entry",
    "UPDATE log_tile SET root = root",
    "DELETE FROM log_tile",
    "UPDATE log_checkpoint SET note = note",
    "DELETE FROM log_checkpoint",
    "UPDATE log_key SET verifier = verifier",
    "DELETE FROM log_key",
    "DELETE FROM log_pending",
    "UPDATE log_pending SET record = 'x'",
    "UPDATE log_pending SET salt_sealed = NULL, id = 'x'",
    "UPDATE log_pending SET salt_sealed = NULL, record = 'x'",
    "UPDATE log_pending SET salt_sealed = NULL, person_id = 'x'",
    "UPDATE log_pending SET salt_sealed = NULL, receipt = 'x'",
    "UPDATE log_pending SET salt_sealed = NULL, at = '2026-01-01'",
    "UPDATE log_pending SET salt_sealed = NULL, leaf = record::bytea",
    "UPDATE log_pending SET salt_sealed = leaf",
    *(f"TRUNCATE {name} CASCADE" for name in ("log_entry", "log_tile", "log_checkpoint", "log_key", "log_pending")),
]


def test_the_database_refuses_to_change_or_delete_what_was_logged(
    engine: Engine, keyring: KeyRing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.log_reading.TILE", 2)
    monkeypatch.setattr("store.log_sequence.TILE", 2)
    log_events(engine, keyring, 2)
    sequence_all(engine, keyring)
    before = everything(engine)
    for statement in FORBIDDEN:
        if engine.dialect.name == "sqlite":
            if statement.startswith("TRUNCATE"):
                continue
            statement = statement.replace("record::bytea", "x'00'")  # noqa: PLW2901
        with pytest.raises(DBAPIError, match="append-only"), write(engine) as connection:
            connection.execute(text(statement))
    assert everything(engine) == before


def everything(engine: Engine) -> list[Sequence[object]]:
    with read(engine) as connection:
        tables = (log_pending, log_entry, log_tile, log_checkpoint, log_key)
        return [connection.execute(select(table)).all() for table in tables]


def test_of_a_leaf_the_salt_may_go(engine: Engine, keyring: KeyRing) -> None:
    log_events(engine, keyring, 1)
    with write(engine) as connection:
        connection.execute(update(log_pending).values(salt_sealed=None))


def test_two_who_sequence_at_once_make_one_log(engine: Engine, keyring: KeyRing) -> None:
    """The second waits for the first, and finds nothing left; two heads of one size would be refused anyway."""
    log_events(engine, keyring, 1)
    sequence_all(engine, keyring)
    with write(engine) as connection:
        row = connection.execute(select(log_checkpoint)).mappings().one()
        with pytest.raises(IntegrityError), connection.begin_nested():
            connection.execute(insert(log_checkpoint), dict(row))
    with read(engine) as connection:
        assert connection.execute(select(func.count()).select_from(log_checkpoint)).scalar_one() == 1
