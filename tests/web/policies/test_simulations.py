"""The pages of a simulation: asked by a policy officer, worked on elsewhere, read by those who answer for the law."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from activities import simulation_starting
from activities.simulation_child import Telling, progress_file
from activities.simulation_opening import simulating_of
from activities.simulation_report import Question
from store.engine import read, write
from store.policy_files import propose
from store.policy_proposals import NewProposal
from store.simulations import simulations_of
from tests.policy_drafts import NAME, a_version
from tests.simulations_planted import SIMULATION, plant_simulation
from tests.web.counter import Counter

OFFICER, MANAGER = "policy-officer-1", "manager-1"
ASK = "/policies/files/hardship-worker/cn-50-99/simulate"
Started = list[tuple[str, Question]]


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Started:
    """What a process of its own would have been started for: its own tests start it."""
    found: Started = []

    def take_down(_: object, simulation_id: str, question: Question, *_more: object) -> None:
        found.append((simulation_id, question))

    monkeypatch.setattr(simulation_starting, "start", take_down)
    return found


def answered(counter: Counter, started: Started) -> None:
    """The process does its work."""
    office = counter.office
    for simulation_id, question in started:
        simulating_of(office.station, office.settings).simulate(simulation_id, question, OFFICER, counter.hands())


def fields(page: str) -> Mapping[str, Any]:
    found = re.search(r'name="key" value="(\w+)"', page)
    assert found
    return {"key": found[1]}


def test_a_value_is_chosen_and_its_report_comes_when_it_is_done(counter: Counter, started: Started) -> None:
    officer = counter.signed_in(OFFICER)
    assert re.search("older_worker</code> = <span lang=.en.>50</span>年", officer.get(ASK).text)
    waiting = officer.send(ASK, {"parameter": "older_worker", "value": "45"})
    assert waiting.status_code == 200
    assert "还没有开始" in waiting.text
    answered(counter, started)
    page = officer.get(str(waiting.url.path)).text
    assert "没有人" in page  # nobody is in this record yet
    assert "older_worker" in page
    assert 'href="/policies/simulations/' in officer.get(ASK).text


def test_sent_twice_it_is_asked_once(counter: Counter, started: Started) -> None:
    officer = counter.signed_in(OFFICER)
    sent = {"parameter": "older_worker", "value": "45", **fields(officer.get(ASK).text)}
    assert [officer.send(ASK, sent).status_code for _ in range(2)] == [200, 200]
    assert len(started) == 1


def test_the_text_of_a_proposal_is_simulated_and_can_be_cited(counter: Counter, started: Started) -> None:
    text = a_version(date(2027, 1, 1))
    with write(counter.office.station.engine) as connection:
        new = NewProposal("proposal-1", (NAME,), ("cn-50-99",), text, OFFICER, "缩短待工时间")
        kept = propose(connection, counter.office.station.keyring, new, counter.hands())
    page = counter.signed_in(MANAGER).send(ASK, {"proposal": "proposal-1"}).text
    assert kept.sha256 in page
    assert "/policies/proposals/proposal-1" in page
    assert started[0][1].change.plain() == {"text": kept.sha256, "proposal": "proposal-1"}


IMPOSSIBLE: tuple[tuple[dict[str, str], str], ...] = (
    ({}, "请选择一个数值并填写新值，或选择一项提议"),
    ({"parameter": "older_worker"}, "请填写这一项"),
    ({"parameter": "older_worker", "value": "x" * 201}, "最多 200 个字"),
    ({"parameter": "no_such", "value": "1"}, "请选择一项"),
    ({"parameter": "older_worker", "value": "很大"}, "很大"),
    ({"proposal": "no-such"}, "请选择一项"),
)


def test_what_cannot_be_asked_comes_back_with_why(counter: Counter, started: Started) -> None:
    officer = counter.signed_in(OFFICER)
    for sent, said in IMPOSSIBLE:
        page = officer.send(ASK, sent)
        assert (page.status_code, said in page.text) == (422, True), sent
    assert started == []
    with read(counter.office.station.engine) as connection:
        assert simulations_of(connection, "hardship-worker") == ()


def test_how_far_it_is_is_said_while_it_goes_on(counter: Counter, started: Started) -> None:
    officer = counter.signed_in(OFFICER)
    address = str(officer.send(ASK, {"parameter": "older_worker", "value": "45"}).url.path)
    with Telling(progress_file(counter.office.settings, started[0][0])) as telling:
        telling._told_at = 0  # a while ago
        telling(300, 1200)
        assert "正在模拟：300 / 1200 人" in officer.get(address).text
    assert "还没有开始，或中途中断" in officer.get(address).text


def test_small_figures_are_not_told_to_a_policy_officer_and_are_to_the_manager(counter: Counter) -> None:
    with write(counter.office.station.engine) as connection:
        plant_simulation(connection, counter.office.station.keyring, counter.hands())
    officer, manager = (
        counter.signed_in(who).get(f"/policies/simulations/{SIMULATION}").text for who in (OFFICER, MANAGER)
    )
    assert "&lt;5" in officer
    assert "少于 5 人的数字写作" in officer
    assert "少于 5 人的数字写作" not in manager
    for said in ("按年龄段", "60岁及以上", "保洁", "出生日期：1980-01-01至1984-12-31", "older-worker", SIMULATION):
        assert said in officer
    english = counter.signed_in(OFFICER).get(f"/policies/simulations/{SIMULATION}?language=en").text
    assert SIMULATION in english


def test_others_neither_ask_nor_read(counter: Counter) -> None:
    with write(counter.office.station.engine) as connection:
        plant_simulation(connection, counter.office.station.keyring, counter.hands())
    worker = counter.signed_in("caseworker-1")
    assert worker.get(ASK).status_code == 403
    assert worker.get(f"/policies/simulations/{SIMULATION}").status_code == 403
    auditor = counter.signed_in("auditor-1")
    assert auditor.get(ASK).status_code == 403
    assert auditor.get(f"/policies/simulations/{SIMULATION}").status_code == 200
    assert auditor.get("/policies/simulations/no-such").status_code == 404


def test_nothing_is_simulated_of_a_file_that_is_not_there(counter: Counter) -> None:
    assert counter.signed_in(OFFICER).get("/policies/files/hardship-worker/cn-37/simulate").status_code == 404
