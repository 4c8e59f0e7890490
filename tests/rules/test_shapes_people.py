"""Shapes of real provisions about persons and their time: ages, terms, retirement, household, returns."""

from typing import Any

import pytest

from rules.schema import AgeReached
from tests.rules.builders import a_policy, a_table, at_least_these, expect, facts

OLDER = a_policy(  # shape 1
    facts={"sex": "female|male", "born_on": "day", "applied_on": "day", "disabled": "bool", "landless": "bool"},
    parameters={"older_man": "50 years", "older_woman": "40 years"},
    rules={
        "older: ground": "age(born_on, applied_on) >= (if sex == female then older_woman else older_man)",
        "disabled: ground": "disabled",
        "landless: ground": "landless",
    },
)
AT = {"applied_on": "2024-05-20"}
PLAIN = {"sex": "male", "born_on": "1990-01-01", "disabled": "no", "landless": "no", **AT}


@pytest.mark.parametrize(
    ("situation", "expected"),
    [
        pytest.param({"born_on": "1974-05-20"}, {"conclusion": "granted", "holds": ["older"]}, id="fifty today"),
        pytest.param({"born_on": "1974-05-21"}, {"conclusion": "refused", "holds": []}, id="fifty tomorrow"),
        pytest.param({"born_on": "1984-05-20", "sex": "female"}, {"holds": ["older"]}, id="a woman of forty"),
        pytest.param({"born_on": "1984-05-20"}, {"holds": []}, id="a man of forty"),
        pytest.param(
            {"born_on": "1970-01-01", "disabled": "yes"}, {"holds": ["older", "disabled"]}, id="every ground is named"
        ),
        pytest.param({"sex": None, "born_on": "1974-05-20"}, {"holds": ["older"]}, id="old enough whatever the sex"),
        pytest.param(
            {"sex": None, "born_on": "1980-05-20"},
            {"conclusion": "needs-information", "asked": ["sex"]},
            id="the sex decides",
        ),
        pytest.param({"sex": None}, {"conclusion": "refused", "asked": []}, id="too young whatever the sex"),
    ],
)
def test_any_one_of_several_grounds(situation: dict[str, Any], expected: dict[str, Any]) -> None:
    expect(OLDER, facts(**{**PLAIN, **situation}), **expected)


def insured(age_reached: AgeReached) -> Any:  # shape 2
    return a_policy(
        facts={"born_on": "day", "insured_on": "day"},
        rules={
            "old-enough": "age(born_on, insured_on) >= 16 years",
            "not-too-old": "age(born_on, insured_on) <= 60 years",
        },
        age_reached=age_reached,
    )


@pytest.mark.parametrize(
    ("reached", "born_on", "insured_on", "conclusion"),
    [
        pytest.param(AgeReached.ON_BIRTHDAY, "2008-06-10", "2024-06-10", "granted", id="sixteen on the birthday"),
        pytest.param(AgeReached.ON_BIRTHDAY, "2008-06-11", "2024-06-10", "refused", id="sixteen tomorrow"),
        pytest.param(AgeReached.DAY_AFTER, "2008-06-10", "2024-06-10", "refused", id="the birthday does not count yet"),
        pytest.param(AgeReached.DAY_AFTER, "2008-06-10", "2024-06-11", "granted", id="sixteen the day after"),
        pytest.param(AgeReached.ON_BIRTHDAY, "1963-06-11", "2024-06-10", "granted", id="sixty-one tomorrow"),
        pytest.param(AgeReached.ON_BIRTHDAY, "1963-06-10", "2024-06-10", "refused", id="sixty-one today"),
        pytest.param(
            AgeReached.ON_BIRTHDAY, "2008-02-29", "2024-02-28", "refused", id="born on 29 February, in a leap year"
        ),
        pytest.param(AgeReached.ON_BIRTHDAY, "2007-02-28", "2023-02-28", "granted", id="born on 28 February"),
        pytest.param(
            AgeReached.DAY_AFTER, "2004-02-29", "2021-03-01", "granted", id="29 February, common year, 1 March"
        ),
    ],
)
def test_a_window_of_ages(reached: AgeReached, born_on: str, insured_on: str, conclusion: str) -> None:
    expect(insured(reached), facts(born_on=born_on, insured_on=insured_on), conclusion=conclusion)


RETIREMENT = a_policy(  # shape 4, the vectors of the law sheet
    facts={"born_on": "day", "retirement_class": "officer man|woman55|woman50"},
    tables=[
        a_table(
            "old_age",
            ["man|woman55|woman50"],
            "years",
            ("man", "60 years"),
            ("woman55", "55 years"),
            ("woman50", "50 years"),
        ),
        a_table(
            "most_delay",
            ["man|woman55|woman50"],
            "months",
            ("man", "36 months"),
            ("woman55", "36 months"),
            ("woman50", "60 months"),
        ),
    ],
    parameters={"reform": "2025-01"},
    derive={
        "before": "month(born_on) + old_age[retirement_class]",
        "waited": "before - reform",
        "delay": "if waited < 0 months then 0 months else min(most_delay[retirement_class], "
        "(if retirement_class == woman50 then waited div 2 else waited div 4) + 1 month)",
        "retires": "before + delay",
    },
    rules={"known: path": "retires > reform"},
)


@pytest.mark.parametrize(
    ("class_", "born_on", "retires", "delay"),
    [
        ("man", "1964-12-15", "2024-12", "0"),
        ("man", "1965-01-15", "2025-02", "1"),
        ("man", "1965-04-30", "2025-05", "1"),
        ("man", "1965-05-01", "2025-07", "2"),
        ("man", "1966-05-15", "2026-10", "5"),
        ("man", "1970-07-15", "2031-12", "17"),
        ("man", "1976-08-15", "2039-07", "35"),
        ("man", "1976-09-15", "2039-09", "36"),
        ("man", "1976-10-15", "2039-10", "36"),
        ("woman55", "1981-09-15", "2039-09", "36"),
        ("woman50", "1984-11-15", "2039-11", "60"),
        ("woman50", "1984-10-15", "2039-09", "59"),
        (None, "1964-12-15", "2014-12..2024-12", "0"),
    ],
)
def test_the_statutory_month_of_retirement(class_: str | None, born_on: str, retires: str, delay: str) -> None:
    expect(RETIREMENT, facts(born_on=born_on, retirement_class=class_), retires=retires, delay=delay)


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


ZERO_EMPLOYED = a_policy(  # shape 10
    facts={
        "household": ({"born_on": "day", "status": "unemployed|employed|student|retired", "registered": "bool"}, 12),
        "applied_on": "day",
    },
    parameters={"work_age": "16 years", "outside": "{student,retired}"},
    rules={
        "nobody-works": "all(m in household where age(m.born_on, applied_on) >= work_age and m.status not in outside, "
        "m.status == unemployed and m.registered)",
        "somebody": "count(m in household) >= 1",
    },
)
OUT_OF_WORK = {"born_on": "1980-01-01", "status": "unemployed", "registered": "yes"}
CHILD = {"born_on": "2015-01-01", "status": "student", "registered": "no"}


@pytest.mark.parametrize(
    ("household", "expected"),
    [
        pytest.param([OUT_OF_WORK, CHILD], {"conclusion": "granted"}, id="a child does not count"),
        pytest.param(
            [OUT_OF_WORK, {**OUT_OF_WORK, "status": "employed"}], {"conclusion": "refused"}, id="one member works"
        ),
        pytest.param(
            [OUT_OF_WORK, {**OUT_OF_WORK, "registered": "no"}], {"conclusion": "refused"}, id="one is not registered"
        ),
        pytest.param(
            [OUT_OF_WORK, {**OUT_OF_WORK, "registered": None}],
            {"conclusion": "needs-information", "asked": ["household[2].registered"]},
            id="is the second member registered?",
        ),
        pytest.param(
            at_least_these(OUT_OF_WORK),
            {"conclusion": "needs-information", "asked": ["household"]},
            id="is that everybody?",
        ),
        pytest.param(
            at_least_these({**OUT_OF_WORK, "status": "employed"}),
            {"conclusion": "refused", "asked": []},
            id="one works: enough",
        ),
    ],
)
def test_all_members_of_a_household(household: Any, expected: dict[str, Any]) -> None:
    expect(ZERO_EMPLOYED, facts(household=household, applied_on="2024-05-20"), **expected)


LONG_OUT_OF_WORK = a_policy(  # shape 11
    facts={"unemployed": ({"from_day": "day", "until": "day"}, 10), "applied_on": "day"},
    parameters={"long": "12 months"},
    rules={"long": "covers(unemployed, applied_on - long, applied_on)"},
)


@pytest.mark.parametrize(
    ("periods", "expected"),
    [
        pytest.param([("2023-05-20", "ongoing")], {"conclusion": "granted"}, id="a year to the day"),
        pytest.param([("2023-05-21", "ongoing")], {"conclusion": "refused"}, id="a day short"),
        pytest.param(
            [("2023-05-01", "2023-12-31"), ("2024-01-01", "ongoing")], {"conclusion": "granted"}, id="two that meet"
        ),
        pytest.param(
            [("2023-05-01", "2023-12-30"), ("2024-01-01", "ongoing")], {"conclusion": "refused"}, id="one day between"
        ),
        pytest.param(
            [("2024-01-01", "ongoing"), ("2023-05-01", "2023-12-31")], {"conclusion": "granted"}, id="in any order"
        ),
        pytest.param([("2023-05-20", None)], {"asked": ["unemployed[1].until"]}, id="until when?"),
        pytest.param([(None, "2024-05-19")], {"conclusion": "refused", "asked": []}, id="over, whenever it began"),
    ],
)
def test_an_unbroken_year_over_periods(periods: list[tuple[str, str]], expected: dict[str, Any]) -> None:
    listed = [{"from_day": start, "until": end} for start, end in periods]
    expect(LONG_OUT_OF_WORK, facts(unemployed=listed, applied_on="2024-05-20"), **expected)


EXIT = a_policy(  # shape 24
    facts={
        "refusals": ({"on": "day", "good_cause": "bool"}, 20),
        "exits": ({"on": "day", "reason": "false_data|silent|placed"}, 10),
        "last_contact": "day",
        "today": "day",
    },
    parameters={"window": "6 months", "limit": "3", "silence": "6 months", "wait": "6 months", "wait_false": "3 years"},
    rules={
        "refused-often: exclusion": "most_within(each(r in refusals where not r.good_cause, r.on), window) >= limit",
        "silent: exclusion": "last_contact + silence <= today",
        "waited": "all(x in exits, x.on + (if x.reason == false_data then wait_false else wait) <= today)",
    },
)
IN_GOOD_STANDING = {"refusals": [], "exits": [], "last_contact": "2024-05-01", "today": "2024-05-20"}


def refusals(*days: str | None, good_cause: str = "no") -> list[dict[str, Any]]:
    return [{"on": day, "good_cause": good_cause} for day in days]


@pytest.mark.parametrize(
    ("situation", "expected"),
    [
        pytest.param({}, {"conclusion": "granted"}, id="nothing against it"),
        pytest.param(
            {"refusals": refusals("2024-01-10", "2024-03-01", "2024-07-10")},
            {"holds": ["refused-often", "waited"]},
            id="6m",
        ),
        pytest.param(
            {"refusals": refusals("2024-01-10", "2024-03-01", "2024-07-11")},
            {"conclusion": "granted"},
            id="6m and a day",
        ),
        pytest.param(
            {"refusals": refusals("2024-01-10", "2024-03-01", "2024-04-01", good_cause="yes")},
            {"conclusion": "granted"},
            id="with good cause",
        ),
        pytest.param(
            {"refusals": at_least_these(*refusals("2024-01-10", "2024-03-01", "2024-04-01"))},
            {"conclusion": "refused"},
            id="at least three",
        ),
        pytest.param(
            {"refusals": at_least_these()},
            {"conclusion": "needs-information", "asked": ["refusals"]},
            id="any refusals?",
        ),
        pytest.param({"last_contact": "2023-11-21"}, {"conclusion": "granted"}, id="a day before six months are over"),
        pytest.param({"last_contact": "2023-11-20"}, {"conclusion": "refused"}, id="six months of silence"),
        pytest.param(
            {"exits": [{"on": "2023-11-20", "reason": "silent"}]}, {"conclusion": "granted"}, id="waited half a year"
        ),
        pytest.param(
            {"exits": [{"on": "2023-11-21", "reason": "silent"}]}, {"conclusion": "refused"}, id="a day too early"
        ),
        pytest.param(
            {"exits": [{"on": "2021-05-20", "reason": "false_data"}]}, {"conclusion": "granted"}, id="three years"
        ),
        pytest.param(
            {"exits": [{"on": "2021-05-21", "reason": "false_data"}]}, {"conclusion": "refused"}, id="not yet three"
        ),
        pytest.param(
            {"exits": [{"on": "2022-05-21", "reason": None}]}, {"asked": ["exits[1].reason"]}, id="the reason decides"
        ),
        pytest.param(
            {"exits": [{"on": "2024-01-01", "reason": None}]}, {"conclusion": "refused"}, id="too early for any reason"
        ),
    ],
)
def test_reasons_to_leave_the_register(situation: dict[str, Any], expected: dict[str, Any]) -> None:
    expect(EXIT, facts(**{**IN_GOOD_STANDING, **situation}), **expected)


POST = a_policy(  # shape 23
    facts={
        "market_failed": "bool",
        "earlier_posts": "one 0..5",
        "special_class": "bool",
        "hard_to_place": "officer bool",
    },
    parameters={"most_posts": "2"},
    rules={
        "failed": "market_failed",
        "again": "earlier_posts == 0 or (special_class and hard_to_place)",
        "enough: exclusion": "earlier_posts >= most_posts",
    },
)


@pytest.mark.parametrize(
    ("situation", "expected"),
    [
        pytest.param(
            {"earlier_posts": 0}, {"conclusion": "granted", "asked": []}, id="a first post is no matter of judgment"
        ),
        pytest.param(
            {"earlier_posts": 1}, {"conclusion": "for-judgment", "asked": ["hard_to_place"]}, id="the law says may"
        ),
        pytest.param(
            {"earlier_posts": 1, "hard_to_place": "yes"}, {"conclusion": "granted"}, id="the officer found so"
        ),
        pytest.param(
            {"earlier_posts": 2, "hard_to_place": "yes"}, {"conclusion": "refused"}, id="two posts are the limit"
        ),
        pytest.param(
            {"earlier_posts": 1, "special_class": None},
            {"conclusion": "needs-information", "asked": ["special_class", "hard_to_place"]},
            id="facts first, then judgment",
        ),
    ],
)
def test_where_the_law_says_may(situation: dict[str, Any], expected: dict[str, Any]) -> None:
    base = {"market_failed": "yes", "special_class": "yes"}
    expect(POST, facts(**{**base, **situation}), **expected)


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
        "run": "count(m in insured where m.month > month(applied_on) - run and m.month <= month(applied_on)) * 1 month >= run"
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
