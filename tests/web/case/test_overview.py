"""The overview: one next action by role, proof of duty by name, what waits, and the ways in and out."""

import re

import pytest

from cases.hardship.determining import AdoptDetermination, DepartFromDetermination
from cases.hardship.leaving import ApproveClosure, AskReview, ProposeExit, Reopen
from cases.hardship.moving import Pause, ProposeTransfer
from cases.hardship.needing import OpenNeed
from cases.hardship.referring import AnswerReferral, DeliverReferral, RecordReferral
from cases.hardship.stages import ExitReason, ReferralOutcome
from tests.web.case.desk import CaseDesk


def next_action(desk: CaseDesk, reader: str, language: str = "zh") -> str:
    page = desk.opens(reader, language=language).text
    found = re.search(r'<section class="yz-next".*?</section>', page, re.DOTALL)
    assert found
    assert page.count('class="yz-next"') == 1, "one next action on a page"
    return found[0]


def panel(desk: CaseDesk, reader: str, name: str, language: str = "zh") -> str:
    page = desk.opens(reader, language=language).text
    found = re.search(rf'<section class="[^"]*"[^>]* id="{name}".*?</section>', page, re.DOTALL)
    return found[0] if found else ""


def test_the_officer_is_asked_to_decide_and_the_caseworker_waits(recognised: CaseDesk) -> None:
    desk = recognised
    assert f"{desk.path}/do/adopt-determination?about=employment-difficulty-1" not in next_action(desk, "caseworker-1")
    asked = next_action(desk, "officer-1")
    assert "employment-difficulty-1" in asked
    assert "就业困难人员认定" in asked


def test_the_caseworker_is_told_what_the_plan_owes_and_by_which_clause(recognised: CaseDesk) -> None:
    shown = next_action(recognised, "caseworker-1")
    assert "做职业指导" in shown
    assert f"{recognised.path}/do/record-guidance" in shown
    assert "方案要求职业指导 1 次，已计入 0 次" in shown
    assert "重庆市零工市场通知（2022年9月14日）三（四）" in shown
    assert "全文已核" in shown
    english = next_action(recognised, "caseworker-1", "en")
    assert "the plan owes 1, and 0 count" in english
    assert "full text checked" in english


def test_a_colleague_is_told_whose_turn_it_is(recognised: CaseDesk) -> None:
    shown = next_action(recognised, "supervisor-1")
    assert "轮到经办人" in shown
    assert 'govuk-button"' not in shown


def test_nobody_is_offered_to_second_their_own_departure(desk: CaseDesk) -> None:
    desk.office.does(DepartFromDetermination("hardship-worker-1", granted=False, reason="住处不在本区"), "officer-1")
    page = "/determinations/hardship-worker-1"
    proposer = desk.reads("officer-1", page)
    assert "陈审批于" in proposer
    assert "提出偏离" in proposer
    assert "住处不在本区" in proposer
    assert "confirm-departure" not in desk.opens("officer-1", page).text
    second = desk.opens("officer-2", page).text
    assert "confirm-departure?about=hardship-worker-1" in second
    assert "reject-departure?about=hardship-worker-1" in second


def test_each_service_says_by_name_whether_it_counts(recognised: CaseDesk) -> None:
    office = recognised.office
    office.refers(1, ReferralOutcome.NOT_HIRED)
    office.does(RecordReferral("vacancy-10", office.today))
    office.does(DeliverReferral("referral-2", office.today, "当面"))
    office.does(RecordReferral("vacancy-3", office.today))
    shown = panel(recognised, "caseworker-1", "item-referrals")
    assert "岗位推荐 1/3" in shown
    first, second, third = shown.split("yz-proof__ordinal")[:0:-1]
    assert "计入" in first
    assert "仓库分拣员 · 示例物流有限公司" in first
    assert "用工主体在推荐前没有核实过" in second
    assert "这一次不能补" in second
    assert "还不知道" in third
    assert f"{recognised.path}/do/deliver-referral?about=referral-3" in third
    english = panel(recognised, "caseworker-1", "item-referrals", "en")
    assert "The employer had never been verified." in english


def test_a_contested_referral_says_who_alone_can_take_it_back(recognised: CaseDesk) -> None:
    recognised.office.refers(1, ReferralOutcome.NOT_HIRED)
    recognised.office.does(AnswerReferral("referral-1", confirmed=False, reason="没有去过"), "caseworker-1")
    shown = panel(recognised, "caseworker-1", "item-referrals")
    assert "本人对这次推荐有异议" in shown
    assert "只有本人可以撤回异议" in shown


def test_a_second_referral_to_one_employer_names_the_first(recognised: CaseDesk) -> None:
    recognised.office.refers(1, ReferralOutcome.NOT_HIRED)
    recognised.office.refers(8, ReferralOutcome.NOT_HIRED)
    assert "与第 1 次是同一家用工主体" in panel(recognised, "caseworker-1", "item-referrals")


def test_a_transfer_waits_in_a_panel(recognised: CaseDesk) -> None:
    recognised.office.does(ProposeTransfer("station-2", "搬家了"))
    shown = panel(recognised, "supervisor-1", "pending-transfer")
    assert "示例社区零工驿站" in shown
    assert "accept-transfer" in shown
    assert "搬家了" in shown
    assert "accept-transfer" not in panel(recognised, "caseworker-1", "pending-transfer")
    assert "搬家了" not in panel(recognised, "manager-1", "pending-transfer")


def test_a_pause_says_why_and_offers_to_resume(recognised: CaseDesk) -> None:
    reason = next(iter(recognised.office.station.policies.law("cn-50-99", recognised.office.today).pause_reasons))
    recognised.office.does(Pause(reason, "住院"))
    assert "resume" in panel(recognised, "caseworker-1", "pending-pause")
    assert "已暂停" in recognised.reads("caseworker-1")
    assert "恢复" in next_action(recognised, "caseworker-1")


def test_an_exit_can_be_reviewed_by_another_officer(recognised: CaseDesk) -> None:
    office = recognised.office
    office.does(ProposeExit(ExitReason.ASKS_TO_LEAVE, "本人来电"))
    assert "ask-review" in panel(recognised, "caseworker-1", "pending-exit")
    office.does(AskReview("想继续"), "caseworker-1")
    assert "decide-review" in panel(recognised, "officer-1", "pending-exit")
    assert "decide-review" not in panel(recognised, "caseworker-1", "pending-exit")


def test_a_closure_is_approved_by_a_supervisor_and_then_says_how_it_ended(desk: CaseDesk) -> None:
    office = desk.office
    office.learns("in_work", value=True)
    made = office.case.current("hardship-worker")
    assert made
    office.does(AdoptDetermination(made.id), "officer-1")
    assert "approve-closure" in panel(desk, "supervisor-1", "pending-closure")
    assert "approve-closure" not in panel(desk, "caseworker-1", "pending-closure")
    office.does(ApproveClosure(), "supervisor-1")
    shown = next_action(desk, "caseworker-1")
    assert "不予认定" in shown
    assert f"{desk.path}/do/reopen" in shown
    assert "还有 1 份文书待出具" in shown
    office.does(Reopen("有新的材料"))
    assert "认定中" in desk.reads("caseworker-1")


def test_needs_are_listed_with_what_can_be_done(recognised: CaseDesk) -> None:
    recognised.office.does(OpenNeed("需要接送孩子"))
    shown = panel(recognised, "caseworker-1", "needs")
    assert "需要接送孩子" in shown
    assert "settle-need?about=need-1" in shown
    assert "需要接送孩子" not in panel(recognised, "auditor-1", "needs")


def test_everything_that_can_be_done_is_listed_and_the_rest_says_why_not(recognised: CaseDesk) -> None:
    shown = panel(recognised, "caseworker-1", "all-acts")
    assert f"{recognised.path}/do/record-referral" in shown
    assert "现在不能办理的" in shown
    assert "“批准办结”只能在以下阶段办理" in shown
    auditor = panel(recognised, "auditor-1", "all-acts")
    assert "/do/" not in auditor


@pytest.mark.parametrize(
    ("asked", "back"),
    [
        ("/queue?view=mine#row-1", "/queue?view=mine#row-1"),
        ("https://example.org/", "/queue"),
        ("//example.org", "/queue"),
        ("/\\example.org", "/queue"),
        ("", "/queue"),
    ],
)
def test_the_way_back_leads_to_our_own_pages_only(recognised: CaseDesk, asked: str, back: str) -> None:
    browser = recognised.browser("caseworker-1")
    page = browser.client.get(recognised.path, params={"back": asked} if asked else {}).text
    found = re.search(r'class="yz-back" href="([^"]*)"', page)
    assert found
    assert found[1].replace("&amp;", "&") == back
    assert not re.search(r'href="[^"?]*example\.org', page)


def test_the_way_on_leads_to_the_next_row_of_the_same_list(recognised: CaseDesk) -> None:
    recognised.office.register()  # another case of the same caseworker
    browser = recognised.browser("caseworker-1")
    rows = re.findall(r'href="(/cases/case-\w+)\?back=([^"]+)"', browser.get("/queue?view=mine").text)
    ways = list(dict.fromkeys((case, back.replace("&amp;", "&")) for case, back in rows))
    (first, back), (second, _) = ways[:2]
    page = browser.get(f"{first}?back={back}").text
    assert re.search(rf'href="{second}\?back=[^"]*">下一件：', page)
    assert "2 件中的第 1 件" in page
