"""A record full of people, and somebody in every role at every distance from one of its stations.

The record is the demonstration's. What is personal in it serves as canaries: a page that shows one to a reader who
should not see that station has leaked.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Select, insert, select, update
from starlette.applications import Starlette
from temporalio.client import Client

from activities.bootstrap import Station
from activities.connection import ServerNotReached
from activities.papers_desk import PLACE
from cases.roles import Role
from store.aead import seal_bytes
from store.engine import read, write
from store.people import worker
from store.person_keys import person_key
from store.sessions import open_staff_session, open_worker_session
from store.settings import Settings
from store.staff import Grant, Staff, add_staff, grant_role
from store.tables.access import TextSize, account
from store.tables.bank_batches import subsidy_batch
from store.tables.cases import determination_record, hardship_case, paper
from store.tables.courses import course
from store.tables.employers import employer
from store.tables.organisation import organisation_node
from store.tables.organisation import station as stations
from store.tables.people import worker as workers
from store.tables.subsidies import subsidy_case
from store.tables.subsidy_notices import subsidy_notice
from store.tables.vacancies import vacancy
from tests.demo_record import NOW
from tests.policy_drafts import PROPOSAL, plant_proposal
from tests.simulations_planted import SIMULATION, plant_simulation
from tests.subsidies_planted import plant_lists
from tests.web.counter import Hands
from web.app import create_app
from web.csrf import csrf_token
from web.health import Health
from web.office import Office
from web.roles import OF_STAFF

# Where a reader stands to the station whose pages are asked for: node and whether the role holds below it.
HERE = "node-station-2"
RELATIONS: Mapping[str, tuple[str, bool]] = {
    "own": (HERE, True),
    "sibling": ("node-station-1", True),
    "parent": ("cn-50-99", True),
    "grandparent": ("cn", True),
    "parent-alone": ("cn-50-99", False),
    "foreign": ("node-station-3", True),
}
JOINED = date(2020, 1, 1)
# Nobody signs in by it: the sessions are there already.
ACCOUNT: Final = {
    "password_hash": "none",
    "password_set_at": NOW,
    "must_change": False,
    "text_size": TextSize.NORMAL,
    "high_contrast": False,
    "recorded_at": NOW,
}
MARKET_DEPTH = 3


@dataclass(frozen=True)
class Someone:
    """A reader, by what their browser holds; `role` is None for a visitor, and for a worker with a link."""

    name: str
    role: Role | None = None
    relation: str = ""
    token: str = ""
    worker_id: str | None = None

    @property
    def cookie(self) -> str:
        return f"yizhan={self.token}" if self.role or self.worker_id else f"yizhan-visitor={self.token}"

    @property
    def csrf(self) -> str:
        return csrf_token(self.token)


@dataclass
class World:
    app: Starlette
    office: Office
    paths: Mapping[str, str]  # of the nodes
    node_of: Mapping[str, str]  # of the stations
    canaries: Mapping[str, frozenset[str]]  # what is personal, and the stations that may see it
    numbers: frozenset[str]  # identity numbers and phones, which no page shows unmasked
    own: Mapping[str, frozenset[str]]  # the same, by the worker it is about
    coming: Mapping[str, frozenset[str]]  # the stations whose supervisor is asked to take a case over
    people: tuple[Someone, ...] = ()
    samples: Mapping[str, str] = field(default_factory=dict)
    known: dict[str, tuple[str, ...]] = field(default_factory=dict)  # what is foreign to whom, once it was asked
    failures: list[str] = field(default_factory=list)  # where pages failed, the latest last

    def sees_station(self, reader: Someone, station_id: str) -> bool:
        """By the tree alone: told a second time, without the scope."""
        if reader.role is None:
            return False
        node, below = RELATIONS[reader.relation]
        at = self.node_of[station_id]
        return at == node or (below and self.paths[at].startswith(self.paths[node]))

    def sees_market_of(self, reader: Someone, node_id: str) -> bool:
        """Offers are seen within the county or city one works in."""
        if reader.role is None:
            return False
        node, below = RELATIONS[reader.relation]
        line, at = self.paths[node].strip("/").split("/"), self.paths[node_id].strip("/").split("/")
        if len(line) < MARKET_DEPTH:
            return at[: len(line)] == line if below else at == line
        return at[:MARKET_DEPTH] == line[:MARKET_DEPTH]

    def canaries_of(self, reader: Someone) -> frozenset[str]:
        """What is about a worker with a link themselves."""
        return self.own.get(reader.worker_id or "", frozenset())

    def foreign(self, reader: Someone) -> tuple[str, ...]:
        """What must not stand on any page of this reader."""
        if reader.name not in self.known:
            own = self.canaries_of(reader)
            self.known[reader.name] = tuple(canary for canary in self._foreign(reader) if canary not in own)
        return self.known[reader.name]

    def _foreign(self, reader: Someone) -> Iterator[str]:
        for canary, seen_by in self.canaries.items():
            # Of an offered case a supervisor sees whose it is; the others see no more than that it was taken up.
            offered = reader.role is Role.SUPERVISOR or canary.startswith("case-")
            places = seen_by | self.coming.get(canary, frozenset()) if offered else seen_by
            if not any(self.sees_station(reader, station) for station in places):
                yield canary


class ClosedOffice(Office):
    """Nobody is at the workflow server, and that is known at once."""

    async def client(self) -> Client:
        raise ServerNotReached("没有流程服务应答。", "No workflow server answers.")


class Well:
    """Whether the station is well is not asked here: it would cost a connection each time."""

    async def look(self) -> Health:
        return Health({}, "sqlite", workflows=True)


def plant_world(station: Station) -> None:
    """What is asked for and by whom, beside the demonstration."""
    with write(station.engine) as connection:
        _plant_readers(connection)
        plant_proposal(connection, station.keyring, NOW)
        plant_simulation(connection, station.keyring, NOW)
        _print_a_paper(connection, station)
        plant_lists(connection, AT, NOW)


def world_of(station: Station, folder: Path) -> World:
    """On a record in which it was planted."""
    settings = Settings(data=folder, temporal_address="127.0.0.1:1")
    office = ClosedOffice(settings, station, Hands(NOW))
    app = create_app(settings, office)
    app.state.office = office
    app.state.health = Well()
    with read(station.engine) as connection:
        found = _canaries(connection, station)
        return World(
            app=app,
            office=office,
            paths={
                row.id: row.path for row in connection.execute(select(organisation_node.c.id, organisation_node.c.path))
            },
            node_of={row.id: row.node_id for row in connection.execute(select(stations.c.id, stations.c.node_id))},
            canaries=found[0],
            numbers=found[1],
            own=found[2],
            coming=_coming(connection, found[2]),
        )


def _plant_readers(connection: Connection) -> None:
    for role in sorted(OF_STAFF):
        for relation, (node, below) in RELATIONS.items():
            staff_id = f"{role}-{relation}"
            add_staff(connection, Staff(staff_id, "某某", JOINED), NOW)
            grant_role(connection, Grant(staff_id, role, node, JOINED, below=below), "administrator-1", NOW)
            connection.execute(insert(account).values(staff_id=staff_id, login=staff_id, **ACCOUNT))


def _print_a_paper(connection: Connection, station: Station) -> None:
    """The demonstration owes its papers; the one that is asked for has been made."""
    case_id = connection.scalar(SAMPLES["case_id"]) or ""
    paper_id = connection.scalar(SAMPLES["paper_id"]) or ""
    worker_id = connection.scalar(SAMPLES["worker_id"]) or ""
    pdf = b"%PDF-1.7 made"
    file = station.files.put(
        seal_bytes(person_key(connection, station.keyring, worker_id), pdf, PLACE, case_id, paper_id)
    )
    made = {"sha256": sha256(pdf).hexdigest(), "file_sha256": file.sha256, "file_size": file.size}
    connection.execute(update(paper).where(paper.c.case_id == case_id, paper.c.id == paper_id).values(**made))


def come_in(world: World) -> tuple[Someone, ...]:
    """Every reader with a session of their own, a visitor without one, and two workers with links."""
    now = world.office.now()
    with write(world.office.station.engine) as connection:
        staff = [
            Someone(
                f"{role}-{relation}", role, relation, open_staff_session(connection, f"{role}-{relation}", "here", now)
            )
            for role in sorted(OF_STAFF)
            for relation in RELATIONS
        ]
        linked = [_linked(connection, station, world) for station in ("station-2", "station-3")]
    return (*staff, *linked, Someone("visitor", token="v" * 43))


def _linked(connection: Connection, station_id: str, world: World) -> Someone:
    query = select(hardship_case.c.worker_id, hardship_case.c.id).where(hardship_case.c.station_id == station_id)
    worker_id, case_id = connection.execute(query.order_by(hardship_case.c.id)).first() or ("", "")
    token = open_worker_session(connection, worker_id, case_id, "here", world.office.now())
    return Someone(f"worker of {station_id}", token=token, worker_id=worker_id)


def _canaries(
    connection: Connection, station: Station
) -> tuple[dict[str, frozenset[str]], frozenset[str], dict[str, frozenset[str]]]:
    seen_by: dict[str, set[str]] = defaultdict(set)
    for worker_id, station_id in connection.execute(select(workers.c.id, workers.c.station_id)):
        seen_by[worker_id].add(station_id)
    cases = connection.execute(select(hardship_case.c.id, hardship_case.c.worker_id, hardship_case.c.station_id))
    found: dict[str, set[str]] = defaultdict(set)
    about: list[tuple[str, str]] = []
    for case_id, worker_id, station_id in cases:
        seen_by[worker_id].add(station_id)
        found[case_id].add(station_id)
        about.append((worker_id, case_id))
    applied = select(subsidy_case.c.id, subsidy_case.c.applicant_id, subsidy_case.c.station_id)
    for case_id, worker_id, station_id in connection.execute(applied):
        found[case_id].add(station_id)
        about.append((worker_id, case_id))
    own: dict[str, set[str]] = defaultdict(set)
    numbers = set()
    for worker_id, places in seen_by.items():
        person = worker(connection, station.keyring, worker_id)
        assert person is not None
        numbers |= {person.identity, person.phone}
        for canary in (worker_id, person.name, person.identity, person.phone, person.address):
            if canary:
                found[canary] |= places
                about.append((worker_id, canary))
    for worker_id, canary in about:
        own[worker_id].add(canary)
    # What stands in the pages themselves, such as a name in the gallery of parts, tells nothing.
    said = _sources()
    return _frozen({c: at for c, at in found.items() if c not in said}), frozenset(numbers), _frozen(own)


def _sources() -> str:
    root = Path(__file__).parents[3]
    files = [*(root / "templates" / "pages").rglob("*.html"), *(root / "web").rglob("*.py")]
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


def _coming(connection: Connection, own: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    asked = select(hardship_case.c.worker_id, hardship_case.c.transfer).where(hardship_case.c.transfer.is_not(None))
    coming: dict[str, set[str]] = defaultdict(set)
    for worker_id, transfer in connection.execute(asked):
        for canary in own[worker_id] if transfer else ():
            coming[canary].add(transfer["to_station"])
    return _frozen(coming)


def _frozen(sets: Mapping[str, set[str]]) -> dict[str, frozenset[str]]:
    return {name: frozenset(members) for name, members in sets.items()}


# What stands for each part of an address: something of the station that the readers are placed around.
AT: Final = "station-2"
_CASE: Final = (
    select(hardship_case.c.id)
    .join(paper, paper.c.case_id == hardship_case.c.id)
    .where(hardship_case.c.station_id == AT)
    .order_by(hardship_case.c.id)
    .limit(1)
)
SAMPLES: Final[Mapping[str, Select[str]]] = {
    "case_id": _CASE,
    "worker_id": select(hardship_case.c.worker_id).where(hardship_case.c.id == _CASE.scalar_subquery()),
    "paper_id": select(paper.c.id).where(paper.c.case_id == _CASE.scalar_subquery()).order_by(paper.c.id),
    "determination_id": select(determination_record.c.id).where(
        determination_record.c.case_id == _CASE.scalar_subquery()
    ),
    "subsidy_id": select(subsidy_case.c.id).where(subsidy_case.c.station_id == AT).order_by(subsidy_case.c.id.desc()),
    "notice_id": select(subsidy_notice.c.id).where(subsidy_notice.c.station_id == AT),
    "batch_id": select(subsidy_batch.c.id).where(subsidy_batch.c.station_id == AT),
    "vacancy_id": select(vacancy.c.id).where(vacancy.c.station_id == AT).order_by(vacancy.c.id),
    "course_id": select(course.c.id).where(course.c.station_id == AT).order_by(course.c.id),
    "employer_id": select(employer.c.id).where(employer.c.node_id == "cn-50-99").order_by(employer.c.id),
}
NAMED: Final[Mapping[str, str]] = {
    "station_id": AT,
    "staff_id": "caseworker-2",
    "field": "identity",
    "act": "record-guidance",
    "revision": "1",
    "what": "open",
    "policy": "hardship-worker",
    "jurisdiction": "cn-50-99",
    "proposal_id": PROPOSAL,
    "simulation_id": SIMULATION,
}
# Keys and tokens that nobody was given: what they lead to is not there, for anybody.
UNKNOWN: Final = {
    "sheet": "9-9",
    "subsidy": "no-such-subsidy",
    "key": "0" * 32,
    "token": "no-such-token",
    "paper": "no-such-paper",
    "referral": "no-such-referral",
}


def samples_of(world: World) -> dict[str, str]:
    with read(world.office.station.engine) as connection:
        found = {name: connection.scalar(query.limit(1)) for name, query in SAMPLES.items()}
    missing = [name for name, value in found.items() if value is None]
    assert not missing, missing
    return {name: str(value) for name, value in found.items()} | dict(NAMED) | UNKNOWN
