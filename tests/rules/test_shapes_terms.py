"""Shapes of real provisions about terms in months: caps, retirement near or far, cohorts, unbroken runs."""

from typing import Any

import pytest

from tests.rules.builders import a_band, a_policy, expect, facts

TERM = a_policy(  # shape 3
    facts={
        "recognised_on": "day",
        "retirement_month": "month",
        "had_months": "months 0..36",
        "early_retirements": ({"from_month": "month"}, 1),
        "month_claimed": "month",
    },
    parameters={"starts_after": "1 month", "term": "36 months", "near": "60 months"},
    derive={
        "first_month": "month(recognised_on) + starts_after",
        "retired_from": "least(r in early_retirements, r.from_month, retirement_month)",
    },
    values={
        "last_month": {
            "general": {"be": "first_month + (term - had_months) - 1 month"},
            "near-retirement": {
                "beats": ["general"],
                "when": "retirement_month - first_month < near",
                "be": "retired_from - 1 month",
            },
        }
    },
    rules={"within": "first_month <= month_claimed and month_claimed <= last_month"},
)
YOUNGER = {
    "recognised_on": "2024-03-31",
    "retirement_month": "2040-01",
    "had_months": 0,
    "early_retirements": [],
    "month_claimed": "2024-04",
}


@pytest.mark.parametrize(
    ("situation", "expected"),
    [
        pytest.param(
            {}, {"first_month": "2024-04", "last_month": "2027-03", "conclusion": "granted"}, id="thirty-six months"
        ),
        pytest.param({"month_claimed": "2027-03"}, {"conclusion": "granted"}, id="the last of them"),
        pytest.param({"month_claimed": "2027-04"}, {"conclusion": "refused"}, id="one too many"),
        pytest.param({"had_months": 12}, {"last_month": "2026-03"}, id="a year was had before"),
        pytest.param({"retirement_month": "2029-04"}, {"last_month": "2027-03"}, id="exactly five years to retirement"),
        pytest.param({"retirement_month": "2029-03"}, {"last_month": "2029-02"}, id="a month less than five years"),
        pytest.param(
            {"retirement_month": "2029-03", "early_retirements": [{"from_month": "2026-05"}]},
            {"last_month": "2026-04"},
            id="early retirement ends it",
        ),
        pytest.param(
            {"retirement_month": "2029-03", "early_retirements": None, "month_claimed": "2024-03"},
            {"conclusion": "refused", "asked": []},
            id="claimed before the first month, whatever the rest",
        ),
        pytest.param(
            {"retirement_month": "2029-03", "early_retirements": None},
            {"conclusion": "needs-information", "asked": ["early_retirements"]},
            id="has there been an early retirement?",
        ),
        pytest.param(
            {"retirement_month": "2040-01", "early_retirements": None}, {"conclusion": "granted"}, id="beaten clause"
        ),
    ],
)
def test_a_term_in_months(situation: dict[str, Any], expected: dict[str, Any]) -> None:
    expect(TERM, facts(**{**YOUNGER, **situation}), **expected)


WITHIN_TEN = a_policy(  # shape 5
    facts={"retirement_month": "month", "applied_on": "day"},
    parameters={"within": "10 years"},
    rules={"near": "month(applied_on) < retirement_month and retirement_month - month(applied_on) <= within"},
)


@pytest.mark.parametrize(
    ("applied_on", "conclusion"),
    [
        pytest.param("2024-12-31", "refused", id="ten years and a month before"),
        pytest.param("2025-01-01", "granted", id="ten years before"),
        pytest.param("2034-12-31", "granted", id="the month before"),
        pytest.param("2035-01-01", "refused", id="the month itself"),
    ],
)
def test_measured_backwards_from_a_month(applied_on: str, conclusion: str) -> None:
    expect(WITHIN_TEN, facts(retirement_month="2035-01", applied_on=applied_on), conclusion=conclusion)


COHORT = a_policy(  # shape 12
    facts={"insured": ({"month": "month"}, 120), "certified_on": "day"},
    parameters={"usual": "36 months", "relaxed": "12 months"},
    values={
        "needed": {
            "general": {"be": "usual"},
            "cohort-2022": {
                "beats": ["general"],
                "when": "certified_on >= 2022-01-01 and certified_on <= 2022-12-31",
                "be": "relaxed",
            },
        }
    },
    rules={"insured": "count(m in insured) * 1 month >= needed", "some": "needed > 0 months"},
)


@pytest.mark.parametrize(
    ("months", "certified_on", "expected"),
    [
        pytest.param(12, "2022-01-01", {"conclusion": "granted", "needed": "12"}, id="first day of the relaxed year"),
        pytest.param(12, "2021-12-31", {"conclusion": "refused", "needed": "36"}, id="the day before"),
        pytest.param(12, "2022-12-31", {"conclusion": "granted"}, id="its last day"),
        pytest.param(35, "2023-01-01", {"conclusion": "refused"}, id="a month short"),
        pytest.param(36, "2023-01-01", {"conclusion": "granted"}, id="thirty-six"),
        pytest.param(36, None, {"conclusion": "granted", "needed": "12..36"}, id="enough for either"),
        pytest.param(11, None, {"conclusion": "refused", "holds": ["some"]}, id="too few for either"),
        pytest.param(20, None, {"conclusion": "needs-information", "asked": ["certified_on"]}, id="certified when?"),
    ],
)
def test_relaxed_for_one_cohort(months: int, certified_on: str | None, expected: dict[str, Any]) -> None:
    insured_months = [{"month": f"{2015 + number // 12}-{number % 12 + 1:02d}"} for number in range(months)]
    expect(COHORT, facts(insured=insured_months, certified_on=certified_on), **expected)


UNBROKEN = a_policy(  # shape 13
    facts={"insured": ({"month": "month"}, 120), "applied_on": "day"},
    parameters={"run": "12 months"},
    rules={
        "run": "count(m in insured where m.month > month(applied_on) - run and m.month <= month(applied_on)) "
        "* 1 month >= run"
    },
)


@pytest.mark.parametrize(
    ("first", "count", "conclusion"),
    [
        pytest.param(1, 12, "granted", id="this year to December"),
        pytest.param(1, 11, "refused", id="December is missing"),
        pytest.param(2, 11, "refused", id="January is missing"),
        pytest.param(0, 13, "granted", id="and the month before"),
    ],
)
def test_a_run_of_months_up_to_now(first: int, count: int, conclusion: str) -> None:
    months = [{"month": "2022-12" if n == 0 else f"2023-{n:02d}"} for n in range(first, first + count)]
    expect(UNBROKEN, facts(insured=months, applied_on="2023-12-15"), conclusion=conclusion)


BENEFIT = a_policy(  # shape 21
    facts={"paid_months": "months 0..600", "carried": "months 0..24"},
    bands=[
        a_band(
            "benefit",
            "months",
            "months",
            None,
            ("at_least", "12 months", "12 months"),
            ("at_least", "60 months", "18 months"),
            ("at_least", "120 months", "24 months"),
        )
    ],
    derive={"term": "min(band(benefit, paid_months) + carried, 24 months)"},
    rules={"any": "term >= 1 month"},
)


@pytest.mark.parametrize(
    ("paid", "carried", "term", "conclusion"),
    [
        pytest.param(11, 0, "gap", "gap", id="less than a year: the article has no term"),
        pytest.param(12, 0, "12", "granted", id="a year"),
        pytest.param(59, 3, "15", "granted", id="a month short of five years"),
        pytest.param(60, 0, "18", "granted", id="five years"),
        pytest.param(60, 7, "24", "granted", id="with the rest carried over, up to the cap"),
        pytest.param(120, 24, "24", "granted", id="ten years"),
        pytest.param(None, 0, "?", "needs-information", id="how long was it paid?"),
    ],
)
def test_steps_by_paid_months(paid: int | None, carried: int, term: str, conclusion: str) -> None:
    expect(BENEFIT, facts(paid_months=paid, carried=carried), term=term, conclusion=conclusion)
