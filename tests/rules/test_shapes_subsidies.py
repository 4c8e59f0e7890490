"""Shapes of real provisions about subsidies: shares, ceilings, months, tables, parts of a month."""

from typing import Any

import pytest

from tests.rules.builders import a_policy, a_table, expect, facts

SHARE = a_policy(  # shape 6
    facts={"paid": "fen", "lowest_base": "fen"},
    parameters={"share": "2/3", "cap": "60000 fen"},
    derive={"wuhai": "round_half_up(min(paid, lowest_base) * share, 1 yuan)"},
    rules={"something": "paid > 0 fen"},
    amount="min(round_down(paid * share), cap)",
)


@pytest.mark.parametrize(
    ("paid", "lowest_base", "expected"),
    [
        pytest.param(90000, 75100, {"amount": 60000, "wuhai": "50100"}, id="the cap exactly; to whole yuan, up"),
        pytest.param(90001, 75000, {"amount": 60000, "wuhai": "50000"}, id="above the cap"),
        pytest.param(89999, 75074, {"amount": 59999, "wuhai": "50000"}, id="a fen under the cap; to whole yuan, down"),
        pytest.param(100, 100, {"amount": 66, "wuhai": "100"}, id="two thirds of a yuan, down"),
        pytest.param(75, 75, {"amount": 50, "wuhai": "100"}, id="half a yuan goes up"),
        pytest.param(74, 74, {"amount": 49, "wuhai": "0"}, id="less than half goes down"),
    ],
)
def test_a_share_with_a_ceiling(paid: int, lowest_base: int, expected: dict[str, Any]) -> None:
    expect(SHARE, facts(paid=paid, lowest_base=lowest_base), **expected)


def test_a_ceiling_is_known_before_the_payment() -> None:
    known = facts(paid=None, lowest_base=75100)
    expect(SHARE, known, conclusion="needs-information", asked=["paid"], amount=None)


PAID_MONTHS = a_policy(  # shapes 7 and 15
    facts={
        "payments": ({"month": "month", "due": "fen 0..200000"}, 36),
        "stopped": ({"kind": "job|death|income|moved", "on": "day"}, 10),
        "grants": ({"kind": "post|wage", "from_month": "month", "until_month": "month"}, 10),
        "months_left": "months 0..36",
    },
    parameters={"at_once": "{death,job}", "not_with": "{post}"},
    columns={
        "payments.stopped": "any(s in stopped where s.kind in at_once, month(s.on) <= it.month) "
        "or any(s in stopped where s.kind not in at_once, month(s.on) < it.month)",
        "payments.doubled": "any(g in grants where g.kind in not_with, "
        "g.from_month <= it.month and it.month <= g.until_month)",
    },
    derive={"payable": "count(p in payments where not p.stopped and not p.doubled)"},
    rules={"any-month": "payable >= 1"},
    amount="sum(p in first(months_left, filter(p in payments where not p.stopped and not p.doubled)), p.due)",
)


def months(*numbers: int, due: int = 100) -> list[dict[str, Any]]:
    return [{"month": f"2024-{number:02d}", "due": due + number} for number in numbers]


PAYING = {"payments": months(1, 2, 3, 4), "stopped": [], "grants": [], "months_left": 36}


@pytest.mark.parametrize(
    ("situation", "expected"),
    [
        pytest.param({}, {"amount": 410, "payable": "4"}, id="every month"),
        pytest.param({"months_left": 3}, {"amount": 306}, id="the first three that are left"),
        pytest.param({"months_left": 0}, {"amount": 0}, id="none is left"),
        pytest.param(
            {"stopped": [{"kind": "death", "on": "2024-03-31"}]},
            {"amount": 203, "payments[3].stopped": "true", "payments[2].stopped": "false"},
            id="stops in that very month",
        ),
        pytest.param(
            {"stopped": [{"kind": "moved", "on": "2024-03-01"}]},
            {"amount": 306, "payable": "3"},
            id="stops in the next month",
        ),
        pytest.param(
            {"grants": [{"kind": "post", "from_month": "2024-02", "until_month": "2024-03"}]},
            {"amount": 205, "payments[2].doubled": "true", "payments[4].doubled": "false"},
            id="another subsidy in two of the months",
        ),
        pytest.param(
            {"stopped": [{"kind": None, "on": "2024-03-10"}], "payments": months(1, 2)},
            {"amount": 203, "conclusion": "granted"},
            id="stopped later, whatever the kind",
        ),
        pytest.param(
            {"stopped": [{"kind": None, "on": "2024-01-10"}], "payments": months(1)},
            {"conclusion": "needs-information", "asked": ["stopped[1].kind"]},
            id="of what kind was the stop?",
        ),
    ],
)
def test_one_verdict_per_month(situation: dict[str, Any], expected: dict[str, Any]) -> None:
    expect(PAID_MONTHS, facts(**{**PAYING, **situation}), **expected)


WAGES = a_policy(  # shape 8
    facts={"tier": "a|b", "posted": ({"month": "month"}, 36)},
    tables=[
        a_table(
            "minimum_wage",
            ["a|b", "month"],
            "fen",
            ("a", "2023-01", "2024-12", "210000"),
            ("a", "2025-01", "", "233000"),
            ("b", "2023-01", "2024-12", "200000"),
        )
    ],
    rules={"fair": "all(p in posted, minimum_wage[tier, p.month] >= 200000 fen)"},
    amount="sum(p in posted, minimum_wage[tier, p.month])",
)


@pytest.mark.parametrize(
    ("tier", "posted", "expected"),
    [
        pytest.param(
            "a", ["2024-12", "2025-01"], {"amount": 443000, "conclusion": "granted"}, id="changes in mid-period"
        ),
        pytest.param("b", ["2024-12"], {"amount": 200000, "conclusion": "granted"}, id="the last month of a row"),
        pytest.param(
            "b", ["2024-12", "2025-01"], {"amount": None, "conclusion": "gap"}, id="no row yet for that month"
        ),
        pytest.param("a", ["2022-12"], {"conclusion": "gap", "asked": []}, id="no row so early"),
        pytest.param(None, ["2024-12"], {"conclusion": "granted", "amount": None}, id="fair in either tier"),
        pytest.param(
            None, ["2025-01"], {"conclusion": "needs-information", "asked": ["tier"]}, id="a gap is only possible"
        ),
        pytest.param("a", [None], {"conclusion": "needs-information", "asked": ["posted[1].month"]}, id="which month?"),
    ],
)
def test_a_table_by_tier_and_month(tier: str | None, posted: list[str | None], expected: dict[str, Any]) -> None:
    expect(WAGES, facts(tier=tier, posted=[{"month": month} for month in posted]), **expected)


PART_MONTHS = a_policy(  # shape 9
    facts={"post": ({"from_day": "day", "until": "day"}, 5), "claimed": ({"month": "month"}, 12)},
    parameters={"monthly": "200000 fen"},
    columns={"claimed.worked": "covered_days(post, first_day(it.month), last_day(it.month))"},
    rules={"some": "any(c in claimed, c.worked > 0 days)"},
    amount="sum(c in claimed, share_half_up(monthly, c.worked, month_days(c.month)))",
)


@pytest.mark.parametrize(
    ("post", "claimed", "expected"),
    [
        pytest.param(
            [("2024-02-01", "2024-02-29")], ["2024-02"], {"amount": 200000, "claimed[1].worked": "29"}, id="all of it"
        ),
        pytest.param(
            [("2024-02-15", "2024-03-10")], ["2024-02"], {"amount": 103448, "claimed[1].worked": "15"}, id="15 of 29"
        ),
        pytest.param(
            [("2024-02-15", "2024-03-10")], ["2024-02", "2024-03"], {"amount": 167964}, id="rounded month by month"
        ),
        pytest.param(
            [("2024-02-01", "2024-02-10"), ("2024-02-08", "2024-02-12")],
            ["2024-02"],
            {"claimed[1].worked": "12"},
            id="once",
        ),
        pytest.param(
            [("2024-01-01", "2024-01-31")], ["2024-02"], {"amount": 0, "conclusion": "refused"}, id="none of it"
        ),
    ],
)
def test_part_of_a_month_by_days(post: list[tuple[str, str]], claimed: list[str], expected: dict[str, Any]) -> None:
    known = facts(
        post=[{"from_day": start, "until": end} for start, end in post], claimed=[{"month": month} for month in claimed]
    )
    expect(PART_MONTHS, known, **expected)
