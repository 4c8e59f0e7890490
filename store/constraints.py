"""What a worker cannot do without, each constraint known or not known as of a day."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from sqlalchemy import Connection, insert, select

from cases.canonical import Json, canonical, from_canonical
from cases.constraints import ConstraintKind, Constraints
from store.encryption import open_sealed, seal
from store.keys import KeyRing
from store.person_keys import person_key
from store.tables.people import worker_constraint as table
from store.ulids import new_id
from store.values import (
    demands_from,
    demands_json,
    hours_from,
    hours_json,
    pay_floor_from,
    pay_floor_json,
    places_from,
    places_json,
)

ALL: Final = frozenset(ConstraintKind)


@dataclass(frozen=True)
class StatedConstraints:
    """What a worker said on a day about the kinds named; a kind that is named and None became unknown."""

    worker_id: str
    constraints: Constraints = field(repr=False)
    stated_on: date
    recorded_by: str
    recorded_at: datetime
    kinds: frozenset[ConstraintKind] = ALL


def state_constraints(connection: Connection, keyring: KeyRing, stated: StatedConstraints) -> None:
    """Write down what the worker said; what was said before stays on record for its own days."""
    key = person_key(connection, keyring, stated.worker_id)
    values = constraint_values(stated.constraints)
    for kind in sorted(stated.kinds):
        id_, value = new_id(stated.recorded_at), values[kind]
        connection.execute(
            insert(table).values(
                id=id_,
                worker_id=stated.worker_id,
                kind=kind,
                known=value is not None,
                value_sealed=None
                if value is None
                else seal(key, "worker_constraint", "value_sealed", id_, canonical(value)),
                stated_on=stated.stated_on,
                recorded_by=stated.recorded_by,
                recorded_at=stated.recorded_at,
            )
        )


def constraints(connection: Connection, keyring: KeyRing, worker_id: str, on: date) -> Constraints:
    """A worker's constraints as stated up to a day; what was never stated is unknown."""
    history = (
        select(table.c.id, table.c.kind, table.c.value_sealed)
        .where(table.c.worker_id == worker_id, table.c.stated_on <= on)
        .order_by(table.c.stated_on, table.c.recorded_at, table.c.id)
    )
    latest = {row.kind: row for row in connection.execute(history)}
    if not any(row.value_sealed for row in latest.values()):
        return Constraints()
    key = person_key(connection, keyring, worker_id)
    return _constraints(
        {
            kind: from_canonical(open_sealed(key, "worker_constraint", "value_sealed", row.id, row.value_sealed))
            for kind, row in latest.items()
            if row.value_sealed is not None
        }
    )


def constraint_values(known: Constraints) -> dict[ConstraintKind, Json]:
    """Each constraint as it is kept; None: not known."""
    return {
        ConstraintKind.HOURS: None if known.hours is None else hours_json(known.hours),
        ConstraintKind.PLACE: None if known.places is None else places_json(known.places),
        ConstraintKind.PAY_FLOOR: None if known.pay_floor is None else pay_floor_json(known.pay_floor),
        ConstraintKind.HEALTH: None if known.ruled_out is None else demands_json(known.ruled_out),
    }


def _constraints(values: dict[ConstraintKind, Json]) -> Constraints:
    hours, places = values.get(ConstraintKind.HOURS), values.get(ConstraintKind.PLACE)
    floor, health = values.get(ConstraintKind.PAY_FLOOR), values.get(ConstraintKind.HEALTH)
    return Constraints(
        hours=None if hours is None else hours_from(hours),
        places=None if places is None else places_from(places),
        pay_floor=None if floor is None else pay_floor_from(floor),
        ruled_out=None if health is None else demands_from(health),
    )
