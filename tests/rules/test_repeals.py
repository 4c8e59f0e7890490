"""What is repealed decides what falls under it, stays in the book, and shows with its last day and what ended it."""

from datetime import date

import pytest

from rules.policies import NoPolicyInForce, PolicyBook
from rules.repeals import Repealed, clauses_repealed, repealed
from tests.rules.books import a_book, a_policy, indented, rule

OLD = a_policy(
    "2018-01-01:\n  rules:\n"
    + indented(rule("disabled", "disabled"), 4)
    + indented(rule("waited", "waited >= 90 days"), 4)
    + "2021-01-01:\n  rules:\n"
    + indented(rule("poor", "poor"), 4),
    id="old",
)
CITY = a_policy("2020-01-01:\n  rules:\n" + indented(rule("firm", "insured >= 3 months"), 4), id="old", place="cn-50")


def repealing(*acts: str, place: str = "cn", since: str = "2024-01-01", published: str = "") -> str:
    listed = "".join(f"    - {{{act}, authority: 新文第九条, tag: EO}}\n" for act in acts)
    known = f"  published: {published}\n" if published else ""
    own = "  rules:\n" + indented(rule("r", "disabled"), 4)
    return a_policy(f"{since}:\n{known}  repeals:\n{listed}{own}", id=f"new-{place}", place=place)


def rules_on(book: PolicyBook, on: date, place: str = "cn", decided_on: date | None = None) -> set[str]:
    return set(book.resolve("old", place, on, decided_on).rules.rules)


def shown(book: PolicyBook, on: date, place: str = "cn") -> list[tuple[str, str, str, str]]:
    found: tuple[Repealed, ...] = repealed(book.files, place, on)
    return [
        (each.jurisdiction, each.clause, str(each.last_day), each.authority.clause if each.authority else "")
        for each in found
    ]


def test_a_whole_policy_is_repealed_in_its_place_and_within() -> None:
    book = a_book(OLD, CITY, repealing("policy: old"))
    assert rules_on(book, date(2023, 12, 31), "cn-50") == {"disabled", "waited", "poor", "firm"}
    for place in ("cn", "cn-50"):
        with pytest.raises(NoPolicyInForce, match="repealed by 新文第九条: its last day was 2023-12-31"):
            book.resolve("old", place, date(2024, 1, 1))
    assert shown(book, date(2023, 12, 31)) == []
    assert shown(book, date(2024, 1, 1), "cn-50") == [
        ("cn", "", "2023-12-31", "新文第九条"),
        ("cn-50", "", "2023-12-31", "新文第九条"),
    ]


def test_a_province_repeals_its_own_layer_and_not_the_nations() -> None:
    book = a_book(OLD, CITY, repealing("policy: old", place="cn-50"))
    assert rules_on(book, date(2024, 1, 1), "cn-50") == {"disabled", "waited", "poor"}
    assert shown(book, date(2024, 1, 1)) == []


def test_one_clause_is_repealed_and_shows_with_the_sentence_it_was_known_by() -> None:
    book = a_book(OLD, repealing("policy: old, clause: rules/waited"))
    assert rules_on(book, date(2023, 12, 31)) == {"disabled", "waited", "poor"}
    assert rules_on(book, date(2024, 1, 1)) == {"disabled", "poor"}
    assert shown(book, date(2024, 1, 1)) == [("cn", "rules/waited", "2023-12-31", "新文第九条")]
    assert repealed(book.files, "cn", date(2024, 1, 1))[0].title.zh == "waited"


def test_a_repeal_between_two_versions_leaves_the_later_one_standing() -> None:
    book = a_book(OLD, repealing("policy: old", since="2020-07-01"))
    with pytest.raises(NoPolicyInForce, match="its last day was 2020-06-30"):
        book.resolve("old", "cn", date(2020, 12, 31))
    assert rules_on(book, date(2021, 1, 1)) == {"poor"}  # made anew: nothing of what was repealed carries on


def test_a_repeal_that_was_not_published_could_not_be_known() -> None:
    book = a_book(OLD, repealing("policy: old, clause: rules/waited", published="2024-02-01"))
    assert "waited" in rules_on(book, date(2024, 1, 15), decided_on=date(2024, 1, 31))
    assert "waited" not in rules_on(book, date(2024, 1, 15), decided_on=date(2024, 2, 1))


def test_a_repealed_clause_changes_the_hash_from_its_day_on() -> None:
    with_and_without = [a_book(OLD), a_book(OLD, repealing("policy: old, clause: rules/waited"))]
    for on, same in ((date(2023, 12, 31), True), (date(2024, 1, 1), False)):
        one, other = (book.resolve("old", "cn", on).hash for book in with_and_without)
        assert (one == other) is same


def test_a_rule_that_a_file_takes_back_itself_shows_too() -> None:
    taken_back = OLD + "  2022-01-01:\n    rules:\n      poor: {removed: {authority: 修正第三条, tag: T}}\n"
    book = a_book(taken_back)
    assert rules_on(book, date(2022, 1, 1)) == {"disabled", "waited"}
    assert shown(book, date(2022, 1, 1)) == [("cn", "rules/poor", "2021-12-31", "修正第三条")]


def test_the_clauses_of_one_policy_that_are_gone_can_be_shown_as_they_were_said() -> None:
    book = a_book(OLD, repealing("policy: old, clause: rules/waited"))
    assert clauses_repealed(book.files, "old", "cn", date(2023, 12, 31)) == ()
    ((item, gone),) = clauses_repealed(book.files, "old", "cn", date(2024, 1, 1))
    assert (item.id, gone.clause) == ("waited", "rules/waited")
