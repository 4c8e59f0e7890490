"""Cases live for months: the code of today goes on with every history that was ever recorded, to the same commands."""

import json
from pathlib import Path

import pytest
from record_histories import FOLDER, RECONCILIATION, plain_converter
from temporalio.client import WorkflowHistory
from temporalio.worker import Replayer
from temporalio.workflow import NondeterminismError

from cli.plays import PLAYS
from cli.subsidy_plays import SUBSIDY_PLAYS
from tests.workflows.changed import SilentWorkflow
from workflows.hardship import HardshipWorkflow
from workflows.reconciliation import ReconciliationWorkflow
from workflows.subsidy import SubsidyWorkflow

CONTINUED, COMPLETED = "EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW", "EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED"
RECORDED = sorted(FOLDER.glob("*.json"))


def history(path: Path) -> WorkflowHistory:
    return WorkflowHistory.from_json(path.stem, path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.stem)
async def test_a_history_is_replayed(path: Path) -> None:
    replayer = Replayer(
        workflows=[HardshipWorkflow, SubsidyWorkflow, ReconciliationWorkflow], data_converter=plain_converter()
    )
    await replayer.replay_workflow(history(path))


@pytest.mark.parametrize("branch", [*PLAYS, *SUBSIDY_PLAYS, RECONCILIATION])
def test_every_branch_was_recorded_to_its_end(branch: str) -> None:
    """`make histories` records them."""
    ends = [json.loads(path.read_text(encoding="utf-8"))["events"][-1]["eventType"] for path in runs_of(branch)]
    assert ends[-1:] == [COMPLETED]
    assert set(ends) <= {CONTINUED, COMPLETED}


def runs_of(branch: str) -> list[Path]:
    return sorted(FOLDER.glob(f"{branch}-*.json"), key=lambda path: int(path.stem.rpartition("-")[2]))


async def test_a_changed_workflow_is_caught() -> None:
    replayer = Replayer(workflows=[SilentWorkflow], data_converter=plain_converter())
    with pytest.raises(NondeterminismError):
        await replayer.replay_workflow(history(runs_of("declined")[0]))
