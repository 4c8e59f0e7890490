"""A counter with one application for a subsidy, on SQLite or on both databases."""

import pytest

from activities.engine_process import EngineProcess
from tests.web.counter import Counter
from tests.web.subsidies.desk import SubsidyDesk, applied


@pytest.fixture
def desk(counter: Counter, rule_engine: EngineProcess) -> SubsidyDesk:
    """A woman who works flexibly and paid for two months herself; the rules grant it."""
    return applied(counter, rule_engine)


@pytest.fixture
def desk_on_both(counter_on_both: Counter, rule_engine: EngineProcess) -> SubsidyDesk:
    return applied(counter_on_both, rule_engine)
