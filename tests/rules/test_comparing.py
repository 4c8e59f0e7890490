"""Two determinations of one person: what differs, and which difference changed the outcome."""

from datetime import date

import pytest

from cases.authorities import Authority, Tag
from cases.canonical import Json
from cases.determinations import Conclusion, Verdict
from rules.comparing import Cause, Comparison, Outcome, compared, decided_anew, determined_side
from rules.policies import ResolvedPolicy
from tests.rules.books import a_book, a_policy, indented, rule
from tests.rules.test_decisions import determined

WAIT = """
2023-01-01:
  parameters:
    long_wait: {value: 90, unit: day, authority: 第二条, tag: T}
    low_income: {value: 1000, unit: yuan, authority: 第三条, tag: T}
  rules:
"""
SIXTY = """
2025-01-01:
  parameters:
    long_wait: {value: 60, unit: day, authority: 新第二条, tag: T}
    low_income: {value: 1200, unit: yuan, authority: 新第三条, tag: T}
"""
RULES = "\n".join((rule("long-wait", "waited >= long_wait"), rule("low-income", "paid <= low_income")))
BOOK = a_book(a_policy(WAIT.strip("\n") + "\n" + indented(RULES, 4) + SIXTY))
OLD, NEW = (BOOK.resolve("example", "cn", on) for on in (date(2024, 6, 1), date(2025, 6, 1)))
REFUSED, GRANTED = Outcome(Conclusion.REFUSED), Outcome(Conclusion.GRANTED)
WAITED_89: dict[str, Json] = {"waited": 89, "paid": 500_000}


def both(
    first: dict[str, Json], second: dict[str, Json], laws: tuple[ResolvedPolicy, ResolvedPolicy] = (OLD, OLD)
) -> Comparison:
    one, two = laws
    return compared(determined_side(one, determined(first, one)), determined_side(two, determined(second, two)))


def law_that_mattered(found: Comparison) -> list[str]:
    return [each.id for each in found.law if each.changed_the_outcome]


def facts_that_mattered(found: Comparison) -> list[str]:
    return [each.fact for each in found.facts if each.changed_the_outcome]


def test_one_set_of_facts_under_a_later_version() -> None:
    """89 days were too few of 90 and are enough of 60; the new limit of income did nothing."""
    found = compared(determined_side(OLD, determined(WAITED_89, OLD)), decided_anew(NEW, WAITED_89))
    assert (found.first, found.second, found.cause) == (REFUSED, GRANTED, Cause.LAW)
    assert [each.id for each in found.law] == ["long_wait", "low_income"]
    assert law_that_mattered(found) == ["long_wait"]
    wait = found.law[0]
    assert wait.first
    assert wait.second
    assert (wait.first.words.zh, wait.second.words.en) == ("90天", "60 days")
    assert wait.second.authority == Authority("新第二条", Tag.FULL_TEXT)
    assert found.facts == ()
    assert [(each.rule, each.first, each.second) for each in found.rules] == [("long-wait", Verdict.NO, Verdict.YES)]


def test_one_law_and_other_facts() -> None:
    found = both(WAITED_89, {"waited": 90, "paid": 400_000})
    assert (found.cause, found.law) == (Cause.FACTS, ())
    assert {each.fact: (each.first, each.second) for each in found.facts} == {
        "paid": ("500000", "400000"),
        "waited": ("89", "90"),
    }
    assert facts_that_mattered(found) == ["waited"]


def test_two_facts_of_which_either_would_have_done() -> None:
    found = both(WAITED_89, {"waited": 90, "paid": 100_000})
    assert [(each.fact, each.alone, each.needed) for each in found.facts] == [
        ("paid", True, False),
        ("waited", True, False),
    ]


@pytest.mark.parametrize(
    ("second", "cause"),
    [
        pytest.param({"waited": 60, "paid": 500_000}, Cause.BOTH, id="twenty days more, enough of 60 only"),
        pytest.param({"waited": 90, "paid": 500_000}, Cause.FACTS, id="enough under either"),
        pytest.param({"waited": 59, "paid": 500_000}, Cause.NONE, id="enough under neither"),
    ],
)
def test_another_law_and_other_facts(second: dict[str, Json], cause: Cause) -> None:
    assert both({"waited": 40, "paid": 500_000}, second, (OLD, NEW)).cause is cause


def test_facts_and_law_may_each_be_enough() -> None:
    found = both(WAITED_89, {"waited": 95, "paid": 500_000}, (OLD, NEW))
    assert found.cause is Cause.EITHER
    assert (found.first_facts_second_law, found.second_facts_first_law) == (GRANTED, GRANTED)


def test_a_fact_that_one_side_did_not_know() -> None:
    found = both({"waited": 10}, {"waited": 10, "paid": 90_000})
    (known,) = found.facts
    assert (known.fact, known.first, known.second, known.changed_the_outcome) == ("paid", None, "90000", True)
    assert (found.first.conclusion, found.second) == (Conclusion.NEEDS_INFORMATION, GRANTED)


def test_a_rule_that_came_in() -> None:
    more = indented("rules:\n" + indented(rule("not-poor", "not poor", "condition"), 2), 2)
    book = a_book(a_policy(WAIT.strip("\n") + "\n" + indented(RULES, 4) + "2025-01-01:\n" + more))
    old, new = (book.resolve("example", "cn", on) for on in (date(2024, 6, 1), date(2025, 6, 1)))
    facts: dict[str, Json] = {"waited": 90, "paid": 500_000, "poor": True}
    found = both(facts, facts, (old, new))
    assert law_that_mattered(found) == ["not-poor"]
    (came_in,) = found.law
    assert (came_in.first, came_in.second and came_in.second.words.en) == (None, "not poor")
    assert [(each.rule, each.first, each.second) for each in found.rules] == [("not-poor", None, Verdict.NO)]
    # Before the rule came nobody asked for the fact, so there was none to keep.
    assert [(each.fact, each.changed_the_outcome) for each in found.facts] == [("poor", True)]


def test_a_clause_that_only_fits_with_another_is_not_tried_by_itself() -> None:
    """The new rule reads a value that the old version does not have."""
    later = "2025-01-01:\n  parameters:\n    limit: {value: 5, unit: day, authority: 第九条, tag: T}\n  rules:\n"
    changed = indented(rule("long-wait", "waited >= min(limit, long_wait)"), 4)
    book = a_book(a_policy(WAIT.strip("\n") + "\n" + indented(RULES, 4) + later + changed))
    old, new = (book.resolve("example", "cn", on) for on in (date(2024, 6, 1), date(2025, 6, 1)))
    found = both(WAITED_89, WAITED_89, (old, new))
    assert {each.id: (each.alone, each.needed) for each in found.law} == {
        "limit": (False, None),
        "long-wait": (None, True),
    }
