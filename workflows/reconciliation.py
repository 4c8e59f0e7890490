"""Every five minutes the record and the workflow engine are compared."""

from contextlib import suppress
from datetime import timedelta

from temporalio import workflow
from temporalio.client import (
    Client,
    Schedule,
    ScheduleActionStartWorkflow,
    ScheduleAlreadyRunningError,
    ScheduleIntervalSpec,
    ScheduleOverlapPolicy,
    SchedulePolicy,
    ScheduleSpec,
)
from temporalio.common import RetryPolicy

with workflow.unsafe.imports_passed_through():
    from activities.reconciling import Reconciling

SCHEDULE = "reconcile"
EVERY = timedelta(minutes=5)


@workflow.defn
class ReconciliationWorkflow:
    @workflow.run
    async def run(self) -> int:
        """How many cases were found to differ."""
        found = await workflow.execute_activity_method(
            Reconciling.reconcile,
            workflow.now(),
            start_to_close_timeout=timedelta(minutes=4),
            retry_policy=RetryPolicy(maximum_attempts=2),
        )
        return sum(len(ids) for ids in found.findings.values())


async def compare_regularly(client: Client, queue: str) -> None:
    """Set the schedule up, once."""
    action = ScheduleActionStartWorkflow(ReconciliationWorkflow.run, id=SCHEDULE, task_queue=queue)
    schedule = Schedule(
        action=action,
        spec=ScheduleSpec(intervals=[ScheduleIntervalSpec(every=EVERY)]),
        policy=SchedulePolicy(overlap=ScheduleOverlapPolicy.SKIP, catchup_window=EVERY),
    )
    with suppress(ScheduleAlreadyRunningError):
        await client.create_schedule(SCHEDULE, schedule)
