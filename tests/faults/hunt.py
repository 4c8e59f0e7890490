"""The hunt: where a text lies in clear, in the files of a station and in what its workflow server shows anyone."""

from collections.abc import AsyncIterator, Mapping
from pathlib import Path

from temporalio.api.common.v1 import WorkflowExecution
from temporalio.api.workflowservice.v1 import GetWorkflowExecutionHistoryRequest, ListWorkflowExecutionsRequest
from temporalio.client import Client

from tests.faults.canaries import spellings

Places = Mapping[str, bytes]


def found(places: Places, quarry: Mapping[str, str]) -> set[tuple[str, str]]:
    """Place and name of everything that lies there in clear, in any spelling."""
    spelled = {name: tuple(spellings(text)) for name, text in quarry.items()}
    return {
        (place, name)
        for place, content in places.items()
        for name, needles in spelled.items()
        if any(needle in content for needle in needles)
    }


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


async def shown_by_the_server(client: Client) -> dict[str, bytes]:
    """Ids, search attributes, memos and histories of all workflows, as anyone reads them who reaches the server."""
    service = client.workflow_service
    listed = await service.list_workflow_executions(ListWorkflowExecutionsRequest(namespace=client.namespace))
    places = {"the list of workflows": listed.SerializeToString()}
    for execution in (each.execution for each in listed.executions):
        places[f"the history of {execution.workflow_id} {execution.run_id}"] = b"".join(
            [part async for part in _history(client, execution)]
        )
    return places


async def _history(client: Client, execution: WorkflowExecution) -> AsyncIterator[bytes]:
    request = GetWorkflowExecutionHistoryRequest(namespace=client.namespace, execution=execution)
    while True:
        answer = await client.workflow_service.get_workflow_execution_history(request)
        yield answer.history.SerializeToString()
        if not answer.next_page_token:
            return
        request.next_page_token = answer.next_page_token
