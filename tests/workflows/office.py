"""What a test does at the counter: register, act, wait for the engine, look at the record."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import uuid4

from temporalio.client import Client

from activities.bootstrap import Station
from activities.desk import Desk
from activities.intake import read_registration
from cases.commands import Receipt, command
from cases.hardship.acts import Act
from cases.hardship.case import HardshipCase
from store.cases import load_case
from store.engine import read
from tests.registrations import a_registration

PATIENCE_S = 30


@dataclass(frozen=True)
class Office:
    client: Client
    station: Station
    queue: str

    @property
    def desk(self) -> Desk:
        return Desk(self.client, self.station.engine, self.station.keyring, self.station.policies, self.queue)

    def register(self, actor: str = "caseworker-1", at: datetime | None = None, **changes: object) -> str:
        registration = read_registration(a_registration(**changes))
        return self.station.intake.open_case(registration, actor, at or datetime.now(UTC)).id

    async def does(self, case_id: str, act: Act, actor: str = "caseworker-1", key: str = "") -> Receipt:
        return await self.desk.submit(case_id, command(key or uuid4().hex, act, actor))

    def case(self, case_id: str) -> HardshipCase:
        with read(self.station.engine) as connection:
            return load_case(connection, case_id)

    async def until(self, case_id: str, true: Callable[[HardshipCase], object]) -> HardshipCase:
        """The case, once the engine has done what it does by itself."""
        async with asyncio.timeout(PATIENCE_S):
            while not true(case := self.case(case_id)):  # noqa: ASYNC110  # what changes is a row
                await asyncio.sleep(0.02)  # what changes is a row
        return case
