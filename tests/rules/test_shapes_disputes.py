"""Shapes of real provisions about disputes: complaints in a window, refused pay, limitation, paths."""

from typing import Any

import pytest

from tests.rules.builders import a_policy, at_least_these, expect, facts

GROUPED = a_policy(  # shape 25
    facts={
        "employer": "ref",
        "complaints": ({"employer": "ref", "matter": "arrears|hours", "on": "day", "people": "one 1..1000"}, 50),
    },
    derive={
        "together": "most_within(each(c in complaints where c.matter == arrears and c.employer == employer, c.on), "
        "30 days)"
    },
    rules={
        "three: ground": "together >= 3",
        "ten: ground": "any(c in complaints where c.employer == employer, c.people >= 10)",
    },
)


def complaint(on: str | None, employer: str | None = "e1", matter: str = "arrears", people: int = 1) -> dict[str, Any]:
    return {"employer": employer, "matter": matter, "on": on, "people": people}


@pytest.mark.parametrize(
    ("complaints", "expected"),
    [
        pytest.param(
            [complaint("2024-01-01"), complaint("2024-01-10"), complaint("2024-01-31")],
            {"holds": ["three"]},
            id="thirty days apart",
        ),
        pytest.param(
            [complaint("2024-01-01"), complaint("2024-01-10"), complaint("2024-02-01")],
            {"together": "2"},
            id="thirty-one",
        ),
        pytest.param(
            [complaint("2024-01-01")] * 2 + [complaint("2024-01-02", matter="hours")],
            {"together": "2"},
            id="other matter",
        ),
        pytest.param(
            [complaint("2024-01-01")] * 2 + [complaint("2024-01-02", "e2")], {"together": "2"}, id="other employer"
        ),
        pytest.param(
            [complaint("2024-01-01", people=10)], {"holds": ["ten"], "conclusion": "granted"}, id="a group of ten"
        ),
        pytest.param([complaint("2024-01-01", people=9)], {"conclusion": "refused"}, id="nine"),
        pytest.param(
            at_least_these(*[complaint("2024-01-01")] * 3), {"conclusion": "granted"}, id="yes can be certain"
        ),
        pytest.param(
            at_least_these(complaint("2024-01-01")),
            {"conclusion": "needs-information", "asked": ["complaints"]},
            id="no cannot",
        ),
        pytest.param(
            [complaint("2024-01-01")] * 2 + [complaint(None)],
            {"together": "2..3", "asked": ["complaints[3].on"]},
            id="when was it?",
        ),
        pytest.param(
            [complaint("2024-01-01")] * 2 + [complaint("2024-01-09", None)],
            {"asked": ["complaints[3].employer"]},
            id="against whom?",
        ),
    ],
)
def test_events_in_a_sliding_window(complaints: Any, expected: dict[str, Any]) -> None:
    expect(GROUPED, facts(employer="e1", complaints=complaints), **expected)


REFUSING_PAY = a_policy(  # shape 26
    facts={
        "unpaid": ({"worker": "ref", "months": "months 0..120", "sum": "fen 0..100000000"}, 50),
        "ordered_and_unpaid": "bool",
    },
    parameters={"one_sum": "500000 fen", "group_sum": "3000000 fen"},
    rules={
        "crime": "ordered_and_unpaid and (any(u in unpaid, u.months >= 3 months and u.sum >= one_sum) "
        "or (distinct(each(u in unpaid, u.worker)) >= 10 and sum(u in unpaid, u.sum) >= group_sum))"
    },
)


def unpaid(worker: str | None, months: int, sum_: int) -> dict[str, Any]:
    return {"worker": worker, "months": months, "sum": sum_}


@pytest.mark.parametrize(
    ("ordered", "claims", "conclusion"),
    [
        pytest.param("yes", [unpaid("w", 3, 500000)], "granted", id="three months and the sum"),
        pytest.param("yes", [unpaid("w", 2, 500000)], "refused", id="two months"),
        pytest.param("yes", [unpaid("w", 3, 499999)], "refused", id="a fen less"),
        pytest.param("no", [unpaid("w", 3, 500000)], "refused", id="not ordered"),
        pytest.param("yes", [unpaid(f"w{n}", 1, 300000) for n in range(10)], "granted", id="ten workers and the sum"),
        pytest.param("yes", [unpaid(f"w{n}", 1, 340000) for n in range(9)], "refused", id="nine workers"),
        pytest.param("yes", [unpaid("w", 1, 300000) for _ in range(10)], "refused", id="ten claims of one worker"),
        pytest.param("yes", [unpaid(f"w{n}", 1, 299999) for n in range(10)], "refused", id="ten fen less"),
        pytest.param(None, [unpaid("w", 1, 1)], "refused", id="ordered or not"),
    ],
)
def test_two_alternative_routes(ordered: str | None, claims: list[dict[str, Any]], conclusion: str) -> None:
    expect(REFUSING_PAY, facts(unpaid=claims, ordered_and_unpaid=ordered), conclusion=conclusion)


LIMITATION = a_policy(  # shape 27
    facts={
        "knew_on": "day",
        "acts": ({"kind": "claim|promise|reply", "on": "day"}, 10),
        "about_pay": "bool",
        "still_employed": "bool",
        "today": "day",
    },
    parameters={"limit": "1 year"},
    derive={
        "runs_from": "reach(knew_on, each(a in acts where a.kind in {claim, promise}, a.on), limit)",
        "last": "runs_from + limit",
    },
    rules={"in-time": "about_pay and still_employed or today <= last", "alarm: path": "last - 7 days <= today"},
)
CLAIM = {"knew_on": "2022-05-20", "acts": [], "about_pay": "no", "still_employed": "no", "today": "2023-05-20"}


def acts(*days: str | None, kind: str | None = "claim") -> list[dict[str, Any]]:
    return [{"kind": kind, "on": day} for day in days]


@pytest.mark.parametrize(
    ("situation", "expected"),
    [
        pytest.param(
            {}, {"conclusion": "granted", "last": "2023-05-20", "holds": ["in-time", "alarm"]}, id="the last day"
        ),
        pytest.param({"today": "2023-05-21"}, {"conclusion": "refused"}, id="a day late"),
        pytest.param({"today": "2023-05-12"}, {"holds": ["in-time"]}, id="eight days before"),
        pytest.param({"today": "2023-05-13"}, {"holds": ["in-time", "alarm"]}, id="seven days before"),
        pytest.param(
            {"today": "2023-05-21", "about_pay": "yes", "still_employed": "yes"},
            {"conclusion": "granted"},
            id="still employed",
        ),
        pytest.param(
            {"acts": acts("2023-05-20"), "today": "2024-05-20"},
            {"conclusion": "granted"},
            id="restarted on the last day",
        ),
        pytest.param(
            {"acts": acts("2023-05-21"), "today": "2023-06-01"},
            {"conclusion": "refused"},
            id="a day after it had run out",
        ),
        pytest.param(
            {"acts": acts("2024-04-01", "2023-05-01")}, {"runs_from": "2024-04-01"}, id="a chain, told in any order"
        ),
        pytest.param(
            {"acts": acts("2024-06-01", "2023-05-01")}, {"runs_from": "2023-05-01"}, id="a chain with a break"
        ),
        pytest.param(
            {"acts": acts("2023-01-01", kind="reply")}, {"runs_from": "2022-05-20"}, id="an act that restarts nothing"
        ),
        pytest.param(
            {"acts": acts(None), "today": "2024-05-20"},
            {"asked": ["acts[1].on"], "conclusion": "needs-information"},
            id="when?",
        ),
        pytest.param(
            {"acts": acts(None), "today": "2024-05-21"}, {"conclusion": "refused"}, id="too late for one restart"
        ),
        pytest.param(
            {"acts": at_least_these(), "today": "2023-05-20"}, {"conclusion": "granted"}, id="in time, restarted or not"
        ),
    ],
)
def test_limitation_with_restarts(situation: dict[str, Any], expected: dict[str, Any]) -> None:
    expect(LIMITATION, facts(**{**CLAIM, **situation}), **expected)


TRIAGE = a_policy(  # shape 28
    facts={
        "relation": "officer labour|incomplete_platform|civil",
        "wages_owed": "bool",
        "open_elsewhere": "nothing|arbitration|court",
        "happened_on": "day",
        "over_age": "bool",
    },
    rules={
        "inspection: path": "wages_owed and relation in {labour, incomplete_platform} and open_elsewhere == nothing",
        "arbitration: path": "relation == labour and open_elsewhere != court",
        "new-rule: path": "over_age and happened_on >= 2025-01-01",
    },
)


@pytest.mark.parametrize(
    ("situation", "holds", "asked"),
    [
        pytest.param({}, ["inspection", "arbitration"], [], id="two paths at once"),
        pytest.param({"open_elsewhere": "arbitration"}, ["arbitration"], [], id="one closes another"),
        pytest.param({"relation": None}, [], ["relation"], id="only the officer can say"),
        pytest.param({"over_age": "yes"}, ["inspection", "arbitration"], [], id="the day before the rule"),
        pytest.param(
            {"over_age": "yes", "happened_on": "2025-01-01"},
            ["inspection", "arbitration", "new-rule"],
            [],
            id="the day of the rule",
        ),
        pytest.param(
            {"over_age": "yes", "happened_on": None},
            ["inspection", "arbitration"],
            ["happened_on"],
            id="a path of its own",
        ),
    ],
)
def test_several_paths_at_once(situation: dict[str, Any], holds: list[str], asked: list[str]) -> None:
    base = {
        "relation": "labour",
        "wages_owed": "yes",
        "open_elsewhere": "nothing",
        "happened_on": "2024-12-31",
        "over_age": "no",
    }
    expect(TRIAGE, facts(**{**base, **situation}), holds=holds, asked=asked)
