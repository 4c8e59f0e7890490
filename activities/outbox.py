"""The outbox is drained by a loop of its own: starts of cases to the workflow engine, notices to inboxes."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, TypeVar, TypeVarTuple

import structlog
from sqlalchemy import Connection, Engine
from temporalio.client import Client

from activities.starting import start_case
from cases.any_case import OneCase
from cases.days import day_of
from cases.roles import Role
from store import organisation, staff
from store.cases import load_any, whose
from store.engine import read, write
from store.messages import Message, mark_failed, mark_sent, put_in_inbox, unsent
from store.steps import START

BATCH: Final = 100
PAUSE_SECONDS: Final = 0.5
LONGEST_PAUSE_SECONDS: Final = 30.0
log = structlog.get_logger()

A = TypeVarTuple("A")
R = TypeVar("R")


@dataclass(frozen=True)
class Outbox:
    """Sent at least once; every receiver tells a message by its id, so that twice is as once."""

    client: Client
    engine: Engine
    queue: str
    threads: Executor | None = None  # whoever stops the loop waits for them; None: the event loop's own

    async def drain_forever(self) -> None:
        pause = PAUSE_SECONDS
        while True:
            try:
                sent, failed = await self.drain()
            except Exception as error:  # noqa: BLE001  # the record may be away; the loop outlives it
                log.warning("outbox-away", error=type(error).__name__)
                sent, failed = 0, 1
            pause = min(pause * 2, LONGEST_PAUSE_SECONDS) if failed and not sent else PAUSE_SECONDS
            if sent < BATCH:
                await asyncio.sleep(pause)

    async def drain(self) -> tuple[int, int]:
        """Send one batch; say how many messages went out, and how many did not."""
        messages = await self._in_thread(self._unsent)
        starts = [m for m in messages if m.kind == START]
        results = await asyncio.gather(*(self._start(m) for m in starts), return_exceptions=True)
        failures = {
            m.id: type(r).__name__ for m, r in zip(starts, results, strict=True) if isinstance(r, BaseException)
        }
        failed = await self._in_thread(self._settle, messages, failures)
        return len(messages) - failed, failed

    async def _start(self, message: Message) -> None:
        case = await self._in_thread(self._load, message.case_id)
        await start_case(self.client, case, self.queue)

    def _in_thread(self, work: Callable[[*A], R], *args: *A) -> Awaitable[R]:
        return asyncio.get_running_loop().run_in_executor(self.threads, work, *args)

    def _unsent(self) -> tuple[Message, ...]:
        with read(self.engine) as connection:
            return unsent(connection, BATCH)

    def _load(self, case_id: str) -> OneCase:
        with read(self.engine) as connection:
            return load_any(connection, case_id)

    def _settle(self, messages: Sequence[Message], failures: dict[str, str]) -> int:
        """Say how many could not be sent: those for nobody wait, and the comparison shows them."""
        if not messages:
            return 0
        with write(self.engine) as connection:
            for message in messages:
                if message.kind != START:
                    found = recipients(connection, message)
                    put_in_inbox(connection, message, found)
                    failures |= {} if found else {message.id: "NobodyToTell"}
            mark_sent(connection, [m.id for m in messages if m.id not in failures], datetime.now(UTC))
            for message_id, error in failures.items():
                mark_failed(connection, message_id, error)
        return len(failures)


# Who is told where nobody holds the role: a notice is for a person, whoever has left.
CLIMBS: Final[Mapping[Role, tuple[Role, ...]]] = {
    Role.CASEWORKER: (Role.SUPERVISOR, Role.MANAGER),
    Role.GUIDE: (Role.SUPERVISOR, Role.MANAGER),
    Role.OFFICER: (Role.OFFICER, Role.MANAGER),
    Role.SUPERVISOR: (Role.SUPERVISOR, Role.MANAGER),
}


def recipients(connection: Connection, message: Message) -> tuple[str, ...]:
    """The case's own caseworker or worker for these two roles; else who holds the role closest to the station."""
    role, on = Role(str(message.content["to"])), day_of(message.at)
    case = whose(connection, message.case_id)
    if role is Role.WORKER:
        return (case.applicant,)
    serving = case.caseworker and staff.station_roles(connection, case.caseworker, case.station_id, on)
    if role is Role.CASEWORKER and case.caseworker and serving and role in serving:
        return (case.caseworker,)
    station = organisation.station(connection, str(message.content["station"]))
    found = (staff.nearest(connection, each, station.node_id, on) for each in CLIMBS.get(role, (role,)) if station)
    return tuple(member.id for member in next(filter(None, found), ()))
