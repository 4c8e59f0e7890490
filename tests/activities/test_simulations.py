"""“What if 50 becomes 45” on people of the record: the right figures, kept, for those whose place it is."""

from datetime import date
from typing import Any

import pytest
from pydantic import TypeAdapter
from sqlalchemy import select, update
from sqlalchemy.exc import DatabaseError

from activities.simulating import EnginesDisagree
from activities.simulation_law import SetParameter, WithText
from activities.simulation_report import REPORT, Question, Report
from activities.simulation_run import SAMPLE, Run
from activities.simulation_seen import seen_by
from cases.facts import SubjectKind
from cases.refusals import Refused
from rules.simulated_effects import Dimension, Effect, Tally
from rules.simulated_protection import ShownEffects
from rules.simulating import Disagreement
from store.engine import read, write
from store.scope import scope_of
from store.simulations import kept_simulation, simulations_of, simulations_of_text
from store.tables.cases import audit_event
from store.tables.employers import employer
from store.tables.simulations import simulation
from tests.activities.both import both
from tests.activities.office import Office
from tests.activities.population import OFFICER, aged, asked, knows, settle, simulated, simulating
from tests.policy_drafts import a_version
from tests.store.builders import TODAY

__all__ = ["both"]


def refused(office: Office, question: Question, by: str = OFFICER) -> list[str]:
    with pytest.raises(Refused) as raised:
        simulated(office, question, by)
    return [reason.code for reason in raised.value.refusals]


def seen(office: Office, report: Report, by: str) -> ShownEffects:
    with read(office.station.engine) as connection:
        return seen_by(connection, scope_of(connection, by, TODAY), report)


def by_station(report: Report) -> dict[str, Any]:
    found = next(each for each in report.effects.by if each.dimension is Dimension.STATION)
    return {row.key: row.tally.effects for row in found.rows}


def test_fifty_becomes_forty_five(both: Office) -> None:
    # 44 stays outside and 50 inside; 45 and 49 gain; of one nothing is known.
    settle(both, aged(44), aged(45), aged(50))
    settle(both, aged(49), {}, station="station-2", first=4)
    report = simulated(both, asked("45"))
    assert report.effects.total == Tally({Effect.GAINS: 2, Effect.SAME: 3}, granted_before=1, granted_after=3)
    assert by_station(report) == {
        "station-1": {Effect.GAINS: 1, Effect.SAME: 2},
        "station-2": {Effect.GAINS: 1, Effect.SAME: 1},
    }
    assert (report.compared, report.of, report.snapshot_day) == (5, "workers", TODAY)
    (law,) = report.laws
    assert law.place == "cn-50-99"
    assert law.before_hash != law.after_hash


def test_a_limit_that_rises_takes_it_away(office: Office) -> None:
    settle(office, aged(50), aged(52), aged(60))
    assert simulated(office, asked("55")).effects.total.effects == {Effect.LOSES: 2, Effect.SAME: 1}


def test_a_draft_of_the_same_policy_is_taken_as_of_its_first_day(office: Office) -> None:
    waited = [date.fromordinal(TODAY.toordinal() - days).isoformat() for days in (59, 60, 89, 90)]
    settle(office, *(aged(30, waiting_since=since) for since in waited))
    draft = WithText(a_version(date(2027, 1, 1), days=60))
    report = simulated(office, Question("hardship-worker", "cn-50-99", draft))
    assert report.as_of == date(2027, 1, 1)
    assert report.effects.total.effects == {Effect.GAINS: 2, Effect.SAME: 2}


def test_people_are_under_the_law_of_their_own_place(office: Office) -> None:
    """What Chongqing says otherwise changes nothing where a district says it by itself."""
    settle(office, aged(45))
    report = simulated(office, asked("45"))
    assert report.effects.total.effects == {Effect.GAINS: 1}
    with pytest.raises(Refused):  # nothing sets the value for the city as a whole
        simulated(office, Question("hardship-worker", "cn-50", SetParameter("older_worker", "45")))


def test_facts_of_employers_are_decided_over_employers(office: Office) -> None:
    with write(office.station.engine) as connection:
        (first, *_) = connection.scalars(select(employer.c.id).order_by(employer.c.id)).all()
        knows(connection, office.station, SubjectKind.EMPLOYER, first, "state_body", True)  # noqa: FBT003 - its value
    report = simulated(office, Question("employer-insurance", "cn-50-99", SetParameter("firms_only", "0")))
    assert report.of == "employers"
    assert report.effects.total.effects[Effect.UNDECIDED] == 1  # refused for what it is, and now all else is open


IMPOSSIBLE = (
    (asked(parameter="oldest"), "no-such-parameter"),
    (asked("many"), "policy"),
    (Question("hardship-wroker", "cn-50-99", SetParameter("older_worker", "45")), "no-policy-in-force"),
    (Question("clocks", "cn-50-99", SetParameter("x", "1")), "no-such-parameter"),
    (Question("hardship-worker", "cn-37", SetParameter("older_worker", "45")), "no-station-of-yours"),
    (Question("hardship-worker", "cn-50-99", WithText("id: [")), "policy"),
    (Question("exit", "cn-50-99", WithText(a_version(date(2027, 1, 1)))), "other-policy"),
)


def test_what_cannot_be_asked_is_refused_with_why_and_leaves_no_trace(office: Office) -> None:
    for question, code in IMPOSSIBLE:
        assert refused(office, question) == [code]
        with read(office.station.engine) as connection:
            assert simulations_of(connection, question.policy) == ()


def test_only_policy_officers_and_managers_ask(office: Office) -> None:
    for who in ("caseworker-1", "auditor-1", "nobody"):
        assert refused(office, asked(), by=who) == ["no-station-of-yours"]


def test_it_is_kept_with_what_was_asked_and_read_again_as_it_was(both: Office) -> None:
    settle(both, aged(45))
    draft = WithText(a_version(date(2027, 1, 1)))
    report = simulated(both, Question("hardship-worker", "cn-50-99", draft))
    with read(both.station.engine) as connection:
        (listed,) = simulations_of(connection, "hardship-worker")
        kept = kept_simulation(connection, both.station.keyring, listed.asked.id)
        (of_text,) = simulations_of_text(connection, listed.asked.text_sha256 or "")
        (event,) = connection.execute(select(audit_event).where(audit_event.c.kind == "simulate-policy")).all()
    assert kept is not None
    assert kept.answer is not None
    assert REPORT.validate_python(kept.answer.report) == report
    assert of_text.asked == listed.asked
    assert (event.actor, event.about_id) == (OFFICER, listed.asked.id)


def test_what_was_kept_is_never_edited(office: Office) -> None:
    simulated(office, asked())
    with pytest.raises(DatabaseError, match="append-only"), write(office.station.engine) as connection:
        connection.execute(update(simulation).values(policy="other"))


def test_a_run_whose_programs_disagree_gives_no_report_and_says_so(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def differs(*_: object) -> Report:
        law = office.station.policies.book.resolve("hardship-worker", "cn-50-99", TODAY)
        raise Disagreement(law, "outcome")

    monkeypatch.setattr(Run, "report", differs)
    with pytest.raises(EnginesDisagree):
        simulated(office, asked())
    with read(office.station.engine) as connection:
        (listed,) = simulations_of(connection, "hardship-worker")
    assert listed.answer is not None
    assert [reason.code for reason in listed.answer.refusals] == ["simulation-failed"]


def test_the_sample_is_spread_over_all_parts(office: Office) -> None:
    settle(office, *(aged(30 + number) for number in range(9)))
    assert simulated(office, asked(), part=2).compared == 9
    assert SAMPLE == 200


def test_small_figures_are_told_only_to_those_who_may_see_each_person(office: Office) -> None:
    settle(office, aged(45), aged(46), *(aged(30) for _ in range(8)))
    report = simulated(office, asked())
    officer, manager = (seen(office, report, who) for who in (OFFICER, "manager-1"))
    assert (manager.exact, manager.effects[Effect.GAINS].value) == (True, 2)
    assert (officer.exact, officer.effects[Effect.GAINS].value, officer.effects[Effect.SAME].value) == (
        False,
        None,
        None,
    )
    assert '"value":2,' not in TypeAdapter(ShownEffects).dump_json(officer).decode()


def test_what_nobody_is_known_by_is_said(office: Office) -> None:
    settle(office, {"in_work": False})
    assert "waiting_since" in simulated(office, asked()).not_kept
    assert "in_work" not in simulated(office, asked()).not_kept


def test_two_offices_ask_at_once_and_one_snapshot_is_made(office: Office) -> None:
    settle(office, aged(45))
    first, second = (simulated(office, asked(value)) for value in ("45", "46"))
    assert first.snapshot_hash == second.snapshot_hash
    assert simulating(office).snapshots.path.exists()
