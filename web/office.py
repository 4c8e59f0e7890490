"""What the pages work with: the record, the keys, the law, and the desk that has an act done."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from temporalio.client import Client

from activities.bootstrap import Station
from activities.codec import encrypting_codec
from activities.connection import connect
from activities.desk import Desk
from activities.engine_process import EngineProcess
from store.settings import Settings

# A page answers sooner than a program would wait, and then settles by itself.
PATIENCE = timedelta(seconds=6)


def wall_clock() -> datetime:
    return datetime.now(UTC)


@dataclass
class Office:
    settings: Settings
    station: Station
    now: Callable[[], datetime] = wall_clock
    patience: timedelta = PATIENCE
    # For auditors, who make past decisions again; its process begins with the first of them.
    rule_engine: EngineProcess = field(default_factory=lambda: EngineProcess(children=1), repr=False)
    _client: Client | None = field(default=None, repr=False)

    async def client(self) -> Client:
        """The connection to the workflow server, made when it is first needed. Raises ServerNotReached."""
        if self._client is None:
            self._client = await connect(self.settings, codec=encrypting_codec(self.station.keyring))
        return self._client

    async def desk(self) -> Desk:
        station = self.station
        return Desk(await self.client(), station.engine, station.keyring, station.policies, patience=self.patience)
