"""The empty workflow (空流程): updates, each with its activities that do nothing; what Temporal costs by itself."""

from dataclasses import dataclass
from datetime import timedelta

from temporalio import activity, workflow


@dataclass(frozen=True)
class Shape:
    """How many updates a workflow takes, and how many activities it runs altogether."""

    updates: int
    activities: int


@activity.defn
def nothing(number: int) -> int:
    return number


@workflow.defn
class EmptyWorkflow:
    def __init__(self) -> None:
        self.answered = 0

    @workflow.run
    async def run(self, shape: Shape) -> int:
        """The activities that no update asks for come first, as a case's determinations do."""
        for number in range(shape.activities - shape.updates):
            await self._do_nothing(number)
        await workflow.wait_condition(lambda: self.answered == shape.updates)
        await workflow.wait_condition(workflow.all_handlers_finished)
        return self.answered

    @workflow.update
    async def act(self, number: int) -> int:
        await self._do_nothing(number)
        self.answered += 1
        return number

    @act.validator
    def may_act(self, number: int) -> None:
        if number < 0:
            raise ValueError("An act has a number.")

    async def _do_nothing(self, number: int) -> None:
        await workflow.execute_activity(nothing, number, start_to_close_timeout=timedelta(seconds=30))
