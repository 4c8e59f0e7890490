"""Plays a case without a person: registers, acts as this one and that one, and skips time in that one case."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any, Generic, TypeVar
from uuid import uuid4

from temporalio.client import Client
from temporalio.testing import TimeSkipper

from activities.bootstrap import Station
from activities.desk import Desk
from activities.intake import read_registration
from activities.outbox import Outbox
from activities.subsidy_intake import read_application
from cases.case import Case
from cases.commands import AnyAct, Receipt, command
from cases.days import day_of
from cases.hardship.acts import Act
from cases.hardship.case import HardshipCase
from cases.hardship.progress import next_dated, policies_due
from cases.parts import find
from cases.progress_of_any import papers_due
from cases.subsidy import acts as subsidy_acts
from cases.subsidy import progress as subsidies
from cases.subsidy.case import SubsidyCase
from cases.subsidy.noticing import PublishNotice
from cases.subsidy.paying import SendPayment
from cases.wording import Wording
from store import bank_batches, subsidy_notices
from store.cases import load_case, load_subsidy
from store.engine import read, write
from store.ulids import new_id

PATIENCE_S = 60
LOOK_AGAIN_S = 0.02


C = TypeVar("C", bound=Case)
A = TypeVar("A", bound=AnyAct)


@dataclass
class Hand(Generic[C, A]):
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
    def case(self) -> C:
        raise NotImplementedError

    def due(self, case: C) -> bool:
        """Whether the engine still has something to do by itself."""
        raise NotImplementedError

    async def starts(self, case_id: str) -> None:
        """Its workflow, which the outbox brings."""
        self.case_id = case_id
        await Outbox(self.client, self.station.engine, self.queue).drain()
        await self.settled()

    async def does(self, act: A, actor: str) -> Receipt:
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

    async def settled(self) -> C:
        """The case, once the engine has determined, printed, rung and woken all that is due."""
        return await self.until(lambda case: not (any(papers_due(case)) or self.due(case)))

    async def until(self, true: Callable[[C], object]) -> C:
        async with asyncio.timeout(PATIENCE_S):
            while not true(case := self.case):  # noqa: ASYNC110  # what changes is a row
                await asyncio.sleep(LOOK_AGAIN_S)  # what changes is a row
        return case


class Stagehand(Hand[HardshipCase, Act]):
    """At the counter of hardship cases."""

    @property
    def case(self) -> HardshipCase:
        with read(self.station.engine) as connection:
            return load_case(connection, self.case_id)

    def due(self, case: HardshipCase) -> bool:
        dated = next_dated(case)
        return any(policies_due(case)) or (dated is not None and dated.at <= self.now)

    async def register(self, fields: dict[str, Any], actor: str) -> None:
        await self.starts(self.station.intake.open_case(read_registration(fields), actor, self.now).id)


class SubsidyHand(Hand[SubsidyCase, subsidy_acts.Act]):
    """At the counter of subsidies."""

    async def publishes(self, officer: str) -> None:
        """On a public list of its own: other plays have clocks of their own."""
        case = self.case
        with write(self.station.engine) as connection:
            place = case.station_id, case.jurisdiction, case.policy
            notice = subsidy_notices.begin(connection, *place, officer, self.now)
            subsidy_notices.collect(connection, notice, 1, self.now, only=case.id)
            notice = subsidy_notices.publish(connection, notice, self.now)
        receipt = await self.does(PublishNotice(notice.id), officer)
        with write(self.station.engine) as connection:
            subsidy_notices.put(connection, notice, {case.id: receipt.revision})

    async def sends(self, officer: str) -> str:
        """The payment that is ordered, with a file of its own; its id."""
        case, payment = self.case, self.case.payments[-1]
        with write(self.station.engine) as connection:
            batch = bank_batches.begin(connection, case.station_id, officer, self.now)
            bank_batches.choose(connection, batch, [(case.id, payment.id, payment.amount_fen)], after=0)
            bank_batches.finish(connection, batch, 1, payment.amount_fen, "", self.now)
        await self.does(SendPayment(payment.id, batch.id), officer)
        return payment.id

    @property
    def case(self) -> SubsidyCase:
        with read(self.station.engine) as connection:
            return load_subsidy(connection, self.case_id)

    def due(self, case: SubsidyCase) -> bool:
        dated = subsidies.next_dated(case)
        return any(subsidies.policies_due(case)) or (dated is not None and dated.at <= self.now)

    async def applies(self, fields: dict[str, Any], actor: str) -> None:
        await self.starts(self.station.subsidy_intake.apply(read_application(fields), actor, self.now).id)

    def enters(self, fields: dict[str, Any], actor: str) -> str:
        """A worker into the ledger, without a case; their number there."""
        with write(self.station.engine) as connection:
            worker_id = f"worker-{new_id(self.now)}"
            registration = read_registration(fields)
            return self.station.intake.enter_within(connection, registration, worker_id, actor, self.now)


Play = Callable[[Stagehand], Awaitable[None]]
SubsidyPlay = Callable[[SubsidyHand], Awaitable[None]]
