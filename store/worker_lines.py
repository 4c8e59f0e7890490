"""Workers in a line of a list: the whole name, and of everything else no more than tells them apart."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from sqlalchemy import Connection, select

from cases.identity import LENGTH, Sex
from store.encryption import open_sealed
from store.keys import KeyRing
from store.person_keys import person_keys
from store.tables.people import worker as table

TAIL: Final = 4


@dataclass(frozen=True)
class WorkerLine:
    """`age` and `sex` as the identity number says them; nothing of it shows in a repr."""

    id: str
    name: str = field(repr=False)
    phone_tail: str = field(repr=False)
    age: int | None = field(default=None, repr=False)
    sex: Sex | None = field(default=None, repr=False)


def worker_lines(
    connection: Connection, keyring: KeyRing, worker_ids: Collection[str], today: date
) -> Mapping[str, WorkerLine]:
    """Those who were not erased."""
    wanted = set(worker_ids)
    if not wanted:
        return {}
    keys = person_keys(connection, keyring, wanted)
    query = select(table.c.id, table.c.name_sealed, table.c.phone_sealed, table.c.identity_sealed)
    lines = {}
    for row in connection.execute(query.where(table.c.id.in_(wanted), table.c.erased_at.is_(None))):
        key = keys.get(row.id)
        if key:
            name, phone, identity = (
                open_sealed(key, "worker", f"{part}_sealed", row.id, getattr(row, f"{part}_sealed"))
                for part in ("name", "phone", "identity")
            )
            lines[row.id] = WorkerLine(row.id, name, phone[-TAIL:], _age(identity, today), _sex(identity))
    return lines


def _age(identity: str, today: date) -> int | None:
    if len(identity) != LENGTH:
        return None
    born_on = date(int(identity[6:10]), int(identity[10:12]), int(identity[12:14]))
    return today.year - born_on.year - ((today.month, today.day) < (born_on.month, born_on.day))


def _sex(identity: str) -> Sex | None:
    if len(identity) != LENGTH:
        return None
    return Sex.MALE if int(identity[16]) % 2 else Sex.FEMALE
