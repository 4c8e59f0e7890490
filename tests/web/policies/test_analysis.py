"""The page of an analysis: a button, and what came of it in both languages."""

import json
from dataclasses import replace
from datetime import date

import pytest

from activities import analysing
from activities.analysing_child import answers
from activities.bootstrap import policies_in_use
from activities.throw_away import Ending, Run
from rules import solver_there
from store.engine import write
from store.policy_files import propose
from store.policy_proposals import NewProposal
from tests.policy_drafts import NAME, PROPOSAL, a_version
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


def test_what_a_proposal_would_make_of_it_is_analysed_before_anybody_publishes(desk: Counter) -> None:
    station, at = desk.office.station, desk.hands()
    new = NewProposal(PROPOSAL, (NAME,), ("cn-50-99",), a_version(date(2027, 1, 1)), "policy-officer-1", "示例区修正")
    with write(station.engine) as connection:
        propose(connection, station.keyring, new, at)
    officer = desk.signed_in("policy-officer-1")
    page = officer.send(f"/policies/proposals/{PROPOSAL}/analysis").text
    assert "cn-50-99@2027-01-01" in page
    assert officer.get("/policies/proposals/no-such/analysis").status_code == 404
