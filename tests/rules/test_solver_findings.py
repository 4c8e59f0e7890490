"""Planted mistakes are found, each with a witness that the evaluator proves; where there are none, nothing is found."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from cases.wording import Language
from rules import solver_analyst
from rules.intervals import CONFLICT, GAP, YES
from rules.policies import PolicyBook, ResolvedPolicy
from rules.solver_analyst import Analyst
from rules.solver_findings import Analysis, Finding, Kind, Why
from rules.solver_policies import Asked, analysed, asked_of
from rules.solver_questions import Answer, Said
from rules.solver_rows import overlaps
from rules.solver_text import analysis_lines, summary
from rules.solver_translation import Translation
from rules.solver_witness import Proof
from tests.rules.books import a_book, a_policy, rule
from tests.rules.builders import a_policy as some_rules
from tests.rules.builders import a_table


def analysis(versions: str, **more: Any) -> tuple[PolicyBook, list[Analysis]]:
    book = a_book(a_policy(versions, **more))
    return book, [analysed(book, each) for each in asked_of(book)]


def only(found: list[Analysis]) -> Finding:
    (one,) = found
    (finding,) = one.findings
    assert not one.open
    return finding


def proof_of(book: PolicyBook, finding: Finding) -> Proof:
    return Proof(the(book).rules, finding.witness)


def the(book: PolicyBook, on: date = date(2024, 1, 1)) -> ResolvedPolicy:
    return book.resolve("example", "cn", on)


def version(rules: str, more: str = "") -> str:
    inside = "\n".join(f"    {line}" for line in rules.splitlines())
    return f"2024-01-01:\n{more}  rules:\n{inside}\n"


WAITED = rule("waited", "waited >= 90 days")


# -- nothing to find --------------------------------------------------------------------------------------------------


def test_a_policy_in_order_has_no_finding_and_leaves_nothing_open() -> None:
    _, (found,) = analysis(
        version("\n".join([WAITED, rule("poor", "poor"), rule("insured", "insured > 0 months", "exclusion")]))
    )
    assert (found.findings, found.open) == ((), ())
    assert found.questions == 6  # three rules, the outcome, two grounds


def test_two_grounds_that_hold_at_once_and_a_ground_beside_an_exclusion_are_no_contradiction() -> None:
    _, (found,) = analysis(version("\n".join([WAITED, rule("poor", "poor and waited < 10 days", "exclusion")])))
    assert found.findings == ()


# -- what can never be ------------------------------------------------------------------------------------------------


def test_a_rule_that_no_facts_satisfy_is_found_and_cases_were_drawn_against_it() -> None:
    _, found = analysis(version("\n".join([WAITED, rule("dead", "waited > 100 days and waited < 30 days")])))
    finding = only(found)
    assert (finding.kind, finding.subject) == (Kind.NEVER_HOLDS, "dead")
    assert finding.searched == solver_analyst.AT_LAST
    assert not finding.witness


def test_a_rule_beyond_a_declared_range_is_found() -> None:
    _, found = analysis(version("\n".join([WAITED, rule("dead", "insured > 600 months")])))
    assert only(found).subject == "dead"


def test_a_rule_of_dates_that_excludes_itself_is_found() -> None:
    dead = "years(born_on, applied_on) >= 60 years and born_on > 1990-01-01 and applied_on < 2040-01-01"
    _, found = analysis(version("\n".join([WAITED, rule("dead", dead)])))
    assert only(found).subject == "dead"


def test_on_the_line_a_rule_of_dates_can_hold() -> None:
    alive = "years(born_on, applied_on) >= 60 years and born_on > 1990-01-01 and applied_on <= 2050-01-02"
    _, (found,) = analysis(version("\n".join([WAITED, rule("alive", alive)])))
    assert found.findings == ()


def test_a_rule_is_asked_only_for_days_on_which_its_version_governs() -> None:
    old = rule("old", "applied_on < 2024-01-01")
    _, found = analysis(version(f"{WAITED}\n{old}"))
    assert only(found).subject == "old"


def test_a_ground_that_an_exclusion_always_meets_can_never_grant() -> None:
    _, found = analysis(
        version("\n".join([WAITED, rule("poor", "poor"), rule("out", "poor or insured > 5 months", "exclusion")]))
    )
    finding = only(found)
    assert (finding.kind, finding.subject) == (Kind.NEVER_GRANTS, "poor")


def test_where_nobody_can_be_granted_anything_that_is_said_once() -> None:
    _, found = analysis(
        version("\n".join([WAITED, rule("poor", "poor", "condition"), rule("out", "poor", "exclusion")]))
    )
    finding = only(found)
    assert (finding.kind, finding.subject) == (Kind.NEVER_GRANTS, "outcome")


def test_a_rule_that_needs_more_items_than_z3_looks_at_is_not_called_dead() -> None:
    _, (found,) = analysis(version("\n".join([WAITED, rule("often", "count(u in unemployed where u.good) >= 8")])))
    assert (found.findings, found.open) == ((), ())
    assert [(each.name, each.most) for each in found.shortened] == [("unemployed", 10)]


def test_how_many_items_of_a_list_were_looked_at_stands_in_the_finding() -> None:
    dead = "any(u in unemployed, u.good and not u.good)"
    _, found = analysis(version("\n".join([WAITED, rule("dead", dead)])))
    assert only(found).said.en.endswith("(Lists of up to 6 items.)")


# -- contradictions and gaps ------------------------------------------------------------------------------------------

SHARE = """
  values:
    share:
      young: {when: "insured < 12 months", be: 1 / 2, authority: 第一条, tag: T}
      long: {when: "waited > 90 days", be: 2 / 3, authority: 第二条, tag: T}
      old: {beats: [young, long], when: "insured >= 12 months", be: 1, authority: 第三条, tag: T}
"""
READS_SHARE = rule("some", "share > 0")


def test_two_clauses_that_apply_at_once_are_a_pair_with_a_witness() -> None:
    book, found = analysis(version(READS_SHARE, SHARE.lstrip("\n")))
    finding = only(found)
    assert (finding.kind, finding.subject, finding.others) == (Kind.CONTRADICTION, "share", ("young", "long"))
    proof = proof_of(book, finding)
    assert proof.reckoner.named("share").kinds == CONFLICT  # type: ignore[union-attr]  # a number
    assert {each.name for each in finding.facts} == {"insured", "waited"}


def test_facts_that_no_clause_answers_are_a_gap_with_a_witness() -> None:
    holed = SHARE.replace("insured >= 12 months", "insured > 12 months").replace("waited > 90 days", "waited < 0 days")
    book, found = analysis(version(READS_SHARE, holed.lstrip("\n")))
    gap = next(each for each in found[0].findings if each.kind is Kind.GAP)
    assert (gap.subject, gap.others) == ("share", ("outcome",))
    assert proof_of(book, gap).outcome == GAP
    assert proof_of(book, gap).known["insured"].lo == 12  # type: ignore[union-attr]  # a number: the line itself
    idle = next(each for each in found[0].findings if each.kind is Kind.NEVER_HOLDS)
    assert idle.others == ("long",)


def test_a_gap_that_an_example_of_the_file_tells_is_known_and_not_new() -> None:
    holed = SHARE.replace("insured >= 12 months", "insured > 12 months").replace(
        "waited > 90 days", "waited > 40000 days"
    )
    said = "  examples:\n    - {name: 恰十二个月未规定, facts: {insured: 12, waited: 0}, conclusion: gap}\n"
    _, (found,) = analysis(version(READS_SHARE, holed.lstrip("\n") + said))
    gap = next(each for each in found.findings if each.kind is Kind.GAP)
    assert gap.stated == "恰十二个月未规定"
    assert gap not in found.new


GRADED = """
  tables:
    grade:
      keys: {sex: [female, male], when: month}
      unit: fen
      rows:
        - {sex: female, from: 2020-01, value: 5, authority: 第一条, tag: T}
        - {sex: male, from: 2020-01, until: 2024-06, value: 6, authority: 第一条, tag: T}
        - {sex: male, from: 2024-08, value: 7, authority: 第一条, tag: T}
"""


def test_a_month_without_a_row_is_found_where_the_amount_is_owed() -> None:
    text = version(WAITED, GRADED.lstrip("\n") + "  amount: grade[sex, month(applied_on)]\n")
    book, found = analysis(text, kind="subsidy")
    finding = only(found)
    assert (finding.kind, finding.subject, finding.others) == (Kind.GAP, "grade", ("amount",))
    proof = proof_of(book, finding)
    assert (proof.outcome, proof.amount) == (YES, GAP)
    applied = {each.name: each.value.en for each in finding.facts}["applied_on"]
    assert applied.startswith("2024-07")


BANDED = """
  bands:
    term:
      by: day
      unit: month
      below: gap
      steps:
        - {at_least: 30, value: 3, authority: 第一条, tag: T}
        - {above: 40000, value: 9, authority: 第一条, tag: T}
"""


def test_a_band_has_its_gap_and_a_step_that_nobody_reaches() -> None:
    text = version(rule("term", "band(term, waited) >= 3 months"), BANDED.lstrip("\n"))
    book, (found,) = analysis(text)
    by_kind = {each.kind: each for each in found.findings}
    assert set(by_kind) == {Kind.GAP, Kind.UNREACHED}
    assert proof_of(book, by_kind[Kind.GAP]).outcome == GAP
    assert by_kind[Kind.UNREACHED].others == ("> 40000",)


# -- tables -----------------------------------------------------------------------------------------------------------


def a_table_of(*rows: tuple[str, ...]) -> Any:
    table = a_table("fee", ["red|green", "day"], "one", *rows)
    facts = {"colour": "red|green", "on": "day"}
    rules = some_rules(
        facts=facts, rules={"r: ground": "fee[colour, on] > 0"}, tables=[replace(table, rows=table.rows[:1])]
    )
    return replace(rules, tables={"fee": table})


def test_two_rows_for_one_key_and_day_are_found_and_each_answers_by_itself() -> None:
    rows = ("red", "2024-01-01", "2024-06-30", "1"), ("red", "2024-06-30", "", "2"), ("green", "", "", "1")
    (finding,) = overlaps(a_table_of(*rows))
    assert finding.kind is Kind.OVERLAP
    assert finding.witness == '{"row":["red","2024-06-30"]}'


def test_rows_that_follow_each_other_do_not_overlap() -> None:
    rows = ("red", "2024-01-01", "2024-06-29", "1"), ("red", "2024-06-30", "", "2"), ("green", "", "", "1")
    assert list(overlaps(a_table_of(*rows))) == []


# -- a translation that is wrong --------------------------------------------------------------------------------------


class Misled(Translation):
    """Says of every rule the opposite."""

    def __init__(self, *of: Any) -> None:
        super().__init__(*of)
        self.rule = {rule: replace(held, yes=held.no) for rule, held in self.rule.items()}


def test_what_the_evaluator_does_not_prove_is_never_a_finding_but_a_wrong_translation(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(solver_analyst, "Translation", Misled)
    _, (found,) = analysis(version("\n".join([WAITED, rule("dead", "waited > 100 days and waited < 30 days")])))
    assert found.findings == ()
    assert {each.why for each in found.open} == {Why.WRONG}
    assert found.wrong


def test_what_z3_calls_impossible_is_not_believed_where_a_drawn_case_shows_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solver_analyst, "AT_FIRST", 0)
    monkeypatch.setattr(solver_analyst, "ask", lambda *_: Answer(Said.CANNOT_BE))
    _, (found,) = analysis(version(WAITED))
    assert found.findings == ()
    assert found.open[0].why is Why.WRONG


def test_what_runs_out_is_undecided(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solver_analyst, "ask", lambda *_: Answer(Said.UNDECIDED))
    _, (found,) = analysis(version("\n".join([WAITED, rule("dead", "waited > 100 days and waited < 30 days")])))
    assert [(each.subject, each.why) for each in found.open] == [("dead", Why.UNDECIDED)]


# -- the same every time ----------------------------------------------------------------------------------------------


def test_an_analysis_comes_out_the_same_whatever_was_analysed_before() -> None:
    book = a_book(a_policy(version(READS_SHARE, SHARE.lstrip("\n"))))
    (asked,) = asked_of(book)
    first = analysed(book, asked)
    Analyst(the(a_book(a_policy(version(WAITED)))).rules, None).what_can_never_be()
    assert analysed(book, Asked(asked.policy, asked.since, asked.until)) == first


@pytest.mark.parametrize(("language", "said"), [(Language.ZH, "相互矛盾"), (Language.EN, "contradict each other")])
def test_the_text_names_the_finding_its_witness_and_its_proof(language: Language, said: str) -> None:
    _, found = analysis(version(READS_SHARE, SHARE.lstrip("\n")))
    text = "\n".join(analysis_lines(found[0], language))
    assert f"✗ p1.yaml:13:9 {said}" in text
    assert found[0].findings[0].witness in text
    assert summary(found).en.startswith("1 versions of policies were analysed: 1 findings")
