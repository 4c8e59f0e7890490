"""The sequencer's loop: a case's leaves get their index from whoever comes first; what was altered is said."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select, update

from activities.sequencing import Sequencer, sequence_all
from cases.hardship.case import HARDSHIP
from cases.hardship.determining import AdoptDetermination
from store.append_only import lift_append_only
from store.engine import read, write
from store.log_reading import entry_of, log_size, newest_checkpoint
from store.log_sequence import waiting
from store.tables.cases import decision, log_pending
from tests.activities.office import Office


def sequencer(office: Office) -> Sequencer:
    return Sequencer(office.station.engine, office.station.keyring)


def test_a_decision_gets_its_index(office: Office) -> None:
    office.register()
    office.does(AdoptDetermination(f"{HARDSHIP}-1"), "officer-1")
    sequencer(office).sequence_batch()
    with read(office.station.engine) as connection:
        made = connection.execute(select(decision.c.id)).scalar_one()
        assert entry_of(connection, made)
        assert waiting(connection) == 0
        newest = newest_checkpoint(connection)
        assert newest
        assert newest.size == log_size(connection) == connection.scalar(select(func.count()).select_from(log_pending))


def test_several_sequencers_make_one_log(office: Office) -> None:
    office.register()
    office.does(AdoptDetermination(f"{HARDSHIP}-1"), "officer-1")
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda _: sequencer(office).sequence_batch().taken, range(4)))
    assert sorted(found)[:3] == [0, 0, 0]
    with read(office.station.engine) as connection:
        assert log_size(connection) == sum(found) > 1


def test_the_loop_takes_what_comes_and_says_what_was_altered(
    office: Office, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("activities.sequencing.PAUSE_SECONDS", 0.01)
    office.register()
    sequence_all(office.station.engine, office.station.keyring)
    office.does(AdoptDetermination(f"{HARDSHIP}-1"), "officer-1")
    with write(office.station.engine) as connection:
        lift_append_only(connection)
        altered = connection.execute(select(decision.c.id)).scalar_one()
        connection.execute(update(log_pending).where(log_pending.c.id == altered).values(record="{}"))

    async def a_while() -> None:
        task = asyncio.create_task(sequencer(office).sequence_forever())
        await asyncio.sleep(0.2)
        assert not task.done()
        task.cancel()

    asyncio.run(a_while())
    assert altered in capsys.readouterr().out
