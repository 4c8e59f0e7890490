"""`yizhan policy analyse`: what it prints, and what it refuses."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from cases.refusals import Refused
from cli import policy_analyse
from cli.exit import FAILED
from cli.main import build_app
from cli.policy_book import load
from rules import solver_there
from rules.policies import PolicyBook
from rules.solver_findings import Open, Why
from rules.solver_policies import analysed
from tests.rules.books import a_policy, indented, rule

GAP = "合伙未见规定，属规定空白 / nothing was found on partnerships so it is a gap"
DEAD = "2024-01-01:\n  rules:\n" + indented(rule("dead", "disabled and not disabled"), 4)


@pytest.fixture(scope="module")
def book() -> PolicyBook:
    return load(None)


@pytest.fixture(autouse=True)
def read_once(book: PolicyBook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policy_analyse, "load", lambda files: load(files) if files else book)


def analyse(*arguments: str) -> Result:
    return CliRunner().invoke(build_app(["policy"]), ["policy", "analyse", *arguments])


@pytest.mark.parametrize(("language", "word"), [("zh", "法规未规定"), ("en", "gap")])
def test_one_policy_of_a_day_is_analysed_and_its_finding_told(language: str, word: str) -> None:
    said = analyse("start-up-loan", "--jurisdiction", "cn-50", "--on", "2025-03-01", "--language", language)
    assert said.exit_code == 0
    assert f"start-up-loan.yaml:17:9 {word}" in said.output
    assert GAP in said.output
    assert '"borrower":"partnership"' in said.output


def test_as_json_it_is_the_whole_of_it() -> None:
    (found,) = json.loads(analyse("public-post", "--json").output)
    assert (found["policy"], found["findings"], found["open"]) == ("public-post", [], [])
    assert found["questions"] == 5


def test_a_draft_is_analysed_with_the_policies_in_use(tmp_path: Path) -> None:
    draft = tmp_path / "draft.yaml"
    draft.write_text(a_policy(DEAD, id="draft"), encoding="utf-8")
    said = analyse("draft", "--with", str(draft), "--language", "en")
    assert said.exit_code == 0
    assert "can never hold: The rule 'dead' can never hold." in said.output
    assert "3000 cases drawn at random show nothing against it" in said.output


def test_a_translation_that_was_wrong_is_a_failure_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(*asked: object) -> object:
        found = analysed(*asked)  # type: ignore[arg-type]  # as it was called
        return type(found)(**{**vars(found), "open": (Open("r", found.title, Why.WRONG),)})

    monkeypatch.setattr(policy_analyse, "analysed", wrong)
    assert analyse("public-post").exit_code == FAILED


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["start-up-lone"], "start-up-loan"),
        (["minimum-wage"], "a table of amounts is analysed with the policies that look it up"),
        (["public-post", "--on", "1990-01-01"], "nothing is in force there on that day"),
        (["public-post", "--on", "soon"], "write it as 2024-03-31"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_the_reason(arguments: list[str], said: str) -> None:
    refused = analyse(*arguments).exception
    assert isinstance(refused, Refused)
    assert said in refused.refusals[0].wording.en


def test_without_z3_a_sentence_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solver_there, "find_spec", lambda _: None)
    refused = analyse("public-post").exception
    assert isinstance(refused, Refused)
    (one,) = refused.refusals
    assert "make analysis" in one.wording.zh
    assert "make analysis" in one.wording.en
