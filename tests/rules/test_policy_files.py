"""The shipped policies as data: cited, reviewed, read by something, and asked in words."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from cases.authorities import Authority
from rules.loading import Mapping, Node, Sequence, load_file
from rules.policies import NoPolicyInForce, PolicyBook, ResolvedPolicy
from rules.reads import mentioned
from rules.uses import check_uses, every_version

FOLDER = Path(__file__).parents[2] / "policies"
BOOK = PolicyBook.load(FOLDER)
VERSIONS = {f"{policy.policy} {policy.version}": policy for policy in every_version(BOOK)}
FILES = [file for files in BOOK.files.values() for file in files]
POLICY_PATHS = sorted(path for path in FOLDER.rglob("*.yaml") if "calendars" not in path.parts)
LAST_REVIEW_MAY_BE = timedelta(days=366)
CHINESE = re.compile(r"[一-鿿]")


def nodes(node: Node) -> Iterator[Node]:
    yield node
    inside = node.entries.values() if isinstance(node, Mapping) else node.items if isinstance(node, Sequence) else ()
    for each in inside:
        yield from nodes(each)


def test_every_policy_can_be_used_as_it_is_meant() -> None:
    check_uses(BOOK)
    assert len(VERSIONS) > 12


@pytest.mark.parametrize("name", VERSIONS)
def test_every_parameter_is_read_by_some_rule(name: str) -> None:
    policy = VERSIONS[name]
    unread = set(policy.rules.parameters) - mentioned(policy.rules) - named_elsewhere(policy)
    assert unread == set()


def named_elsewhere(policy: ResolvedPolicy) -> set[str]:
    sections = ("plan", "items", "clocks", "reasons")
    items = [item for section in sections for item in policy.items(section)]
    return {getattr(node, "text", "") for item in items for node in nodes(item.node)}


@pytest.mark.parametrize("path", POLICY_PATHS, ids=lambda path: str(path.relative_to(FOLDER)))
def test_every_authority_has_a_tag_beside_it(path: Path) -> None:
    for node in nodes(load_file(path)):
        if isinstance(node, Mapping) and "authority" in node.entries:
            assert "tag" in node.entries, node.place


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.id} {file.jurisdiction}")
def test_every_policy_was_reviewed_within_the_year(file: object) -> None:
    reviewed_on = getattr(file, "reviewed_on", date.min)
    assert date.today() - reviewed_on <= LAST_REVIEW_MAY_BE, "somebody has to check its values against their clauses"  # noqa: DTZ011 - a day, not an instant
    assert reviewed_on <= date(2026, 11, 25) or reviewed_on <= date.today()  # noqa: DTZ011


@pytest.mark.parametrize("name", VERSIONS)
def test_every_clause_names_an_instrument_and_a_local_number_is_never_called_verified(name: str) -> None:
    policy = VERSIONS[name]
    for parameter in policy.rules.parameters.values():
        assert CHINESE.search(parameter.authority.clause), parameter.name
    for authority in authorities(policy):
        if "示例" in authority.clause:
            assert not authority.tag.verified, authority


def authorities(policy: ResolvedPolicy) -> Iterator[Authority]:
    yield from (parameter.authority for parameter in policy.rules.parameters.values())
    yield from (rule.authority for rule in policy.rules.rules.values())


@pytest.mark.parametrize("fact", BOOK.facts.values(), ids=lambda fact: fact.name)
def test_every_fact_is_asked_in_both_languages_and_read_by_some_policy(fact: object) -> None:
    name, label, question = (getattr(fact, key) for key in ("name", "label", "question"))
    assert CHINESE.search(label.zh)
    assert CHINESE.search(question.zh)
    assert not CHINESE.search(label.en + question.en)
    assert question.zh.endswith(("？", "。"))
    assert name in READ or name in NOT_READ_YET


READ = {name for policy in VERSIONS.values() for name in policy.rules.facts}
NOT_READ_YET = {"incapacitated", "hardship_worker"}  # exits and incentives, which no rule decides


def test_no_policy_for_guangxi_pretends_to_know_its_classes() -> None:
    for policy in ("hardship-worker", "employment-difficulty"):
        with pytest.raises(NoPolicyInForce):
            BOOK.resolve(policy, "cn-45", date(2025, 1, 1))


def test_policies_hold_no_python() -> None:
    assert list(FOLDER.rglob("*.py")) == []
