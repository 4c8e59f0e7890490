"""What a caseworker reads of a case, in both languages, and that no line of it is cut where there is no terminal."""

from dataclasses import replace
from datetime import UTC, date, datetime
from io import StringIO

import pytest
from rich.console import Console, RenderableType

from activities.case_view import CaseView, DeterminationView, Entry
from cases.authorities import Authority, Tag
from cases.case_kinds import CaseKind
from cases.case_parts import DeterminationState, PaperState
from cases.determinations import Conclusion, Determination, Finding, Question, Verdict
from cases.hardship.case import HARDSHIP
from cases.hardship.next_step import next_steps
from cases.hardship.proofs import prove
from cases.hardship.stages import Stage
from cases.roles import Role
from cases.wording import Language, Wording
from cli.case_parts_text import paper_list
from cli.case_text import case_list, case_text, next_text
from cli.screen import screen
from store.every_case import ListedOfAny
from store.people import MaskedWorker
from tests.builders import a_case, a_plan

ZH, EN = Language.ZH, Language.EN
AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
LAW = Authority("示例办法第三条", Tag.MEMORY)


def rendered(what: RenderableType, width: int = 200) -> str:
    console = Console(file=StringIO(), width=width)
    with console.capture() as captured:
        console.print(what)
    return captured.get()


def a_view(conclusion: Conclusion | None = None) -> CaseView:
    case, plan = a_case(), a_plan()
    made: tuple[DeterminationView, ...] = ()
    if conclusion:
        state = DeterminationState("hardship-worker-1", HARDSHIP, conclusion, AT)
        case = replace(case, determinations=(state,))
        made = (DeterminationView(state, a_determination(conclusion)),)
    return CaseView(
        case=case,
        worker=MaskedWorker("worker-1", "方**", "699999********0120", "138****0001"),
        plan=plan,
        proofs=prove(plan, case),
        clocks=(),
        determinations=made,
        timeline=(Entry(1, "determination-made", Wording("规则认定", "Determination by rules"), Role.ENGINE, AT),),
        next=tuple(next_steps(case, plan)),
    )


def a_determination(conclusion: Conclusion) -> Determination:
    reason = Wording("待工满90天", "Waiting for 90 days or more")
    verdict = Verdict.YES if conclusion is Conclusion.GRANTED else Verdict.UNKNOWN
    asked = Question("waiting_since", "applicant", Wording("从哪一天起没有工作？", "Since which day out of work?"))
    return Determination(
        policy=HARDSHIP,
        version="2024-01-01",
        policy_hash="hash",
        jurisdiction="cn-50-99",
        conclusion=conclusion,
        findings=(Finding("long-wait", "ground", verdict, (), reason, LAW),),
        questions=() if conclusion is Conclusion.GRANTED else (asked,),
        facts_json="{}",
        engines="evaluator 1",
    )


def test_what_comes_next_says_why_what_to_type_and_who() -> None:
    view = a_view(Conclusion.GRANTED)
    assert "困难零工认定（hardship-worker-1）待决定  → 采纳认定 adopt-determination（审批人）" in rendered(
        next_text(view, ZH)
    )
    english = rendered(next_text(view, EN))
    assert "“hardship worker” (hardship-worker-1) waits for a decision  → Adopt a determination" in english
    assert "adopt-determination (officer)" in english


def test_before_the_rules_have_spoken_the_case_says_that_it_waits_for_them() -> None:
    assert "规则正在认定" in rendered(next_text(a_view(), ZH))
    assert "The rules are determining" in rendered(next_text(a_view(), EN))


def test_a_determination_is_told_in_words_with_unverified_clauses_marked() -> None:
    chinese, english = (rendered(case_text(a_view(Conclusion.GRANTED), language)) for language in (ZH, EN))
    assert "规则结论：符合  待审批人决定" in chinese
    assert "示例办法第三条 [M] 未经核实" in chinese
    assert "the rules say: granted  waits for an officer" in english
    assert "示例办法第三条 [M] unverified" in english


def test_missing_information_is_asked_by_its_question_with_the_fact_to_record() -> None:
    chinese, english = (rendered(case_text(a_view(Conclusion.NEEDS_INFORMATION), language)) for language in (ZH, EN))
    assert "? 问本人：从哪一天起没有工作？  (waiting_since)" in chinese
    assert "? ask the applicant: Since which day out of work?  (waiting_since)" in english
    assert "不明  待工满90天" in chinese


def test_the_engine_acts_by_its_name_in_the_timeline() -> None:
    assert "规则认定  引擎" in rendered(case_text(a_view(), ZH))


def test_papers_stand_in_the_case_and_by_themselves() -> None:
    paper = PaperState("paper-1", "referral-letter", "referral-1", date(2026, 3, 2))
    case = replace(a_case(), papers=(paper,))
    line = "paper-1  岗位推荐函  referral-1  2026-03-02  待出具"
    assert line in rendered(paper_list(case, ZH))
    assert line in rendered(case_text(replace(a_view(), case=case), ZH))


def test_a_long_line_goes_on_below_its_own_beginning() -> None:
    lines = rendered(next_text(a_view(Conclusion.GRANTED), EN), width=60).splitlines()
    assert all(line.startswith("  ") for line in lines[2:])
    assert len(lines) > 3


def test_a_list_cuts_no_id_and_no_day(capsys: pytest.CaptureFixture[str]) -> None:
    where = "station-1", Stage.HELP, None, "caseworker-1", date(2026, 3, 2), AT
    case = ListedOfAny("case-01M8AJGTYZNXBACXR5P7M5S7B9", CaseKind.HARDSHIP, None, *where)
    subsidy = replace(case, kind=CaseKind.SUBSIDY, subsidy="flexible-insurance")
    screen(unbroken=True).print(case_list((case, subsidy), EN))
    _, first, second = (line.split() for line in capsys.readouterr().out.splitlines())
    rest = ["station-1", "Help", "caseworker-1", "2026-03-02", "09:00"]
    assert first == [case.id, "hardship", *rest]
    assert second == [case.id, "subsidy", "flexible-insurance", *rest]


def test_without_a_terminal_no_line_is_broken(capsys: pytest.CaptureFixture[str]) -> None:
    screen().print("word " * 100)
    assert len(capsys.readouterr().out.splitlines()) == 1
