"""Clerks of the fault test: each leads one case through its life, and asks again when no answer came."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar

from sqlalchemy.exc import OperationalError
from temporalio.exceptions import TemporalError
from temporalio.service import RPCError

from activities.bootstrap import Station
from activities.desk import Desk, EngineAway, StillWorking
from activities.intake import OPEN_CASE, read_registration
from cases.commands import Command, Receipt, command
from cases.days import day_of
from cases.hardship.case import HardshipCase
from cases.hardship.referring import RecordReferral
from cases.refusals import Refused
from cases.subsidy.case import SubsidyCase
from store.cases import load_case, load_subsidy
from store.engine import read
from tests.faults import payments
from tests.faults.journal import Journal
from tests.faults.lives import AGE, CASEWORKER, Beat, Life, Ready, a_life

# An answer that did not come in time, or an engine that was away: the command may or may not have been written.
UNCLEAR = (StillWorking, EngineAway, RPCError, TemporalError, OperationalError, TimeoutError)
LOOK_AGAIN_S = 0.7
Answer = TypeVar("Answer")
TWICE_OF_ONE = 0.05  # a clerk who clicks twice


@dataclass(frozen=True)
class Clerk:
    """`chance` decides pauses and double clicks, so that a seed tells them again."""

    desk: Desk
    station: Station
    journal: Journal
    chance: random.Random
    pause_s: float

    async def lead(self, ordinal: int, seed: int, *, of_talks: bool = False) -> bool:
        """To the case's end; False if an act of it was refused, since then the next ones have no ground."""
        life = a_life(ordinal, f"storm-{seed}-{ordinal}", datetime.now(UTC), of_talks=of_talks)
        case_id = await self._register(life)
        for number, beat in enumerate(life.beats):
            await asyncio.sleep(self.chance.uniform(0.3, 1.7) * self.pause_s)
            if beat.after:
                await self._until(case_id, beat.after)
            if not await self._have_done(case_id, f"{seed}-{ordinal}-{number}", beat):
                return False
        return True

    async def pay(self, ordinal: int, seed: int, case_id: str) -> bool:
        """A subsidy whose public notice is over, to the end of its case."""
        for number, beat in enumerate(payments.beats(day_of(datetime.now(UTC)))):
            await asyncio.sleep(self.chance.uniform(0.3, 1.7) * self.pause_s)
            await self._until_ready(case_id, beat)
            wanted = [
                command(f"{seed}-subsidy-{ordinal}-{number}-{rival}", beat.act, beat.actor)
                for rival in range(beat.rivals)
            ]
            done = await asyncio.gather(*(self._send_one(case_id, each, rival=beat.rivals > 1) for each in wanted))
            if not any(done):
                return False
        return True

    async def _until_ready(self, case_id: str, beat: payments.Beat) -> None:
        while True:
            case = await asyncio.to_thread(self._subsidy, case_id)
            if payments.ready(case, beat, datetime.now(UTC)):
                return
            await asyncio.sleep(LOOK_AGAIN_S)  # what changes is a row

    def _subsidy(self, case_id: str) -> SubsidyCase:
        with read(self.station.engine) as connection:
            return load_subsidy(connection, case_id)

    async def _register(self, life: Life) -> str:
        registration = read_registration(life.registration)
        opened_at = datetime.now(UTC) - AGE

        async def send() -> HardshipCase:
            return await asyncio.to_thread(self.station.intake.open_case, registration, CASEWORKER, opened_at)

        sent = {"key": registration.key, "kind": OPEN_CASE}
        case = await self._until_answered(sent, send)
        self.journal.note("acked", key=registration.key, case=case.id)
        return case.id

    async def _have_done(self, case_id: str, key: str, beat: Beat) -> bool:
        """Send under one key until it is answered: with a receipt, or with a refusal."""
        wanted = command(key, beat.act, beat.actor)
        clicks = 2 if self.chance.random() < TWICE_OF_ONE else 1
        return all(await asyncio.gather(*(self._submit(case_id, wanted, beat) for _ in range(clicks))))

    async def _submit(self, case_id: str, wanted: Command, beat: Beat) -> bool:
        more = {"vacancy": beat.act.vacancy} if isinstance(beat.act, RecordReferral) else {}
        return await self._send_one(case_id, wanted, **more)

    async def _send_one(self, case_id: str, wanted: Command, **more: object) -> bool:
        async def send() -> Receipt:
            return await self.desk.submit(case_id, wanted)

        sent = {"key": wanted.key, "kind": wanted.kind, "case": case_id, **more}
        try:
            receipt = await self._until_answered(sent, send)
        except Refused as refused:
            self.journal.note("refused", key=wanted.key, codes=[r.code for r in refused.refusals])
            return False
        known = {"revision": receipt.revision, "stage": receipt.stage, "outcome": receipt.outcome}
        self.journal.note("acked", key=wanted.key, case=case_id, **known)
        return True

    async def _until_answered(self, sent: Mapping[str, object], send: Callable[[], Awaitable[Answer]]) -> Answer:
        while True:
            self.journal.note("sent", **sent)
            try:
                return await send()
            except UNCLEAR as unclear:
                self.journal.note("ambiguous", key=sent["key"], why=type(unclear).__name__)
                await asyncio.sleep(self.chance.uniform(0.2, 1.0))

    async def _until(self, case_id: str, true: Ready) -> None:
        while True:
            if true(await asyncio.to_thread(self._case, case_id)):
                return
            await asyncio.sleep(LOOK_AGAIN_S)  # what changes is a row

    def _case(self, case_id: str) -> HardshipCase:
        with read(self.station.engine) as connection:
            return load_case(connection, case_id)
