from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from cases.commands import read_act
from cases.hardship.placing import RecordPlacement
from cases.hardship.terms import PayUnit, WorkTerms
from cases.refusals import Refused

TERMS = WorkTerms("保洁员", "示例路", 480, 420_000, PayUnit.MONTH)
SHORT = {"position": "保洁员", "place": "示例路", "minutes_per_day": 480, "pay_fen": 420_000, "pay_unit": "month"}


def codes(**changes: Any) -> list[str]:
    return [reason.code for reason in replace(TERMS, **changes).refusals()]


def placement(**changes: Any) -> RecordPlacement:
    fields = {"employer": "employer-1", "started_on": "2026-03-02", "terms": {**SHORT, **changes}}
    act = read_act("record-placement", fields)
    assert isinstance(act, RecordPlacement)
    return act


def test_five_lines_are_enough() -> None:
    terms = placement().terms
    assert (terms.minutes_per_week, terms.last_day(date(2026, 3, 2)), list(terms.refusals())) == (2_400, None, [])


def test_a_stray_field_is_refused_by_its_name() -> None:
    with pytest.raises(Refused) as refused:
        placement(parties={"employer_adress": "示例路"})
    assert [reason.code for reason in refused.value.refusals] == ["field:terms.parties.employer_adress"]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({"minutes_per_day": 1}, [], id="a minute a day"),
        pytest.param({"minutes_per_day": 0}, ["out-of-range"], id="no minute"),
        pytest.param({"minutes_per_day": 1440}, [], id="a whole day"),
        pytest.param({"minutes_per_day": 1441}, ["out-of-range"], id="more than a day"),
        pytest.param({"days_per_week": 7}, [], id="seven days"),
        pytest.param({"days_per_week": 8}, ["out-of-range"], id="eight days"),
        pytest.param({"payday": 31}, [], id="the 31st"),
        pytest.param({"payday": 32}, ["out-of-range"], id="the 32nd"),
        pytest.param({"pay_fen": 0}, ["not-positive"], id="no pay"),
        pytest.param({"probation_pay_fen": 0}, ["not-positive"], id="no pay on probation"),
        pytest.param({"probation_months": -1}, ["negative"], id="a negative probation"),
        pytest.param({"position": " "}, ["blank"], id="a blank position"),
        pytest.param({"term_months": 12, "task": "搬完仓库"}, ["two-terms"], id="two terms"),
        pytest.param({"position": "", "pay_fen": 0}, ["blank", "not-positive"], id="every reason at once"),
    ],
)
def test_terms_by_themselves(changes: dict[str, Any], expected: list[str]) -> None:
    assert codes(**changes) == expected


@pytest.mark.parametrize(
    ("changes", "last_day"),
    [
        pytest.param({"term_months": 12}, date(2027, 3, 1), id="months end the day before the corresponding day"),
        pytest.param({"ends_on": date(2026, 9, 30)}, date(2026, 9, 30), id="a day"),
        pytest.param({"task": "搬完仓库"}, None, id="a task ends when it is done"),
    ],
)
def test_the_last_day(changes: dict[str, Any], last_day: date | None) -> None:
    assert replace(TERMS, **changes).last_day(date(2026, 3, 2)) == last_day


def test_a_term_of_a_month_from_the_end_of_january() -> None:
    assert replace(TERMS, term_months=1).last_day(date(2026, 1, 31)) == date(2026, 2, 27)
