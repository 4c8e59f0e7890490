"""A crowd of open cases (批量个案), loaded in bulk: lives of the demonstration, lived again elsewhere by others.

Every row is as the engine would have written it, sealed under its own person's key. Of the cases that nobody looks at
whole determinations and all but the latest steps are left out: no page of another case asks for them.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any, Final

from sqlalchemy import Column, Connection, Table, insert, select, text

from activities.bootstrap import Station
from cases.roles import Role
from store.aead import Key
from store.encryption import open_sealed, seal
from store.engine import read, write
from store.organisation import NewNode, add_node, add_station
from store.organisation import Station as NewStation
from store.person_keys import make_person_key, person_key
from store.rows import filled
from store.staff import Grant, Staff, add_staff, grant_role
from store.tables.cases import PART_TABLES, case_step, determination_record, hardship_case
from store.tables.organisation import station as stations
from store.tables.people import worker
from store.tables.queue import queue_item
from store.ulids import new_id

STATIONS: Final = 134
CASEWORKERS: Final = 2_500
OWN_CASES: Final = 40  # of the caseworker who is looked at
COUNTY: Final = "cn-50-99"
BATCH: Final = 1_000
STEPS: Final = 6  # the latest, of a case that nobody looks at
NAMES: Final = ("冉挈", "周铉", "龚䶮", "谭韡", "向晨", "覃犇", "卢翀", "牟婉贞", "晏诚", "褚颀")
SEALED: Final = ("name", "identity", "phone")


@dataclass
class Place:
    """The stations of the crowd and who works there; the first of each is looked at."""

    stations: list[str] = field(default_factory=list)
    caseworkers: dict[str, list[str]] = field(default_factory=dict)

    @property
    def looked_at(self) -> tuple[str, str]:
        station = self.stations[0]
        return station, self.caseworkers[station][0]


@dataclass(frozen=True)
class Template:
    """The rows of one lived case, its sealed ones opened."""

    case: Mapping[str, Any]
    parts: Sequence[tuple[Table, Mapping[str, Any]]]
    steps: Sequence[tuple[Mapping[str, Any], str]]
    records: Sequence[tuple[Mapping[str, Any], str]]
    person: Mapping[str, Any]
    opened: Mapping[str, str]


def settle(station: Station, now: datetime) -> Place:
    """Stations and caseworkers in the numbers of a whole province."""
    place, joined = Place(), now.date() - timedelta(days=400)
    with write(station.engine) as connection:
        pattern = connection.execute(select(stations).where(stations.c.id == "station-1")).mappings().one()
        for number in range(1, STATIONS + 1):
            node, name = f"bench-node-{number:03}", f"示例第{number}零工驿站"
            add_node(connection, NewNode(node, COUNTY, "station", name))
            changes = {"id": f"bench-{number:03}", "node_id": node, "name": name}
            new = filled(NewStation, pattern, **changes, trades=tuple(pattern["trades"]))
            add_station(connection, new, now)
            place.stations.append(new.id)
            place.caseworkers[new.id] = []
        for number in range(CASEWORKERS):
            at, who = number % STATIONS, f"bench-caseworker-{number:04}"
            add_staff(connection, Staff(who, f"经办{number}", joined), now)
            node = f"bench-node-{at + 1:03}"
            grant_role(connection, Grant(who, Role.CASEWORKER, node, joined), "administrator-1", now)
            place.caseworkers[place.stations[at]].append(who)
    return place


def templates(station: Station) -> list[Template]:
    """The open cases of the demonstration that run under the county's own law."""
    query = select(hardship_case).where(hardship_case.c.closed_at.is_(None), hardship_case.c.jurisdiction == COUNTY)
    with read(station.engine) as connection:
        rows = connection.execute(query.order_by(hardship_case.c.id)).mappings().all()
        return [_template(station, connection, dict(row)) for row in rows]


def _template(station: Station, connection: Connection, case: Mapping[str, Any]) -> Template:
    key = person_key(connection, station.keyring, case["worker_id"])

    def of_case(table: Table) -> list[dict[str, Any]]:
        found = connection.execute(
            select(table).where(table.c.case_id == case["id"]).order_by(*_order(table))
        ).mappings()
        return [dict(row) for row in found]

    steps = [
        (row, open_sealed(key, "case_step", "body_sealed", row["key"], row["body_sealed"]))
        for row in of_case(case_step)
    ]
    records = [
        (
            row,
            open_sealed(
                key, "determination_record", "detail_sealed", f"{case['id']}/{row['id']}", row["detail_sealed"]
            ),
        )
        for row in of_case(determination_record)
    ]
    person = dict(connection.execute(select(worker).where(worker.c.id == case["worker_id"])).mappings().one())
    opened = {
        each: open_sealed(key, "worker", f"{each}_sealed", person["id"], person[f"{each}_sealed"]) for each in SEALED
    }
    parts = [(table, row) for table in (*PART_TABLES.values(), queue_item) for row in of_case(table)]
    return Template(case, parts, steps, records, person, opened)


def _order(table: Table) -> Sequence[Column[Any]]:
    return (table.c.revision,) if table is case_step else tuple(table.primary_key.columns)


@dataclass
class Crowd:
    """Falls by dice from one number: the cases that are looked at are the same however many others there are."""

    station: Station
    place: Place
    lives: Sequence[Template]
    now: datetime

    def load(self, number: int) -> list[tuple[str, str]]:
        """So many open cases; the ids of case and worker of those that are looked at."""
        looked_at = list(self._looked_at(min(number, OWN_CASES)))
        for start in range(OWN_CASES, number, BATCH):
            with write(self.station.engine) as connection:
                rows: dict[Table, list[dict[str, Any]]] = defaultdict(list)
                dice = Random(start)  # noqa: S311  # dice, not keys
                for ordinal in range(start, min(start + BATCH, number)):
                    self._clone(connection, rows, dice, ordinal, *self._home(dice, number), whole=False)
                _insert(connection, rows)
        with self.station.engine.begin() as connection:
            connection.execute(text("ANALYZE"))
        return looked_at

    def _looked_at(self, number: int) -> Iterator[tuple[str, str]]:
        dice = Random(0)  # noqa: S311 - the same every time
        station, caseworker = self.place.looked_at
        with write(self.station.engine) as connection:
            rows: dict[Table, list[dict[str, Any]]] = defaultdict(list)
            for ordinal in range(number):
                yield self._clone(connection, rows, dice, ordinal, station, caseworker, whole=True)
            _insert(connection, rows)

    def _home(self, dice: Random, number: int) -> tuple[str, str]:
        """A station and a caseworker there; a few cases are all at the station that is looked at."""
        few = number <= len(self.place.stations)
        station = self.place.stations[0] if few else dice.choice(self.place.stations)
        others = [who for who in self.place.caseworkers[station] if who != self.place.looked_at[1]]
        return station, dice.choice(others)

    def _clone(
        self,
        connection: Connection,
        rows: dict[Table, list[dict[str, Any]]],
        dice: Random,
        ordinal: int,
        station: str,
        caseworker: str,
        *,
        whole: bool,
    ) -> tuple[str, str]:
        life = dice.choice(self.lives)
        later = timedelta(days=dice.randrange(-12, 15))
        case_id, worker_id = f"case-{new_id(life.case['opened_at'] + later)}", new_id(self.now)
        key = make_person_key(connection, self.station.keyring, worker_id, self.now)
        rows[worker].append(_person(life, key, worker_id, station, dice.choice(NAMES), ordinal))
        home = {"worker_id": worker_id, "station_id": station, "caseworker": caseworker}
        rows[hardship_case].append(_shifted(life.case, later) | home | {"id": case_id})
        for table, row in life.parts:
            new = _shifted(row, later) | {"case_id": case_id}
            if table is queue_item:
                own = caseworker if row["role"] is Role.CASEWORKER else None
                new |= {"worker_id": worker_id, "station_id": station, "held_by": own, "taken_at": None}
            rows[table].append(new)
        for row, body in life.steps if whole else life.steps[-STEPS:]:
            step = f"{case_id}/{row['key'].partition('/')[2]}"
            sealed = seal(key, "case_step", "body_sealed", step, body if whole else "{}")
            rows[case_step].append(_shifted(row, later) | {"key": step, "case_id": case_id, "body_sealed": sealed})
        for row, detail in life.records if whole else ():
            sealed = seal(key, "determination_record", "detail_sealed", f"{case_id}/{row['id']}", detail)
            rows[determination_record].append(_shifted(row, later) | {"case_id": case_id, "detail_sealed": sealed})
        return case_id, worker_id


def _person(life: Template, key: Key, worker_id: str, station: str, name: str, ordinal: int) -> dict[str, Any]:
    opened = {**life.opened, "name": name}
    sealed = {f"{each}_sealed": seal(key, "worker", f"{each}_sealed", worker_id, opened[each]) for each in SEALED}
    tokens = {f"{each}_token": f"bench:{each}-{ordinal}" for each in SEALED}
    return {**life.person, **sealed, **tokens, "id": worker_id, "station_id": station, "address_sealed": None}


def _shifted(row: Mapping[str, Any], later: timedelta) -> dict[str, Any]:
    """All days and instants of a row, later."""
    return {name: value + later if isinstance(value, date) else value for name, value in row.items()}


def _insert(connection: Connection, rows: Mapping[Table, list[dict[str, Any]]]) -> None:
    """Those that others refer to come first."""
    for table in (worker, hardship_case, *(table for table in rows if table not in (worker, hardship_case))):
        if rows.get(table):
            connection.execute(insert(table), rows[table])
