"""What makes a kill hurt: tasks that are given up early, and a pause between writing and saying so."""

import asyncio
import random
from datetime import timedelta
from typing import Any

from temporalio.client import Client, OutboundInterceptor, StartWorkflowInput, WorkflowHandle
from temporalio.client import Interceptor as ClientInterceptor
from temporalio.worker import ActivityInboundInterceptor, ExecuteActivityInput
from temporalio.worker import Interceptor as WorkerInterceptor

TASK_TIMEOUT = timedelta(seconds=3)  # ten by default, which would keep a case waiting after every kill


class Hurry(ClientInterceptor, WorkerInterceptor):
    """For a client and, through it, for its workers, which keep silent for up to so long about what they wrote."""

    def __init__(self, longest_silence_s: float) -> None:
        self.longest_silence_s = longest_silence_s

    def intercept_client(self, next: OutboundInterceptor) -> OutboundInterceptor:  # noqa: A002  # the SDK's name
        return _ShortTasks(next)

    def intercept_activity(self, next: ActivityInboundInterceptor) -> ActivityInboundInterceptor:  # noqa: A002  # same
        return _SlowToAnswer(next, self.longest_silence_s)


class _ShortTasks(OutboundInterceptor):
    async def start_workflow(self, input: StartWorkflowInput) -> WorkflowHandle[Any, Any]:  # noqa: A002  # same
        input.task_timeout = TASK_TIMEOUT
        return await self.next.start_workflow(input)


class _SlowToAnswer(ActivityInboundInterceptor):
    def __init__(self, next: ActivityInboundInterceptor, longest_silence_s: float) -> None:  # noqa: A002  # same
        super().__init__(next)
        self._longest_silence_s = longest_silence_s

    async def execute_activity(self, input: ExecuteActivityInput) -> Any:  # noqa: A002  # same
        done = await self.next.execute_activity(input)
        await asyncio.sleep(random.uniform(0, self._longest_silence_s))  # noqa: S311  # no secret
        return done


def hurried(client: Client, longest_silence_s: float = 0) -> Client:
    return Client(
        client.service_client,
        namespace=client.namespace,
        data_converter=client.data_converter,
        interceptors=[Hurry(longest_silence_s)],
    )
