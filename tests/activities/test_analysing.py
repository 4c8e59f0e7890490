"""Analysing in a process of its own: what came of it, and what stands where it was ended."""

import json
from collections.abc import Iterator
from dataclasses import asdict

import pytest

from activities import analysing
from activities.analysing import Analysing
from activities.bootstrap import POLICIES, load_calendar
from activities.throw_away import Ending, Run
from cases.refusals import Refused
from rules import solver_there
from rules.solver_policies import analysed, asked_of
from store.engine import make_engine
from tests.rules.books import a_book, a_policy, indented, rule


@pytest.fixture
def desk(sqlite_url: str) -> Iterator[Analysing]:
    engine = make_engine(sqlite_url)
    yield Analysing(engine, POLICIES, load_calendar(POLICIES / "calendars").hash)
    engine.dispose()


def test_every_version_of_a_policy_in_its_place_is_analysed_by_a_process_that_is_thrown_away(desk: Analysing) -> None:
    done = desk.file("start-up-loan", "cn-50")
    assert done.whole
    found = [finding for each in done.analyses for finding in each.findings]
    assert [(each.subject, each.others) for each in found] == [("ceiling", ("outcome",))]
    assert found[0].stated


def test_what_was_done_before_the_process_was_ended_stands(desk: Analysing, monkeypatch: pytest.MonkeyPatch) -> None:
    book = a_book(a_policy("2024-01-01:\n  rules:\n" + indented(rule("poor", "poor"), 4)))
    (one,) = [analysed(book, each) for each in asked_of(book)]
    line = json.loads(json.dumps(asdict(one)))
    monkeypatch.setattr(analysing, "run_once", lambda *_: Run(({"of": 2}, {"analysis": line}), Ending.TOO_LONG))
    done = desk.file("loan-interest", "cn")
    assert not done.whole
    assert (done.analyses, done.of) == ((one,), 2)


def test_without_z3_nothing_is_started(desk: Analysing, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solver_there, "find_spec", lambda _: None)
    monkeypatch.setattr(analysing, "run_once", lambda *_: pytest.fail("started"))
    with pytest.raises(Refused):
        desk.file("start-up-loan", "cn-50")
