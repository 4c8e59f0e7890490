"""The demonstration at one instant: its pages are served, nobody is at the workflow server, and anyone is signed in."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Connection
from starlette.applications import Starlette
from temporalio.client import Client

from activities.bootstrap import Station
from activities.connection import ServerNotReached
from cases.hardship.case import HardshipCase
from store.cases import load_case
from store.engine import read, write
from store.seed_past import demo_cases
from store.sessions import open_staff_session, open_worker_session
from store.settings import Settings
from web.app import create_app
from web.health import Health
from web.office import Office

WORKER: Final = "worker"  # who reads with a link
VISITOR: Final = "visitor"  # who has not signed in


class ClosedOffice(Office):
    """Nobody is at the workflow server, and that is known at once."""

    async def client(self) -> Client:
        raise ServerNotReached("没有流程服务应答。", "No workflow server answers.")


class Well:
    """The page of the state says that all is well: what it says otherwise is tested elsewhere."""

    async def look(self) -> Health:
        return Health({}, "sqlite", workflows=True)


@dataclass(frozen=True)
class Still:
    """`cases`: of every life of the demonstration, by its name."""

    app: Starlette
    station: Station
    now: datetime
    cases: dict[str, str]

    @classmethod
    def of(cls, station: Station, now: datetime, folder: Path, *, training: bool = False) -> "Still":
        settings = Settings(data=folder, temporal_address="127.0.0.1:1", training=training)
        app = create_app(settings, ClosedOffice(settings, station, lambda: now))
        app.state.health = Well()
        with read(station.engine) as connection:
            return cls(app, station, now, dict(demo_cases(connection)))

    def case(self, life: str) -> HardshipCase:
        with read(self.station.engine) as connection:
            return load_case(connection, self.cases[life])

    def token(self, reader: str, life: str) -> str:
        """What the browser of a member of staff holds, or that of the worker whose life it is."""
        with write(self.station.engine) as connection:
            if reader == WORKER:
                return self._worker(connection, life)
            return open_staff_session(connection, reader, "here", self.now)

    def _worker(self, connection: Connection, life: str) -> str:
        case = load_case(connection, self.cases[life])
        return open_worker_session(connection, case.worker_id, case.id, "here", self.now)
