"""Months of a running subsidy: events that stop it, checks, and its end."""

from datetime import date

import pytest

from cases.days import day_of
from cases.roles import Role
from cases.subsidy.paying import Recheck
from cases.subsidy.progress import next_dated
from cases.subsidy.record import TermEnd
from cases.subsidy.running import CheckMonth, Finish, RecordStopEvent, Stop
from cases.subsidy.stages import Outcome, Stage
from tests.cases.subsidy.counter import A_MONTH, a_counter, overpaid, running


def test_the_next_check_is_on_the_first_of_the_next_month() -> None:
    counter = running()
    dated = next_dated(counter.case)
    assert dated
    assert day_of(dated.at) == date(2026, 4, 1)
    assert dated.act == CheckMonth("2026-04")


def test_a_check_is_made_once_for_a_month() -> None:
    counter = running()
    assert counter.refused(CheckMonth("2026-03"), Role.ENGINE) == ["not-due"]
    counter.passes(30)
    assert counter.refused(CheckMonth("2026-04"), Role.ENGINE) == ["not-due"]


def test_a_case_that_is_being_decided_is_not_checked() -> None:
    assert not [d for d in [next_dated(overpaid().case)] if d and isinstance(d.act, CheckMonth)]


@pytest.mark.parametrize("end", TermEnd)
def test_it_ends_by_itself(end: TermEnd) -> None:
    counter = running()
    counter.record.end = end
    counter.passes(30)
    assert (counter.case.outcome, counter.case.papers[-1].about) == (Outcome.PAID, end)


@pytest.mark.parametrize(
    ("event", "month", "codes"),
    [
        pytest.param("employer_insured", "2026-03", [], id="this month"),
        pytest.param("employer_insured", "2026-04", ["future-period"], id="next month"),
        pytest.param("employer_insured", "March", ["bad-period", "future-period"], id="no month"),
        pytest.param("won_the_lottery", "2026-03", ["not-listed"], id="not listed"),
    ],
)
def test_an_event_is_listed_and_has_happened(event: str, month: str, codes: list[str]) -> None:
    counter = a_counter()
    act = RecordStopEvent(event, month, "社保系统")
    if codes:
        assert counter.refused(act) == codes
    else:
        counter.does(act)
        assert counter.refused(act) == ["recorded"]


def test_an_event_is_looked_at_by_the_rules_before_anything_ends() -> None:
    counter = running()
    counter.does(RecordStopEvent("employer_insured", "2026-03", "社保系统"))
    assert counter.refused(Stop("单位已参保"), "officer-1") == ["out-of-date"]
    assert counter.refused(Finish("不再申领")) == ["out-of-date"]
    counter.concludes(2 * A_MONTH)
    counter.does(Stop("单位已参保"), "officer-1")
    assert counter.case.papers[-1].about == "stop-1"


def test_what_the_rules_give_otherwise_is_decided_first() -> None:
    counter = running()
    counter.does(Recheck())
    counter.concludes(A_MONTH)
    assert counter.case.stage is Stage.DETERMINATION
    assert "wrong-stage" in counter.refused(Stop("停"), "officer-1")


def test_it_is_stopped_once() -> None:
    counter = overpaid()
    counter.does(Stop("停发"), "officer-1")
    assert counter.refused(Stop("停发"), "officer-1") == ["stopped"]
