"""A sequencer dies at every point of a batch, before and after each statement: its leaves wait, or stand once."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine

from activities.sequencing import Sequencer
from cases.merkle import tree_head
from store.decision_log import log_event
from store.engine import read, write
from store.keys import KeyRing
from store.log_reading import newest_checkpoint, units
from store.log_sequence import sequence
from tests.faults.test_crash_points import dying, everything

pytestmark = [pytest.mark.slow]


def test_a_batch_is_sequenced_whole_or_not_at_all(
    engine: Engine, keyring: KeyRing, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("log_sequence.TILE", "log_reading.TILE"):
        monkeypatch.setattr(f"store.{name}", 4)
    monkeypatch.setattr("store.log_reading.TILE_HEIGHT", 2)
    for count in (2, 7):  # the second begins within a tile, and fills two
        with write(engine) as connection:
            for number in range(count):
                log_event(connection, keyring, "publication", {"number": number}, datetime.now(UTC))
        done, deaths = dying(engine, Sequencer(engine, keyring).sequence_batch)
        assert (done.taken, done.altered) == (count, ())
        assert deaths > 10
    # It died after the commit, before it could say so; and comes again.
    written = everything(engine)
    with write(engine) as connection:
        assert sequence(connection, keyring).taken == 0
    assert everything(engine) == written
    with read(engine) as connection:
        newest = newest_checkpoint(connection)
        assert newest
        assert (newest.size, newest.root) == (9, tree_head(units(connection, 0, 0, 9)))
