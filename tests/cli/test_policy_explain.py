"""`yizhan policy explain`: reasons for people and for programs, what would change it, and another version's answer."""

import json
from pathlib import Path
from typing import Any

import pytest

from cases.refusals import Refused
from tests.cli.test_policy import written, yizhan

FACTS = """
applied_on: 2024-06-01
waiting_since: 2024-05-20
born_on: 1990-06-01
in_work: no
disabled: no
household_income: 400000
household_size: 3
"""
NEXT_DISTRICT = """
id: hardship-worker
title: {zh: 困难零工认定（另一示例区）, en: Another example district}
kind: classification
jurisdiction: cn-50-98
selected_by: applied_on
reviewed_on: 2026-11-23
versions:
  2023-01-01:
    parameters:
      long_wait: {value: 90, unit: day, authority: 另一示例区办法, tag: M}
      low_income: {value: 1000, unit: yuan, authority: 另一示例区办法, tag: M}
      older_worker: {value: 50, unit: year, authority: 另一示例区办法, tag: M}
  2025-01-01:
    parameters:
      long_wait: {value: 10, unit: day, authority: 另一示例区新办法, tag: M}
"""


@pytest.fixture
def explained(tmp_path: Path) -> Any:
    """The command on these facts, in a district whose wait became ten days in 2025."""
    facts, district = written(tmp_path, "facts.yaml", FACTS), written(tmp_path, "district.yaml", NEXT_DISTRICT)
    fixed = ("explain", "hardship-worker", "--jurisdiction", "cn-50-98", "--on", "2024-06-01", "--facts", facts)
    return lambda *more: yizhan(*fixed, "--with", district, *more)


def test_nothing_is_said_of_changes_unless_asked(explained: Any) -> None:
    said = explained("--language", "en").output
    assert "Conclusion: refused" in said
    assert "Otherwise" not in said


def test_what_would_change_it(explained: Any) -> None:
    said = explained("--flips", "--language", "zh").output
    assert "若变更：家庭月收入 4000元 → 3000元 (减少1000元) [本人]，结论为符合" in said
    assert "waiting_since" not in said.partition("若变更")[2]


@pytest.mark.parametrize("against", ["2025-03-01", "cn-50@2022-09-14 cn-50-98@2025-01-01"])
def test_the_same_facts_under_another_version(explained: Any, against: str) -> None:
    said = explained("--against", against, "--language", "en").output
    assert "The same facts under another version" in said
    assert "cn-50@2022-09-14 cn-50-98@2025-01-01 · granted" in said
    assert "They differ because the law does." in said
    assert "long-wait: no → yes" in said


def test_a_version_that_is_not_there_is_refused_with_the_one_that_is(explained: Any) -> None:
    said = explained("--against", "cn-50-98@2025-02-02")
    assert isinstance(said.exception, Refused)
    assert "the one of that day is “cn-50@2022-09-14 cn-50-98@2025-01-01”" in said.exception.refusals[0].wording.en


def test_json_holds_the_determination_its_explanation_and_the_comparison(explained: Any) -> None:
    found = json.loads(explained("--json", "--flips", "--against", "2025-03-01").output)
    assert found["determination"]["conclusion"] == "refused"
    assert json.loads(found["determination"]["facts_json"])["waiting_since"] == "2024-05-20"
    (flip, _) = found["explanation"]["flips"]
    assert flip["changes"][0]["fact"] == "household_income"
    assert flip["changes"][0]["by"] == {"zh": "减少1000元", "en": "1000 yuan less"}
    assert found["against"] == "cn-50@2022-09-14 cn-50-98@2025-01-01"
    assert (found["comparison"]["cause"], found["comparison"]["facts"]) == ("law", [])
    plain = json.loads(explained("--json").output)
    assert (plain["explanation"]["flips"], plain["comparison"]) == (None, None)
