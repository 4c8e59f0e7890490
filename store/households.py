"""Households (家庭): who lives with whom, for income and care; under the household's own key."""

from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import Connection, insert, or_, select

from store.encryption import open_if_known, open_sealed, seal, seal_if_known
from store.keys import KeyRing
from store.person_keys import make_person_key, person_key
from store.tables.people import household, household_member
from store.ulids import new_id


@dataclass(frozen=True)
class Member:
    """A worker of the ledger, or somebody known by name only."""

    relation: str = field(repr=False)
    joined_on: date
    worker_id: str | None = None
    name: str | None = field(default=None, repr=False)
    left_on: date | None = None

    def __post_init__(self) -> None:
        if (self.worker_id is None) == (self.name is None):
            raise ValueError("A member of a household is either a worker of the ledger or a name.")


def open_household(
    connection: Connection, keyring: KeyRing, station_id: str, members: tuple[Member, ...], recorded_at: datetime
) -> str:
    household_id = new_id(recorded_at)
    make_person_key(connection, keyring, household_id, recorded_at)
    connection.execute(insert(household).values(id=household_id, station_id=station_id, recorded_at=recorded_at))
    for member in members:
        add_member(connection, keyring, household_id, member, recorded_at)
    return household_id


def add_member(
    connection: Connection, keyring: KeyRing, household_id: str, member: Member, recorded_at: datetime
) -> None:
    key, id_ = person_key(connection, keyring, household_id), new_id(recorded_at)
    connection.execute(
        insert(household_member).values(
            id=id_,
            household_id=household_id,
            worker_id=member.worker_id,
            name_sealed=seal_if_known(key, "household_member", "name_sealed", id_, member.name),
            relation_sealed=seal(key, "household_member", "relation_sealed", id_, member.relation),
            joined_on=member.joined_on,
            left_on=member.left_on,
            recorded_at=recorded_at,
        )
    )


def members(connection: Connection, keyring: KeyRing, household_id: str, on: date) -> tuple[Member, ...]:
    """Who belongs to a household on a day."""
    table = household_member
    query = select(table).where(
        table.c.household_id == household_id,
        table.c.joined_on <= on,
        or_(table.c.left_on.is_(None), table.c.left_on >= on),
    )
    key = person_key(connection, keyring, household_id)
    return tuple(
        Member(
            relation=open_sealed(key, "household_member", "relation_sealed", row.id, row.relation_sealed),
            joined_on=row.joined_on,
            worker_id=row.worker_id,
            name=open_if_known(key, "household_member", "name_sealed", row.id, row.name_sealed),
            left_on=row.left_on,
        )
        for row in connection.execute(query.order_by(table.c.id))
    )


def household_of(connection: Connection, worker_id: str, on: date) -> str | None:
    """The household to which a worker belongs on a day."""
    table = household_member
    query = select(table.c.household_id).where(
        table.c.worker_id == worker_id,
        table.c.joined_on <= on,
        or_(table.c.left_on.is_(None), table.c.left_on >= on),
    )
    return connection.scalar(query.order_by(table.c.joined_on.desc(), table.c.id.desc()).limit(1))
