"""The sequencer: a loop that gives waiting leaves of the decision log their index, within seconds of their commit."""

import asyncio
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Final

import structlog
from sqlalchemy import Engine

from store.engine import read, write
from store.keys import KeyRing
from store.log_sequence import BATCH, Sequenced, sequence, waiting

PAUSE_SECONDS: Final = 2.0  # a leaf is sequenced within five seconds of its commit
LONGEST_PAUSE_SECONDS: Final = 30.0
log = structlog.get_logger()


@dataclass(frozen=True)
class Sequencer:
    """Any number may run: a batch is one transaction, and one is written at a time."""

    engine: Engine
    keyring: KeyRing
    threads: Executor | None = None  # whoever stops the loop waits for them; None: the event loop's own

    async def sequence_forever(self) -> None:
        pause = PAUSE_SECONDS
        while True:
            try:
                found = await asyncio.get_running_loop().run_in_executor(self.threads, self.sequence_batch)
            except Exception as error:  # noqa: BLE001  # the record may be away; the loop outlives it
                log.warning("sequencer-away", error=type(error).__name__)
                pause = min(pause * 2, LONGEST_PAUSE_SECONDS)
            else:
                pause = PAUSE_SECONDS
                if found.altered:
                    log.error("leaves-altered", leaves=found.altered)
                if found.taken == BATCH:
                    continue
            await asyncio.sleep(pause)

    def sequence_batch(self) -> Sequenced:
        """Looking takes no lock: most of the time nothing waits."""
        with read(self.engine) as connection:
            if not waiting(connection):
                return Sequenced(0, 0)
        with write(self.engine) as connection:
            return sequence(connection, self.keyring)


def sequence_all(engine: Engine, keyring: KeyRing) -> Sequenced:
    """Everything that waits, batch by batch."""
    taken = 0
    while True:
        with write(engine) as connection:
            found = sequence(connection, keyring)
        taken += found.taken
        if found.taken < BATCH:
            return Sequenced(taken, found.size, found.altered)
