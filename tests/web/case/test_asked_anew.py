"""The day on which a determination turns, on the pages: open and closed, the caseworker is led to one form."""

from datetime import timedelta

import pytest

from activities.engine_process import EngineProcess
from cases.days import day_of
from cases.hardship.case import HARDSHIP
from cases.hardship.determining import AdoptDetermination
from cases.hardship.leaving import ApproveClosure
from cases.hardship.waking import AskAnew
from cli.people import a_person
from tests.activities.office import a_fact
from tests.web.case.desk import CaseDesk, desk_at
from tests.web.counter import Counter

LONG_WAIT, MISSING = 90, 3  # days
FORM = f"/do/ask-anew?about={HARDSHIP}-1"


@pytest.fixture
def short_of_days(counter: Counter, rule_engine: EngineProcess) -> CaseDesk:
    since = day_of(counter.hands()) - timedelta(days=LONG_WAIT - MISSING)
    known = {"in_work": False, "disabled": False, "household_size": 3, "household_income": 900_000}
    facts = [a_fact(name, value=value) for name, value in (known | {"waiting_since": since.isoformat()}).items()]
    return desk_at(counter, rule_engine, worker=a_person()["worker"], facts=facts)


def signed_in_again(desk: CaseDesk) -> CaseDesk:
    """Days later nobody's session goes on."""
    return CaseDesk(desk.counter, desk.office)


def test_on_the_day_an_open_case_asks_for_the_workers_answer(short_of_days: CaseDesk) -> None:
    desk = short_of_days
    assert FORM not in desk.opens("caseworker-1").text
    desk.office.later(MISSING)
    desk = signed_in_again(desk)
    assert f"{desk.path}{FORM}" in desk.opens("caseworker-1").text
    assert "结论会是“符合”" in desk.reads("caseworker-1")
    form = desk.reads("caseworker-1", FORM)
    assert "重新申请，按今天认定" in form
    desk.office.does(AskAnew(f"{HARDSHIP}-1", applies=False, said="电话询问，暂不申请"))
    assert FORM not in desk.opens("caseworker-1").text
    told = desk.reads("caseworker-1", "/timeline")
    assert "认定到日变化" in told
    assert "暂不申请" in told


def test_a_closed_case_asks_from_the_day_on(short_of_days: CaseDesk) -> None:
    desk = short_of_days
    desk.office.does(AdoptDetermination(f"{HARDSHIP}-1"), "officer-1")
    desk.office.does(ApproveClosure(), "supervisor-1")
    assert FORM not in desk.opens("caseworker-1").text
    desk.office.now += timedelta(days=MISSING)
    desk = signed_in_again(desk)
    assert f"{desk.path}{FORM}" in desk.opens("caseworker-1").text
    assert "would come out “granted”" in desk.reads("caseworker-1", language="en")
    assert FORM not in desk.opens("officer-1").text
