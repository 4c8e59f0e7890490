import re

import pytest

from cases.calendars import NO_CALENDAR
from cases.clocks import Clock, Rolls, Unit
from cases.reckoning import reckon
from tests.cases.clocks import SHIPPED, at, clock, terms, working


@pytest.mark.parametrize(
    ("of", "zh", "en"),
    [
        pytest.param(
            clock(terms(15), "2026-09-20"),
            "自收到（2026-09-20）次日起算，15个自然日，至2026-10-05届满。2026-10-05为休息日（国庆节），顺延至2026-10-08。"
            "到期：2026-10-08 24:00。",
            "15 natural days from receipt 2026-09-20 end on 2026-10-05. 2026-10-05 is a rest day (National Day), so "
            "2026-10-08. Due 2026-10-08 at 24:00.",
            id="rolls over a holiday",
        ),
        pytest.param(
            clock(terms(6), "2026-03-01"),
            "自收到（2026-03-01）次日起算，6个自然日，至2026-03-07届满。2026-03-07为休息日（周六），顺延至2026-03-09。"
            "到期：2026-03-09 24:00。",
            "6 natural days from receipt 2026-03-01 end on 2026-03-07. 2026-03-07 is a rest day (a Saturday), so "
            "2026-03-09. Due 2026-03-09 at 24:00.",
            id="rolls over a weekend",
        ),
        pytest.param(
            clock(working(5), "2026-02-12"),
            "春节（2026-02-16至2026-02-20、2026-02-23）放假，不计；2026-02-14为调休上班日，计入。"
            "自收到（2026-02-12）次日起算，5个工作日，至2026-02-26届满。到期：2026-02-26 24:00。",
            "Not counted, for holidays: the Spring Festival (2026-02-16 to 2026-02-20, 2026-02-23); counted, for they "
            "are worked in exchange: 2026-02-14. 5 working days from receipt 2026-02-12 end on 2026-02-26. "
            "Due 2026-02-26 at 24:00.",
            id="counts working days across a holiday",
        ),
        pytest.param(
            clock(working(1), "2026-03-02", (at("2026-03-03"), at("2026-03-05"))),
            "暂停期间不计：2026-03-03至2026-03-04，共2个工作日。"
            "自收到（2026-03-02）次日起算，1个工作日，至2026-03-05届满。到期：2026-03-05 24:00。",
            "Paused and not counted: 2026-03-03 to 2026-03-04, 2 working days. 1 working day from receipt 2026-03-02 "
            "ends on 2026-03-05. Due 2026-03-05 at 24:00.",
            id="was paused",
        ),
        pytest.param(
            clock(working(5), "2026-03-02", (at("2026-03-04"), None)),
            "自收到（2026-03-02）次日起算，已计1个工作日，尚余4；2026-03-04 10:00起暂停，恢复后方可确定到期日。",
            "Used up from receipt 2026-03-02: 1 working day, 4 left; paused since 2026-03-04 10:00, so the due date is "
            "open until the clock resumes.",
            id="is paused",
        ),
        pytest.param(
            clock(terms(1, unit=Unit.MONTH), "2026-03-31"),
            "自收到（2026-03-31）次日起算，1个月，至2026-04-30届满（该月无对应日，以月末日为准）。"
            "到期：2026-04-30 24:00。",
            "1 month from receipt 2026-03-31 ends on 2026-04-30, for the month has no such day and its last day counts."
            " Due 2026-04-30 at 24:00.",
            id="ends at a month's end",
        ),
        pytest.param(
            clock(terms(0, rolls=Rolls.BACK), "2026-10-03"),
            "当日届满：收到（2026-10-03）。2026-10-03为休息日（周六），提前至2026-09-30。到期：2026-09-30 24:00。",
            "Ends on the day itself: receipt 2026-10-03. 2026-10-03 is a rest day (a Saturday), so 2026-09-30. "
            "Due 2026-09-30 at 24:00.",
            id="rolls back",
        ),
        pytest.param(
            clock(terms(6), "2026-03-01", (at("2026-03-08"), None)),
            "自收到（2026-03-01）次日起算，6个自然日，至2026-03-07届满。"
            "2026-03-07为休息日（周六），暂停中，恢复后方可确定到期日。",
            "6 natural days from receipt 2026-03-01 end on 2026-03-07. 2026-03-07 is a rest day (a Saturday), and the "
            "clock is paused: the due date is open until it resumes.",
            id="is paused as it rolls",
        ),
    ],
)  # fmt: skip
def test_steps(of: Clock, zh: str, en: str) -> None:
    steps = reckon(of, SHIPPED).steps
    assert "".join(step.zh for step in steps) == zh
    assert " ".join(step.en for step in steps) == en


def test_a_provisional_date_names_the_years_that_are_missing() -> None:
    steps = reckon(clock(working(5), "2026-12-28"), NO_CALENDAR).steps
    assert steps[-1].zh.startswith("预估：2026、2027年")
    assert steps[-1].en.startswith("Provisional: there is no calendar of 2026, 2027 yet")
    december = reckon(clock(working(3), "2026-12-23"), SHIPPED).steps
    assert december[-1].en.startswith("Provisional: there is no calendar of 2027 yet")


def test_both_languages_name_the_same_days() -> None:
    for start in (f"2026-{month:02}-{day:02}" for month in range(1, 13) for day in (5, 20)):
        for of in (working(10), terms(20), terms(2, unit=Unit.MONTH)):
            for step in reckon(clock(of, start), SHIPPED).steps:
                days = [re.findall(r"\d{4}-\d{2}-\d{2}", text) for text in (step.zh, step.en)]
                assert days[0] == days[1] or sorted(days[0]) == sorted(days[1])
