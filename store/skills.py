"""What a worker can do and what work they wish for; the latest statement replaces the one before."""

from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import Connection, delete, insert, select

from store.encryption import open_if_known, seal_if_known
from store.keys import KeyRing
from store.person_keys import person_key
from store.tables.people import worker_skill, worker_wish
from store.ulids import new_id


@dataclass(frozen=True)
class Skill:
    """A trade, how well, and how that is known (a certificate, years of work)."""

    trade: str
    level: str
    evidence: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Wish:
    trade: str
    detail: str | None = field(default=None, repr=False)


def state_skills(
    connection: Connection, keyring: KeyRing, worker_id: str, stated: tuple[Skill, ...], on: date, recorded_at: datetime
) -> None:
    """The worker's skills are now these."""
    key = person_key(connection, keyring, worker_id)
    connection.execute(delete(worker_skill).where(worker_skill.c.worker_id == worker_id))
    for skill in stated:
        id_ = new_id(recorded_at)
        evidence = seal_if_known(key, "worker_skill", "evidence_sealed", id_, skill.evidence)
        values = {"trade": skill.trade, "level": skill.level, "evidence_sealed": evidence}
        connection.execute(
            insert(worker_skill).values(id=id_, worker_id=worker_id, stated_on=on, recorded_at=recorded_at, **values)
        )


def skills(connection: Connection, keyring: KeyRing, worker_id: str) -> tuple[Skill, ...]:
    key = person_key(connection, keyring, worker_id)
    rows = connection.execute(
        select(worker_skill).where(worker_skill.c.worker_id == worker_id).order_by(worker_skill.c.trade)
    )
    return tuple(
        Skill(row.trade, row.level, open_if_known(key, "worker_skill", "evidence_sealed", row.id, row.evidence_sealed))
        for row in rows
    )


def state_wishes(
    connection: Connection, keyring: KeyRing, worker_id: str, stated: tuple[Wish, ...], on: date, recorded_at: datetime
) -> None:
    """The worker's wishes are now these."""
    key = person_key(connection, keyring, worker_id)
    connection.execute(delete(worker_wish).where(worker_wish.c.worker_id == worker_id))
    for wish in stated:
        id_ = new_id(recorded_at)
        detail = seal_if_known(key, "worker_wish", "detail_sealed", id_, wish.detail)
        values = {"trade": wish.trade, "detail_sealed": detail}
        connection.execute(
            insert(worker_wish).values(id=id_, worker_id=worker_id, stated_on=on, recorded_at=recorded_at, **values)
        )


def wishes(connection: Connection, keyring: KeyRing, worker_id: str) -> tuple[Wish, ...]:
    key = person_key(connection, keyring, worker_id)
    rows = connection.execute(
        select(worker_wish).where(worker_wish.c.worker_id == worker_id).order_by(worker_wish.c.trade)
    )
    return tuple(
        Wish(row.trade, open_if_known(key, "worker_wish", "detail_sealed", row.id, row.detail_sealed)) for row in rows
    )
