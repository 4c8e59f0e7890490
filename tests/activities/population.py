"""Invented people in the record for snapshots and simulations: each with the facts that a test names."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection

from activities.bootstrap import POLICIES, Station
from activities.simulating import Simulating
from activities.simulation_law import SetParameter
from activities.simulation_report import Question, Report
from activities.snapshots import Snapshots
from cases.canonical import Json
from cases.facts import Source, SourceKind, SubjectKind
from store.engine import write
from store.facts import NewFact, record_fact
from store.people import register_worker
from store.ulids import new_id
from tests.activities.office import Office
from tests.store.builders import NOW, TODAY, a_worker

OFFICER = "policy-officer-1"
YOUNG: Mapping[str, Json] = {
    "in_work": False,
    "disabled": False,
    "waiting_since": TODAY.isoformat(),
    "household_income": 400_000,
    "household_size": 3,
}


def aged(years: int, **more: Json) -> dict[str, Json]:
    """Whose birthday is today, and who is no hardship worker but by age."""
    return {**YOUNG, "born_on": TODAY.replace(year=TODAY.year - years).isoformat(), **more}


def settle(office: Office, *everybody: Mapping[str, Json], station: str = "station-1", first: int = 1) -> list[str]:
    with write(office.station.engine) as connection:
        return [
            _enter(connection, office.station, number, facts, station) for number, facts in enumerate(everybody, first)
        ]


def _enter(connection: Connection, station: Station, number: int, facts: Mapping[str, Json], at: str) -> str:
    keyring = station.keyring
    worker_id = register_worker(connection, keyring, a_worker(number, station_id=at))
    for name, value in facts.items():
        knows(connection, station, SubjectKind.WORKER, worker_id, name, value)
    return worker_id


def knows(
    connection: Connection, station: Station, kind: SubjectKind, subject: str, name: str, value: Json, on: date = TODAY
) -> None:
    source = Source(SourceKind.RECORD, "联网核验")
    record_fact(connection, station.keyring, NewFact(kind, subject, name, value, source, on, "caseworker-1", NOW))


def simulating(office: Office, **more: Any) -> Simulating:
    station = office.station
    folder = station.files._root.parent.parent / "snapshots"  # beside the papers, as in an installation
    snapshots = Snapshots(station.engine, station.keyring, folder, **more)
    return Simulating(station.engine, station.keyring, POLICIES, station.policies.calendar.hash, snapshots)


def asked(value: str = "45", parameter: str = "older_worker", **changes: Any) -> Question:
    return Question("hardship-worker", "cn-50-99", SetParameter(parameter, value), **changes)


def simulated(office: Office, question: Question, by: str = OFFICER, **more: Any) -> Report:
    doing = simulating(office, **more)
    simulation_id = new_id(office.now)
    doing.begin(question, by, office.now, simulation_id)
    return doing.simulate(simulation_id, question, by, office.now)


def everybodys_words() -> Iterator[str]:
    """Names, identity numbers and phones of the people above."""
    for number in range(1, 40):
        worker = a_worker(number)
        yield from (worker.name, worker.identity.value, worker.phone.number)
