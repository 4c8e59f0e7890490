"""A counter with one case, on SQLite or on both databases."""

import pytest

from activities.engine_process import EngineProcess
from cases.hardship.case import HARDSHIP
from cases.hardship.determining import AdoptDetermination
from tests.activities.office import a_fact
from tests.web.case.desk import CaseDesk, desk_at
from tests.web.counter import Counter


@pytest.fixture
def desk(counter: Counter, rule_engine: EngineProcess) -> CaseDesk:
    """A man who waited long, of whom more is to be asked."""
    return desk_at(counter, rule_engine)


@pytest.fixture
def recognised(counter: Counter, rule_engine: EngineProcess) -> CaseDesk:
    """A hardship worker in the stage of help."""
    desk = desk_at(counter, rule_engine, facts=[a_fact("in_work", value=False), a_fact("disabled", value=True)])
    desk.office.does(AdoptDetermination(f"{HARDSHIP}-1"), "officer-1")
    return desk


@pytest.fixture
def recognised_on_both(counter_on_both: Counter, rule_engine: EngineProcess) -> CaseDesk:
    desk = desk_at(counter_on_both, rule_engine, facts=[a_fact("in_work", value=False), a_fact("disabled", value=True)])
    desk.office.does(AdoptDetermination(f"{HARDSHIP}-1"), "officer-1")
    return desk
