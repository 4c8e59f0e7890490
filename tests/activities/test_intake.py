"""A registration is kept whole or not at all, once per key, however many counters are at it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import func, select

from activities.intake import read_registration
from cases.constraints import Constraints, HealthDemand, PayFloor, PayUnit
from cases.facts import SubjectKind
from cases.hardship.case import HARDSHIP, HardshipCase
from cases.hardship.leaving import ApproveClosure, HandOver
from cases.hardship.stages import Stage
from cases.refusals import Refused
from cases.registration import Registration
from store.cases import load_case
from store.constraints import constraints
from store.engine import read
from store.facts import current_facts
from store.households import household_of, members
from store.people import worker
from store.tables.cases import hardship_case, outbox
from store.tables.people import worker as worker_table
from tests.activities.both import Crashed, both, crash_at, crash_at_commit, everything
from tests.activities.office import Office, a_fact
from tests.builders import OPENED_AT
from tests.registrations import a_registration

__all__ = ["both"]

TOMORROW = {"established_on": "2026-03-03"}


def opens(office: Office, registration: Registration, actor: str = "caseworker-1") -> HardshipCase:
    return office.station.intake.open_case(registration, actor, office.now)


def refused(office: Office, registration: Registration, actor: str = "caseworker-1") -> list[str]:
    """Why it was refused; and that nothing was kept."""
    before = everything(office.station.engine)
    with pytest.raises(Refused) as refused:
        opens(office, registration, actor)
    assert everything(office.station.engine) == before
    return [reason.code for reason in refused.value.refusals]


def a_person(**changes: Any) -> dict[str, Any]:
    person: dict[str, Any] = a_registration()["worker"]
    return person | changes


def written(**changes: Any) -> Registration:
    return read_registration(a_registration(**changes))


def count(office: Office, table: Any) -> int:
    with read(office.station.engine) as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


def test_a_registration_becomes_a_case_with_its_first_clock_and_a_start_to_be_sent(both: Office) -> None:
    case = opens(both, written())
    with read(both.station.engine) as connection:
        assert load_case(connection, case.id) == case
        starts = connection.execute(select(outbox.c.id)).scalars().all()
    assert (case.stage, case.caseworker, case.station_id, case.jurisdiction, case.applied_on) == (
        Stage.DETERMINATION,
        "caseworker-1",
        "station-1",
        "cn-50-99",
        both.today,
    )
    assert [clock.id for clock in case.clocks] == ["determination"]
    assert case.plan_hash
    assert starts == [f"{case.id}/start"]


def test_what_the_worker_states_is_kept(office: Office) -> None:
    limits = {
        "hours": [],
        "places": [],
        "pay_floor_fen": 0,
        "pay_floor_unit": "hour",
        "health": ["heights"],
    }
    household = [{"name": "方示范", "relation": "配偶"}]
    case = opens(office, written(limits=limits, household=household))
    with read(office.station.engine) as connection:
        kept = constraints(connection, office.station.keyring, case.worker_id, office.today)
        house = household_of(connection, case.worker_id, office.today)
        assert house
        people = members(connection, office.station.keyring, house, office.today)
    assert kept.hours is not None
    assert (kept.hours.shifts, kept.places) == ((), frozenset())
    assert (kept.pay_floor, kept.ruled_out) == (PayFloor(0, PayUnit.HOUR), frozenset({HealthDemand.HEIGHTS}))
    assert {(person.name, person.relation) for person in people} == {(None, "本人"), ("方示范", "配偶")}


def test_what_the_worker_does_not_state_is_unknown(office: Office) -> None:
    case = opens(office, written(limits={}))
    with read(office.station.engine) as connection:
        assert constraints(connection, office.station.keyring, case.worker_id, office.today) == Constraints()
        assert household_of(connection, case.worker_id, office.today) is None


def test_facts_are_kept_with_those_of_the_identity_document(office: Office) -> None:
    case = opens(office, written(facts=[a_fact("in_work", value=False)]))
    with read(office.station.engine) as connection:
        worker_id = case.worker_id
        facts = current_facts(connection, office.station.keyring, SubjectKind.WORKER, worker_id, office.today)
    assert {name: fact.value for name, fact in facts.items()} == {
        "in_work": False,
        "born_on": "1975-01-01",
        "sex": "male",
    }


def test_a_registration_sent_twice_is_one_case(both: Office) -> None:
    registration = written()
    case = opens(both, registration)
    before = everything(both.station.engine)
    both.now += timedelta(hours=1)
    assert opens(both, registration) == case
    assert everything(both.station.engine) == before


def test_a_key_stands_for_one_registration_of_one_caseworker(office: Office) -> None:
    first = a_registration()
    opens(office, read_registration(first))
    assert refused(office, read_registration(first | {"wishes": [{"trade": "保洁"}]})) == ["key-taken"]
    assert refused(office, written(key=first["key"])) == ["key-taken"]
    assert refused(office, read_registration(first), "caseworker-2") == ["key-taken"]


def test_a_person_with_an_open_case_goes_on_with_that_one(both: Office) -> None:
    person = a_person()
    opens(both, written(worker=person))
    assert refused(both, written(worker=person)) == ["open-case"]


def test_a_person_who_comes_back_keeps_their_place_in_the_ledger(office: Office) -> None:
    person = a_person()
    office.register(worker=person)
    office.does(HandOver("示例区残联", "托养服务"))
    office.does(ApproveClosure(), "supervisor-1")
    first = office.case
    assert first.current(HARDSHIP)
    second = opens(office, written(worker=person))
    assert second.id != first.id
    assert second.worker_id == first.worker_id
    assert count(office, worker_table) == 1
    with read(office.station.engine) as connection:
        found = worker(connection, office.station.keyring, second.worker_id)
    assert found
    assert found.name == person["name"]


def test_a_number_under_another_name_is_looked_at_again(office: Office) -> None:
    person = a_person()
    opens(office, written(worker=person))
    assert refused(office, written(worker=person | {"name": "他人"})) == ["name-differs"]


def test_a_phone_that_somebody_has_is_looked_at_first(office: Office) -> None:
    first = opens(office, written(worker=a_person(phone="13800000001")))
    sharing = a_registration(worker=a_person(phone="13800000001"))
    assert refused(office, read_registration(sharing)) == ["perhaps-registered"]
    opens(office, read_registration(sharing | {"unlike": [first.worker_id]}))


@pytest.mark.parametrize(
    ("changes", "actor", "codes"),
    [
        pytest.param({"station": "station-9"}, "caseworker-1", ["unknown"], id="a station that is none"),
        pytest.param({"station": "station-2"}, "caseworker-1", ["not-your-role"], id="at another station"),
        pytest.param({}, "officer-1", ["not-your-role"], id="by an officer"),
        pytest.param({}, "engine", ["not-your-role"], id="by the engine"),
        pytest.param({"facts": [a_fact("unheard-of", value=1)]}, "caseworker-1", ["unknown"], id="an unheard-of fact"),
        pytest.param(
            {
                "facts": [
                    a_fact("in_work", value="no"),
                    a_fact("disabled", value=True) | {"established_on": "2026-03-03"},
                ]
            },
            "caseworker-1",
            ["fact:in_work", "future"],
            id="two facts that cannot be",
        ),
        pytest.param(
            {"worker": a_person(identity_number="699999197501010010")},
            "caseworker-1",
            ["identity-check-character"],
            id="a number with a wrong check digit",
        ),
        pytest.param({"worker": a_person(phone="abc")}, "caseworker-1", ["phone"], id="a phone that is none"),
    ],
)
def test_a_refusal_leaves_nothing(office: Office, changes: dict[str, Any], actor: str, codes: list[str]) -> None:
    assert refused(office, written(**changes), actor) == codes


def test_wherever_an_intake_dies_nothing_is_kept_and_the_next_try_succeeds(both: Office) -> None:
    registration = written(household=[{"name": "方示范", "relation": "配偶"}], wishes=[{"trade": "保洁"}])
    engine = both.station.engine
    empty = everything(engine)
    with crash_at_commit(engine), crash_at(engine, 0) as statements, pytest.raises(Crashed):
        opens(both, registration)
    assert len(statements) > 20
    for number in range(1, len(statements) + 1):
        with crash_at(engine, number), pytest.raises(Crashed):
            opens(both, registration)
    assert everything(engine) == empty
    case = opens(both, registration)
    assert opens(both, registration) == case
    assert count(both, hardship_case) == 1


def at_once(office: Office, registrations: list[Registration]) -> list[str]:
    """Every counter at the same moment; the cases they got, or why not."""
    together = Barrier(len(registrations))

    def one(registration: Registration) -> str:
        together.wait()
        try:
            return opens(office, registration).id
        except Refused as refused:
            return ",".join(reason.code for reason in refused.refusals)

    with ThreadPoolExecutor(len(registrations)) as counters:
        return list(counters.map(one, registrations))


def test_four_counters_with_one_key_get_one_case(both: Office) -> None:
    [case_id] = set(at_once(both, [written()] * 4))
    assert case_id.startswith("case-")
    assert (count(both, hardship_case), count(both, worker_table)) == (1, 1)


def test_of_counters_with_one_person_and_keys_of_their_own_one_gets_the_case(both: Office) -> None:
    person = a_person()
    answers = at_once(both, [written(worker=person) for _ in range(4)])
    assert sorted(answer for answer in answers if not answer.startswith("case-")) == ["open-case"] * 3
    assert (count(both, hardship_case), count(both, worker_table)) == (1, 1)


def test_a_day_is_the_stations_day(office: Office) -> None:
    office.now = OPENED_AT.replace(hour=16)  # midnight at the station
    assert opens(office, written()).applied_on == OPENED_AT.date() + timedelta(days=1)
