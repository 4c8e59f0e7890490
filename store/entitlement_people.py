"""The workers and employers of whom a sweep asks: batch by batch, with their facts and what of subsidies they have."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Connection, func, select

from cases.canonical import Json
from cases.facts import SubjectKind, employment
from cases.subsidy.stages import Applicant
from store.hires import HERE, hires_of
from store.keys import KeyRing
from store.simulation_facts import facts_of_many, households_of_many
from store.tables.employers import employer
from store.tables.keys import person_key
from store.tables.people import worker


@dataclass(frozen=True)
class Candidate:
    """`office`: of a worker the station, of an employer the node of the register; `household` where there is one.

    `hired`: of an employer, the person whom it would apply for.
    """

    id: str
    office: str
    facts: Mapping[str, Json] = field(repr=False)
    household: str = ""
    hired: str = ""

    @property
    def person(self) -> str:
        """Whom it is about."""
        return self.hired or self.id


@dataclass(frozen=True)
class Names:
    """The names of facts, by whose they are where an employer applies for a person whom it hired."""

    of_person: frozenset[str]
    of_employer: frozenset[str]
    of_employment: frozenset[str]


def how_many(connection: Connection, applicant: Applicant, offices: Collection[str]) -> int:
    """Those in these offices: stations for workers, nodes for employers."""
    if applicant is Applicant.WORKER:
        query = select(func.count()).select_from(worker).where(*HERE, worker.c.station_id.in_(offices))
    else:
        query = select(func.count()).select_from(employer).where(employer.c.node_id.in_(offices))
    return connection.scalar(query) or 0


def nodes_of_employers(connection: Connection) -> tuple[str, ...]:
    return tuple(connection.scalars(select(employer.c.node_id).distinct().order_by(employer.c.node_id)))


def workers_in(
    connection: Connection,
    keyring: KeyRing,
    after: str,
    at_most: int,
    stations: Collection[str],
    names: Collection[str],
    on: date,
) -> Sequence[Candidate]:
    """The next ones by their ids; nobody who was erased or restricted."""
    query = select(worker.c.id, worker.c.station_id).where(
        *HERE, worker.c.id > after, worker.c.station_id.in_(stations)
    )
    rows = connection.execute(query.order_by(worker.c.id).limit(at_most)).all()
    ids = [row.id for row in rows]
    homes = households_of_many(connection, ids, on)
    of_homes = facts_of_many(connection, keyring, SubjectKind.HOUSEHOLD, set(homes.values()), names, on)
    own = facts_of_many(connection, keyring, SubjectKind.WORKER, ids, names, on)
    return [
        Candidate(row.id, row.station_id, {**of_homes.get(home, {}), **own.get(row.id, {})}, home)
        for row in rows
        for home in [homes.get(row.id, "")]
    ]


def employers_in(
    connection: Connection,
    keyring: KeyRing,
    after: str,
    at_most: int,
    nodes: Collection[str],
    names: Collection[str],
    on: date,
) -> Sequence[Candidate]:
    """The next ones by their ids; nobody who was erased."""
    query = (
        select(employer.c.id, employer.c.node_id)
        .join(person_key, person_key.c.person_id == employer.c.id)
        .where(employer.c.id > after, employer.c.node_id.in_(nodes))
    )
    rows = connection.execute(query.order_by(employer.c.id).limit(at_most)).all()
    known = facts_of_many(connection, keyring, SubjectKind.EMPLOYER, [row.id for row in rows], names, on)
    return [Candidate(row.id, row.node_id, known.get(row.id, {})) for row in rows]


def hires_in(
    connection: Connection, keyring: KeyRing, employers: Sequence[Candidate], names: Names, on: date
) -> Sequence[Candidate]:
    """Everybody whom one of these employers has at work by the record, with what is known of each of the two."""
    found = hires_of(connection, [each.id for each in employers])
    hires = [(of, hire.worker_id) for of in employers for hire in found.get(of.id, ()) if hire.standing]
    ids = list(dict.fromkeys(worker_id for _, worker_id in hires))
    both = {(of.id, worker_id): employment(worker_id, of.id).id for of, worker_id in hires}
    homes = households_of_many(connection, ids, on)
    of_homes = facts_of_many(connection, keyring, SubjectKind.HOUSEHOLD, set(homes.values()), names.of_person, on)
    own = facts_of_many(connection, keyring, SubjectKind.WORKER, ids, names.of_person, on)
    shared = facts_of_many(connection, keyring, SubjectKind.EMPLOYMENT, set(both.values()), names.of_employment, on)
    return [
        Candidate(
            of.id,
            of.office,
            {
                **of_homes.get(homes.get(worker_id, ""), {}),
                **own.get(worker_id, {}),
                **{name: value for name, value in of.facts.items() if name in names.of_employer},
                **shared.get(both[of.id, worker_id], {}),
            },
            homes.get(worker_id, ""),
            worker_id,
        )
        for of, worker_id in hires
    ]
