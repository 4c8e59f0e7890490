"""What is put right on a subsidy's pages: money that came back, a mistaken event, and what was delivered."""

from cases.subsidy.moves import DECISION_NOTICE
from cases.subsidy.running import RecordStopEvent
from cases.subsidy.stages import Stage
from store.cases import load_subsidy
from store.engine import read
from tests.web.acts.at_counter import hidden
from tests.web.acts.at_once import answers_at_once
from tests.web.case.desk import words
from tests.web.subsidies.desk import SubsidyDesk


def signs(desk: SubsidyDesk, staff: str, kind: str, fields: dict[str, str]) -> str:
    """Filled in, looked at and signed; what the page says then."""
    answers_at_once(desk.counter)
    browser, form = desk.browser(staff), f"{desk.path}/do/{kind}"
    page = browser.get(form).text
    given = {name: hidden(page, name) for name in ("key", "revision")} | fields
    looked = browser.send(form, given | {"press": "save"})
    assert looked.status_code == 200, words(looked.text)
    if not str(looked.url).endswith("/confirm"):
        return words(looked.text)
    signed = {name: hidden(looked.text, name) for name in ("csrf", "key", "seen")}
    return words(browser.client.post(f"{form}/confirm", data=signed).text)


def stage(desk: SubsidyDesk) -> Stage:
    with read(desk.counter.office.station.engine) as connection:
        return load_subsidy(connection, desk.case.id).stage


def a_day(desk: SubsidyDesk, name: str) -> dict[str, str]:
    today = desk.office.office.today
    return {f"{name}-year": f"{today.year}", f"{name}-month": f"{today.month}", f"{name}-day": f"{today.day}"}


def test_money_that_came_back_late_is_recorded_with_the_bank_s_code_and_due_again(desk: SubsidyDesk) -> None:
    desk.office.is_paid()
    assert "登记到账后退汇" in desk.reads("officer-1")
    fields = {"payment": "payment-1", "code": "R09", "evidence": "退汇通知7号", **a_day(desk, "returned_on")}
    said = signs(desk, "officer-1", "return-payment", fields)
    assert "退汇已登记，须重新拨付" in said
    assert stage(desk) is Stage.PAYMENT
    assert "退汇" in desk.reads("officer-2")
    assert "R09" in desk.reads("officer-2")


def test_an_event_that_is_struck_out_stays_on_the_page_with_who_struck_it(desk: SubsidyDesk) -> None:
    desk.office.does(RecordStopEvent("employer_insured", "2026-03", "参保记录"))
    said = signs(desk, "caseworker-1", "strike-stop-event", {"stop": "stop-1", "reason": "登记错了人"})
    assert "停发情形已撤销" in said
    assert "撤销，不再计算" in desk.reads("caseworker-1")
    assert "撤销停发情形" in desk.reads("caseworker-1", "/timeline")


def test_the_page_says_that_no_day_to_appeal_is_counted_until_the_paper_is_delivered(desk: SubsidyDesk) -> None:
    desk.office.is_granted()
    assert "正在出具，尚未送达" in desk.reads("caseworker-1")
    desk.office.is_printed()
    page = desk.reads("caseworker-1")
    assert "期限都没有起算" in page
    assert "申请行政复议" not in page
    paper = next(each.id for each in desk.case.papers if each.kind == DECISION_NOTICE)
    fields = {"paper": paper, "way": "in-person", **a_day(desk, "on")}
    assert "送达已登记" in signs(desk, "caseworker-1", "record-delivery", fields)
    page = desk.reads("caseworker-1")
    assert "直接送达" in page
    assert "申请行政复议" in page
    assert "申请行政复议" in desk.reads("caseworker-1", "/clocks")
