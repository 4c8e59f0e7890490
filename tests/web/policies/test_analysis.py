"""The page of an analysis: a button, and what came of it in both languages."""

import json
import re
from dataclasses import replace
from datetime import timedelta

import pytest

from activities import analysing, inquiry_starting
from activities.analysing_child import answers
from activities.bootstrap import policies_in_use
from activities.inquiries import Inquiries
from activities.throw_away import Ending, Run
from rules import solver_there
from store.engine import write
from tests.policy_drafts import PROPOSAL, plant_proposal
from tests.web.counter import Counter

PAGE = "/policies/files/start-up-loan/cn-50/analysis"


@pytest.fixture
def desk(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> Counter:
    """The child's work done here: its own test starts it."""
    station = counter.office.station
    counter.office.station = replace(station, policies=policies_in_use(station.engine))

    def at_once(_module: str, request: dict[str, object], *_: int) -> Run:
        return Run(tuple(json.loads(json.dumps(line)) for line in answers(request)), Ending.DONE)

    monkeypatch.setattr(analysing, "run_once", at_once)
    monkeypatch.setattr(
        inquiry_starting, "start", lambda _, inquiry_id: Inquiries(counter.office.station).answer(inquiry_id)
    )
    return counter


def test_what_was_found_stands_with_its_witness_its_proof_and_what_the_file_says(desk: Counter) -> None:
    officer = desk.signed_in("policy-officer-1")
    assert PAGE in officer.get("/policies/files/start-up-loan/cn-50").text
    before = officer.get(PAGE).text
    assert "开始分析" in before
    assert "自己写明" not in before
    page = officer.send(PAGE).text
    for said in ("“ceiling”对这些事实没有规定", "合伙未见规定", "partnership", "评估器：结论为法规未规定", "0项发现"):
        assert said in page


def test_a_policy_in_order_says_so_and_a_table_of_amounts_where_it_is_analysed(desk: Counter) -> None:
    officer = desk.signed_in("policy-officer-1")
    assert "没有发现" in officer.send("/policies/files/public-post/cn/analysis").text
    amounts = officer.send("/policies/files/minimum-wage/cn-50/analysis").text
    assert "标准表随查用它的政策一并分析" in amounts


def test_where_it_came_to_no_end_or_could_not_begin_the_page_says_why(
    desk: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    officer = desk.signed_in("policy-officer-1")
    monkeypatch.setattr(analysing, "run_once", lambda *_: Run(({"of": 3},), Ending.TOO_LONG))
    page = officer.send(PAGE).text
    assert "超过时限，已终止" in page
    assert "完成了 0 / 3" in page
    monkeypatch.setattr(solver_there, "find_spec", lambda _: None)
    answer = officer.send(PAGE)
    assert answer.status_code == 422
    assert "make analysis" in answer.text
    auditor = desk.signed_in("auditor-1").get(PAGE).text
    assert "看什么" in auditor
    assert "开始分析" not in auditor


def test_what_a_proposal_would_make_of_it_is_analysed_and_listed_on_its_page(desk: Counter) -> None:
    station, at = desk.office.station, desk.hands()
    with write(station.engine) as connection:
        plant_proposal(connection, station.keyring, at)
    officer = desk.signed_in("policy-officer-1")
    before = officer.get(f"/policies/proposals/{PROPOSAL}").text
    assert "还没有人就这份文本" in before
    for page in ("analysis", "cohort"):
        assert f'href="/policies/proposals/{PROPOSAL}/{page}"' in before
    assert 'href="/policies/files/hardship-worker/cn-50-99/simulate"' in before
    page = officer.send(f"/policies/proposals/{PROPOSAL}/analysis").text
    assert "cn-50-99@2027-01-01" in page
    listed = officer.get(f"/policies/proposals/{PROPOSAL}").text
    (href,) = re.findall(rf'href="(/policies/proposals/{PROPOSAL}/analysis[?]inquiry=[^"]*)"', listed)
    assert "cn-50-99@2027-01-01" in officer.get(href).text
    assert officer.get("/policies/proposals/no-such/analysis").status_code == 404


def test_it_is_worked_on_elsewhere_and_shows_by_itself_when_it_is_done(
    desk: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[str] = []
    monkeypatch.setattr(inquiry_starting, "start", lambda _, inquiry_id: begun.append(inquiry_id))
    officer = desk.signed_in("policy-officer-1")
    fields = {"key": "once"}
    waiting = officer.send(PAGE, fields).text
    assert 'data-settles="5"' in waiting
    assert "看看好了没有" in waiting, "without JavaScript"
    assert officer.send(PAGE, fields).status_code == 200
    assert len(begun) == 1, "sent twice, it is worked on once"
    Inquiries(desk.office.station).answer(begun[0])
    page = desk.signed_in("auditor-1").get(PAGE).text
    assert "data-settles" not in page
    assert "合伙未见规定" in page


def test_one_that_nobody_works_on_any_more_says_so(desk: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inquiry_starting, "start", lambda *_: None)
    officer = desk.signed_in("policy-officer-1")
    officer.send(PAGE)
    desk.hands.at += timedelta(minutes=2)
    page = officer.get(PAGE).text
    assert "中途中断" in page
    assert "data-settles" not in page


def test_an_earlier_analysis_is_found_again_beside_the_newest(desk: Counter) -> None:
    officer = desk.signed_in("policy-officer-1")
    officer.send(PAGE)
    desk.hands.at += timedelta(days=1)
    officer = desk.signed_in("policy-officer-1")
    page = officer.send(PAGE).text
    assert "再分析一次" in page
    (earlier,) = re.findall(r'href="([^"]*[?]inquiry=[^"]*)"', page)
    assert "合伙未见规定" in officer.get(earlier).text
