"""Shapes of real provisions about leaving the register, and about grants that count or exclude others."""

from typing import Any

import pytest

from tests.rules.builders import a_policy, at_least_these, expect, facts

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


COUNTED = a_policy(  # shape 16
    facts={"grants": ({"kind": "flexible|hiring", "had": "months 0..36"}, 10)},
    parameters={"counted": "{flexible}", "most_months": "36 months"},
    derive={"used": "sum(g in grants where g.kind in counted, g.had)"},
    rules={"left": "used < most_months"},
)


@pytest.mark.parametrize(
    ("grants", "expected"),
    [
        pytest.param([("flexible", 20), ("hiring", 30)], {"used": "20", "conclusion": "granted"}, id="counted apart"),
        pytest.param(
            [("flexible", 20), ("flexible", 15)], {"used": "35", "conclusion": "granted"}, id="a month is left"
        ),
        pytest.param([("flexible", 20), ("flexible", 16)], {"used": "36", "conclusion": "refused"}, id="used up"),
        pytest.param(
            [(None, 10), ("flexible", 25)], {"used": "25..35", "conclusion": "granted"}, id="enough left for either"
        ),
    ],
)
def test_which_earlier_grants_count(grants: list[tuple[str | None, int]], expected: dict[str, Any]) -> None:
    expect(COUNTED, facts(grants=[{"kind": kind, "had": had} for kind, had in grants]), **expected)


SKILL = a_policy(  # shape 14
    facts={
        "certified_on": "day",
        "applied_on": "day",
        "trade": "ref",
        "level": "one 1..5",
        "grants": ({"kind": "skill|other", "trade": "ref", "level": "one 1..5", "paid_on": "day"}, 20),
    },
    parameters={"window": "12 months", "yearly": "3"},
    rules={
        "in-time": "applied_on <= certified_on + window",
        "higher: exclusion": "any(g in grants where g.kind == skill and g.trade == trade, g.level <= level)",
        "too-many: exclusion": "count(g in grants where g.kind == skill "
        "and year(g.paid_on) == year(applied_on)) >= yearly",
    },
)
CERTIFIED = {"certified_on": "2023-02-28", "applied_on": "2024-02-28", "trade": "cook", "level": 4, "grants": []}


def skill(trade: str | None = "cook", level: int | None = 4, paid_on: str = "2022-06-01") -> dict[str, Any]:
    return {"kind": "skill", "trade": trade, "level": level, "paid_on": paid_on}


@pytest.mark.parametrize(
    ("situation", "expected"),
    [
        pytest.param({}, {"conclusion": "granted"}, id="on the last day"),
        pytest.param({"applied_on": "2024-02-29"}, {"conclusion": "refused"}, id="a day late"),
        pytest.param({"grants": [skill(level=4)]}, {"conclusion": "refused"}, id="the same level was paid"),
        pytest.param({"grants": [skill(level=5)]}, {"conclusion": "granted"}, id="a lower one was paid"),
        pytest.param({"grants": [skill(trade="welder", level=1)]}, {"conclusion": "granted"}, id="another trade"),
        pytest.param({"grants": [skill(trade=None, level=1)]}, {"asked": ["grants[1].trade"]}, id="which trade?"),
        pytest.param({"grants": [skill("x", 1, "2024-01-05")] * 2}, {"conclusion": "granted"}, id="two this year"),
        pytest.param({"grants": [skill("x", 1, "2024-01-05")] * 3}, {"conclusion": "refused"}, id="three this year"),
        pytest.param({"grants": [skill("x", 1, "2023-12-31")] * 3}, {"conclusion": "granted"}, id="three last year"),
    ],
)
def test_a_window_and_a_yearly_cap(situation: dict[str, Any], expected: dict[str, Any]) -> None:
    expect(SKILL, facts(**{**CERTIFIED, **situation}), **expected)
