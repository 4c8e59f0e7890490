"""The timeline keeps what was corrected; a paper is fetched as its bytes, and who fetched it is known."""

import re
from datetime import timedelta

from cases.facts import SourceKind
from cases.hardship.determining import RecordFact
from cases.hardship.papering import WaivePaper
from cases.hardship.stages import ReferralOutcome
from tests.web.case.desk import CaseDesk, words

PDF = b"%PDF-1.7 of the tests"


def titles(page: str) -> list[str]:
    return [words(f"<main>{title}</main>") for title in re.findall(r'class="yz-timeline__what">(.*?)</span>', page)]


def test_the_newest_step_comes_first_and_each_says_who_did_it(recognised: CaseDesk) -> None:
    recognised.office.now += timedelta(hours=1)
    recognised.office.refers(1, ReferralOutcome.NOT_HIRED)
    page = recognised.opens("caseworker-1", "/timeline").text
    shown = titles(page)
    assert shown[0].startswith("登记推荐结果：第 1 次推荐 · 仓库分拣员")
    assert shown[-1] == "登记并开案"
    assert "周经办" in page
    assert "系统" in page


def test_a_kind_narrows_the_timeline(recognised: CaseDesk) -> None:
    recognised.office.refers(1, ReferralOutcome.NOT_HIRED)
    services = titles(recognised.opens("caseworker-1", "/timeline?kind=services").text)
    decisions = titles(recognised.opens("caseworker-1", "/timeline?kind=decisions").text)
    assert len(services) == 3
    assert all("推荐" in title for title in services)
    assert "采纳认定：困难零工认定" in decisions
    assert not set(services) & set(decisions)
    nothing = recognised.reads("caseworker-1", "/timeline?kind=corrections")
    assert "没有这一类记录" in nothing


def test_a_fact_recorded_again_leaves_the_old_entry_and_both_lead_to_each_other(desk: CaseDesk) -> None:
    office = desk.office
    office.does(RecordFact("household_size", 3, SourceKind.STATEMENT, office.today, "本人陈述"))
    page = desk.opens("caseworker-1", "/timeline").text
    found = re.search(r'/timeline/(\d+)">登记事实：家庭人口', page)
    assert found
    first = found[1]
    office.does(RecordFact("household_size", 4, SourceKind.RECORD, office.today, "户口簿"))
    page = desk.opens("caseworker-1", "/timeline").text
    assert "yz-timeline--correction" in page
    assert "更正：家庭人口" in page
    assert page.count("家庭人口") >= 2, "the old entry stands"
    old = desk.reads("caseworker-1", f"/timeline/{first}")
    assert "值 3" in old
    assert "后由" in old
    corrections = titles(desk.opens("caseworker-1", "/timeline?kind=corrections").text)
    assert corrections == ["更正：家庭人口"]


def test_a_paper_is_fetched_as_its_bytes_and_written_down(recognised_on_both: CaseDesk) -> None:
    desk = recognised_on_both
    desk.office.refers(1, ReferralOutcome.NOT_HIRED)
    assert desk.opens("caseworker-1", "/papers/paper-1").status_code == 404, "still owed"
    paper = desk.prints("referral-letter", PDF)
    fetched = desk.opens("caseworker-1", f"/papers/{paper}")
    assert fetched.content == PDF
    assert fetched.headers["content-type"] == "application/pdf"
    name = f"{desk.office.case.id}-{paper}.pdf"
    assert fetched.headers["content-disposition"] == f'attachment; filename="{name}"'
    assert fetched.headers["cache-control"] == "no-store"
    assert desk.looks() == [("paper-read", "caseworker-1", None)]
    assert desk.opens("caseworker-3", f"/papers/{paper}").status_code == 404


def test_a_paper_says_whether_it_is_made_owed_or_given_up(recognised: CaseDesk) -> None:
    office = recognised.office
    office.refers(1, ReferralOutcome.NOT_HIRED)
    assert "待出具" in recognised.reads("caseworker-1", "/papers")
    made = recognised.prints("referral-letter", PDF)
    office.refers(2, ReferralOutcome.NOT_HIRED)
    office.does(WaivePaper("paper-2", "本人已当面得知"), "supervisor-1")
    shown = recognised.reads("caseworker-1", "/papers")
    assert "已出具" in shown
    assert "沈主管决定不再出具：本人已当面得知" in shown
    assert recognised.path + f"/papers/{made}" in recognised.opens("caseworker-1", "/papers").text
    assert "本人已当面得知" not in recognised.reads("auditor-1", "/papers")
