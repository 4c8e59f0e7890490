"""Training mode (培训模式): skip days in one practice case, and every alarm on the way rings as it would.

Only where the operator switched it on, and only in the cases of the demonstration: a real case's time is never moved.
"""

import asyncio
from datetime import timedelta
from typing import Final

import structlog
from sqlalchemy import Connection
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from temporalio.exceptions import TemporalError
from temporalio.service import RPCError
from temporalio.testing import TimeSkipper

from activities.connection import ServerNotReached
from cases.hardship.case import HardshipCase
from cases.hardship.progress import next_dated, papers_due, policies_due
from cases.wording import Wording
from store.audit import AuditEvent, record_audit
from store.cases import load_case
from store.scope import NotInScope, require_case_here
from store.seed_past import demo_cases
from store.training import SKIP_TIME, time_of_case
from web.forms import UNPROCESSABLE, Form
from web.roles import CASE_WORK
from web.serving import Page
from web.visit import Visit

log = structlog.get_logger(__name__)

MOST_DAYS: Final = 120
SETTLES_WITHIN_S: Final = 10.0
LOOK_AGAIN_S: Final = 0.1
_DAYS: Final = Wording(f"请填写1至{MOST_DAYS}天", f"Enter 1 to {MOST_DAYS} days")
_AWAY: Final = Wording(
    "流程服务没有回答，时间没有跳过。请稍后再试。",
    "The workflow server does not answer; no time was skipped. Try again later.",
)


def skip_page(visit: Visit) -> Response:
    return _shown(visit, Form.shown(visit))


async def skip(visit: Visit) -> Response:
    form = Form.sent(visit)
    days = form.whole("days")
    if days is not None and not 1 <= days <= MOST_DAYS:
        form.wrong("days", _DAYS)
    case = await run_in_threadpool(_practice_case, visit)
    if form.errors or days is None:
        return await run_in_threadpool(_shown, visit, form, UNPROCESSABLE)
    try:
        client = await visit.office.client()
        await TimeSkipper(client).fast_forward(client.get_workflow_handle(case.id), timedelta(days=days))
    except (RPCError, ServerNotReached, TemporalError) as failure:
        log.warning("time was not skipped", case=case.id, kind=type(failure).__name__)
        form.wrong("", _AWAY)
        return await run_in_threadpool(_shown, visit, form, UNPROCESSABLE)
    await run_in_threadpool(_note, visit, case, days)
    await _settled(visit, case.id)
    return visit.go(f"/cases/{case.id}", said="time-skipped")


async def _settled(visit: Visit, case_id: str) -> None:
    """Wait a while for what the engine does on the way; it goes on by itself if it takes longer."""
    try:
        async with asyncio.timeout(SETTLES_WITHIN_S):
            while await run_in_threadpool(_at_work, visit, case_id):  # noqa: ASYNC110 - what changes is a row
                await asyncio.sleep(LOOK_AGAIN_S)
    except TimeoutError:
        log.info("the engine is still at work", case=case_id)


def _at_work(visit: Visit, case_id: str) -> bool:
    with visit.reading() as connection:
        case = load_case(connection, case_id)
        now = time_of_case(connection, case_id, visit.office.now())
    dated = next_dated(case)
    late = dated is not None and dated.at <= now
    return late or any(policies_due(case)) or any(papers_due(case))


def _practice_case(visit: Visit) -> HardshipCase:
    with visit.reading() as connection:
        return _found(visit, connection)


def _found(visit: Visit, connection: Connection) -> HardshipCase:
    """An open case of the demonstration, where training is switched on; otherwise there is no such page."""
    case_id = visit.part("case_id")
    require_case_here(connection, visit.scope, case_id)
    if not visit.office.settings.training or not demo_cases(connection):
        raise NotInScope
    case = load_case(connection, case_id)
    if case.closed:
        raise NotInScope
    return case


def _note(visit: Visit, case: HardshipCase, days: int) -> None:
    with visit.writing() as connection:
        event = AuditEvent(
            SKIP_TIME, visit.me.staff_id, visit.now, case_id=case.id, station_id=case.station_id, reason=str(days)
        )
        record_audit(connection, visit.office.station.keyring, event)


def _shown(visit: Visit, form: Form, status: int = 200) -> Response:
    with visit.reading() as connection:
        case = _found(visit, connection)
        now = time_of_case(connection, case.id, visit.now)
    due = sorted(clock.due_at for clock in case.clocks if clock.running and clock.due_at and clock.due_at > now)
    next_days = min((due[0] - now).days + 1, MOST_DAYS) if due else None
    context = {"case": case, "form": form, "case_now": now, "next_days": next_days}
    return visit.render("training.html", context, status=status)


ROUTES: Final = [
    Page("/cases/{case_id}/skip", skip_page, CASE_WORK),
    Page("/cases/{case_id}/skip", skip, CASE_WORK, methods=("POST",)),
]
