"""Shapes of real provisions about households and being out of work, and where the law says may."""

from typing import Any

import pytest

from tests.rules.builders import a_policy, at_least_these, expect, facts

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
