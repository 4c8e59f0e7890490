"""A determination's page: every rule with what it read, what is missing, and what officers do with it."""

import re

from cases.hardship.determining import AdoptDetermination, ConfirmDeparture, DepartFromDetermination
from store.cases import load_case
from store.engine import read
from store.seed_past import demo_cases
from tests.web.case.desk import CaseDesk
from tests.web.counter import Counter

PAGE = "/determinations/hardship-worker-1"


def test_every_rule_says_what_it_read_with_source_and_clause(desk: CaseDesk) -> None:
    shown = desk.reads("officer-1", PAGE)
    assert "开始待工日期：2025年1月1日（本人陈述、3月2日）" in shown
    assert "申请日期：" in shown
    assert "本案记录" in shown
    assert "政策定的值：90天 long_wait" in shown
    assert "引擎 一致" in shown
    english = desk.reads("officer-1", PAGE, "en")
    assert "the worker’s statement" in english or "the worker's statement" in english
    assert "set by the policy" in english


def test_a_fact_that_is_missing_says_whether_it_matters(desk: CaseDesk) -> None:
    """A rule that holds is enough: what is still unknown need not be asked."""
    shown = desk.reads("officer-1", PAGE)
    assert "没有 持有残疾人证；不用补，补了结论也不变" in shown
    difficulty = desk.reads("officer-1", "/determinations/employment-difficulty-1")
    assert "补了可能改变结论，问" in difficulty
    assert "还缺什么" in difficulty


def test_a_condition_that_failed_says_by_how_much(desk: CaseDesk) -> None:
    desk.office.learns("waiting_since", str(desk.office.today))
    made = desk.office.case.current("hardship-worker")
    assert made
    shown = desk.reads("officer-1", f"/determinations/{made.id}")
    assert "还差 读到 0天，要求比的是 90天" in shown


def test_authorities_that_nobody_checked_are_marked(desk: CaseDesk) -> None:
    shown = desk.reads("officer-1", PAGE)
    assert "凭记忆，未核实" in shown
    assert "不能据此拨付" in shown
    assert "unverified" in desk.reads("officer-1", PAGE, "en")


def test_the_officer_gets_the_two_buttons_and_others_are_told_to_wait(desk: CaseDesk) -> None:
    page = desk.opens("officer-1", PAGE).text
    assert f"{desk.path}/do/adopt-determination?about=hardship-worker-1" in page
    assert f"{desk.path}/do/depart-from-determination?about=hardship-worker-1" in page
    waiting = desk.opens("caseworker-1", PAGE).text
    assert "/do/adopt-determination" not in waiting
    assert "等审批人决定" in waiting


def test_a_decision_says_who_took_it_and_a_departure_why(desk: CaseDesk) -> None:
    desk.office.does(DepartFromDetermination("hardship-worker-1", granted=False, reason="住处不在本区"), "officer-1")
    assert "在此之前没有效力" in desk.reads("caseworker-1", PAGE)
    desk.office.does(ConfirmDeparture("hardship-worker-1"), "officer-2")
    shown = desk.reads("caseworker-1", PAGE)
    assert "陈审批提出偏离，褚审批于" in shown
    assert "理由：住处不在本区" in shown
    assert "住处不在本区" not in desk.reads("auditor-1", PAGE)


def test_two_determinations_are_told_apart_by_outcome_facts_and_rules(desk: CaseDesk) -> None:
    desk.office.learns("in_work", value=True)
    page = desk.opens("officer-1", "/determinations/compare?a=hardship-worker-1&b=hardship-worker-2").text
    rows = re.findall(r"<tr( class=\"yz-changed\")?>(.*?)</tr>", page, re.DOTALL)
    differing = [row for changed, row in rows if changed]
    assert any("规则结论" in row and "符合" in row and "不符合" in row for row in differing)
    assert any("目前已就业" in row for row in differing)
    assert any("seeking-work" in row for row in differing)
    assert all("不同" in row and "yz-wavy" in row for row in differing)
    assert any("待工满90天" in row for changed, row in rows if not changed)
    assert "开始待工日期" not in "".join(differing)


def test_a_comparison_with_what_is_not_there_is_no_page(desk: CaseDesk) -> None:
    for asked in ("", "?a=hardship-worker-1", "?a=hardship-worker-1&b=hardship-worker-9"):
        assert desk.opens("officer-1", f"/determinations/compare{asked}").status_code == 404
    assert desk.opens("officer-1", "/determinations/hardship-worker-9").status_code == 404


def test_the_list_says_what_stands_and_what_was_superseded(desk: CaseDesk) -> None:
    desk.office.learns("disabled", value=True)
    desk.office.does(AdoptDetermination("hardship-worker-2"), "officer-1")
    shown = desk.reads("caseworker-1", "/determinations")
    assert "已被后来的认定取代" in shown
    assert "陈审批" in shown


def test_determinations_of_two_cases_of_one_person_are_compared(demo: Counter) -> None:
    """查明远 was declined in his first case, and is determined anew in his second."""
    with read(demo.office.station.engine) as connection:
        first, second = (demo_cases(connection)[life] for life in ("closed-declined", "new"))
        earlier, later = (load_case(connection, case).determinations[0].id for case in (first, second))
    browser = demo.signed_in("officer-1")
    assert f"{first}~{earlier}" in browser.get(f"/cases/{second}/determinations").text
    page = browser.get(f"/cases/{second}/determinations/compare?a={first}~{earlier}&b={later}")
    assert page.status_code == 200
    assert f"/cases/{first}/determinations/{earlier}" in page.text
    stranger = demo.signed_in("officer-3")
    assert stranger.get(f"/cases/{second}/determinations/compare?a={first}~{earlier}&b={later}").status_code == 404


def test_another_persons_determination_is_no_side_of_a_comparison(demo: Counter) -> None:
    with read(demo.office.station.engine) as connection:
        mine, another = (demo_cases(connection)[life] for life in ("new", "closed-placed"))
        theirs = load_case(connection, another).determinations[0].id
        own = load_case(connection, mine).determinations[0].id
    page = demo.signed_in("officer-1").get(f"/cases/{mine}/determinations/compare?a={another}~{theirs}&b={own}")
    assert page.status_code == 404
