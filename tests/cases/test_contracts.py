from dataclasses import replace
from datetime import date

import pytest

from cases.contract_parts import Term
from cases.papers import Paper
from tests.paper_builders import (
    HOURS,
    MINIMUM,
    WAGES,
    a_labour_contract,
    a_part_time_contract,
    a_public_post_agreement,
)

FIRST = date(2026, 4, 1)


def codes(paper: Paper) -> list[str]:
    return [reason.code for reason in paper.refusals()]


@pytest.mark.parametrize(
    ("ends_on", "task", "months", "refused"),
    [
        pytest.param(date(2026, 6, 29), None, 1, True, id="a day short of three months has none"),
        pytest.param(date(2026, 6, 30), None, 1, False, id="three months have one"),
        pytest.param(date(2026, 6, 30), None, 2, True, id="and no second"),
        pytest.param(date(2027, 3, 30), None, 2, True, id="a day short of a year"),
        pytest.param(date(2027, 3, 31), None, 2, False, id="a year has two"),
        pytest.param(date(2027, 3, 31), None, 3, True, id="and no third"),
        pytest.param(date(2029, 3, 30), None, 6, True, id="a day short of three years"),
        pytest.param(date(2029, 3, 31), None, 6, False, id="three years have six"),
        pytest.param(date(2029, 3, 31), None, 7, True, id="and no seventh"),
        pytest.param(None, None, 6, False, id="open-ended has six"),
        pytest.param(None, None, 7, True, id="open-ended has no seventh"),
        pytest.param(None, "装修工程竣工", 1, True, id="a task has none"),
    ],
)
def test_probation(ends_on: date | None, task: str | None, months: int, refused: bool) -> None:
    paper = a_labour_contract(term=Term(FIRST, ends_on, task), probation_months=months)
    assert codes(paper) == (["probation-too-long"] if refused else [])


def test_no_probation_is_always_allowed() -> None:
    assert codes(a_labour_contract(probation_months=0, probation_fen=None)) == []


@pytest.mark.parametrize(("months", "pay"), [(2, None), (0, 240_000)])
def test_a_probation_goes_with_its_pay(months: int, pay: int | None) -> None:
    assert codes(a_labour_contract(probation_months=months, probation_fen=pay)) == ["probation-pay-unstated"]


def test_pay_on_probation_is_at_least_four_fifths() -> None:
    wages = replace(WAGES, monthly_fen=300_000)
    assert codes(a_labour_contract(wages=wages, probation_fen=240_000)) == []
    assert codes(a_labour_contract(wages=wages, probation_fen=239_999)) == ["probation-pay-too-low"]


def test_pay_is_at_least_the_minimum_wage() -> None:
    at = replace(WAGES, monthly_fen=MINIMUM.value)
    below = replace(WAGES, monthly_fen=MINIMUM.value - 1)
    assert codes(a_public_post_agreement(wages=at)) == []
    assert codes(a_public_post_agreement(wages=below)) == ["below-minimum-wage"]
    assert codes(a_public_post_agreement(wages=replace(below, minimum=None))) == []


def test_the_last_day_of_probation_is_the_day_before_the_next_month_of_work() -> None:
    assert a_labour_contract(probation_months=2).probation_ends_on == date(2026, 5, 31)


@pytest.mark.parametrize(
    ("field", "on_the_line"),
    [("minutes_per_day", 240), ("minutes_per_week", 1440), ("settled_every_days", 15)],
)
def test_part_time_limits(field: str, on_the_line: int) -> None:
    assert codes(a_part_time_contract(**{field: on_the_line})) == []
    assert codes(a_part_time_contract(**{field: on_the_line + 1})) == ["above-part-time"]


def test_hourly_pay_is_at_least_the_hourly_minimum() -> None:
    assert codes(a_part_time_contract(hourly_fen=2_300)) == []
    assert codes(a_part_time_contract(hourly_fen=2_299)) == ["below-minimum-wage"]


def test_a_term_has_one_end_after_its_start() -> None:
    assert "ends-before-start" in codes(a_labour_contract(term=Term(FIRST, date(2026, 3, 31))))
    assert "two-terms" in codes(a_labour_contract(term=Term(FIRST, date(2027, 3, 31), "竣工")))


def test_hours_and_paydays_are_of_this_world() -> None:
    assert codes(a_labour_contract(hours=replace(HOURS, days_per_week=8))) == ["out-of-range"]
    assert codes(a_labour_contract(wages=replace(WAGES, payday=32))) == ["out-of-range"]


@pytest.mark.parametrize(
    ("months_before", "to_retirement", "refused"),
    [(12, False, False), (13, False, True), (13, True, False)],
    ids=["three years in all", "a month more", "until retirement"],
)
def test_public_posts_end(months_before: int, to_retirement: bool, refused: bool) -> None:
    paper = a_public_post_agreement(months_before=months_before, to_retirement=to_retirement)
    assert codes(paper) == (["post-too-long"] if refused else [])


@pytest.mark.parametrize(
    "term",
    [
        "乙方自愿放弃缴纳社会保险。",
        "经乙方要求，甲方不为其办理社保。",
        "社保费折算成现金随工资发放。",
        "乙方同意不参加五险。",
    ],
)
def test_a_promise_to_skip_insurance_is_refused(term: str) -> None:
    assert codes(a_part_time_contract(other_terms=("其他事项另行协商。", term))) == ["insurance-waived"]


@pytest.mark.parametrize(
    "term",
    [
        "甲方不缴纳社会保险的，乙方可以解除合同。",
        "甲方另行为乙方购买意外伤害保险。",
        "社会保险缴费基数按当地规定确定。",
    ],
)
def test_a_term_that_only_speaks_of_insurance_is_not(term: str) -> None:
    assert codes(a_part_time_contract(other_terms=(term,))) == []
