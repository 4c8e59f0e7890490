"""The Temporal worker that is measured: the station's own, with empty papers, and one for the empty workflow."""

import asyncio
import sys
from concurrent.futures import ThreadPoolExecutor

from temporalio import activity
from temporalio.client import Client
from temporalio.worker import Worker

from activities.bootstrap import open_station
from activities.connection import connect
from activities.queues import CASES, papers_queue
from bench.empty import EmptyWorkflow, nothing
from cases.steps import PaperMade, PaperStep
from store.settings import load_settings
from workflows.worker import CACHED_CASES, THREADS, WORKFLOW_TASKS, Pace, working

EMPTY = "empty"
AT_WORK = "at work"


@activity.defn(name="make_paper")
async def make_no_paper(step: PaperStep) -> PaperMade:
    """A paper's step in its case is measured here; its print is measured apart."""
    return PaperMade(step.paper.id, "0" * 64, "0" * 64, 0)


async def serve() -> None:
    settings = load_settings()
    client = await connect(settings)
    with open_station(settings) as station, ThreadPoolExecutor(THREADS) as threads:
        async with (
            working(client, station, CASES, Pace(versioned=False)),
            _papers(client),
            _empty(client, threads),
        ):
            sys.stdout.write(f"{AT_WORK}\n")
            sys.stdout.flush()
            await asyncio.Event().wait()


def _papers(client: Client) -> Worker:
    return Worker(client, task_queue=papers_queue(CASES), activities=[make_no_paper])


def _empty(client: Client, threads: ThreadPoolExecutor) -> Worker:
    """With the settings of the worker of cases."""
    return Worker(
        client,
        task_queue=EMPTY,
        workflows=[EmptyWorkflow],
        activities=[nothing],
        activity_executor=threads,
        max_concurrent_activities=THREADS,
        max_concurrent_workflow_tasks=WORKFLOW_TASKS,
        max_cached_workflows=CACHED_CASES,
    )


if __name__ == "__main__":
    asyncio.run(serve())
