"""The list of subsidies, and every page of one of them, as each reader sees it."""

import re

from sqlalchemy import select

from activities.engine_process import EngineProcess
from cases.subsidy.determining import RecordFact
from cases.subsidy.looking import AskPerson
from cases.subsidy.noticing import RaiseObjection
from cases.subsidy.running import RecordStopEvent
from store import subsidy_notices
from store.engine import read, write
from store.tables.cases import audit_event
from tests.activities.chosen import on_a_list
from tests.applications import flexible_facts
from tests.web.case.desk import words
from tests.web.counter import Counter
from tests.web.subsidies.desk import MONTHS, SubsidyDesk, applied

PAGES = (
    "",
    "/timeline",
    "/timeline/0",
    "/clocks",
    "/papers",
    "/determinations",
    "/determinations/flexible-insurance-1",
    "/determinations/flexible-insurance-1/today",
    "/determinations/compare?a=flexible-insurance-1&b=flexible-insurance-1",
)
READERS = ("caseworker-1", "officer-1", "supervisor-1", "manager-1", "auditor-1")
NAME = "李示例"


def test_every_page_opens_in_both_languages_for_all_who_read_cases(desk: SubsidyDesk) -> None:
    for staff in READERS:
        for language in ("zh", "en"):
            for page in PAGES:
                assert desk.opens(staff, page, language).status_code == 200, (staff, page, language)


def test_whoever_works_on_it_reads_the_name_and_whoever_leads_or_audits_does_not(desk: SubsidyDesk) -> None:
    name = desk.name
    assert name in desk.reads("caseworker-1")
    assert name in desk.lists("officer-1", "?view=open")
    for staff in ("manager-1", "auditor-1"):
        assert name not in desk.opens(staff).text
        assert name not in desk.lists(staff)
    assert desk.opens("caseworker-3").status_code == 404
    assert desk.path not in desk.browser("caseworker-3").get("/subsidies?view=all").text


def test_a_look_by_one_whose_case_it_is_not_is_written_down(desk: SubsidyDesk) -> None:
    desk.opens("caseworker-1")
    desk.opens("auditor-1")
    desk.opens("auditor-1")
    query = select(audit_event.c.actor).where(audit_event.c.kind == "case-read", audit_event.c.case_id == desk.case.id)
    with read(desk.counter.office.station.engine) as connection:
        assert sorted(connection.scalars(query)) == ["auditor-1", "auditor-1"]


def test_the_one_next_action_is_its_readers_own(desk: SubsidyDesk) -> None:
    officer = desk.opens("officer-1").text
    assert f"{desk.path}/do/adopt-determination?about=flexible-insurance-1" in officer
    assert "轮到审批人" in desk.reads("caseworker-1")
    desk.office.is_granted()
    assert "列入公示名单" in desk.reads("officer-1")
    assert 'href="/subsidies/notices"' in desk.opens("officer-1").text, "made for all that wait"
    desk.office.is_shown()
    assert "公示中" in desk.reads("caseworker-1")


def test_what_waits_for_whom_is_counted_in_the_list_and_beside_the_queue(desk: SubsidyDesk) -> None:
    assert "等我审批 1" in desk.lists("officer-1")
    assert "等我办理 0" in desk.lists("caseworker-1")
    assert "/subsidies?view=decide" in desk.browser("officer-1").get("/queue").text
    desk.office.is_granted()
    desk.office.is_shown()
    assert "等我审批 0" in desk.lists("officer-1")
    assert "/subsidies?view=decide" not in desk.browser("officer-1").get("/queue").text


def test_every_page_says_in_its_navigation_how_many_wait_for_the_reader(desk: SubsidyDesk) -> None:
    def told(staff: str) -> str:
        page = desk.browser(staff).get("/cases").text
        shown = page[page.index('<nav class="yz-nav"') : page.index("</nav>")]
        return " ".join(re.sub("<[^>]*>", " ", shown).split())

    assert "补贴 1 件等您办理" in told("officer-1")
    assert "件等您办理" not in told("caseworker-1")
    assert "件等您办理" not in told("manager-1")  # reads, and nothing waits for them
    assert "件等您办理" not in told("officer-3")  # of another station
    desk.office.is_granted()
    desk.office.is_shown()
    assert "件等您办理" not in told("officer-1")


def test_the_list_is_narrowed_and_summed_in_its_address(desk: SubsidyDesk) -> None:
    desk.office.is_granted()
    assert "准予 1,200.00 元" in desk.lists("manager-1") or "准予 1200" in desk.lists("manager-1")
    ends = desk.case.id[-6:].lower()
    assert desk.path in desk.browser("manager-1").get(f"/subsidies?number={ends}").text
    for query in ("stage=recovery", "applicant=employer", "number=ZZZZZZZZ", "station=station-2"):
        assert desk.path not in desk.browser("manager-1").get(f"/subsidies?{query}").text, query
    for query in ("stage=nonsense", "station=station-3", "view=work"):  # what means nothing narrows nothing
        assert desk.path in desk.browser("manager-1").get(f"/subsidies?{query}").text, query


def test_the_spreadsheet_holds_no_name_in_full(desk: SubsidyDesk) -> None:
    answer = desk.browser("manager-1").get("/subsidies/export.xlsx")
    assert answer.status_code == 200
    assert desk.name.encode() not in answer.content


def test_values_that_nobody_verified_are_marked_until_a_named_officer_accepts_them(desk: SubsidyDesk) -> None:
    waiting = desk.office.unaccepted()
    assert waiting
    shown = desk.reads("officer-2")
    assert "没有人接受" in shown or "接受" in shown
    assert f"{desk.path}/do/accept-unverified?about={waiting[0]}" in desk.opens("officer-2").text
    form = desk.opens("officer-2", f"/do/accept-unverified?about={waiting[0]}").text
    assert f'value="{waiting[0]}"' in form
    desk.office.is_paid()
    assert "褚审批" in desk.reads("manager-1")
    assert "没有人接受" not in desk.reads("manager-1")


def test_months_payments_and_what_the_bank_said_stand_together(desk: SubsidyDesk) -> None:
    desk.office.is_paid()
    shown = desk.reads("caseworker-1")
    for month in MONTHS:
        assert f"{month[:4]} 年 {int(month[5:])} 月" in shown
    assert "第 1 笔，已到账" in shown
    assert "享受期" in shown


def test_objections_and_stops_and_a_person_asked_for_are_shown_with_what_can_be_done(desk: SubsidyDesk) -> None:
    desk.office.is_granted()
    desk.office.is_shown()
    desk.office.does(RaiseObjection("邻居说不住在本地"))
    shown = desk.opens("officer-1").text
    assert f"{desk.path}/do/settle-objection?about=objection-1" in shown
    assert "邻居说不住在本地" not in words(desk.opens("manager-1", "/timeline").text)
    desk.office.does(RecordStopEvent("drew_pension", "2026-02", "联网核验"))
    assert "已领养老金" in desk.reads("caseworker-1")


def test_a_refusal_says_what_failed_and_offers_a_person(counter: Counter, rule_engine: EngineProcess) -> None:
    facts = [fact | ({"value": False} if fact["name"] == "flexible_work" else {}) for fact in flexible_facts(*MONTHS)]
    desk = applied(counter, rule_engine, facts=facts)
    assert desk.case.standing
    shown = desk.reads("caseworker-1")
    assert desk.case.standing.conclusion.label.zh in shown
    assert f"{desk.path}/do/ask-person" in desk.opens("caseworker-1").text
    desk.office.does(AskPerson("已经登记为灵活就业"))
    assert "等审批人亲自看过" in desk.reads("officer-1")
    assert f"{desk.path}/do/answer-person" in desk.opens("officer-1").text


def test_a_missing_fact_is_one_click_from_being_recorded(counter: Counter, rule_engine: EngineProcess) -> None:
    facts = [fact for fact in flexible_facts(*MONTHS) if fact["name"] != "flexible_work"]
    desk = applied(counter, rule_engine, facts=facts)
    page = desk.opens("caseworker-1").text
    assert f"{desk.path}/do/record-fact?about=" in page
    assert "还缺的事实" in words(page)
    facts_page = desk.opens("caseworker-1", "/do/record-fact").text
    assert "影响结论" in words(facts_page)
    assert RecordFact.KIND in facts_page


def test_whoever_comes_by_the_number_alone_is_led_to_the_subsidy(desk: SubsidyDesk) -> None:
    as_case = desk.path.replace("/subsidies/", "/cases/")
    for page in ("", "/determinations/flexible-insurance-1"):
        led = desk.browser("auditor-1").get(as_case + page)
        assert (led.status_code, str(led.url).removeprefix("http://testserver")) == (200, desk.path + page)
    assert desk.browser("caseworker-3").get(as_case).status_code == 404
    assert "灵活就业社会保险补贴" in words(desk.browser("auditor-1").get(f"/audit/cases/{desk.case.id}").text)


def test_a_subsidy_is_found_by_the_end_of_its_number_wherever_one_is(desk: SubsidyDesk) -> None:
    browser = desk.browser("officer-1")
    found = browser.send("/find", {"q": desk.case.id[-8:]}, form_at="/find").text
    assert f"/workers/{desk.case.applicant_id}" in found
    assert desk.path in browser.get(f"/workers/{desk.case.applicant_id}").text


def test_a_list_says_in_words_why_a_case_is_not_on_it(desk: SubsidyDesk) -> None:
    desk.office.is_granted()
    engine = desk.counter.office.station.engine
    number = on_a_list(engine, desk.case, desk.office.office.now)
    with write(engine) as connection:
        left_out = {desk.case.id: "workflow-not-begun"}
        subsidy_notices.leave_out(connection, subsidy_notices.found(connection, number), left_out)
    shown = words(desk.browser("officer-1").get(f"/subsidies/notices/{number}").text)
    assert "流程尚未启动，几分钟后再做一次即可" in shown
    assert "等着公示的" in words(desk.browser("officer-1").get("/subsidies/notices").text)
