"""The shipped policies: all of them are analysed, and whatever is open in them their files say themselves."""

from datetime import date
from pathlib import Path

import pytest

from rules.kinds import Kind
from rules.policies import PolicyBook
from rules.solver_findings import Analysis
from rules.solver_policies import analysed, asked_of, left_out
from tests.rules.books import a_book, a_policy, rule

SHIPPED = Path(__file__).parents[2] / "policies"
LEFT_TO_THE_PLACE = {
    ("placement-subsidy", "cn-37"),
    ("platform-accident-insurance", "cn-37-14"),
    ("training-subsidy", "cn-37-14"),
}


@pytest.fixture(scope="module")
def book() -> PolicyBook:
    return PolicyBook.load(SHIPPED)


@pytest.fixture(scope="module")
def analyses(book: PolicyBook) -> list[Analysis]:
    return [analysed(book, each) for each in asked_of(book)]


def test_every_shipped_policy_is_analysed_and_all_that_was_found_its_file_tells_as_an_example(
    analyses: list[Analysis],
) -> None:
    assert [(each.policy, each.jurisdiction, finding.said.en) for each in analyses for finding in each.new] == []
    assert [(each.policy, each.jurisdiction, open_) for each in analyses for open_ in each.open] == []
    stated = {(each.policy, finding.subject, finding.others) for each in analyses for finding in each.findings}
    assert stated == {
        ("public-post-subsidy", "minimum_wage", ("amount",)),
        ("start-up-grant-2021", "grant", ("hardship", "graduate")),
        ("start-up-grant-2021", "grant", ("hardship", "returned")),
        ("start-up-loan", "ceiling", ("outcome",)),
    }


def test_every_file_is_in_some_analysis_or_it_is_said_why_not(book: PolicyBook) -> None:
    asked = asked_of(book)
    out = {(each.policy, each.jurisdiction): each.why for each in left_out(book, asked)}
    assert set(out) == LEFT_TO_THE_PLACE
    assert all("由当地确定" in why.zh for why in out.values())
    covered = {(layer.file.id, layer.file.jurisdiction) for each in asked for layer in each.policy.merged.layers}
    amounts = {
        (id_, file.jurisdiction) for id_, files in book.files.items() for file in files if file.kind is Kind.AMOUNTS
    }
    assert {(id_, file.jurisdiction) for id_, files in book.files.items() for file in files} == (
        covered | amounts | set(out)
    )


TWO = """
2024-01-01:
  rules:
    {first}
2025-01-01:
  rules:
    {second}
"""


def test_each_version_is_asked_for_the_days_on_which_it_governs() -> None:
    first, second = (rule("r", when).replace("\n", "\n    ") for when in ("poor", "poor or disabled"))
    small = a_book(a_policy(TWO.format(first=first, second=second)))
    days = [(each.since, each.until) for each in asked_of(small)]
    assert days == [(date(2024, 1, 1), date(2024, 12, 31)), (date(2025, 1, 1), date(2199, 12, 31))]
    assert [each.since for each in asked_of(small, on=date(2025, 6, 1))] == [date(2025, 1, 1)]
    assert asked_of(small, ["another"]) == []
