"""A workflow that somebody changed without thinking of the cases under way: what replaying must catch."""

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from cases.hardship.case import HardshipCase
    from cases.hardship.stages import Outcome
    from workflows.hardship import HardshipWorkflow


@workflow.defn(name="HardshipWorkflow")
class SilentWorkflow(HardshipWorkflow):
    """No longer tells an operator where its case stands."""

    @workflow.init
    def __init__(self, seed: HardshipCase) -> None:
        super().__init__(seed)

    @workflow.run
    async def run(self, seed: HardshipCase) -> Outcome | None:
        return await super().run(seed)

    def _show(self) -> None:
        return
