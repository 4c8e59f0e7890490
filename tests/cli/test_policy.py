"""`yizhan policy` on a reader's own files."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from cases.refusals import Refused
from cli.main import build_app
from cli.policy_book import refused
from rules.errors import PolicyError, PolicyRefused

YIZHAN = Path(sys.executable).with_name("yizhan")
FACTS = "applied_on: 2024-03-31\nwaiting_since: 2024-01-01\nin_work: no\n"
DISTRICT = """
id: hardship-worker
title: {zh: 困难零工认定（另一示例区）, en: Another example district}
kind: classification
jurisdiction: cn-50-98
selected_by: applied_on
reviewed_on: 2026-11-23
versions:
  2024-01-01:
    parameters:
      long_wait: {value: 30, unit: day, authority: 另一示例区办法, tag: M}
      low_income: {value: 800, unit: yuan, authority: 另一示例区办法, tag: M}
      older_worker: {value: 45, unit: year, authority: 另一示例区办法, tag: M}
    examples:
      - {name: 三十天, facts: {in_work: no, applied_on: 2024-03-31, waiting_since: 2024-03-01}, conclusion: granted}
"""


def yizhan(*arguments: str) -> Result:
    return CliRunner().invoke(build_app(["policy"]), ["policy", *arguments])


def written(folder: Path, name: str, text: str) -> str:
    (folder / name).write_text(text, encoding="utf-8")
    return str(folder / name)


def test_check_names_every_policy() -> None:
    said = yizhan("check")
    assert said.exit_code == 0
    assert "hardship-worker · cn-50-99 · 2023-01-01" in said.output
    found = json.loads(yizhan("check", "--json").output)
    exit_ = {"policy": "exit", "jurisdiction": "cn", "versions": ["2008-01-01"], "unchecked": 0, "remarks": []}
    assert exit_ in found


def test_a_file_with_mistakes_is_refused_with_all_of_them(tmp_path: Path) -> None:
    mistakes = DISTRICT.replace("value: 30", "value: thirty!").replace("tag: M}\n      older", "tag: Q}\n      older")
    said = yizhan("check", written(tmp_path, "district.yaml", mistakes))
    assert isinstance(said.exception, Refused)
    sentences = [each.wording.en for each in said.exception.refusals]
    assert len(sentences) == 2
    assert all(sentence.startswith("district.yaml:1") for sentence in sentences)


def test_a_plan_that_cannot_be_drawn_up_is_refused_at_check(tmp_path: Path) -> None:
    plan = DISTRICT.replace("hardship-worker", "service-plan").replace("classification", "service-plan")
    head, _, _ = plan.partition("versions:")
    bad = head.replace("cn-50-98", "cn-99") + "versions:\n  2024-01-01: {plan: {term: {days: 1}}}\n"
    said = yizhan("check", written(tmp_path, "plan.yaml", bad))
    assert isinstance(said.exception, Refused)
    assert "owes nothing" in said.exception.refusals[0].wording.en


def test_a_districts_own_file_is_used_beside_those_shipped(tmp_path: Path) -> None:
    facts, district = written(tmp_path, "facts.yaml", FACTS), written(tmp_path, "district.yaml", DISTRICT)
    said = yizhan(
        "explain", "hardship-worker", "--jurisdiction", "cn-50-98", "--on", "2024-03-31", "--facts", facts,
        "--with", district, "--language", "en",
    )  # fmt: skip
    assert said.exit_code == 0, said.output
    assert "Conclusion: granted" in said.output
    assert "Waiting for work for 30 days or more" in said.output


@pytest.mark.parametrize(
    ("place", "on", "facts", "says"),
    [
        pytest.param("cn-45", "2024-03-31", FACTS, "is not made for cn-45", id="no policy there"),
        pytest.param("cn-50-99", "2020-01-01", FACTS, "not yet in force", id="too early"),
        pytest.param("cn-50-99", "31.3.2024", FACTS, "is not a day", id="no day"),
        pytest.param("cn-50-99", "2024-03-31", "in_work: maybe", "Expected: yes, no", id="no truth"),
        pytest.param("cn-50-99", "2024-03-31", "age: 3", "no declared fact", id="no such fact"),
    ],
)
def test_explain_refuses_and_says_why(tmp_path: Path, place: str, on: str, facts: str, says: str) -> None:
    given = written(tmp_path, "facts.yaml", facts)
    said = yizhan("explain", "hardship-worker", "--jurisdiction", place, "--on", on, "--facts", given)
    assert isinstance(said.exception, Refused)
    assert says in said.exception.refusals[0].wording.en


def test_the_examples_run_in_a_process_of_their_own(tmp_path: Path) -> None:
    district = written(tmp_path, "district.yaml", DISTRICT)
    said = subprocess.run([YIZHAN, "policy", "test", district], capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stdout + said.stderr
    assert " examples, 0 failed" in said.stdout


def test_an_example_that_does_not_come_out_fails_the_test(tmp_path: Path) -> None:
    district = written(tmp_path, "district.yaml", DISTRICT.replace("conclusion: granted", "conclusion: refused"))
    said = yizhan("test", "--here", district)
    assert said.exit_code == 1
    assert "it says refused and comes out granted" in said.output
    failed = [each for each in json.loads(yizhan("test", "--here", "--json", district).output) if each["problems"]]
    assert [each["name"] for each in failed] == ["三十天"]


def test_examples_that_take_too_long_are_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cli.policy_test.SECONDS_FOR_EXAMPLES", 0.01)
    said = yizhan("test")
    assert said.exit_code == 1
    assert "longer than allowed" in said.output


def test_each_error_of_a_refusal_is_a_refusal() -> None:
    found = refused(PolicyRefused([PolicyError("one"), PolicyError("two")]))
    assert len(found.refusals) == 2


def test_the_example_shapes_come_out() -> None:
    shapes = Path(__file__).parents[2] / "examples" / "policies" / "shapes"
    said = yizhan("test", "--here", "--json", str(shapes))
    assert said.exit_code == 0, said.output
    found = [each for each in json.loads(said.output) if each["policy"].startswith("shape-")]
    assert len({each["policy"] for each in found}) >= 35
    assert [each["problems"] for each in found if each["problems"]] == []


def test_check_points_out_what_a_person_should_look_at(tmp_path: Path) -> None:
    strict = DISTRICT.replace("    parameters:", """    rules:
      long-waiting:
        when: days(waiting_since, applied_on) > 400
        reason: {zh: 待工四百天以上, en: Waited for 400 days or more}
        authority: 另一示例区办法
        tag: M
    parameters:""").replace("> 400", "> 400 days")  # fmt: skip
    said = yizhan("check", written(tmp_path, "district.yaml", strict))
    assert said.exit_code == 0, said.output
    assert "请留意 · please look: district.yaml:" in said.output
    assert "hardship-worker · cn-50-98 · 2024-01-01 · 4 处依据未核对" in said.output
