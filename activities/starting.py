"""Starting the workflow of a case: from the record, harmlessly often, at intake and after a rebuild."""

from temporalio.client import Client
from temporalio.common import (
    SearchAttributePair,
    TypedSearchAttributes,
    WorkflowIDConflictPolicy,
    WorkflowIDReusePolicy,
)

from activities.namespace import CASE_STAGE, CASE_TYPE, DUE_DATE, STATION_CODE
from cases.hardship.case import HardshipCase
from cases.hardship.progress import first_due

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
        search_attributes=shown(case),
        static_summary="困难零工个案 / hardship case",
    )


def shown(case: HardshipCase) -> TypedSearchAttributes:
    """What an operator finds the case by, from its first moment on."""
    due = first_due(case)
    return TypedSearchAttributes(
        [
            SearchAttributePair(CASE_TYPE, "hardship"),
            SearchAttributePair(CASE_STAGE, case.stage),
            SearchAttributePair(STATION_CODE, case.station_id),
            *([SearchAttributePair(DUE_DATE, due)] if due else []),
        ]
    )
