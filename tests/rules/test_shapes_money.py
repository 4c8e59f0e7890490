"""Shapes of real provisions about money: fractions, ceilings, tables, steps, parts of a month, exclusions."""

from typing import Any

import pytest

from tests.rules.builders import a_band, a_policy, a_table, expect, facts

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
        "payments.doubled": "any(g in grants where g.kind in not_with, g.from_month <= it.month and it.month <= g.until_month)",
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
        "too-many: exclusion": "count(g in grants where g.kind == skill and year(g.paid_on) == year(applied_on)) >= yearly",
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


SEVERANCE = a_policy(  # shape 22
    facts={"hired_on": "day", "ended_on": "day", "wage": "fen 0..10000000", "local_average": "fen 0..5000000"},
    derive={
        "high": "wage > local_average * 3",
        "full_years": "years(hired_on, ended_on + 1 day) div 1 year",
        "rest_from": "hired_on + full_years * 12 months",
        "halves": "full_years * 2 + (if rest_from + 6 months <= ended_on + 1 day then 2 else if rest_from <= ended_on then 1 else 0)",
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
