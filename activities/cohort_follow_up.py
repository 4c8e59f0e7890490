"""Following up a publication (政策发布后的逐案跟踪): each reached case is asked anew, and tells how it stands.

The engine asks the cases one by one, under a key of the publication's own, so that a second try is as the first.
"""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final, TypeVar, TypeVarTuple

import structlog
from sqlalchemy import Engine

from activities.desk import Desk, EngineAway, StillWorking
from cases.cohorts import FollowUp
from cases.commands import command
from cases.days import day_of
from cases.refusals import Refused
from cases.roles import Role
from cases.subsidy.new_law import ApplyNewLaw
from cases.subsidy.stages import Stage
from store.cases import load_subsidy
from store.cohorts import FollowUpRow, follow_up_sent, follow_ups, unsent_follow_ups
from store.engine import read, write
from store.person_keys import KeyDestroyed, person_key

PAUSE_SECONDS: Final = 5.0
# Not yet by the engine's own clock, which may be a moment behind: asked again.
LATER: Final = "not-yet"
log = structlog.get_logger()

A = TypeVarTuple("A")
R = TypeVar("R")


@dataclass(frozen=True)
class FollowedUp:
    """One case of a publication's follow-up, and how far it has come."""

    case_id: str
    state: FollowUp
    opened_by: str
    opened_at: datetime
    due_on: date
    refused: str | None = None


def followed_up(engine: Engine, proposal_id: str) -> tuple[FollowedUp, ...]:
    """Every case that was entered, as it stands now."""
    with read(engine) as connection:
        rows = follow_ups(connection, proposal_id)
    return tuple(
        FollowedUp(row.case_id, state_of(row), row.opened_by, row.opened_at, row.due_on, row.refused) for row in rows
    )


def state_of(row: FollowUpRow) -> FollowUp:
    """What asking a case anew has come to, told from where the case stands."""
    if row.refused:
        return FollowUp.REFUSED
    if row.sent_at is None:
        return FollowUp.WAITING
    if row.stage is Stage.DETERMINATION or row.to_be_determined:
        return FollowUp.DECIDING
    if row.stage is Stage.RECOVERY:
        return FollowUp.RECOVERY
    return FollowUp.TOP_UP if row.stage in (Stage.NOTICE, Stage.PAYMENT) else FollowUp.SETTLED


@dataclass(frozen=True)
class FollowUps:
    """Asks the cases that were entered, one after another; one that cannot be had now is asked again later."""

    desk: Desk
    threads: Executor | None = None  # whoever stops the loop waits for them; None: the event loop's own

    async def follow_up_forever(self) -> None:
        while True:
            try:
                await self.follow_up(datetime.now(UTC))
            except Exception as error:  # noqa: BLE001  # the record may be away; the loop outlives it
                log.warning("follow-ups-away", error=type(error).__name__)
            await asyncio.sleep(PAUSE_SECONDS)

    async def follow_up(self, at: datetime) -> int:
        """Ask those whose law is in force and in use; say how many have their answer."""
        asked = 0
        for row, as_of in await self._in_thread(self._unsent, at):
            try:
                refused = await self._asked(row, as_of)
            except (StillWorking, EngineAway):
                continue  # under its key it is asked once, however often it is sent
            except Exception as error:  # noqa: BLE001  # one case keeps no other waiting
                log.warning("follow-up-failed", case=row.case_id, error=type(error).__name__)
                continue
            if refused != LATER:
                await self._in_thread(self._sent, row, at, refused)
                asked += 1
        return asked

    async def _asked(self, row: FollowUpRow, as_of: date) -> str | None:
        """The codes of what stands against it, if anything does."""
        if await self._in_thread(self._erased, row.case_id):
            return "erased"
        act = command(f"new-law/{row.proposal_id}", ApplyNewLaw(as_of, row.proposal_id), Role.ENGINE)
        try:
            await self.desk.submit_of_engine(row.case_id, act)
        except Refused as no:
            return ", ".join(reason.code for reason in no.refusals)
        return None

    def _in_thread(self, work: Callable[[*A], R], *args: *A) -> Awaitable[R]:
        return asyncio.get_running_loop().run_in_executor(self.threads, work, *args)

    def _unsent(self, at: datetime) -> tuple[tuple[FollowUpRow, date], ...]:
        with read(self.desk.engine) as connection:
            return unsent_follow_ups(connection, day_of(at))

    def _erased(self, case_id: str) -> bool:
        """Nothing more can be written into the case of somebody who was erased."""
        with read(self.desk.engine) as connection:
            try:
                person_key(connection, self.desk.keyring, load_subsidy(connection, case_id).person)
            except KeyDestroyed:
                return True
        return False

    def _sent(self, row: FollowUpRow, at: datetime, refused: str | None) -> None:
        with write(self.desk.engine) as connection:
            follow_up_sent(connection, row.proposal_id, row.case_id, at, refused)
