"""Settling (补办): acts that were sent and not answered are sent again under their keys, until each has its answer.

It runs in the web process, beside the pages; what is to be sent lies in the database, so that it goes on after a
restart. Several processes may do it at once: a key does its act once.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

import structlog
from starlette.concurrency import run_in_threadpool

from cases.commands import Command
from store.drafts import Draft, drop_draft, purge_drafts, sent_drafts, settle_draft
from store.engine import read, write
from store.sessions import forget_sessions
from store.sign_ins import forget_attempts
from store.tables.access import DraftState
from store.training import time_of_case
from web.acts.sending import Declined, Done, Late, current_revision, sent_command, submit
from web.office import Office

log = structlog.get_logger(__name__)

EVERY_S: Final = 3.0
PURGED_EVERY: Final = timedelta(hours=1)
KEPT_FOR: Final = timedelta(days=30)
AT_ONCE: Final = 8


@asynccontextmanager
async def settling(office: Office, every_s: float = EVERY_S) -> AsyncIterator[None]:
    """Settle while the block runs."""
    task = asyncio.create_task(_settle_forever(office, every_s))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def settle(office: Office) -> int:
    """Send again what waits for its answer, and say how many acts were answered."""
    waiting = await run_in_threadpool(_waiting, office)
    places = asyncio.Semaphore(AT_ONCE)

    async def one(draft: Draft) -> bool:
        async with places:
            return await _settle(office, draft)

    return sum(await asyncio.gather(*(one(draft) for draft in waiting)))


def purge(office: Office) -> int:
    """Forget the drafts that nobody came back to, and the sessions and attempts to sign in that are long past."""
    with write(office.station.engine) as connection:
        forget_sessions(connection, office.now())
        forget_attempts(connection, office.now())
        return purge_drafts(connection, office.now() - KEPT_FOR)


async def _settle_forever(office: Office, every_s: float) -> None:
    purged_at = office.now()
    while True:
        await asyncio.sleep(every_s)
        try:
            await settle(office)
            if office.now() - purged_at >= PURGED_EVERY:
                purged_at = office.now()
                await run_in_threadpool(purge, office)
        except Exception:
            # Whatever it was, the next round tries again; the drafts wait in the database.
            log.exception("Settling failed.")


def _waiting(office: Office) -> tuple[Draft, ...]:
    """Those that no page waits for any more."""
    station = office.station
    with read(station.engine) as connection:
        return sent_drafts(connection, station.keyring, office.now() - office.patience)


async def _settle(office: Office, draft: Draft) -> bool:
    case_id, wanted, now = await run_in_threadpool(_again, office, draft)
    answer = await submit(office, case_id, wanted, now)
    if isinstance(answer, Late):
        return False
    await run_in_threadpool(_answered, office, draft, answer)
    return True


def _again(office: Office, draft: Draft) -> tuple[str, Command, datetime]:
    case_id, wanted = sent_command(draft)
    with read(office.station.engine) as connection:
        revision = current_revision(connection, case_id, wanted.expected_revision)
        return case_id, replace(wanted, expected_revision=revision), time_of_case(connection, case_id, office.now())


def _answered(office: Office, draft: Draft, answer: Done | Declined) -> None:
    with write(office.station.engine) as connection:
        if isinstance(answer, Done):
            drop_draft(connection, draft.owner, draft.form)
        else:
            settle_draft(connection, draft.id, DraftState.REFUSED, answer.refusals)
