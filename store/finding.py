"""Finding (查找): the parts by which a worker is found, kept as tokens; and what a reader finds within their scope.

Whole numbers have tokens of their own in the ledger (`store.people`); here are the ends of numbers, the parts of a
name and its readings.
"""

import re
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Subquery,
    and_,
    case,
    delete,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    union_all,
)

from cases.identity import IdentityRefused, parse_identity
from cases.phones import PhoneRefused, parse_phone
from store.any_case import any_case
from store.encryption import open_sealed
from store.keys import KeyRing
from store.person_keys import person_keys
from store.readings import (
    LONGEST,
    SHORTEST,
    beginnings,
    folded_name,
    full_readings,
    initials,
    is_han,
    pieces,
    typed_readings,
)
from store.scope import Scope
from store.search import Part, Sought, part_token, search_token
from store.tables.employers import employer
from store.tables.finding import worker_finding as table
from store.tables.keys import person_key
from store.tables.people import worker

MOST_FOUND: Final = 50
# SQLite joins 64 tables at most; what is typed beyond this narrows nothing more.
MOST_NEEDS: Final = 16
PHONE_END: Final = 4
IDENTITY_ENDS: Final = (4, 6)
_SHORTEST_CASE: Final = 6
_ENDS: Final = re.compile(r"(?:[0-9]{3}|[0-9]{5})[0-9Xx]")
_EXACT, _WHOLE, _PARTLY = 0, 1, 2
_RANKS: Final = {
    Part.NAME: _EXACT,
    Part.READING: _WHOLE,
    Part.PHONE_END: _WHOLE,
    Part.IDENTITY_END: _WHOLE,
    Part.INITIALS: _PARTLY,
    Part.BEGINNING: _PARTLY,
    Part.PIECE: _PARTLY,
}


def index_worker(
    connection: Connection, keyring: KeyRing, worker_id: str, name: str, identity: str, phone: str
) -> None:
    """A worker is now found by these, and no longer by what was indexed before."""
    connection.execute(delete(table).where(table.c.worker_id == worker_id))
    tokens = {part_token(keyring, part, value) for part, value in _parts(name, identity, phone)}
    connection.execute(insert(table), [{"worker_id": worker_id, "part_token": token} for token in sorted(tokens)])


def index_missing(connection: Connection, keyring: KeyRing, *, at_most: int = 200) -> int:
    """Index workers of an older record who cannot be found by parts yet, and say how many; 0 once all can.

    Each batch looks anew for who is missing, so it may stop anywhere and go on later.
    """
    query = (
        select(worker.c.id, worker.c.name_sealed, worker.c.identity_sealed, worker.c.phone_sealed)
        .where(_missing())
        .order_by(worker.c.id)
        .limit(at_most)
    )
    rows = connection.execute(query).all()
    keys = person_keys(connection, keyring, [row.id for row in rows])
    for row in rows:
        name, identity, phone = (
            open_sealed(keys[row.id], "worker", column, row.id, getattr(row, column))
            for column in ("name_sealed", "identity_sealed", "phone_sealed")
        )
        index_worker(connection, keyring, row.id, name, identity, phone)
    return len(rows)


def has_missing(connection: Connection) -> bool:
    """Whether there are readable workers who cannot be found by parts."""
    return connection.execute(select(worker.c.id).where(_missing()).limit(1)).first() is not None


def _missing() -> ColumnElement[bool]:
    readable = exists().where(person_key.c.person_id == worker.c.id)
    return and_(worker.c.erased_at.is_(None), readable, ~exists().where(table.c.worker_id == worker.c.id))


def _parts(name: str, identity: str, phone: str) -> Iterator[tuple[Part, str]]:
    yield Part.NAME, folded_name(name)
    for part, values in (
        (Part.PIECE, pieces(name)),
        (Part.READING, full_readings(name)),
        (Part.BEGINNING, beginnings(name)),
        (Part.INITIALS, initials(name)),
    ):
        yield from ((part, value) for value in values)
    number = parse_phone(phone).number
    if len(number) > PHONE_END:
        yield Part.PHONE_END, number[-PHONE_END:]
    yield from ((Part.IDENTITY_END, identity[-length:]) for length in IDENTITY_ENDS)


@dataclass(frozen=True)
class Hit:
    """A worker who was found; the lower the rank, the more of what was sought is theirs."""

    worker_id: str
    rank: int


@dataclass(frozen=True)
class FoundCase:
    id: str
    worker_id: str


@dataclass(frozen=True)
class FoundEmployer:
    id: str
    name: str
    uscc: str


@dataclass(frozen=True)
class _Need:
    """Tokens of which a worker must have one, each with its rank; and those of the ledger's own whole numbers."""

    parts: dict[str, int] = field(repr=False)
    numbers: dict[Sought, str] = field(default_factory=dict, repr=False)

    def found(self) -> Subquery:
        """The workers who have one, each with the rank of their best."""
        whole = [
            select(worker.c.id.label("worker_id"), literal(_EXACT).label("rank")).where(
                worker.c[f"{sought}_token"] == token
            )
            for sought, token in self.numbers.items()
        ]
        if self.parts:
            rank = case(self.parts, value=table.c.part_token).label("rank")
            whole.append(select(table.c.worker_id, rank).where(table.c.part_token.in_(self.parts)))
        each = union_all(*whole).subquery()
        best = select(each.c.worker_id, func.min(each.c.rank).label("rank")).group_by(each.c.worker_id)
        return best.subquery()


def find_people(
    connection: Connection, keyring: KeyRing, scope: Scope, sought: str, today: date, *, at_most: int = MOST_FOUND
) -> tuple[Hit, ...]:
    """Workers in scope who have all of what is sought, the best first. What is too short finds nobody."""
    needs = tuple(islice(_needs(keyring, sought, today), MOST_NEEDS))
    if not needs:
        return ()
    found = [need.found() for need in needs]
    joined: FromClause = worker
    for each in found:
        joined = joined.join(each, each.c.worker_id == worker.c.id)
    rank = sum((each.c.rank for each in found[1:]), start=found[0].c.rank).label("rank")
    query = (
        select(worker.c.id, rank)
        .select_from(joined)
        .where(scope.has_worker())
        .order_by(rank, worker.c.registered_on.desc(), worker.c.id)
        .limit(at_most)
    )
    return tuple(Hit(row.id, row.rank) for row in connection.execute(query))


def sounding_alike(connection: Connection, keyring: KeyRing, scope: Scope, name: str) -> tuple[str, ...]:
    """Workers in scope whose whole name is written or read as this one."""
    tokens = [part_token(keyring, Part.NAME, folded_name(name))]
    tokens += [part_token(keyring, Part.READING, read) for read in full_readings(name)]
    same = select(table.c.worker_id).where(table.c.part_token.in_(tokens))
    query = select(worker.c.id).where(worker.c.id.in_(same), scope.has_worker()).order_by(worker.c.id)
    return tuple(connection.scalars(query.limit(MOST_FOUND)))


def find_cases(
    connection: Connection, scope: Scope, sought: str, *, at_most: int = MOST_FOUND
) -> tuple[FoundCase, ...]:
    """Cases of whatever kind in scope with this number, or whose number ends so."""
    number = unicodedata.normalize("NFKC", sought).strip().upper().removeprefix("CASE-")
    if len(number) < _SHORTEST_CASE or not number.isascii() or not number.isalnum():
        return ()
    query = (
        select(any_case.c.id, any_case.c.worker_id)
        .where(scope.has_any_case(), any_case.c.id.endswith(number, autoescape=True))
        .order_by(any_case.c.id)
        .limit(at_most)
    )
    return tuple(FoundCase(row.id, row.worker_id) for row in connection.execute(query))


def find_employers(
    connection: Connection, scope: Scope, sought: str, *, at_most: int = MOST_FOUND
) -> tuple[FoundEmployer, ...]:
    """Firms of the reader's market with this code, or with this in their name."""
    text = unicodedata.normalize("NFKC", sought).strip()
    if len(text) < SHORTEST:
        return ()
    named = employer.c.name.contains(text, autoescape=True)
    query = (
        select(employer.c.id, employer.c.name, employer.c.uscc)
        .where(scope.has_employer(), employer.c.name.is_not(None), or_(named, employer.c.uscc == text.upper()))
        .order_by(employer.c.name, employer.c.id)
        .limit(at_most)
    )
    return tuple(FoundEmployer(row.id, row.name, row.uscc) for row in connection.execute(query))


def _needs(keyring: KeyRing, sought: str, today: date) -> Iterator[_Need]:
    """One for each thing that was typed: "周 4417" seeks a 周… whose phone ends so; "zhang wei" is one name."""
    text = unicodedata.normalize("NFKC", sought).strip()
    if number := _whole_number(keyring, text, today):
        yield number
        return
    digits = [term for term in text.split() if _ENDS.fullmatch(term)]
    for term in digits:
        yield _end(keyring, term)
    rest = " ".join(term for term in text.split() if term not in digits)
    if rest:
        yield from _name_needs(keyring, rest)


def _whole_number(keyring: KeyRing, text: str, today: date) -> _Need | None:
    numbers: dict[Sought, str] = {}
    with suppress(IdentityRefused):
        numbers[Sought.IDENTITY] = search_token(keyring, Sought.IDENTITY, parse_identity(text, today).value)
    with suppress(PhoneRefused):
        numbers[Sought.PHONE] = search_token(keyring, Sought.PHONE, parse_phone(text).number)
    if not numbers:
        return None
    # Six digits may be a service line, and also how an identity number ends.
    return _Need(_end(keyring, text).parts if _ENDS.fullmatch(text) else {}, numbers)


def _end(keyring: KeyRing, term: str) -> _Need:
    kinds = (Part.IDENTITY_END, Part.PHONE_END) if len(term) == PHONE_END else (Part.IDENTITY_END,)
    return _Need({part_token(keyring, kind, term.upper()): _RANKS[kind] for kind in kinds})


def _name_needs(keyring: KeyRing, text: str) -> Iterator[_Need]:
    name = folded_name(text)
    if not name:
        return
    whole = {part_token(keyring, Part.NAME, name): _RANKS[Part.NAME]}
    for read in typed_readings(text):
        for part in (Part.READING, Part.BEGINNING, Part.INITIALS):
            whole[part_token(keyring, part, read)] = _RANKS[part]
    if len(name) <= LONGEST:
        yield _Need(whole | {part_token(keyring, Part.PIECE, name): _RANKS[Part.PIECE]})
        return
    if not is_han(name):
        yield _Need(whole)
        return
    # A longer part of a name: each window of four characters is in it.
    for start in range(len(name) - LONGEST + 1):
        window = name[start : start + LONGEST]
        yield _Need({**whole, part_token(keyring, Part.PIECE, window): _RANKS[Part.PIECE]})
