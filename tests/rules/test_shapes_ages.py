"""Shapes of real provisions about ages: grounds by age and sex, a window of ages, the month of retirement."""

from typing import Any

import pytest

from rules.schema import AgeReached
from tests.rules.builders import a_policy, a_table, expect, facts

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
