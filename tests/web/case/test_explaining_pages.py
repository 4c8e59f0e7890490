"""A determination's page tells what would change it, when time does, and how an amount came about."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from activities.bootstrap import POLICIES
from activities.policies import Policies
from cases.canonical import Json
from cases.determinations import Conclusion, Determination, Reading, Turn
from cases.wording import Language
from rules.policies import PolicyBook
from rules.shelf import documents_in, replaced
from tests.rules.books import a_book, indented, rule
from tests.rules.books import a_policy as a_policy_file
from tests.rules.test_decisions import determined
from tests.rules.test_explain import SUBSIDY
from tests.web.case.desk import CaseDesk
from tests.web.spoken import chinese_words, english_words
from web.case.explaining import explaining, later_verdicts, told_of
from web.case.readings import Looked, reading_words
from web.case.speech import Speech

PAGE = "/determinations/hardship-worker-1"
DISTRICT = POLICIES / "cn-50-99" / "hardship-worker.yaml"


def changes(shown: str) -> str:
    """The panel of what would change the outcome."""
    return shown.partition("哪项事实不同，结论会不同")[2].partition("冻结的事实")[0]


def test_what_would_change_the_outcome_is_told_with_its_clause(desk: CaseDesk) -> None:
    panel = changes(desk.reads("officer-1", PAGE))
    assert "目前已就业：否 → 是 结论为不符合" in panel
    assert "目前没有就业：重庆市零工市场通知" in panel
    assert "全文已核" in panel
    assert "不是建议" in panel
    english = desk.reads("officer-1", PAGE, "en")
    assert "In work now: no → yes then it comes out: refused" in english


def test_nothing_that_nobody_can_change_is_suggested(desk: CaseDesk) -> None:
    """He has waited long enough to the day, so another day of birth or of waiting would matter."""
    panel = changes(desk.reads("officer-1", PAGE))
    assert "开始待工日期：" not in panel
    assert "出生日期：" not in panel


def test_while_facts_are_missing_they_are_asked_instead(desk: CaseDesk) -> None:
    shown = desk.reads("officer-1", "/determinations/employment-difficulty-1")
    assert "还缺什么" in shown
    assert changes(shown) == ""


@pytest.mark.parametrize("reader", ["auditor-1", "manager-1"])
def test_who_does_not_work_on_the_case_sees_which_fact_and_not_its_value(desk: CaseDesk, reader: str) -> None:
    panel = changes(desk.reads(reader, PAGE))
    assert "目前已就业：（不显示）" in panel
    assert "否 → 是" not in panel


@pytest.fixture
def looked(desk: CaseDesk) -> Callable[..., Looked]:
    """A determination as its page takes it, made to measure."""

    class Opened:
        speech = Speech(Language.ZH, desk.office.today)
        station = desk.counter.office.station
        of_the_case: frozenset[str] = frozenset()

    def made_to_measure(made: Determination, book: PolicyBook | None = None, *, plain: bool = True) -> Looked:
        of = book or desk.counter.office.station.policies.book
        policy = of.resolve(made.policy, made.jurisdiction, date(2024, 6, 1))
        return Looked(Opened(), None, made, policy, (), plain)  # type: ignore[arg-type]  # what is read of them

    return made_to_measure


NEARLY: dict[str, Json] = {
    "applied_on": "2024-03-31",
    "waiting_since": "2024-01-02",
    "in_work": False,
    "disabled": False,
    "born_on": "1990-01-01",
    "household_income": 400_000,
    "household_size": 3,
}


def test_the_day_on_which_time_turns_it_stands_beside_the_verdict_and_at_its_rule(
    looked: Callable[..., Looked],
) -> None:
    made = replace(determined(NEARLY), turns=Turn(date(2024, 4, 1), Conclusion.GRANTED))
    one = looked(made)
    told = told_of(one)
    turn = explaining(one, told)["turn"]
    assert isinstance(turn, dict)
    assert turn["words"] == "2024年4月1日起：符合"
    assert "待工满90天" in turn["why"]
    assert later_verdicts(one, told) == {"long-wait": "2024年4月1日起成立"}


def test_a_day_that_could_tell_a_birthday_is_masked(looked: Callable[..., Looked]) -> None:
    made = replace(determined(NEARLY), turns=Turn(date(2024, 4, 1), Conclusion.GRANTED))
    one = looked(made, plain=False)
    shown = str(explaining(one, told_of(one))) + str(later_verdicts(one, told_of(one)))
    assert "某日起：符合" in shown
    assert "4月1日" not in shown


def test_an_amount_stands_with_its_parts_and_what_each_item_came_to(looked: Callable[..., Looked]) -> None:
    book = a_book(a_policy_file(SUBSIDY, kind="subsidy"))
    periods: Json = [
        {"from_day": "2024-01-01", "until": "2024-01-31"},
        {"from_day": "2024-03-01", "until": "2024-03-02"},
    ]
    facts: dict[str, Json] = {"poor": True, "paid": 123_456, "unemployed": periods}
    made = determined(facts, book.resolve("example", "cn", date(2024, 6, 1)))
    one = looked(made, book)
    shown = explaining(one, told_of(one))
    assert shown["amount"] == {"figure": "823.04", "words": ""}
    assert "823.04元" in str(shown["parts"])
    assert "30天" in str(shown["item_tables"])
    assert "1天" in str(shown["item_tables"])
    masked = explaining(one := looked(made, book, plain=False), told_of(one))
    assert "823" not in str(masked)
    assert "30天" not in str(masked)


def test_a_value_that_was_reckoned_is_told_apart_from_one_that_is_set_and_masked_like_facts(
    looked: Callable[..., Looked],
) -> None:
    book = a_book(a_policy_file(RECKONED))
    facts: dict[str, Json] = {"paid": 123_456, "poor": True}
    made = determined(facts, book.resolve("example", "cn", date(2024, 6, 1)))
    half, limit = Reading("half", "61728"), Reading("limit", "200000")
    assert {half, limit} < set(made.findings[0].read)
    assert "算出来的值：617.28元" in reading_words(looked(made, book), half)
    assert "政策定的值：2000元" in reading_words(looked(made, book), limit)
    masked = looked(made, book, plain=False)
    assert "617" not in reading_words(masked, half)
    assert "政策定的值：2000元" in reading_words(masked, limit)
    parts = explaining(looked(made, book), told_of(looked(made, book)))["parts"]
    assert isinstance(parts, list)
    assert [each["by"] for each in parts] == [[], ["适用：第二条，全文已核", "被取代：第一条，全文已核"]]


def test_without_its_policy_a_page_says_that_changes_cannot_be_told(looked: Callable[..., Looked]) -> None:
    one = replace(looked(determined(NEARLY)), policy=None)
    assert explaining(one, told_of(one))["flips"] is None


def test_under_todays_version_where_it_is_the_same(desk: CaseDesk) -> None:
    assert "按今天的版本" in desk.reads("officer-1", PAGE)
    shown = desk.reads("officer-1", f"{PAGE}/today")
    assert "版本相同。" in shown
    assert "结论相同。" in shown


RECKONED = """
2024-01-01:
  parameters:
    limit: {value: 2000, unit: yuan, authority: 第三条, tag: T}
  derive:
    half: round_down(paid / 2, 1 fen)
  values:
    rate:
      usual: {be: 1, authority: 第一条, tag: T}
      poor: {when: poor, be: 2, beats: [usual], authority: 第二条, tag: T}
  rules:
    little:
      when: half * rate <= limit
      reason: {zh: 缴费少, en: Paid little}
      authority: 第四条
      tag: T
"""
LATER = """
  2026-03-10:
    parameters:
      long_wait: {value: 730, unit: day, authority: 新标准第二条, tag: M}
      older_worker: {value: 60, unit: year, authority: 新标准第三条, tag: M}
"""


@pytest.fixture
def longer_wait(desk: CaseDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CaseDesk:
    """Since the case was opened the district came to ask for two years of waiting, or sixty of age."""
    head, _, _ = DISTRICT.read_text(encoding="utf-8").partition("    examples:")
    takes_up(head + LATER, desk, tmp_path, monkeypatch)
    desk.later(10)
    return desk


def test_a_rule_that_is_law_no_longer_is_shown_as_repealed(
    desk: CaseDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = "  2025-06-01:\n    rules:\n      poor: {removed: {authority: 废止令第一条, tag: T}}\n"
    head, _, _ = DISTRICT.read_text(encoding="utf-8").partition("    examples:")
    added = "    rules:\n" + indented(rule("poor", "poor"), 6)
    takes_up(head + added + gone, desk, tmp_path, monkeypatch)
    desk.office.register()
    shown = desk.reads("officer-1", PAGE)
    assert "已废止 poor rules/poor 最后有效日 2025年5月31日 废止令第一条， 全文已核" in shown


def takes_up(text: str, desk: CaseDesk, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The district's policy is this one from now on."""
    (folder / "district.yaml").write_text(text, encoding="utf-8")
    policies = desk.counter.office.station.policies
    documents = replaced(documents_in(POLICIES), documents_in(folder / "district.yaml"))
    book = PolicyBook.of(*documents, calendar_hash=policies.book.calendar_hash)
    monkeypatch.setattr(policies, "_in_use", vars(Policies(book, policies.calendar))["_in_use"])


def test_under_a_later_version_the_clause_that_changed_the_outcome_is_named(longer_wait: CaseDesk) -> None:
    shown = longer_wait.reads("officer-1", f"{PAGE}/today")
    assert "结论不同，是因为规定不同。" in shown
    assert "参数 long_wait 90天 示例区困难零工认定标准（示例）第二条， 凭记忆，未核实 730天 新标准第二条" in shown
    assert "影响结论" in shown
    assert "不溯及" in shown
    page = longer_wait.opens("officer-1", f"{PAGE}/today").text
    changed = page.partition('id="rules"')[2].split('<tr class="yz-changed">')[1:]
    assert [rule in row for rule, row in zip(("long-wait", "older-worker"), changed, strict=True)] == [True, True]
    english = longer_wait.reads("officer-1", f"{PAGE}/today", "en")
    assert "They differ because the law does." in english
    for language, foreign in (("zh", english_words), ("en", chinese_words)):
        assert not foreign(longer_wait.opens("officer-1", f"{PAGE}/today", language).text)
    assert longer_wait.opens("officer-3", f"{PAGE}/today").status_code == 404


def test_two_determinations_say_which_fact_changed_the_outcome(desk: CaseDesk) -> None:
    desk.office.learns("in_work", value=True)
    desk.office.learns("disabled", value=True)
    shown = desk.reads("officer-1", "/determinations/compare?a=hardship-worker-1&b=hardship-worker-3")
    assert "结论不同，是因为事实不同。" in shown
    work, disabled = (shown.partition(label)[2][:20] for label in ("目前已就业", "持有残疾人证"))
    assert "影响结论" in work
    assert "影响结论" not in disabled
    english = desk.reads("officer-1", "/determinations/compare?a=hardship-worker-1&b=hardship-worker-3", "en")
    assert "They differ because the facts do." in english
