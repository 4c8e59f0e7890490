"""Following up a publication (政策发布后的逐案跟踪): each reached case is asked anew, and tells how it stands.

The engine asks the cases one by one, under a key of the publication's own, so that a second try is as the first.
"""

import asyncio
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

import structlog
from sqlalchemy import Connection, Engine
from temporalio.service import RPCError

from activities.desk import Desk, EngineAway, StillWorking
from cases.cohorts import FollowUp
from cases.commands import command
from cases.days import day_of
from cases.refusals import Refused
from cases.roles import Role
from cases.subsidy.case import SubsidyCase
from cases.subsidy.new_law import ApplyNewLaw
from cases.subsidy.progress import policies_due
from cases.subsidy.stages import Stage
from store.cases import load_subsidy
from store.cohorts import FollowUpRow, follow_up_sent, follow_ups, unsent_follow_ups
from store.engine import read, write

PAUSE_SECONDS: Final = 5.0
AT_ONCE: Final = 20
log = structlog.get_logger()


@dataclass(frozen=True)
class FollowedUp:
    """One case of a publication's follow-up, and how far it has come."""

    case_id: str
    state: FollowUp
    opened_by: str
    opened_at: datetime
    refused: str | None = None


def followed_up(engine: Engine, proposal_id: str) -> tuple[FollowedUp, ...]:
    """Every case that was entered, as it stands now."""
    with read(engine) as connection:
        rows = follow_ups(connection, proposal_id)
        return tuple(
            FollowedUp(row.case_id, _state(connection, row), row.opened_by, row.opened_at, row.refused) for row in rows
        )


def _state(connection: Connection, row: FollowUpRow) -> FollowUp:
    if row.refused:
        return FollowUp.REFUSED
    if row.sent_at is None:
        return FollowUp.WAITING
    return state_of(load_subsidy(connection, row.case_id))


def state_of(case: SubsidyCase) -> FollowUp:
    """What asking a case anew has come to, read off the case alone."""
    if case.stage is Stage.DETERMINATION or any(policies_due(case)):
        return FollowUp.DECIDING
    if case.stage is Stage.RECOVERY:
        return FollowUp.RECOVERY
    if case.stage in (Stage.NOTICE, Stage.PAYMENT):
        return FollowUp.TOP_UP
    return FollowUp.SETTLED


@dataclass(frozen=True)
class FollowUps:
    """Asks the cases that were entered, one after another; what is away is asked again later."""

    desk: Desk

    async def follow_up_forever(self) -> None:
        while True:
            try:
                await self.follow_up(datetime.now(UTC))
            except Exception as error:  # noqa: BLE001  # the record may be away; the loop outlives it
                log.warning("follow-ups-away", error=type(error).__name__)
            await asyncio.sleep(PAUSE_SECONDS)

    async def follow_up(self, at: datetime) -> int:
        """Ask those whose law has come into force; say how many were asked."""
        asked = 0
        for row, as_of in await asyncio.to_thread(self._unsent):
            if as_of is None or as_of > day_of(at):
                continue
            try:
                act = command(f"new-law/{row.proposal_id}", ApplyNewLaw(as_of, row.proposal_id), Role.ENGINE)
                await self.desk.submit_of_engine(row.case_id, act)
                refused = None
            except Refused as no:
                refused = ", ".join(reason.code for reason in no.refusals)
            except (StillWorking, EngineAway, RPCError):
                continue  # under its key it is asked once, however often it is sent
            await asyncio.to_thread(self._sent, row, at, refused)
            asked += 1
        return asked

    def _unsent(self) -> tuple[tuple[FollowUpRow, date | None], ...]:
        with read(self.desk.engine) as connection:
            return unsent_follow_ups(connection, AT_ONCE)

    def _sent(self, row: FollowUpRow, at: datetime, refused: str | None) -> None:
        with write(self.desk.engine) as connection:
            follow_up_sent(connection, row.proposal_id, row.case_id, at, refused)
