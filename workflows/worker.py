"""A Temporal worker of the station: workflows, activities, and the loops beside them.

They drain the outbox, sequence the log, and ask the cases anew that a change of the law reaches; at night they check
the log.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from importlib.metadata import version

from temporalio.api.workflowservice.v1 import SetWorkerDeploymentCurrentVersionRequest
from temporalio.client import Client
from temporalio.common import VersioningBehavior, WorkerDeploymentVersion
from temporalio.service import RPCError
from temporalio.worker import UnsandboxedWorkflowRunner, Worker, WorkerDeploymentConfig

from activities import payloads
from activities.bootstrap import Station
from activities.calendar_news import tell_of_calendar
from activities.cohort_follow_up import FollowUps
from activities.composing.desk import papers_desk
from activities.desk import Desk
from activities.determining import Determining
from activities.engine_process import EngineProcess
from activities.log_watch import LogWatch
from activities.outbox import Outbox
from activities.papers import Press
from activities.papers_desk import PapersDesk
from activities.queues import CASES, papers_queue
from activities.reconciling import Reconciling
from activities.records import Records
from activities.sequencing import Sequencer
from cases import commands
from workflows.hardship import HardshipWorkflow
from workflows.reconciliation import ReconciliationWorkflow, compare_regularly
from workflows.subsidy import SubsidyWorkflow

DEPLOYMENT = "station-cases"
THREADS = 16
PRINTERS = 2  # each a process of its own, which keeps the layout library and the fonts in memory
CACHED_CASES = 2_000  # about 105 KiB each
WORKFLOW_TASKS = 4  # a replay storm of many at once would trip the two seconds that a task may compute
GRACE = timedelta(seconds=10)
VERSION_KNOWN_WITHIN_S = 30.0


@dataclass(frozen=True)
class Pace:
    """How patient a worker is; the fault test is less patient than a station."""

    sticky: timedelta = timedelta(seconds=10)
    versioned: bool = True


async def serve(client: Client, station: Station, ready: Callable[[], None]) -> None:
    """Say when the work has begun, and work until cancelled; what is in hand is finished first."""
    with await asyncio.to_thread(Press, PRINTERS) as press:
        async with working(client, station, CASES, Pace(), papers_desk(station, press)), _watching(station):
            await _keep_working(client, station, ready)


async def _keep_working(client: Client, station: Station, ready: Callable[[], None]) -> None:
    ready()
    await compare_regularly(client, CASES)
    await tell_of_calendar(client, station)
    await asyncio.Event().wait()


@asynccontextmanager
async def _watching(station: Station) -> AsyncIterator[None]:
    with ThreadPoolExecutor(1, thread_name_prefix="log-watch") as watcher:
        async with _alongside(LogWatch(station.engine, station.keyring, watcher).watch_forever()):
            yield


@asynccontextmanager
async def working(
    client: Client, station: Station, queue: str, pace: Pace, papers: PapersDesk | None = None
) -> AsyncIterator[None]:
    """Workers for cases and, with a papers' desk, for papers; the loops; until the block ends."""
    commands.warm_up()
    payloads.warm_up()
    async with AsyncExitStack() as stack:
        threads = stack.enter_context(ThreadPoolExecutor(THREADS, thread_name_prefix="activity"))
        rule_engine = stack.enter_context(EngineProcess())
        records = Records(station.engine, station.keyring, station.policies)
        determining = Determining(station.engine, station.keyring, station.policies, rule_engine)
        activities: list[Callable[..., object]] = [records.commit_step, determining.determine]
        activities.append(Reconciling(client, station.engine, station.policies, station.keyring).reconcile)
        await stack.enter_async_context(_cases(client, queue, activities, threads, pace))
        if papers:
            printers = stack.enter_context(ThreadPoolExecutor(PRINTERS, thread_name_prefix="paper"))
            await stack.enter_async_context(_papers(client, queue, papers, printers))
        if pace.versioned:
            await make_current(client)
        sender = stack.enter_context(ThreadPoolExecutor(1, thread_name_prefix="outbox"))
        sequencer = stack.enter_context(ThreadPoolExecutor(1, thread_name_prefix="sequencer"))
        drain = Outbox(client, station.engine, queue, sender).drain_forever()
        sequence = Sequencer(station.engine, station.keyring, sequencer).sequence_forever()
        follower = stack.enter_context(ThreadPoolExecutor(1, thread_name_prefix="follow-up"))
        desk = Desk(client, station.engine, station.keyring, station.policies, queue)
        follow_up = FollowUps(desk, follower).follow_up_forever()
        async with _alongside(drain), _alongside(sequence), _alongside(follow_up):
            yield


@asynccontextmanager
async def _alongside(loop: Coroutine[None, None, None]) -> AsyncIterator[None]:
    """Something that goes on until the block ends."""
    task = asyncio.create_task(loop)
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


def _cases(
    client: Client, queue: str, activities: Sequence[Callable[..., object]], threads: ThreadPoolExecutor, pace: Pace
) -> Worker:
    return Worker(
        client,
        task_queue=queue,
        workflows=[HardshipWorkflow, SubsidyWorkflow, ReconciliationWorkflow],
        activities=activities,
        # The sandbox would cost a case a tenth of its time, and only looks at the workflow modules themselves: the
        # recorded histories are replayed inside it by the tests.
        workflow_runner=UnsandboxedWorkflowRunner(),
        activity_executor=threads,
        max_concurrent_activities=THREADS,
        max_concurrent_workflow_tasks=WORKFLOW_TASKS,
        max_cached_workflows=CACHED_CASES,
        sticky_queue_schedule_to_start_timeout=pace.sticky,
        graceful_shutdown_timeout=GRACE,
        deployment_config=_deployment(versioned=pace.versioned),
    )


def _papers(client: Client, queue: str, papers: PapersDesk, threads: ThreadPoolExecutor) -> Worker:
    return Worker(
        client,
        task_queue=papers_queue(queue),
        activities=[papers.make_paper],
        activity_executor=threads,
        max_concurrent_activities=PRINTERS,
        graceful_shutdown_timeout=GRACE,
    )


def _deployment(*, versioned: bool) -> WorkerDeploymentConfig:
    """Cases live for months: each goes on with the newest code, which replays what the older wrote."""
    return WorkerDeploymentConfig(
        version=WorkerDeploymentVersion(DEPLOYMENT, version("yizhan")),
        use_worker_versioning=versioned,
        default_versioning_behavior=VersioningBehavior.AUTO_UPGRADE if versioned else VersioningBehavior.UNSPECIFIED,
    )


async def make_current(client: Client) -> None:
    """Direct cases to this version, once the server has heard of it from its first poll."""
    request = SetWorkerDeploymentCurrentVersionRequest(
        namespace=client.namespace,
        deployment_name=DEPLOYMENT,
        build_id=version("yizhan"),
        identity=client.identity,
        ignore_missing_task_queues=True,
    )
    async with asyncio.timeout(VERSION_KNOWN_WITHIN_S):
        while True:
            try:
                await client.workflow_service.set_worker_deployment_current_version(request)
            except RPCError:
                await asyncio.sleep(0.1)
            else:
                return
