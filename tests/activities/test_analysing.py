"""Analysing in a process of its own: what came of it, and what stands where it was ended."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from activities import analysing
from activities.analysing import Analysing
from activities.bootstrap import POLICIES, load_calendar
from activities.throw_away import Ending, Run, run_once
from cases.refusals import Refused
from rules import solver_there
from store.engine import make_engine


@pytest.fixture
def desk(sqlite_url: str) -> Iterator[Analysing]:
    engine = make_engine(sqlite_url)
    yield Analysing(engine, POLICIES, load_calendar(POLICIES / "calendars").hash)
    engine.dispose()


def test_every_version_of_a_policy_in_its_place_is_analysed_by_a_process_that_is_thrown_away(desk: Analysing) -> None:
    done = desk.file("start-up-loan", "cn-50")
    assert done.whole
    (found,) = done.analyses
    assert [(each.subject, each.others) for each in found.findings] == [("ceiling", ("outcome",))]
    assert found.findings[0].stated


def test_what_was_done_before_the_process_was_ended_stands(desk: Analysing, monkeypatch: pytest.MonkeyPatch) -> None:
    def ended(module: str, request: dict[str, object], *limits: int) -> Run:
        whole = run_once(module, request, *limits)
        return Run((*whole.lines[:1], *whole.lines[1:2]), Ending.TOO_LONG)

    monkeypatch.setattr(analysing, "run_once", ended)
    done = desk.file("loan-interest", "cn")
    assert not done.whole
    assert (len(done.analyses), done.ending) == (1, Ending.TOO_LONG)


def test_a_process_that_gets_no_memory_says_so(desk: Analysing) -> None:
    done = replace(desk, memory=120 << 20).file("start-up-loan", "cn-50")
    assert done.ending is not Ending.DONE
    assert not done.whole


def test_without_z3_nothing_is_started(desk: Analysing, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solver_there, "find_spec", lambda _: None)
    monkeypatch.setattr(analysing, "run_once", lambda *_: pytest.fail("started"))
    with pytest.raises(Refused):
        desk.file("start-up-loan", "cn-50")
