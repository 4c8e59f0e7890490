"""A resolved policy can be built again from what was kept of it, without any file, and decides the same."""

import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from cases.canonical import Json, canonical
from rules.content import ContentUnreadable, from_content
from rules.decisions import determine
from rules.documents import Version
from rules.examples import stored_facts
from rules.facts import StoredFact
from rules.places import Origin, Place
from rules.policies import PolicyBook, ResolvedPolicy
from rules.reading import any_mapping
from rules.uses import every_version
from store.kept_text import DETERMINATION
from tests.rules.books import a_book, a_policy, rule
from tests.rules.test_decisions import engine

FOLDER = Path(__file__).parents[2]
SHIPPED = PolicyBook.load(FOLDER / "policies", calendar_hash="0" * 64)
SHAPES = PolicyBook.load(FOLDER / "policies" / "facts", FOLDER / "examples" / "policies" / "shapes")
VERSIONS = {
    f"{policy.policy} {policy.version}": (book, policy) for book in (SHIPPED, SHAPES) for policy in every_version(book)
}
ONE = a_book(
    a_policy("2024-01-01:\n  rules:\n" + "\n".join(f"    {line}" for line in rule("a", "disabled").split("\n")))
)


def said(value: object) -> object:
    """A value without where it stood in its file."""
    if isinstance(value, Place | Origin):
        return None
    if is_dataclass(value) and not isinstance(value, type):
        told = [each.name for each in fields(value) if each.name != "keys"]  # where the keys of a mapping stood
        return type(value).__name__, {name: said(getattr(value, name)) for name in told}
    if isinstance(value, dict):
        return [(key, said(inner)) for key, inner in value.items()]
    if isinstance(value, tuple | list):
        return [said(inner) for inner in value]
    return value


@pytest.mark.parametrize("name", VERSIONS)
def test_every_policy_in_every_place_is_the_same_when_it_is_built_again(name: str) -> None:
    _, policy = VERSIONS[name]
    again = from_content(policy.content, policy.jurisdiction)
    assert again.hash == policy.hash == sha256(policy.content.encode()).hexdigest()
    assert again.content == policy.content
    assert said(again.rules) == said(policy.rules)
    assert said(again.merged.items) == said(policy.merged.items)
    assert said(again.merged.replaced) == said(policy.merged.replaced)
    for each in fields(ResolvedPolicy):
        if each.name not in ("rules", "merged"):
            assert getattr(again, each.name) == getattr(policy, each.name), each.name


def examples(book: PolicyBook, policy: ResolvedPolicy) -> Iterator[dict[str, StoredFact]]:
    """The first examples of every version of the policy, for whichever layer they were written: any facts will do."""
    versions: list[Version] = [version for file in book.files[policy.policy] for version in file.versions]
    for version in versions:
        for node in version.examples[:2]:
            entries = any_mapping(node).entries
            if "facts" in entries:  # an example of a clock has none
                yield stored_facts(any_mapping(entries["facts"]), book.facts)


@pytest.mark.parametrize("name", VERSIONS)
def test_it_decides_its_examples_to_the_same_bytes(name: str) -> None:
    book, policy = VERSIONS[name]
    again = from_content(policy.content, policy.jurisdiction)
    for facts in examples(book, policy):
        then, now = (DETERMINATION.dump_json(determine(each, facts, engine)) for each in (policy, again))
        assert now == then


def test_the_order_of_a_tables_keys_is_part_of_the_content() -> None:
    def hash_of(keys: str) -> str:
        versions = f"""
        2024-01-01:
          tables:
            fee:
              keys: {{{keys}}}
              unit: yuan
              rows:
                - {{one: a, other: b, value: 1, authority: 甲, tag: T}}
          rules:
            dear: {{when: "fee[if poor then a else b, b] > 0 fen", reason: {{zh: 贵, en: Dear}}, authority: 乙, tag: T}}
        """
        return a_book(a_policy(versions)).resolve("example", "cn", date(2024, 6, 1)).hash

    assert hash_of("one: [a, b], other: [a, b]") != hash_of("other: [a, b], one: [a, b]")


@pytest.mark.parametrize(
    ("change", "why"),
    [
        pytest.param({"form": 2}, "has the form 2; this version reads form 1", id="a later form"),
        pytest.param({"layers": []}, "cannot be built again", id="no layer"),
        pytest.param({"items": [{"section": "rules"}]}, "cannot be built again", id="half an item"),
        pytest.param({"facts": [["disabled", 3]]}, "cannot be built again", id="a number for a fact"),
        pytest.param({"facts": []}, "cannot be built again", id="a fact that is read and not declared"),
    ],
)
def test_a_content_that_cannot_be_built_again_says_so(change: dict[str, Json], why: str) -> None:
    content = json.loads(ONE.resolve("example", "cn", date(2024, 6, 1)).content)
    with pytest.raises(ContentUnreadable, match=why) as refused:
        from_content(canonical({**content, **change}))
    assert refused.value.wording.zh
