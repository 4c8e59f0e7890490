"""What travels is read back as it was, and what reads it is built once for all workflows."""

from temporalio.contrib.pydantic import PydanticPayloadConverter

from activities import payloads
from activities.payloads import TRAVELLERS, StationPayloadConverter, warm_up
from cases.steps import StepDone
from tests.builders import a_case

DONE = StepDone(a_case())


def test_a_value_is_read_back_as_it_was() -> None:
    [payload] = StationPayloadConverter().to_payloads([DONE])
    assert StationPayloadConverter().from_payloads([payload], [StepDone]) == [DONE]


def test_it_is_written_as_pydantic_writes_it() -> None:
    assert StationPayloadConverter().to_payloads([DONE]) == PydanticPayloadConverter().to_payloads([DONE])


def test_a_value_without_a_type_is_plain_json() -> None:
    [payload] = StationPayloadConverter().to_payloads([{"days": [1, 2]}])
    assert StationPayloadConverter().from_payloads([payload]) == [{"days": [1, 2]}]


def test_after_the_warm_up_no_converter_builds_a_reader() -> None:
    warm_up()
    before = payloads._reader.cache_info().misses
    [payload] = StationPayloadConverter().to_payloads([DONE])
    for _ in TRAVELLERS:
        StationPayloadConverter().from_payloads([payload], [StepDone])
    assert payloads._reader.cache_info().misses == before
