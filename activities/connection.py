"""The one way to the Temporal server: every payload and failure that goes there is encrypted."""

import dataclasses

from temporalio.client import Client
from temporalio.converter import DataConverter, DefaultFailureConverterWithEncodedAttributes, PayloadCodec

from activities.codec import encrypting_codec
from activities.payloads import StationPayloadConverter
from cases.failures import Failed
from store.settings import Settings


class ServerNotReached(Failed):
    """The workflow server did not answer."""


async def connect(settings: Settings, *, codec: PayloadCodec | None = None) -> Client:
    try:
        return await Client.connect(
            settings.temporal_target,
            namespace=settings.temporal_namespace,
            data_converter=data_converter(codec or encrypting_codec(settings)),
        )
    except RuntimeError as failure:
        raise ServerNotReached(
            f"{settings.temporal_target} 没有流程服务应答。请先运行 yizhan run，或改正 TEMPORAL_ADDRESS。",
            f"No workflow server answers at {settings.temporal_target}. "
            "Start the station with yizhan run, or correct TEMPORAL_ADDRESS.",
        ) from failure


def data_converter(codec: PayloadCodec) -> DataConverter:
    return dataclasses.replace(
        DataConverter.default,
        payload_converter_class=StationPayloadConverter,
        payload_codec=codec,
        # Without this, a failure's message and stack trace would lie on the server in plain text.
        failure_converter_class=DefaultFailureConverterWithEncodedAttributes,
    )
