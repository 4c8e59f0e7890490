"""A case as a person reads it."""

from datetime import timedelta

import pytest

from activities.case_view import OPENED, CaseView, view_case
from cases.hardship.case import HARDSHIP
from cases.hardship.determining import AdoptDetermination
from cases.hardship.referring import RecordReferral
from cases.reckoning import State, reckon
from store.cases import NoSuchCase
from tests.activities.office import Office


def view(office: Office) -> CaseView:
    return view_case(office.station, office.case.id, office.now)


def test_a_person_is_masked(office: Office) -> None:
    office.register()
    shown = view(office)
    assert "示例" not in shown.worker.name
    assert "*" in shown.worker.identity
    assert "*" in shown.worker.phone


def test_the_timeline_has_every_step_by_its_name(office: Office) -> None:
    office.register()
    office.does(AdoptDetermination(f"{HARDSHIP}-1"), "officer-1")
    entries = view(office).timeline
    assert [entry.kind for entry in entries] == [
        "open-case",
        "determination-made",
        "determination-made",
        "adopt-determination",
    ]
    assert entries[0].title == OPENED
    assert (entries[-1].title, entries[-1].actor) == (AdoptDetermination.TITLE, "officer-1")
    assert [entry.revision for entry in entries] == [0, 1, 2, 3]


def test_a_clock_shows_how_it_is_reckoned_and_where_it_stands(office: Office) -> None:
    office.recognised()
    office.now += timedelta(days=1)
    clocks = {clock.id: clock for clock in view(office).clocks}
    assert clocks["determination"].position is None, "stopped"
    term = clocks["term"]
    assert term.position
    assert (term.position.state, term.position.elapsed) == (State.RUNNING, 0)
    assert term.reckoning
    assert term.state.due_at
    assert term.authority.clause


def test_a_clock_that_ran_out_is_over(office: Office) -> None:
    office.register()
    office.now += timedelta(days=60)
    [clock] = view(office).clocks
    assert clock.position
    assert clock.position.state is State.OVER
    assert clock.position.late > 0


def test_proofs_determinations_and_what_comes_next_are_shown(office: Office) -> None:
    office.recognised()
    office.does(RecordReferral("vacancy-9", office.today))
    shown = view(office)
    [referral] = next(proof for proof in shown.proofs if proof.item.kind == "referral").services
    assert {c.name for c in referral.failed} >= {"meets-hours", "meets-health", "delivered", "outcome-known"}
    assert shown.determinations[0].made.grounds
    assert "deliver-referral" in [step.act for step in shown.next]


def test_a_case_that_is_not_there_is_said_so(office: Office) -> None:
    with pytest.raises(NoSuchCase):
        view_case(office.station, "case-9", office.now)


def test_a_clock_can_be_reckoned_again_from_its_view(office: Office) -> None:
    office.register()
    [clock] = view(office).clocks
    again = reckon(clock.clock, office.station.policies.calendar)
    assert (again.due_at, again.steps) == (clock.state.due_at, clock.reckoning)
