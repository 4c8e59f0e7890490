"""The engine's conclusion is written once, with all that it read, in one transaction with its step."""

import json
from dataclasses import replace

import pytest
from sqlalchemy import func, select
from temporalio.exceptions import ApplicationError

from activities.determining import OF_THE_CASE, Determining
from activities.intake import read_registration
from cases.determinations import Conclusion, Determination
from cases.facts import Source, SourceKind, SubjectKind
from cases.hardship.case import DIFFICULTY, HARDSHIP, PUBLIC_POST
from cases.hardship.determining import AdoptDetermination
from cases.hardship.leaving import HandOver
from cases.steps import PolicyStep
from rules.content import from_content
from store.determinations import determination_record
from store.engine import read, write
from store.facts import NewFact, record_fact
from store.households import household_of
from store.person_keys import person_key
from store.policy_contents import policy_contents
from store.tables.cases import determination_record as table
from tests.activities.both import Crashed, both, crash_at, crash_at_commit, everything
from tests.activities.office import Office, a_fact
from tests.registrations import a_registration

__all__ = ["both"]


def determining(office: Office) -> Determining:
    station = office.station
    return Determining(station.engine, station.keyring, station.policies, office.rule_engine)


def registered(office: Office, **changes: object) -> None:
    """Registered, and nothing determined yet."""
    registration = read_registration(a_registration(**changes))
    office._case = office.station.intake.open_case(registration, "caseworker-1", office.now)


def a_step(office: Office, policy: str = HARDSHIP) -> PolicyStep:
    return PolicyStep(
        office.case, f"{office.case.id}/determination/{policy}/{office.case.facts_seen}", policy, office.now
    )


def kept(office: Office, determination: str) -> Determination:
    with read(office.station.engine) as connection:
        key = person_key(connection, office.station.keyring, office.case.worker_id)
        return determination_record(connection, key, office.case.id, determination)


def facts_read(office: Office, determination: str) -> dict[str, object]:
    found: dict[str, object] = json.loads(kept(office, determination).facts_json)
    return found


def test_a_conclusion_is_kept_with_the_policy_and_the_facts_it_read(office: Office) -> None:
    registered(office)
    done = determining(office).determine(a_step(office))
    current = done.case.current(HARDSHIP)
    assert current
    made = kept(office, f"{HARDSHIP}-1")
    assert (current.conclusion, current.granted) == (Conclusion.GRANTED, None)
    assert (made.conclusion, made.policy, made.jurisdiction) == (Conclusion.GRANTED, HARDSHIP, "cn-50-99")
    assert made.policy_hash
    assert "durable-rules" in made.engines
    assert made.grounds
    assert facts_read(office, f"{HARDSHIP}-1")["waiting_since"] == "2025-01-01"


def test_what_decided_is_kept_whole_beside_it_and_the_facts_with_who_told_them(both: Office) -> None:
    registered(both)
    determining(both).determine(a_step(both))
    made = kept(both, f"{HARDSHIP}-1")
    with read(both.station.engine) as connection:
        content = policy_contents(connection, [made.policy_hash])[made.policy_hash]
    assert from_content(content.content, made.jurisdiction).hash == made.policy_hash
    sources = {source.name: source.value for source in made.sources}
    assert set(sources) == set(json.loads(made.facts_json))
    assert sources["waiting_since"] == SourceKind.STATEMENT
    assert sources["applied_on"] == OF_THE_CASE


def test_tried_again_it_answers_as_the_first_time(both: Office) -> None:
    registered(both)
    first = determining(both).determine(a_step(both))
    written = everything(both.station.engine)
    again = determining(both).determine(a_step(both))
    assert (again.receipt, again.case) == (first.receipt, first.case)
    assert everything(both.station.engine) == written


def test_a_conclusion_and_its_grounds_are_written_together_or_not_at_all(both: Office) -> None:
    registered(both)
    engine, step = both.station.engine, a_step(both)
    empty = everything(engine)
    with crash_at_commit(engine), crash_at(engine, 0) as statements, pytest.raises(Crashed):
        determining(both).determine(step)
    for number in range(len(statements) - 8, len(statements) + 1):
        with crash_at(engine, number), pytest.raises(Crashed):
            determining(both).determine(step)
    assert everything(engine) == empty
    determining(both).determine(step)
    with read(engine) as connection:
        assert connection.execute(select(func.count()).select_from(table)).scalar_one() == 1


def test_a_new_fact_makes_a_new_determination_and_the_old_one_stays_readable(office: Office) -> None:
    office.register(facts=[])
    assert kept(office, f"{HARDSHIP}-1").conclusion is Conclusion.NEEDS_INFORMATION
    assert kept(office, f"{HARDSHIP}-1").questions
    office.learns("disabled", value=True)
    assert [d.superseded for d in office.case.determinations if d.policy == HARDSHIP] == [True, False]
    assert "disabled" not in facts_read(office, f"{HARDSHIP}-1")
    assert facts_read(office, f"{HARDSHIP}-2")["disabled"] is True


def test_what_is_known_of_the_household_is_read_and_what_is_known_of_the_worker_goes_first(office: Office) -> None:
    registered(office, household=[{"name": "方示范", "relation": "配偶"}], facts=[a_fact("in_work", value=False)])
    with write(office.station.engine) as connection:
        house = household_of(connection, office.case.worker_id, office.today)
        assert house
        for name, value in (("household_size", 3), ("in_work", True)):
            fact = NewFact(
                SubjectKind.HOUSEHOLD,
                house,
                name,
                value,
                Source(SourceKind.RECORD, "户籍"),
                office.today,
                "caseworker-1",
                office.now,
            )
            record_fact(connection, office.station.keyring, fact)
    determining(office).determine(a_step(office))
    found = facts_read(office, f"{HARDSHIP}-1")
    assert (found["household_size"], found["in_work"]) == (3, False)


def test_a_decision_that_was_taken_is_a_fact_and_one_that_was_not_is_unknown(office: Office) -> None:
    office.recognised(difficulty=True)
    office.gives_everything()
    found = facts_read(office, f"{PUBLIC_POST}-1")
    assert (found["employment_difficulty"], found["plan_term_over"], found["plan_items_proved"]) == (True, True, True)
    assert found["placed"] is False


def test_an_undecided_class_is_unknown_to_the_public_welfare_post(office: Office) -> None:
    office.recognised()
    office.gives_everything()
    assert office.case.granted(DIFFICULTY) is None
    assert "employment_difficulty" not in facts_read(office, f"{PUBLIC_POST}-1")


def test_a_case_that_moved_on_is_not_determined(office: Office) -> None:
    registered(office)
    step = a_step(office)
    office.does(HandOver("示例区残联", "托养服务"))
    written = everything(office.station.engine)
    done = determining(office).determine(step)
    assert [reason.code for reason in done.refusals] == ["wrong-stage"]
    assert everything(office.station.engine) == written


def test_what_an_officer_decided_is_not_determined_again(office: Office) -> None:
    office.register()
    office.does(AdoptDetermination(f"{HARDSHIP}-1"), "officer-1")
    done = determining(office).determine(replace(a_step(office), key="another"))
    assert [reason.code for reason in done.refusals] == ["decided"]


def test_a_policy_that_is_not_in_force_is_no_matter_of_trying_again(office: Office) -> None:
    registered(office)
    with pytest.raises(ApplicationError) as none:
        determining(office).determine(a_step(office, "no-such-policy"))
    assert none.value.non_retryable
