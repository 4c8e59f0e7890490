"""Shapes of real provisions about grants: first time only, in stages, by headcount, by clauses that meet."""

from typing import Any

import pytest

from tests.rules.builders import a_band, a_policy, a_table, expect, facts

PLACEMENT = a_policy(  # shapes 17 and 18
    facts={
        "founder": "ref",
        "employer": "ref",
        "registered_on": "day",
        "applied_on": "day",
        "start_grants": ({"founder": "ref"}, 20),
        "placements": ({"employer": "ref"}, 20),
        "insured": ({"month": "month"}, 36),
        "worker_class": "hardship|other",
    },
    tables=[a_table("fee", ["hardship|other"], "fen", ("hardship", "100000"), ("other", "60000"))],
    bands=[a_band("part", "one", "one", "0", ("at_least", "3", "1/2"), ("at_least", "6", "1"))],
    rules={
        "second-time: exclusion": "any(g in start_grants, g.founder == founder)",
        "old-enough": "registered_on + 1 year <= applied_on",
        "same-employer: exclusion": "any(p in placements, p.employer == employer)",
    },
    amount="round_down(fee[worker_class] * band(part, count(m in insured)))",
)
FIRST_TIME = {
    "founder": "f1",
    "employer": "e1",
    "registered_on": "2023-05-20",
    "applied_on": "2024-05-20",
    "start_grants": [],
    "placements": [{"employer": "e2"}],
    "insured": [{"month": "2024-01"}] * 6,
    "worker_class": "hardship",
}


@pytest.mark.parametrize(
    ("situation", "expected"),
    [
        pytest.param({}, {"conclusion": "granted", "amount": 100000}, id="whole fee after six months"),
        pytest.param({"insured": [{"month": "2024-01"}] * 5}, {"amount": 50000}, id="half of it after five"),
        pytest.param({"insured": [{"month": "2024-01"}] * 2}, {"amount": 0}, id="nothing before the third"),
        pytest.param({"registered_on": "2023-05-21"}, {"conclusion": "refused"}, id="a day short of a year"),
        pytest.param({"start_grants": [{"founder": "f1"}]}, {"conclusion": "refused"}, id="not the first time"),
        pytest.param({"start_grants": None}, {"asked": ["start_grants"]}, id="never had one: is the list complete?"),
        pytest.param({"placements": [{"employer": "e1"}]}, {"conclusion": "refused"}, id="once per employer"),
        pytest.param(
            {"employer": None}, {"conclusion": "needs-information", "asked": ["employer"]}, id="which employer?"
        ),
        pytest.param({"employer": None, "placements": []}, {"conclusion": "granted"}, id="any employer is a new one"),
    ],
)
def test_first_time_only_and_paid_in_stages(situation: dict[str, Any], expected: dict[str, Any]) -> None:
    expect(PLACEMENT, facts(**{**FIRST_TIME, **situation}), **expected)


STABLE = a_policy(  # shapes 19 and 20
    facts={
        "insured_before": "one 0..100000",
        "dismissed": "one 0..100000",
        "staff": "one 0..100000",
        "new_hires": "one 0..100000",
    },
    parameters={
        "small_firm": "30",
        "small_rate": "20%",
        "target": "55/1000",
        "big": "100",
        "usual": "10%",
        "for_big": "5%",
    },
    rules={
        "kept: path": "dismissed <= insured_before * (if insured_before <= small_firm then small_rate else target)",
        "hired: path": "new_hires >= staff * (if staff > big then for_big else usual)",
    },
)


@pytest.mark.parametrize(
    ("firm", "holds"),
    [
        pytest.param((30, 6, 100, 10), ["kept", "hired"], id="thirty with six; a hundred with ten"),
        pytest.param((30, 7, 100, 9), [], id="one too many, one too few"),
        pytest.param((31, 1, 101, 6), ["kept", "hired"], id="thirty-one with one; above a hundred"),
        pytest.param((31, 2, 101, 5), [], id="5.5% of 31 is less than two; 5% of 101 is more than five"),
        pytest.param((200, 11, 120, 6), ["kept", "hired"], id="exactly 5.5% and 5%"),
    ],
)
def test_rates_by_headcount(firm: tuple[int, int, int, int], holds: list[str]) -> None:
    before, dismissed, staff, hires = firm
    expect(STABLE, facts(insured_before=before, dismissed=dismissed, staff=staff, new_hires=hires), holds=holds)


SEVERANCE = a_policy(  # shape 22
    facts={"hired_on": "day", "ended_on": "day", "wage": "fen 0..10000000", "local_average": "fen 0..5000000"},
    derive={
        "high": "wage > local_average * 3",
        "full_years": "years(hired_on, ended_on + 1 day) div 1 year",
        "rest_from": "hired_on + full_years * 12 months",
        "halves": "full_years * 2 + (if rest_from + 6 months <= ended_on + 1 day then 2 "
        "else if rest_from <= ended_on then 1 else 0)",
        "counted": "if high then min(halves, 24) else halves",
        "base": "if high then local_average * 3 else wage",
        "pay": "round_half_up(base * counted / 2)",
    },
    rules={"owed": "pay > 0 fen"},
)


@pytest.mark.parametrize(
    ("hired_on", "ended_on", "wage", "expected"),
    [
        pytest.param("2020-03-01", "2021-02-28", 500001, {"halves": "2", "pay": "500001"}, id="a year exactly"),
        pytest.param(
            "2020-03-01", "2021-03-01", 500001, {"halves": "3", "pay": "750002"}, id="and a day: half a month more"
        ),
        pytest.param("2020-03-01", "2020-08-30", 500000, {"halves": "1"}, id="a day short of half a year"),
        pytest.param("2020-03-01", "2020-08-31", 500000, {"halves": "2"}, id="half a year"),
        pytest.param("2000-03-01", "2021-02-28", 500000, {"counted": "42"}, id="twenty-one years"),
        pytest.param(
            "2000-03-01", "2021-02-28", 1500000, {"counted": "42"}, id="three times the average is not above it"
        ),
        pytest.param(
            "2000-03-01", "2021-02-28", 1500001, {"counted": "24", "pay": "18000000"}, id="above: both are capped"
        ),
    ],
)
def test_steps_of_half_a_year(hired_on: str, ended_on: str, wage: int, expected: dict[str, Any]) -> None:
    known = facts(hired_on=hired_on, ended_on=ended_on, wage=wage, local_average=500000)
    expect(SEVERANCE, known, **expected)


CLAUSES = a_policy(  # shape 31
    facts={"hardship": "bool", "graduate": "bool"},
    values={
        "term": {
            "general": {"be": "12 months"},
            "hardship": {"beats": ["general"], "when": "hardship", "be": "36 months"},
            "graduate": {"beats": ["general"], "when": "graduate", "be": "24 months"},
        }
    },
    rules={"long": "term >= 24 months"},
)


@pytest.mark.parametrize(
    ("hardship", "graduate", "expected"),
    [
        pytest.param("no", "no", {"term": "12", "conclusion": "refused"}, id="the general clause"),
        pytest.param("yes", "no", {"term": "36", "conclusion": "granted"}, id="one exception"),
        pytest.param(
            "yes", "yes", {"term": "conflict", "conclusion": "conflict"}, id="two, and neither beats the other"
        ),
        pytest.param(
            "yes", None, {"conclusion": "needs-information", "asked": ["graduate"]}, id="a conflict is only possible"
        ),
    ],
)
def test_two_exceptions_that_may_meet(hardship: str, graduate: str | None, expected: dict[str, Any]) -> None:
    expect(CLAUSES, facts(hardship=hardship, graduate=graduate), **expected)
