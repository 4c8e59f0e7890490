"""The list of cases, what is due first coming first; and what reconciling compares."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Connection

from cases.case_parts import PaperState
from cases.hardship.case import HardshipCase
from cases.hardship.moving import Pause
from cases.hardship.stages import Outcome, Stage
from store.case_list import listed_cases
from store.cases import open_case, unfinished_case_ids
from store.keys import KeyRing
from store.reconciliations import Reconciliation, keep_reconciliation, latest_reconciliation
from tests.builders import OPENED_AT, a_counter
from tests.cases.hardship.lives import closed, in_help
from tests.store.casework import register


def paused() -> HardshipCase:
    counter = in_help()
    counter.does(Pause("ill"))
    return counter.case


def sooner(case: HardshipCase, days: int) -> HardshipCase:
    clocks = tuple(replace(c, due_at=c.due_at - timedelta(days=days)) if c.due_at else c for c in case.clocks)
    return replace(case, clocks=clocks)


@pytest.fixture
def cases(connection: Connection, keyring: KeyRing) -> dict[str, HardshipCase]:
    """One paused, one due, one due sooner elsewhere, one closed with its notice still owed."""
    made = {
        "case-1": paused(),
        "case-2": a_counter().case,
        "case-3": replace(sooner(a_counter().case, 2), station_id="station-2"),
        "case-4": closed().case,
    }
    register(connection, keyring, *(f"worker-{number}" for number in range(1, 5)))
    for number, (case_id, case) in enumerate(made.items(), start=1):
        open_case(connection, replace(case, id=case_id, worker_id=f"worker-{number}"))
    return made


def ids(connection: Connection, station_id: str | None = None, *, with_closed: bool = False) -> list[str]:
    return [case.id for case in listed_cases(connection, station_id, with_closed=with_closed)]


@pytest.mark.usefixtures("cases")
def test_what_is_due_first_comes_first_and_what_stands_still_last(connection: Connection) -> None:
    assert ids(connection) == ["case-3", "case-2", "case-1"]
    assert ids(connection, with_closed=True) == ["case-3", "case-2", "case-1", "case-4"]
    assert ids(connection, "station-1") == ["case-2", "case-1"]
    assert ids(connection, "station-9") == []


def test_a_listed_case_shows_where_it_stands(connection: Connection, cases: dict[str, HardshipCase]) -> None:
    by_id = {case.id: case for case in listed_cases(connection, with_closed=True)}
    assert by_id["case-2"].next_due_at == cases["case-2"].clocks[0].due_at
    assert (by_id["case-2"].stage, by_id["case-2"].caseworker, by_id["case-2"].applied_on) == (
        Stage.DETERMINATION,
        "caseworker-1",
        OPENED_AT.date(),
    )
    assert (by_id["case-1"].stage, by_id["case-1"].next_due_at) == (Stage.HELP, None)
    assert (by_id["case-4"].outcome, by_id["case-4"].next_due_at) == (Outcome.HANDED_OVER, None)


def test_a_stopped_clock_is_not_due(connection: Connection, keyring: KeyRing) -> None:
    register(connection, keyring, "worker-1")
    case = in_help().case
    open_case(connection, case)
    [listed] = listed_cases(connection)
    running = [clock.due_at for clock in case.clocks if clock.running and clock.due_at]
    assert listed.next_due_at == min(running)


@pytest.mark.usefixtures("cases")
def test_every_case_that_needs_a_workflow_is_compared(connection: Connection) -> None:
    """Also case-4: it is closed, and its notice is still to be printed."""
    assert unfinished_case_ids(connection) == ("case-1", "case-2", "case-3", "case-4")


def test_a_closed_case_with_its_papers_made_needs_none(connection: Connection, keyring: KeyRing) -> None:
    register(connection, keyring, "worker-1")
    case = closed().case
    made: tuple[PaperState, ...] = tuple(replace(paper, sha256="a" * 64) for paper in case.papers)
    open_case(connection, replace(case, papers=made))
    assert unfinished_case_ids(connection) == ()
    assert listed_cases(connection) == ()


def test_the_latest_comparison_is_kept_with_what_it_found(connection: Connection) -> None:
    assert latest_reconciliation(connection) is None
    first = Reconciliation(OPENED_AT, 3, {"clocks-differ": ("case-2", "case-1")})
    later = Reconciliation(OPENED_AT + timedelta(hours=1), 3, {})
    keep_reconciliation(connection, later)
    keep_reconciliation(connection, first)
    assert latest_reconciliation(connection) == later
