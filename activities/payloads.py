"""How values are written for Temporal: JSON by pydantic, with what reads each type built once per process.

The SDK builds a converter for every workflow it runs, and with it everything that reads our types: a tenth of a second
of each case, and more than a busy machine has for one workflow task. Ours share what was built.
"""

from functools import lru_cache

from pydantic import TypeAdapter
from temporalio.api.common.v1 import Payload
from temporalio.contrib.pydantic import PydanticJSONPlainPayloadConverter
from temporalio.converter import CompositePayloadConverter, DefaultPayloadConverter, JSONPlainPayloadConverter

from cases.commands import Command, Receipt
from cases.hardship.case import HardshipCase
from cases.steps import PaperMade, PaperStep, PolicyStep, Step, StepDone
from cases.subsidy.case import SubsidyCase

TRAVELLERS = (HardshipCase, SubsidyCase, Command, Receipt, Step, StepDone, PolicyStep, PaperStep, PaperMade)


class SharedJsonConverter(PydanticJSONPlainPayloadConverter):
    def from_payload(self, payload: Payload, type_hint: type | None = None) -> object:
        return _reader(type_hint or object).validate_json(payload.data)


class StationPayloadConverter(CompositePayloadConverter):
    def __init__(self) -> None:
        defaults = DefaultPayloadConverter.default_encoding_payload_converters
        super().__init__(*(SharedJsonConverter() if isinstance(c, JSONPlainPayloadConverter) else c for c in defaults))


def warm_up() -> None:
    """Build what reads each type that travels, before the first case comes."""
    for traveller in TRAVELLERS:
        _reader(traveller)


@lru_cache(maxsize=1024)
def _reader(type_hint: type) -> TypeAdapter[object]:
    return TypeAdapter(type_hint)
