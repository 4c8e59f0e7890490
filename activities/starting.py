"""Starting the workflow of a case: from the record, harmlessly often, at intake and after a rebuild."""

from temporalio.client import Client
from temporalio.common import (
    SearchAttributePair,
    TypedSearchAttributes,
    WorkflowIDConflictPolicy,
    WorkflowIDReusePolicy,
)

from activities.namespace import CASE_STAGE, CASE_TYPE, DUE_DATE, STATION_CODE
from cases.any_case import OneCase, kind_of
from cases.clocks_due import first_due
from cases.subsidy.case import SubsidyCase

WORKFLOW = "HardshipWorkflow"
SUBSIDY_WORKFLOW = "SubsidyWorkflow"
WORKFLOWS = (WORKFLOW, SUBSIDY_WORKFLOW)


def workflow_of(case: OneCase) -> str:
    return SUBSIDY_WORKFLOW if isinstance(case, SubsidyCase) else WORKFLOW


async def start_case(
    client: Client,
    case: OneCase,
    queue: str,
    *,
    conflict: WorkflowIDConflictPolicy = WorkflowIDConflictPolicy.USE_EXISTING,
) -> None:
    """Start a case's workflow unless it runs. Started once too often it finds its case in the record, and ends."""
    kind = kind_of(case)
    await client.start_workflow(
        workflow_of(case),
        case,
        id=case.id,
        task_queue=queue,
        id_conflict_policy=conflict,
        id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
        search_attributes=shown(case),
        static_summary=f"{kind.label.zh} / {kind.label.en}",
    )


def shown(case: OneCase) -> TypedSearchAttributes:
    """What an operator finds the case by, from its first moment on."""
    due = first_due(case)
    return TypedSearchAttributes(
        [
            SearchAttributePair(CASE_TYPE, kind_of(case)),
            SearchAttributePair(CASE_STAGE, case.stage),
            SearchAttributePair(STATION_CODE, case.station_id),
            *([SearchAttributePair(DUE_DATE, due)] if due else []),
        ]
    )
