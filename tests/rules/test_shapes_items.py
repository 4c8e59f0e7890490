"""Shapes of real provisions with a verdict per item: an award's items, referrals owed."""

from typing import Any

import pytest

from tests.rules.builders import a_policy, a_table, at_least_these, expect, facts

AWARD = a_policy(  # shape 29
    facts={
        "items": ({"kind": "pay|injury|reinstatement|hours", "sum": "fen 0..1000000000"}, 20),
        "place": "city|county",
        "awarded_on": "day",
    },
    parameters={"money_kinds": "{pay,injury}"},
    tables=[a_table("monthly_minimum", ["city|county", "day"], "fen", ("city", "2025-01-01", "", "233000"))],
    columns={"items.final": "it.kind not in money_kinds or it.sum <= monthly_minimum[place, awarded_on] * 12"},
    rules={"all-final": "all(i in items, i.final)"},
)


@pytest.mark.parametrize(
    ("place", "awarded_on", "items", "expected"),
    [
        pytest.param("city", "2025-01-01", [("pay", 2796000)], {"items[1].final": "true"}, id="twelve months exactly"),
        pytest.param(
            "city",
            "2025-01-01",
            [("pay", 2796001)],
            {"items[1].final": "false", "conclusion": "refused"},
            id="a fen more",
        ),
        pytest.param(
            "city",
            "2025-01-01",
            [("hours", 9999999), ("pay", 2796001)],
            {"items[1].final": "true", "items[2].final": "false"},
            id="item by item",
        ),
        pytest.param(
            "county",
            "2025-01-01",
            [("hours", 1), ("pay", 1)],
            {"items[1].final": "true", "items[2].final": "gap", "conclusion": "gap"},
            id="a gap touches only some items",
        ),
        pytest.param("city", "2024-12-31", [("pay", 1)], {"conclusion": "gap"}, id="the day before the table begins"),
        pytest.param(None, "2025-01-01", [("hours", 1)], {"conclusion": "granted"}, id="wherever it is"),
        pytest.param(None, "2025-01-01", [("pay", 2796001)], {"asked": ["place"]}, id="refused or a gap"),
    ],
)
def test_one_verdict_per_item(
    place: str | None, awarded_on: str, items: list[tuple[str, int]], expected: dict[str, Any]
) -> None:
    listed = [{"kind": kind, "sum": sum_} for kind, sum_ in items]
    expect(AWARD, facts(items=listed, place=place, awarded_on=awarded_on), **expected)


PLAN = a_policy(  # shape 30
    facts={
        "referrals": (
            {
                "employer": "ref",
                "verified": "bool",
                "vacancy_live": "bool",
                "suited": "bool",
                "delivered": "bool",
                "outcome_known": "bool",
            },
            30,
        )
    },
    parameters={"owed": "3"},
    derive={
        "good": "distinct(each(r in referrals where r.verified and r.vacancy_live and r.suited and r.delivered "
        "and r.outcome_known, r.employer))"
    },
    rules={"three": "good >= owed"},
)


def referral(employer: str | None, **changed: str | None) -> dict[str, Any]:
    good = dict.fromkeys(("verified", "vacancy_live", "suited", "delivered", "outcome_known"), "yes")
    return {"employer": employer, **good, **changed}


TWO = [referral("e1"), referral("e2")]


@pytest.mark.parametrize(
    ("referrals", "expected"),
    [
        pytest.param([*TWO, referral("e3")], {"good": "3", "conclusion": "granted"}, id="three employers"),
        pytest.param([*TWO, referral("e2")], {"good": "2", "conclusion": "refused"}, id="one of them twice"),
        pytest.param([*TWO, referral("e3", suited="no")], {"conclusion": "refused"}, id="one did not suit"),
        pytest.param(
            [*TWO, referral("e3", outcome_known=None)],
            {"good": "2..3", "asked": ["referrals[3].outcome_known"]},
            id="outcome unknown",
        ),
        pytest.param(
            [*TWO, referral("e2", outcome_known=None)], {"conclusion": "refused", "asked": []}, id="it would not help"
        ),
        pytest.param(
            [*TWO, referral("e3", outcome_known=None, suited="no")],
            {"conclusion": "refused", "asked": []},
            id="nor would that",
        ),
        pytest.param([*TWO, referral(None)], {"good": "2..3", "asked": ["referrals[3].employer"]}, id="of whom?"),
        pytest.param(
            at_least_these(*TWO), {"conclusion": "needs-information", "asked": ["referrals"]}, id="are there more?"
        ),
        pytest.param(at_least_these(*TWO, referral("e3")), {"conclusion": "granted"}, id="three already"),
    ],
)
def test_services_owed(referrals: Any, expected: dict[str, Any]) -> None:
    expect(PLAN, facts(referrals=referrals), **expected)
