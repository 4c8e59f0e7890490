"""A subsidy case's life, from application to payment, and to recovery where too much was paid."""

from collections.abc import Iterator
from typing import ClassVar

from temporalio import workflow

from workflows.casework import Casework

with workflow.unsafe.imports_passed_through():
    from cases.commands import SUBSIDY_ACTS
    from cases.subsidy.case import SubsidyCase
    from cases.subsidy.engine import KeepPaper, PutOff, ReckonAnew
    from cases.subsidy.progress import Dated, next_dated, policies_due
    from cases.subsidy.stages import Outcome, Stage


@workflow.defn
class SubsidyWorkflow(Casework[SubsidyCase]):
    CASE: ClassVar = SubsidyCase
    ACTS: ClassVar = SUBSIDY_ACTS
    PASSING: ClassVar = frozenset({Stage.NOTICE, Stage.PAYMENT, Stage.REFUSAL})
    KEEP_PAPER: ClassVar = KeepPaper
    RECKON_ANEW: ClassVar = ReckonAnew
    PUT_OFF: ClassVar = PutOff

    @workflow.init
    def __init__(self, seed: SubsidyCase) -> None:
        super().__init__(seed)

    @workflow.run
    async def run(self, seed: SubsidyCase) -> Outcome | None:
        await self.live()
        return self.case.outcome

    @workflow.query
    def state(self) -> SubsidyCase:
        return self.case

    def policies_due(self) -> Iterator[str]:
        return policies_due(self.case)

    def next_dated(self) -> Dated | None:
        return next_dated(self.case)
