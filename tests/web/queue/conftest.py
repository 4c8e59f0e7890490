"""A clerk who brings cases to where a test wants them."""

import pytest

from activities.engine_process import EngineProcess
from tests.web.counter import Counter
from tests.web.queue.clerk import Clerk


@pytest.fixture
def clerk(counter: Counter, rule_engine: EngineProcess) -> Clerk:
    return Clerk(counter, rule_engine)


@pytest.fixture
def clerk_on_both(counter_on_both: Counter, rule_engine: EngineProcess) -> Clerk:
    return Clerk(counter_on_both, rule_engine)
