"""The invented people who are in the ledger and have no case."""

from datetime import datetime, timedelta
from random import Random
from typing import Final

from activities.demo.director import Director
from activities.demo.people import Invented, registration
from activities.intake import read_registration
from activities.statements import keep_statements
from cases.days import day_of
from cases.facts import Source, SourceKind, SubjectKind
from cases.identity import parse_identity
from cases.phones import parse_phone
from store.facts import NewFact, record_fact
from store.people import NewWorker, register_worker

REGISTERED_BY: Final = {"station-1": "caseworker-4", "station-2": "caseworker-5", "station-3": "caseworker-6"}


def enter(director: Director, person: Invented) -> None:
    """Enter a person into the ledger on some day of the last year, with what they stated."""
    connection, keyring, days = director.connection, director.station.keyring, director.days
    random = Random(f"entered {person.id}")  # noqa: S311  # the same days every time, and nothing secret
    on = days.today - timedelta(random.randrange(5, 300))
    (at,) = days.instants([on], on, random)
    shared = person.shares_phone_with
    unlike = (director.workers[shared],) if shared else ()
    entered = read_registration(registration(person, person.id, day_of(at), days.today, unlike=unlike))
    by = REGISTERED_BY[person.station]
    new = NewWorker(
        name=entered.worker.name,
        identity=parse_identity(entered.worker.identity_number, day_of(at)),
        phone=parse_phone(entered.worker.phone),
        address=entered.worker.address,
        station_id=entered.station,
        registered_on=day_of(at),
        registered_by=by,
        recorded_at=at,
        unlike=frozenset(entered.unlike),
    )
    worker_id = director.workers[person.id] = register_worker(connection, keyring, new)
    keep_statements(connection, keyring, entered, worker_id, by, at)
    for name, value in (("born_on", new.identity.born_on.isoformat()), ("sex", str(new.identity.sex))):
        record_fact(connection, keyring, _fact(worker_id, name, value, by, at))


def _fact(worker_id: str, name: str, value: str, by: str, at: datetime) -> NewFact:
    source = Source(SourceKind.RECORD, "身份证件 / identity document")
    return NewFact(SubjectKind.WORKER, worker_id, name, value, source, day_of(at), by, at)
