"""Whether everything runs: record, outbox, workflow server, Temporal workers, and the calendars that are entered."""

from dataclasses import dataclass
from typing import Final

import structlog
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from temporalio.api.enums.v1 import TaskQueueType
from temporalio.api.taskqueue.v1 import TaskQueue
from temporalio.api.workflowservice.v1 import DescribeTaskQueueRequest
from temporalio.service import RPCError

from activities.connection import ServerNotReached
from activities.drift import MEANING
from activities.queues import CASES
from store.station_health import RecordHealth, record_health
from web.health import Health, HealthCheck
from web.roles import RUNNING
from web.serving import Page
from web.visit import Visit

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Pollers:
    """How many Temporal workers ask for work; None: the server does not say."""

    workflows: int | None
    activities: int | None


async def running_page(visit: Visit) -> Response:
    check: HealthCheck = visit.request.app.state.health
    health = await check.look()
    pollers = await _pollers(visit) if health.workflows else Pollers(None, None)
    return await run_in_threadpool(_page, visit, health, pollers)


def calendars_page(visit: Visit) -> Response:
    calendar = visit.office.station.policies.calendar
    entered = {year.year for year in calendar.years}
    missing = [year for year in (visit.today.year, visit.today.year + 1) if year not in entered]
    return visit.render("running/calendars.html", {"calendar": calendar, "missing": missing})


def _page(visit: Visit, health: Health, pollers: Pollers) -> Response:
    with visit.reading() as connection:
        record: RecordHealth = record_health(connection, visit.now)
    return visit.render(
        "running/running.html", {"health": health, "record": record, "pollers": pollers, "meaning": MEANING}
    )


async def _pollers(visit: Visit) -> Pollers:
    try:
        client = await visit.office.client()
        counted = []
        for kind in (TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW, TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY):
            asked = DescribeTaskQueueRequest(
                namespace=client.namespace, task_queue=TaskQueue(name=CASES), task_queue_type=kind
            )
            counted.append(len((await client.workflow_service.describe_task_queue(asked)).pollers))
    except (RPCError, ServerNotReached, TimeoutError) as failure:
        log.warning("the workflow server does not say who works", kind=type(failure).__name__)
        return Pollers(None, None)
    return Pollers(*counted)


ROUTES: Final = [
    Page("/running", running_page, RUNNING),
    Page("/calendars", calendars_page, RUNNING),
]
