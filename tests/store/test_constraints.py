from dataclasses import replace
from datetime import time, timedelta

import pytest
from sqlalchemy import Connection, select

from cases.constraints import ConstraintKind, Constraints, HealthDemand, PayFloor, PayUnit
from cases.hours import Hours, Shift
from store.constraints import StatedConstraints, constraints, state_constraints
from store.keys import KeyRing
from store.people import register_worker
from store.tables.people import worker_constraint
from tests.store.builders import NOW, TODAY, a_worker

DAY = timedelta(days=1)
ALL_KNOWN = Constraints(
    hours=Hours((Shift(frozenset({1, 2, 3}), time(8, 30), time(17)),)),
    places=frozenset({"cn-50-99", "cn-50-98"}),
    pay_floor=PayFloor(15_000, PayUnit.DAY),
    ruled_out=frozenset({HealthDemand.HEAVY_LIFTING, HealthDemand.HEIGHTS}),
)
NO_LIMITS = Constraints(Hours(()), frozenset(), PayFloor(0, PayUnit.DAY), frozenset())


@pytest.fixture
def worker_id(connection: Connection, keyring: KeyRing) -> str:
    return register_worker(connection, keyring, a_worker())


def stated(worker_id: str, said: Constraints, **changes: object) -> StatedConstraints:
    first = StatedConstraints(worker_id, said, TODAY, "caseworker-1", NOW)
    return replace(first, **changes)  # type: ignore[arg-type] # the caller names the field


def test_what_was_never_said_is_unknown(connection: Connection, keyring: KeyRing, worker_id: str) -> None:
    assert constraints(connection, keyring, worker_id, TODAY) == Constraints()


@pytest.mark.parametrize("said", [ALL_KNOWN, NO_LIMITS, Constraints(), replace(ALL_KNOWN, ruled_out=None)])
def test_what_was_said_is_read(connection: Connection, keyring: KeyRing, worker_id: str, said: Constraints) -> None:
    state_constraints(connection, keyring, stated(worker_id, said))
    assert constraints(connection, keyring, worker_id, TODAY) == said
    assert constraints(connection, keyring, worker_id, TODAY - DAY) == Constraints()


def test_what_is_said_later_holds_from_its_day(connection: Connection, keyring: KeyRing, worker_id: str) -> None:
    state_constraints(connection, keyring, stated(worker_id, ALL_KNOWN))
    floor = replace(ALL_KNOWN, pay_floor=PayFloor(12_000, PayUnit.DAY))
    only_floor = frozenset({ConstraintKind.PAY_FLOOR})
    later = stated(
        worker_id, replace(Constraints(), pay_floor=floor.pay_floor), stated_on=TODAY + DAY, kinds=only_floor
    )
    state_constraints(connection, keyring, later)
    assert constraints(connection, keyring, worker_id, TODAY) == ALL_KNOWN
    assert constraints(connection, keyring, worker_id, TODAY + DAY) == floor


def test_a_constraint_can_become_unknown(connection: Connection, keyring: KeyRing, worker_id: str) -> None:
    state_constraints(connection, keyring, stated(worker_id, ALL_KNOWN))
    health = frozenset({ConstraintKind.HEALTH})
    state_constraints(connection, keyring, stated(worker_id, Constraints(), stated_on=TODAY + DAY, kinds=health))
    assert constraints(connection, keyring, worker_id, TODAY + DAY) == replace(ALL_KNOWN, ruled_out=None)


def test_health_is_sealed(connection: Connection, keyring: KeyRing, worker_id: str) -> None:
    said = stated(worker_id, ALL_KNOWN)
    state_constraints(connection, keyring, said)
    kept = b"".join(connection.scalars(select(worker_constraint.c.value_sealed)))
    assert b"heavy-lifting" not in kept
    assert "heavy-lifting" not in repr(said).lower().replace("_", "-")
