"""Days and months in expressions, on the line and a day past it (民法典第二百零一、二百零二条)."""

import pytest

from tests.rules.builders import a_policy, expect, facts


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("2024-01-31 + 1 month", "2024-02-29"),
        ("2023-01-31 + 1 month", "2023-02-28"),
        ("2024-02-29 + 1 year", "2025-02-28"),
        ("2024-02-29 + 4 years", "2028-02-29"),
        ("2024-01-31 + 2 months", "2024-03-31"),
        ("2024-01-31 + 1 month + 1 month", "2024-03-29"),
        ("2024-03-31 - 1 month", "2024-02-29"),
        ("2024-01-31 + 30 days", "2024-03-01"),
        ("2024-03-01 - 1 day", "2024-02-29"),
        ("2024-03-01 - 2024-02-01", "29"),
        ("days(2024-02-01, 2024-03-01)", "29"),
        ("days(2024-03-01, 2024-02-01)", "-29"),
        ("months(2024-01-31, 2024-02-28)", "0"),
        ("months(2024-01-31, 2024-02-29)", "1"),
        ("months(2024-02-29, 2024-01-31)", "-1"),
        ("years(2004-02-29, 2023-02-27)", "216"),
        ("years(2004-02-29, 2023-02-28)", "228"),
        ("age(2004-02-29, 2023-02-28) div 1 year", "19"),
        ("month(2024-02-29)", "2024-02"),
        ("month(2024-12-31) + 1 month", "2025-01"),
        ("month(2024-12-31) - month(2023-11-01)", "13"),
        ("first_day(month(2024-02-29))", "2024-02-01"),
        ("last_day(month(2024-02-10))", "2024-02-29"),
        ("month_days(month(2023-02-10))", "28"),
        ("year(2024-02-10)", "2024"),
        ("year(month(2024-02-10) - 2 months)", "2023"),
    ],
)
def test_reckoning(expression: str, value: str) -> None:
    policy = a_policy(facts={"ok": "bool"}, derive={"x": expression}, rules={"r": "ok"})
    expect(policy, facts(ok="yes"), x=value)


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("round_down(7 / 2)", "3"),
        ("round_down(-7 / 2)", "-4"),
        ("round_up(7 / 2)", "4"),
        ("round_half_up(7 / 2)", "4"),
        ("round_half_up(-7 / 2)", "-4"),
        ("round_half_up(-10 / 3)", "-3"),
        ("round_half_up(149 fen, 1 yuan)", "100"),
        ("round_half_up(150 fen, 1 yuan)", "200"),
        ("round_up(101 fen, 1 yuan)", "200"),
        ("5.5% * 200", "11"),
        ("2 / 3 * 3", "2"),
        ("7 div 2", "3"),
        ("-7 div 2", "-4"),
        ("2 / 3", "2/3"),
        ("share_down(200000 fen, 15 days, 29 days)", "103448"),
        ("share_half_up(100 fen, 1, 8)", "13"),
        ("share_half_up(100 fen, 1, 9)", "11"),
        ("min(3 years, 30 months)", "30"),
        ("max(2024-01-01, 2024-02-01)", "2024-02-01"),
        ("1 yuan + 1 fen", "101"),
    ],
)
def test_exact_until_rounded(expression: str, value: str) -> None:
    policy = a_policy(facts={"ok": "bool"}, derive={"x": expression}, rules={"r": "ok"})
    expect(policy, facts(ok="yes"), x=value)


def test_rounding_each_month_is_not_rounding_the_total() -> None:
    policy = a_policy(
        facts={"paid": ({"due": "fen 0..1000"}, 12)},
        derive={
            "each_month": "sum(p in paid, round_down(p.due * 2 / 3))",
            "total": "round_down(sum(p in paid, p.due) * 2 / 3)",
        },
        rules={"some": "count(p in paid) >= 1"},
    )
    expect(policy, facts(paid=[{"due": 100}] * 3), each_month="198", total="200")
