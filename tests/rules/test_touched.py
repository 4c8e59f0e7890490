"""A book made from an earlier one takes over what is the same in both; what an edit touches is resolved anew."""

from datetime import date

import pytest

from rules.errors import PolicyRefused
from rules.loading import Mapping, load
from rules.policies import NoPolicyInForce, PolicyBook
from rules.shelf import key_of, replaced
from rules.touched import policies_touched
from tests.rules.books import a_policy, indented, rule

FACTS = """
kind: facts
facts:
  applied_on: {type: day, label: {zh: 申请, en: Applied}, asked_of: record, moves: yes}
  waited: {type: number, unit: day, min: 0, max: 40000, label: {zh: 待工, en: Waited}}
  disabled: {type: bool, label: {zh: 残疾, en: Disabled}}
  paid: {type: number, unit: fen, min: 0, max: 1000000, label: {zh: 报酬, en: Paid}}
  started: {type: month, label: {zh: 起始, en: Started}}
"""
TABLE = """
id: wages
title: {zh: 标准, en: Standards}
kind: amounts
jurisdiction: cn
reviewed_on: 2026-01-05
versions:
  2024-01-01:
    tables:
      wage:
        keys: {when: month}
        unit: yuan
        rows:
          - {from: 2024-01, value: 2000, authority: 标准, tag: ES}
"""


def deciding(id_: str, when: str, place: str = "cn", rest: str = "") -> str:
    return a_policy(f"2024-01-01:\n{rest}  rules:\n" + indented(rule(f"r-{place}", when), 4), id=id_, place=place)


REPEAL = "  repeals:\n    - {policy: old, authority: 新文第九条, tag: EO}\n"
TEXTS = {
    "facts.yaml": FACTS,
    "cn/wages.yaml": TABLE,
    "cn/waits.yaml": deciding("waits", "waited >= 90 days").replace("2024-01-01", "2020-01-01"),
    "cn-50/waits.yaml": deciding("waits", "disabled", "cn-50"),
    "cn/pays.yaml": deciding("pays", "paid < wage[started]").replace("selected_by", "reads: [wages]\nselected_by"),
    "cn/old.yaml": deciding("old", "disabled").replace("2024-01-01", "2020-01-01"),
    "cn/new.yaml": deciding("new", "disabled", rest=REPEAL),
}
DAYS = [date(2019, 1, 1), date(2023, 12, 31), date(2024, 1, 1), date(2026, 1, 1)]
EDITS = [
    pytest.param("cn/waits.yaml", "90 days", "60 days", {"waits"}, id="a rule"),
    pytest.param("cn-50/waits.yaml", 'when: "disabled"', 'when: "not disabled"', {"waits"}, id="a nearer layer"),
    pytest.param("cn/wages.yaml", "value: 2000", "value: 2100", {"wages", "pays"}, id="a table that one looks up"),
    pytest.param("facts.yaml", "待工", "等待", {"waits"}, id="a fact that one reads"),
    pytest.param("facts.yaml", "残疾", "有残疾", {"waits", "old", "new"}, id="a fact that several read"),
    pytest.param("cn/new.yaml", "policy: old", "policy: waits", {"new", "old", "waits"}, id="what is repealed"),
    pytest.param("cn/new.yaml", "新文第九条", "新文第十条", {"new", "old"}, id="what it is repealed by"),
]


def book_of(*documents: Mapping, earlier: PolicyBook | None = None) -> PolicyBook:
    return PolicyBook.of(*documents, calendar_hash="0" * 64, earlier=earlier)


def shelf() -> list[Mapping]:
    return [load(text, name) for name, text in TEXTS.items()]


def comes_to(book: PolicyBook, policy: str, place: str, on: date, known: date | None) -> tuple[str, str]:
    try:
        found = book.resolve(policy, place, on, known)
    except NoPolicyInForce as none:
        return "", none.wording.zh
    except PolicyRefused as refused:  # decided before any row of its table was known
        return "", str(refused)
    return found.hash, found.jurisdiction


def all_of(book: PolicyBook, policy: str) -> list[tuple[str, str]]:
    places = ("cn", "cn-50", "cn-50-99", "cn-37")
    return [comes_to(book, policy, place, on, known) for place in places for on in DAYS for known in (None, *DAYS)]


@pytest.mark.parametrize(("file", "was", "now", "touched"), EDITS)
def test_only_what_an_edit_touches_can_come_out_otherwise(file: str, was: str, now: str, touched: set[str]) -> None:
    before = book_of(*shelf())
    for policy in before.files:
        all_of(before, policy)  # so that there is something to take over
    assert was in TEXTS[file]
    edited = replaced(shelf(), [load(TEXTS[file].replace(was, now), file)])
    after, anew = book_of(*edited, earlier=before), book_of(*edited)
    assert policies_touched(before, after) == touched
    for policy in before.files:
        assert all_of(after, policy) == all_of(anew, policy)
        assert (all_of(before, policy) == all_of(after, policy)) or policy in touched
    assert [policy for policy in before.files if all_of(before, policy) != all_of(after, policy)]


def test_the_same_files_read_again_touch_nothing_and_are_not_resolved_again() -> None:
    before = book_of(*shelf())
    after = book_of(*shelf(), earlier=before)
    assert policies_touched(before, after) == frozenset()
    one, other = (book.resolve("waits", "cn-50", DAYS[-1]) for book in (before, after))
    assert one is other


def test_facts_declared_in_another_order_touch_whoever_reads_two_of_them() -> None:
    """A policy's content, and so its hash, names the facts in the order of their declaration."""
    *head, paid, started = FACTS.rstrip().splitlines()
    edited = replaced(shelf(), [load("\n".join([*head, started, paid]), "facts.yaml")])
    before = book_of(*shelf())
    after, anew = book_of(*edited, earlier=before), book_of(*edited)
    assert all_of(after, "pays") == all_of(anew, "pays") != all_of(before, "pays")
    assert policies_touched(before, after) == {"pays"}


def test_a_file_that_is_new_or_gone_and_another_calendar_touch_what_they_reach() -> None:
    documents = shelf()
    before = book_of(*documents)
    without = [document for document in documents if key_of(document).policy != "new"]
    assert policies_touched(before, book_of(*without, earlier=before)) == {"new", "old"}
    another = PolicyBook.of(*documents, calendar_hash="1" * 64, earlier=before)
    assert policies_touched(before, another) == set(before.files)


def test_places_without_a_layer_of_their_own_have_the_same_policy_under_their_own_name() -> None:
    book = book_of(*shelf())
    here, below = book.resolve("waits", "cn-50", DAYS[-1]), book.resolve("waits", "cn-50-99", DAYS[-1])
    assert (here.hash, here.content) == (below.hash, below.content)
    assert (here.jurisdiction, below.jurisdiction) == ("cn-50", "cn-50-99")
