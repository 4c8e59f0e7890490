"""The scope, told a second time: by walking up the tree instead of comparing paths."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from time import perf_counter

import pytest
from sqlalchemy import Connection, insert, select

from cases.hardship.queueing import Turn
from cases.roles import Role
from store.cases import open_case
from store.employers import Contact, NewOrganisation, register_organisation
from store.keys import KeyRing
from store.people import register_worker
from store.scope import NotInScope, Reach, Scope, require_case, require_case_here, require_worker, scope_of
from store.staff import Grant, Staff, add_staff, grant_role
from store.tables.employers import employer
from store.tables.organisation import organisation_node
from store.tables.organisation import station as stations
from store.tables.people import worker
from store.tables.queue import queue_item
from store.tables.vacancies import vacancy
from tests.builders import a_counter
from tests.store.builders import NOW, TODAY, a_worker
from tests.store.casework import opened_case

# Ids that a careless comparison takes for one another: by capitals, by the wildcards of LIKE, by a common beginning.
NAMES = ("a", "A", "a_", "ab", "a%", "b", "B", "b1", "b10", "_", "%", "站")
MANY = 2_000


class Tree:
    """Nodes under two roots of their own, each with a station; parents are remembered, paths are not."""

    def __init__(self, rng: random.Random, size: int) -> None:
        self.parents: dict[str, str | None] = {"root": None, "ROOT": None}
        self.paths = {"root": "/root/", "ROOT": "/ROOT/"}
        for number in range(size):
            parent = rng.choice(list(self.parents))
            name = f"{rng.choice(NAMES)}{number // len(NAMES)}"
            while name in self.parents:
                name += "x"
            self.parents[name] = parent
            self.paths[name] = f"{self.paths[parent]}{name}/"

    def plant(self, connection: Connection) -> None:
        nodes = [
            {"id": name, "parent_id": parent, "level": "station", "name": name, "path": self.paths[name]}
            for name, parent in self.parents.items()
        ]
        connection.execute(insert(organisation_node), nodes)
        each = {"kind": "x", "hours": "x", "trades": [], "address": "x", "contact": "x", "opened_on": TODAY}
        rows = [
            {"id": f"at-{name}", "node_id": name, "name": name, "recorded_at": NOW, **each} for name in self.parents
        ]
        connection.execute(insert(stations), rows)

    def line(self, name: str | None) -> Iterator[str]:
        while name is not None:
            yield name
            name = self.parents[name]

    def reached(self, grants: list[tuple[str, bool]]) -> set[str]:
        return {
            f"at-{name}"
            for name in self.parents
            if any(node == name or (below and node in self.line(name)) for node, below in grants)
        }


def found_stations(connection: Connection, scope: Scope) -> set[str]:
    return set(connection.scalars(scope.stations))


@pytest.mark.parametrize("seed", range(6))
def test_a_scope_holds_the_stations_that_walking_up_the_tree_finds(connection: Connection, seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311 - to be drawn again, not to be secret
    tree = Tree(rng, 40)
    tree.plant(connection)
    for _ in range(25):
        grants = [(rng.choice(list(tree.parents)), rng.random() < 0.6) for _ in range(rng.randrange(4))]
        scope = Scope(tuple(Reach(rng.choice(list(Role)), tree.paths[node], below) for node, below in grants))
        assert found_stations(connection, scope) == tree.reached(grants), grants


def test_without_a_grant_nothing_is_found(connection: Connection, keyring: KeyRing) -> None:
    case = opened_case(connection, keyring)
    nobody = Scope(())
    assert found_stations(connection, nobody) == set()
    assert connection.execute(select(worker.c.id).where(nobody.has_worker())).all() == []
    assert connection.execute(select(vacancy.c.id).where(nobody.has_vacancy())).all() == []
    assert connection.execute(select(employer.c.id).where(nobody.has_employer())).all() == []
    with pytest.raises(NotInScope):
        require_case(connection, nobody, case.id)


def test_a_case_outside_the_scope_and_one_that_is_not_there_are_told_alike(
    connection: Connection, keyring: KeyRing
) -> None:
    case = opened_case(connection, keyring)
    here, elsewhere = (scope_of(connection, reader, TODAY) for reader in ("caseworker-1", "caseworker-3"))
    require_case(connection, here, case.id)
    with pytest.raises(NotInScope) as foreign:
        require_case(connection, elsewhere, case.id)
    with pytest.raises(NotInScope) as absent:
        require_case(connection, elsewhere, "case-nowhere")
    assert str(foreign.value) == str(absent.value)


def test_a_worker_is_seen_where_they_are_entered_and_where_they_have_a_case(
    connection: Connection, keyring: KeyRing
) -> None:
    register_worker(connection, keyring, a_worker(7, id="worker-7"))  # of station-1
    readers = {name: scope_of(connection, name, TODAY) for name in ("caseworker-1", "caseworker-2", "caseworker-3")}
    require_worker(connection, readers["caseworker-1"], "worker-7")
    for stranger in ("caseworker-2", "caseworker-3"):
        with pytest.raises(NotInScope):
            require_worker(connection, readers[stranger], "worker-7")
    open_case(connection, replace(a_counter().case, id="case-7", worker_id="worker-7", station_id="station-2"))
    require_worker(connection, readers["caseworker-2"], "worker-7")
    with pytest.raises(NotInScope):
        require_worker(connection, readers["caseworker-3"], "worker-7")


def test_a_scope_can_stand_in_a_query_of_the_tables_it_asks_about(connection: Connection, keyring: KeyRing) -> None:
    """Else the database would compare each row with itself, and everybody would see everything."""
    opened_case(connection, keyring)
    scope = scope_of(connection, "caseworker-3", TODAY)
    both = select(stations.c.id).join(organisation_node).where(stations.c.id.in_(scope.stations))
    assert set(connection.scalars(both)) == {"station-3"}
    assert set(connection.scalars(select(organisation_node.c.id).where(organisation_node.c.id.in_(scope.nodes)))) == {
        "node-station-3"
    }


@pytest.mark.parametrize(
    ("from_on", "until_on", "joined", "left", "sees"),
    [
        (0, None, -10, None, True),
        (0, 0, -10, 0, True),  # the last day counts
        (1, None, -10, None, False),
        (-5, -1, -10, None, False),
        (-5, None, -10, -1, False),
        (-5, None, 1, None, False),
    ],
)
def test_a_grant_holds_from_its_day_to_its_last_and_while_one_serves(
    connection: Connection, from_on: int, until_on: int | None, joined: int, left: int | None, sees: bool
) -> None:
    def day(offset: int | None) -> date | None:
        return None if offset is None else TODAY + timedelta(days=offset)

    add_staff(connection, Staff("someone", "某某", day(joined) or TODAY, day(left)), NOW)
    grant = Grant("someone", Role.GUIDE, "node-station-1", day(from_on) or TODAY, day(until_on))
    grant_role(connection, grant, "administrator-1", NOW)
    assert (found_stations(connection, scope_of(connection, "someone", TODAY)) == {"station-1"}) is sees


def test_a_page_sees_with_the_roles_it_is_for_and_no_other(connection: Connection) -> None:
    for role, node in ((Role.AUDITOR, "cn"), (Role.CASEWORKER, "node-station-1")):
        grant_role(connection, Grant("caseworker-2", role, node, TODAY), "administrator-1", NOW)
    mine = scope_of(connection, "caseworker-2", TODAY)
    assert found_stations(connection, mine.holding({Role.CASEWORKER})) == {"station-1", "station-2"}
    assert found_stations(connection, mine.holding({Role.AUDITOR})) == {"station-1", "station-2", "station-3"}
    assert mine.holding({Role.OFFICER}).reaches == ()


def test_the_offers_of_the_place_are_seen_and_those_of_others_are_not(connection: Connection) -> None:
    ours, theirs = (scope_of(connection, reader, TODAY) for reader in ("caseworker-2", "caseworker-3"))

    def seen(scope: Scope) -> set[str]:
        return set(connection.scalars(select(vacancy.c.station_id).where(scope.has_vacancy())))

    assert seen(ours) == {"station-1"}  # a neighbour of the same place
    assert not seen(theirs) & {"station-1", "station-2"}


def test_a_grant_above_the_places_reaches_no_further_for_offers_than_for_cases(connection: Connection) -> None:
    province_alone = Scope((Reach(Role.MANAGER, "/cn/cn-50/", below=False),))
    assert set(connection.scalars(province_alone.market.stations)) == set()
    assert set(connection.scalars(province_alone.market.nodes)) == {"cn-50"}


def test_an_employer_of_the_whole_province_is_seen_in_each_of_its_places(
    connection: Connection, keyring: KeyRing
) -> None:
    new = NewOrganisation(
        "employer-of-all", "cn-50", "示例全省公司", "91500000MA5EXAMPL0", Contact("某", None), "guide-1", NOW
    )
    register_organisation(connection, keyring, new)

    def sees(reader: str) -> bool:
        scope = scope_of(connection, reader, TODAY)
        query = select(employer.c.id).where(employer.c.id == "employer-of-all", scope.has_employer())
        return connection.scalar(query) is not None

    assert sees("caseworker-1")
    assert sees("manager-1")
    assert not sees("caseworker-3")


def test_asking_for_one_case_among_many_stations_stays_cheap(connection: Connection, keyring: KeyRing) -> None:
    case = opened_case(connection, keyring)
    rows = [
        {"id": f"n{n}", "parent_id": "cn-50-99", "level": "station", "name": "x", "path": f"/cn/cn-50/cn-50-99/n{n}/"}
        for n in range(MANY)
    ]
    connection.execute(insert(organisation_node), rows)
    each = {"name": "x", "kind": "x", "hours": "x", "trades": [], "address": "x", "contact": "x", "opened_on": TODAY}
    connection.execute(
        insert(stations), [{"id": f"s{n}", "node_id": f"n{n}", "recorded_at": NOW, **each} for n in range(MANY)]
    )
    scope = scope_of(connection, "manager-1", TODAY)
    require_case(connection, scope, case.id)
    begun = perf_counter()
    for _ in range(20):
        require_case(connection, scope, case.id)
        require_worker(connection, scope, case.worker_id)
    each_ms = (perf_counter() - begun) / 40 * 1000
    print(f"{each_ms:.2f} ms per check among {MANY} stations ({connection.dialect.name})")  # noqa: T201 - a figure to look at
    assert each_ms < 50


def test_who_may_accept_a_transfer_can_look_at_the_case_that_is_offered(
    connection: Connection, keyring: KeyRing
) -> None:
    """Nobody else there can, and nobody can do more than look and answer, before it is accepted."""
    case = opened_case(connection, keyring)
    asked = {
        "case_id": case.id,
        "role": Role.SUPERVISOR,
        "worker_id": case.worker_id,
        "station_id": "station-3",
        "stage": case.stage,
        "turn": Turn.TO_DO,
        "act": "accept-transfer",
        "why": {"zh": "对方驿站请求移交", "en": "Another station asks for it"},
        "progress": [],
        "last_kind": "propose-transfer",
        "last_by": "caseworker-1",
        "revision": 1,
    }
    connection.execute(insert(queue_item).values(**asked, **dict.fromkeys(("last_at", "opened_at", "since"), NOW)))
    for reader in ("supervisor-3", "caseworker-3"):
        require_case(connection, scope_of(connection, reader, TODAY), case.id)
        with pytest.raises(NotInScope):
            require_case_here(connection, scope_of(connection, reader, TODAY), case.id)
    with pytest.raises(NotInScope):
        require_case(connection, scope_of(connection, "manager-3", TODAY), case.id)
