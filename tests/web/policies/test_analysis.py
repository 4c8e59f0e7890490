"""The page of an analysis: a button, and what came of it in both languages."""

import json
from dataclasses import replace

import pytest

from activities import analysing
from activities.analysing_child import answers
from activities.bootstrap import policies_in_use
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
    return counter


def test_the_page_of_a_policy_leads_to_its_analysis(desk: Counter) -> None:
    officer = desk.signed_in("policy-officer-1")
    assert PAGE in officer.get("/policies/files/start-up-loan/cn-50").text
    page = officer.get(PAGE).text
    assert "开始分析" in page
    assert "没有发现" not in page


def test_what_was_found_stands_with_its_witness_its_proof_and_what_the_file_says(desk: Counter) -> None:
    officer = desk.signed_in("policy-officer-1")
    page = officer.send(PAGE).text
    for said in ("“ceiling”对这些事实没有规定", "合伙未见规定", "partnership", "评估器：结论为法规空白", "0项发现"):
        assert said in page


def test_a_policy_in_order_says_that_nothing_was_found(desk: Counter) -> None:
    page = desk.signed_in("policy-officer-1").send("/policies/files/public-post/cn/analysis").text
    assert "没有发现" in page


def test_a_table_of_amounts_says_where_it_is_analysed(desk: Counter) -> None:
    page = desk.signed_in("policy-officer-1").send("/policies/files/minimum-wage/cn-50/analysis").text
    assert "标准表随查用它的政策一并分析" in page


def test_where_the_process_was_ended_the_page_says_how_far_it_came(
    desk: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(analysing, "run_once", lambda *_: Run(({"of": 3},), Ending.TOO_LONG))
    page = desk.signed_in("policy-officer-1").send(PAGE).text
    assert "超过时限，已终止" in page
    assert "完成了 0 / 3" in page


def test_without_z3_the_page_says_how_it_is_installed(desk: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solver_there, "find_spec", lambda _: None)
    answer = desk.signed_in("policy-officer-1").send(PAGE)
    assert answer.status_code == 422
    assert "make analysis" in answer.text


def test_an_auditor_reads_the_page_and_finds_no_button(desk: Counter) -> None:
    page = desk.signed_in("auditor-2").get(PAGE).text
    assert "开始分析" not in page
    assert "看什么" in page


def test_what_a_proposal_would_make_of_it_is_analysed_before_anybody_publishes(desk: Counter) -> None:
    station = desk.office.station
    with write(station.engine) as connection:
        plant_proposal(connection, station.keyring, desk.hands())
    officer = desk.signed_in("policy-officer-1")
    page = officer.send(f"/policies/proposals/{PROPOSAL}/analysis").text
    assert "cn-50-99@2027-01-01" in page
    assert officer.get("/policies/proposals/no-such/analysis").status_code == 404
