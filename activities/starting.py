"""Starting the workflow of a case: from the record, harmlessly often, at intake and after a rebuild."""

from temporalio.client import Client
from temporalio.common import (
    SearchAttributePair,
    TypedSearchAttributes,
    WorkflowIDConflictPolicy,
    WorkflowIDReusePolicy,
)

from activities.namespace import CASE_TYPE
from cases.hardship.case import HardshipCase

WORKFLOW = "HardshipWorkflow"


async def start_case(
    client: Client,
    case: HardshipCase,
    queue: str,
    *,
    conflict: WorkflowIDConflictPolicy = WorkflowIDConflictPolicy.USE_EXISTING,
) -> None:
    """Start a case's workflow unless it runs. Started once too often it finds its case in the record, and ends."""
    await client.start_workflow(
        WORKFLOW,
        case,
        id=case.id,
        task_queue=queue,
        id_conflict_policy=conflict,
        id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
        search_attributes=TypedSearchAttributes([SearchAttributePair(CASE_TYPE, "hardship")]),
        static_summary="困难零工个案 / hardship case",
    )
