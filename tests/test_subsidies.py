"""docs/subsidies.md: every row of the notices has its files or a reason, and every subsidy stands in it."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from cases.authorities import Authority
from rules.documents import Item
from rules.kinds import Kind
from rules.policies import NoPolicyInForce, PolicyBook, ResolvedPolicy
from rules.uses import every_version

ROOT = Path(__file__).parents[1]
BOOK = PolicyBook.load(ROOT / "policies")
PAGE = (ROOT / "docs" / "subsidies.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| ([CH]\d+) \| [^|]+ \| ([^|]+) \|$", re.MULTILINE)
NAMED = re.compile(r"`policies/([\w/-]+\.yaml)`")
ROWS = [*(f"C{number}" for number in range(1, 26)), "H7"]
INVENTED = re.compile(r"-99/")


def test_every_row_of_the_notices_has_its_files_or_a_reason() -> None:
    found = dict(ROW.findall(PAGE))
    assert list(found) == ROWS
    for row, said in found.items():
        assert bool(NAMED.search(said)) != said.startswith("none: "), row


def test_every_subsidy_stands_on_the_page() -> None:
    shipped = {file.place.file for files in BOOK.files.values() for file in files if file.kind is Kind.SUBSIDY}
    named = set(NAMED.findall(PAGE))
    assert {path for path in shipped if not INVENTED.search(path)} - named == set()
    assert len(shipped) > 50


def test_what_nobody_verified_is_in_force_only_where_a_place_invented_it() -> None:
    """Values and rules alike: one tagged M or N never stands in a subsidy of a real place that decides."""
    seen = 0
    for policy in every_version(BOOK):
        if policy.kind is not Kind.SUBSIDY:
            continue
        for item, clause in clauses(policy):
            if clause and not clause.tag.verified:
                seen += 1
                assert item.jurisdiction.endswith("-99"), item.place
    assert seen > 30


def clauses(policy: ResolvedPolicy) -> Iterator[tuple[Item, Authority | None]]:
    rules, items = policy.rules, policy.merged.items
    for parameter in rules.parameters.values():
        yield items["parameters", parameter.name], parameter.authority
    for table in rules.tables.values():
        yield from ((items["tables", table.name], row.authority) for row in table.rows)
    for value in rules.values.values():
        yield from ((items["values", value.name], clause.authority) for clause in value.clauses)
    for rule in rules.rules.values():
        yield items["rules", rule.id], rule.authority


@pytest.mark.parametrize(
    ("policy", "place", "last"),
    [
        ("placement-subsidy", "cn-37", date(2024, 12, 29)),
        ("platform-accident-insurance", "cn-37-14", date(2024, 12, 29)),
        ("start-up-grant-2021", "cn-42", date(2025, 3, 12)),
        ("post-expansion-grant", "cn-42", date(2025, 12, 31)),
        ("epidemic-entry", "cn-50", date(2022, 12, 31)),
    ],
)
def test_what_ended_says_its_last_day(policy: str, place: str, last: date) -> None:
    with pytest.raises(NoPolicyInForce, match=f"last day was {last}"):
        BOOK.resolve(policy, place, date(2026, 1, 1))
