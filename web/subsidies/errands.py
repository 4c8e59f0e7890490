"""One act on each of many cases from a page: sent through the desk while the page waits in a thread.

What is broken off is gone on with when the button is pressed again: no case is told twice.
"""

import asyncio
from collections.abc import Callable
from typing import Final

import structlog
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from temporalio.service import RPCError

from activities.errands import Do, OnTheLoop, Unanswered, through_desk
from cases.failures import Failed
from cases.refusals import Refused
from cases.wording import Wording
from store.scope import NotInScope
from web.visit import Visit

log = structlog.get_logger(__name__)

AGAIN: Final = Wording(
    "还没有做完：流程引擎没有应答。已做的都记下了，请稍后再点一次，不会重复。",
    "Not done yet: the workflow engine does not answer. Press again later: nothing is done twice.",
)


async def done_to_many(
    visit: Visit, work: Callable[[Do], Response], said_again: Callable[[Wording | Refused], Response]
) -> Response:
    """`work` in a thread of its own; where it was refused or broken off, the page that says so."""
    try:
        desk = await visit.office.desk()
        do = through_desk(desk, OnTheLoop(asyncio.get_running_loop()), visit.now)
        return await run_in_threadpool(work, do)
    except Refused as refused:
        return await run_in_threadpool(said_again, refused)
    except Unanswered as some:
        return await run_in_threadpool(said_again, some.wording)
    except (Failed, RPCError, TimeoutError) as late:
        log.warning("Work on many cases is not done yet.", cause=type(late).__name__)
        return await run_in_threadpool(said_again, AGAIN)


def reasons_of(why: Wording | Refused | None) -> list[Wording]:
    """What the page says of work that was refused or broken off."""
    if isinstance(why, Refused):
        return [reason.wording for reason in why.refusals]
    return [why] if why else []


def require_station(visit: Visit, station_id: str) -> None:
    """Raises NotInScope for one that a form names and the reader does not see."""
    with visit.reading() as connection:
        if station_id not in connection.scalars(visit.scope.stations).all():
            raise NotInScope
