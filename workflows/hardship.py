"""A hardship case's life, from application to placement, a public-welfare post or a way out."""

from collections.abc import Iterator
from typing import ClassVar

from temporalio import workflow

from workflows.casework import Casework

with workflow.unsafe.imports_passed_through():
    from cases.commands import HARDSHIP_ACTS
    from cases.hardship.case import HardshipCase
    from cases.hardship.engine import KeepPaper, ReckonAnew
    from cases.hardship.papering import PutOff
    from cases.hardship.progress import Dated, next_dated, policies_due
    from cases.hardship.stages import Outcome, Stage


@workflow.defn
class HardshipWorkflow(Casework[HardshipCase]):
    CASE: ClassVar = HardshipCase
    ACTS: ClassVar = HARDSHIP_ACTS
    PASSING: ClassVar = frozenset({Stage.EXIT_NOTICE, Stage.CLOSING})
    KEEP_PAPER: ClassVar = KeepPaper
    RECKON_ANEW: ClassVar = ReckonAnew
    PUT_OFF: ClassVar = PutOff

    @workflow.init
    def __init__(self, seed: HardshipCase) -> None:
        super().__init__(seed)

    @workflow.run
    async def run(self, seed: HardshipCase) -> Outcome | None:
        await self.live()
        return self.case.outcome

    @workflow.query
    def state(self) -> HardshipCase:
        return self.case

    def policies_due(self) -> Iterator[str]:
        return policies_due(self.case)

    def next_dated(self) -> Dated | None:
        return next_dated(self.case)
