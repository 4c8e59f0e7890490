"""What our namespace on a Temporal server must have: how long closed cases stay, and the words cases are found by."""

from datetime import timedelta
from typing import Final

from google.protobuf.duration_pb2 import Duration
from temporalio.api.enums.v1 import IndexedValueType
from temporalio.api.namespace.v1 import NamespaceConfig
from temporalio.api.operatorservice.v1 import AddSearchAttributesRequest, ListSearchAttributesRequest
from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest, UpdateNamespaceRequest
from temporalio.client import Client
from temporalio.common import SearchAttributeKey

# The record lives in SQL; a month lets an operator still look at how a closed case ran.
RETENTION: Final = timedelta(days=30)

# Stored by the server in plain text: nothing about a person may ever be one.
CASE_STAGE: Final = SearchAttributeKey.for_keyword("CaseStage")
STATION_CODE: Final = SearchAttributeKey.for_keyword("StationCode")
CASE_TYPE: Final = SearchAttributeKey.for_keyword("CaseType")
DUE_DATE: Final = SearchAttributeKey.for_datetime("DueDate")

_KEYWORD = IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD
_DATETIME = IndexedValueType.INDEXED_VALUE_TYPE_DATETIME
SEARCH_ATTRIBUTES: Final = {
    CASE_STAGE.name: _KEYWORD,
    STATION_CODE.name: _KEYWORD,
    CASE_TYPE.name: _KEYWORD,
    DUE_DATE.name: _DATETIME,
}


async def prepare_namespace(client: Client) -> None:
    """Safe to repeat: only what is missing is added, and a longer retention is left alone."""
    await _keep_closed_cases(client)
    await _add_search_attributes(client)


async def _keep_closed_cases(client: Client) -> None:
    described = await client.workflow_service.describe_namespace(DescribeNamespaceRequest(namespace=client.namespace))
    if described.config.workflow_execution_retention_ttl.ToTimedelta() >= RETENTION:
        return
    retention = Duration()
    retention.FromTimedelta(RETENTION)
    await client.workflow_service.update_namespace(
        UpdateNamespaceRequest(
            namespace=client.namespace, config=NamespaceConfig(workflow_execution_retention_ttl=retention)
        )
    )


async def _add_search_attributes(client: Client) -> None:
    there = await client.operator_service.list_search_attributes(
        ListSearchAttributesRequest(namespace=client.namespace)
    )
    missing = {name: kind for name, kind in SEARCH_ATTRIBUTES.items() if name not in there.custom_attributes}
    if missing:
        await client.operator_service.add_search_attributes(
            AddSearchAttributesRequest(namespace=client.namespace, search_attributes=missing)
        )
