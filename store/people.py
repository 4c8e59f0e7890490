"""The real-name ledger (实名台账) of workers: searched before anyone is added, and read with a person's key."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import Connection, RowMapping, insert, or_, select
from sqlalchemy.exc import IntegrityError

from cases.identity import IdentityNumber, mask_identity
from cases.names import mask_name
from cases.phones import Phone, mask_phone
from cases.refusals import Refused, refusal
from store.aead import Key
from store.encryption import open_if_known, open_sealed, seal, seal_if_known
from store.finding import index_worker
from store.keys import KeyRing
from store.person_keys import make_person_key, person_key, person_keys
from store.rows import filled
from store.search import Sought, name_token, search_token
from store.tables.people import worker as table
from store.ulids import new_id


class AlreadyRegistered(Refused):
    """The ledger has a worker with this identity number."""

    def __init__(self, worker_id: str | None) -> None:
        self.worker_id = worker_id
        super().__init__(
            (
                refusal(
                    "already-registered",
                    "该证件号码已在台账中，请打开已有的登记。",
                    "This identity number is in the ledger already: open that registration.",
                ),
            )
        )


class PerhapsRegistered(Refused):
    """The ledger has workers with this phone; the caseworker has to look at them first."""

    def __init__(self, candidates: "tuple[Candidate, ...]") -> None:
        self.candidates = candidates
        super().__init__(
            (
                refusal(
                    "perhaps-registered",
                    "台账中已有人使用这个电话，请先核对是否同一人。",
                    "Somebody in the ledger has this phone: see first whether it is the same person.",
                ),
            )
        )


@dataclass(frozen=True)
class NewWorker:
    """`unlike` names the candidates that a caseworker looked at and found to be other people."""

    name: str = field(repr=False)
    identity: IdentityNumber = field(repr=False)
    phone: Phone = field(repr=False)
    station_id: str
    registered_on: date
    registered_by: str
    recorded_at: datetime
    address: str | None = field(default=None, repr=False)
    unlike: frozenset[str] = frozenset()
    id: str | None = None


@dataclass(frozen=True)
class Candidate:
    """A worker who may be the person at the counter, and by what."""

    worker_id: str
    matched: frozenset[Sought]


@dataclass(frozen=True)
class Worker:
    """A worker read with their key; nothing personal shows in its repr."""

    id: str
    station_id: str
    name: str = field(repr=False)
    identity: str = field(repr=False)
    phone: str = field(repr=False)
    address: str | None = field(repr=False)
    registered_on: date

    def masked(self) -> "MaskedWorker":
        return MaskedWorker(self.id, mask_name(self.name), mask_identity(self.identity), mask_phone(self.phone))


@dataclass(frozen=True)
class MaskedWorker:
    """What a list shows of a worker until somebody asks for more, with a reason."""

    id: str
    name: str
    identity: str
    phone: str


def candidates(
    connection: Connection, keyring: KeyRing, name: str, identity: IdentityNumber | None, phone: Phone | None
) -> tuple[Candidate, ...]:
    """Workers in the ledger with this identity number, phone or name: those who match in most ways first."""
    tokens = dict(_tokens(keyring, name, identity, phone))
    columns = {sought: table.c[f"{sought}_token"] for sought in tokens}
    rows = connection.execute(
        select(table.c.id, *columns.values())
        .where(or_(*(columns[s] == t for s, t in tokens.items())))
        .order_by(table.c.id)
    ).mappings()
    found = [
        Candidate(row["id"], frozenset(s for s, value in tokens.items() if row[f"{s}_token"] == value)) for row in rows
    ]
    return tuple(sorted(found, key=lambda candidate: -len(candidate.matched)))


def register_worker(connection: Connection, keyring: KeyRing, new: NewWorker) -> str:
    """Enter a worker into the ledger, and say their id.

    Refuses a second entry of one identity number, and one with a known phone whose holder nobody has looked at.
    """
    known = candidates(connection, keyring, new.name, new.identity, new.phone)
    for candidate in known:
        if Sought.IDENTITY in candidate.matched:
            raise AlreadyRegistered(candidate.worker_id)
    unseen = tuple(c for c in known if Sought.PHONE in c.matched and c.worker_id not in new.unlike)
    if unseen:
        raise PerhapsRegistered(unseen)
    return _enter(connection, keyring, new)


def worker(connection: Connection, keyring: KeyRing, worker_id: str) -> Worker | None:
    """A worker as entered; `KeyDestroyed` if they were erased since."""
    row = connection.execute(select(table).where(table.c.id == worker_id)).mappings().one_or_none()
    return _opened(connection, keyring, row) if row else None


def workers(connection: Connection, keyring: KeyRing, worker_ids: Collection[str]) -> Mapping[str, Worker]:
    """These workers by their ids; those who were erased are left out."""
    rows = connection.execute(select(table).where(table.c.id.in_(worker_ids))).mappings().all()
    keys = person_keys(connection, keyring, [row["id"] for row in rows])
    return {row["id"]: _with_key(keys[row["id"]], row) for row in rows if row["id"] in keys}


def worker_station(connection: Connection, worker_id: str) -> str | None:
    return connection.scalar(select(table.c.station_id).where(table.c.id == worker_id))


def _enter(connection: Connection, keyring: KeyRing, new: NewWorker) -> str:
    worker_id = new.id or new_id(new.recorded_at)
    key = make_person_key(connection, keyring, worker_id, new.recorded_at)
    tokens = {f"{sought}_token": token for sought, token in _tokens(keyring, new.name, new.identity, new.phone)}
    row = {
        "id": worker_id,
        "station_id": new.station_id,
        "name_sealed": seal(key, "worker", "name_sealed", worker_id, new.name),
        "identity_sealed": seal(key, "worker", "identity_sealed", worker_id, new.identity.value),
        "phone_sealed": seal(key, "worker", "phone_sealed", worker_id, str(new.phone)),
        "address_sealed": seal_if_known(key, "worker", "address_sealed", worker_id, new.address),
        **tokens,
        "registered_on": new.registered_on,
        "registered_by": new.registered_by,
        "recorded_at": new.recorded_at,
    }
    try:
        connection.execute(insert(table), row)
    except IntegrityError as error:
        if "identity_token" in str(error.orig):
            # Two counters entered the same person at once; this one came second.
            raise AlreadyRegistered(None) from error
        raise
    index_worker(connection, keyring, worker_id, new.name, new.identity.value, str(new.phone))
    return worker_id


def _tokens(
    keyring: KeyRing, name: str, identity: IdentityNumber | None, phone: Phone | None
) -> Iterator[tuple[Sought, str]]:
    yield Sought.NAME, name_token(keyring, name)
    if identity:
        yield Sought.IDENTITY, search_token(keyring, Sought.IDENTITY, identity.value)
    if phone:
        yield Sought.PHONE, search_token(keyring, Sought.PHONE, phone.number)


def _opened(connection: Connection, keyring: KeyRing, row: RowMapping) -> Worker:
    return _with_key(person_key(connection, keyring, row["id"]), row)


def _with_key(key: Key, row: RowMapping) -> Worker:
    return filled(
        Worker,
        row,
        name=open_sealed(key, "worker", "name_sealed", row["id"], row["name_sealed"]),
        identity=open_sealed(key, "worker", "identity_sealed", row["id"], row["identity_sealed"]),
        phone=open_sealed(key, "worker", "phone_sealed", row["id"], row["phone_sealed"]),
        address=open_if_known(key, "worker", "address_sealed", row["id"], row["address_sealed"]),
    )
