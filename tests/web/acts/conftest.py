"""A case at the counter, brought to a point of its life: what people and the engine do is written at once."""

from collections.abc import Iterator

import pytest

from activities.engine_process import EngineProcess
from tests.activities.office import Office
from tests.web.counter import Counter


@pytest.fixture(scope="session")
def rule_engine() -> Iterator[EngineProcess]:
    with EngineProcess() as engine:
        yield engine


@pytest.fixture
def registered(counter: Counter, rule_engine: EngineProcess) -> Office:
    """A case just opened, and determined by the rules."""
    office = Office(counter.office.station, rule_engine, counter.hands())
    office.register()
    return office


@pytest.fixture
def helped(counter: Counter, rule_engine: EngineProcess) -> Office:
    """A hardship worker whose help has begun."""
    office = Office(counter.office.station, rule_engine, counter.hands())
    office.recognised()
    return office
