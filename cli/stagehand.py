"""Plays a case without a person: registers, acts as this one and that one, and skips time in that one case."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

from temporalio.client import Client
from temporalio.testing import TimeSkipper

from activities.bootstrap import Station
from activities.desk import Desk
from activities.intake import read_registration
from activities.outbox import Outbox
from cases.commands import Receipt, command
from cases.days import day_of
from cases.hardship.acts import Act
from cases.hardship.case import HardshipCase
from cases.hardship.progress import next_dated, papers_due, policies_due
from cases.parts import find
from cases.wording import Wording
from store.cases import load_case
from store.engine import read

PATIENCE_S = 60
LOOK_AGAIN_S = 0.02


@dataclass
class Stagehand:
    """`now` is the time of the case being played: the wall clock's, and what was skipped."""

    client: Client
    station: Station
    queue: str
    case_id: str = ""
    skipped: timedelta = field(default_factory=timedelta)
    watch: Callable[[Wording], None] = lambda _: None

    @property
    def now(self) -> datetime:
        return datetime.now(UTC) + self.skipped

    @property
    def today(self) -> date:
        return day_of(self.now)

    @property
    def case(self) -> HardshipCase:
        with read(self.station.engine) as connection:
            return load_case(connection, self.case_id)

    async def register(self, fields: dict[str, Any], actor: str) -> None:
        case = self.station.intake.open_case(read_registration(fields), actor, self.now)
        self.case_id = case.id
        await Outbox(self.client, self.station.engine, self.queue).drain()
        await self.settled()

    async def does(self, act: Act, actor: str) -> Receipt:
        self.watch(act.TITLE)
        desk = Desk(self.client, self.station.engine, self.station.keyring, self.station.policies, self.queue)
        receipt = await desk.submit(self.case_id, command(uuid4().hex, act, actor), now=self.now)
        await self.settled()
        return receipt

    async def skip(self, days: int) -> None:
        """Move this case's clock on; every alarm on the way rings."""
        self.watch(Wording(f"{days}天过去", f"{days} days pass"))
        handle = self.client.get_workflow_handle(self.case_id)
        await TimeSkipper(self.client).fast_forward(handle, timedelta(days=days))
        self.skipped += timedelta(days=days)
        await self.settled()

    async def skip_past(self, clock_id: str) -> None:
        """To the day after a clock is due."""
        clock = find(self.case.clocks, clock_id)
        if clock is None or clock.due_at is None:
            raise LookupError(clock_id)
        await self.skip((clock.due_at - self.now).days + 1)

    async def settled(self) -> HardshipCase:
        """The case, once the engine has determined, printed, rung and woken all that is due."""
        return await self.until(lambda case: not (any(policies_due(case)) or any(papers_due(case)) or self._late(case)))

    async def until(self, true: Callable[[HardshipCase], object]) -> HardshipCase:
        async with asyncio.timeout(PATIENCE_S):
            while not true(case := self.case):  # noqa: ASYNC110  # what changes is a row
                await asyncio.sleep(LOOK_AGAIN_S)  # what changes is a row
        return case

    def _late(self, case: HardshipCase) -> bool:
        dated = next_dated(case)
        return dated is not None and dated.at <= self.now


Play = Callable[[Stagehand], Awaitable[None]]
