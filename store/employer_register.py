"""The register of employers as a reader's place sees it: found, listed, and searched before one is added."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Final

from sqlalchemy import Connection, RowMapping, Select, func, or_, select

from cases.identity import IdentityNumber
from store.keys import KeyRing
from store.offers import is_live, verified_employer
from store.rows import filled
from store.scope import NotInScope, Scope
from store.search import Sought, normal_name, search_token
from store.tables.cases import hardship_case, placement, referral
from store.tables.employers import EmployerKind, employer
from store.tables.organisation import organisation_node, station
from store.tables.vacancies import vacancy

# What firms' names have in common, and so tells none from another.
_FORMS: Final = (
    "有限责任公司",
    "股份有限公司",
    "有限公司",
    "分公司",
    "公司",
    "个体工商户",
    "经营部",
    "服务部",
    "合作社",
    "集团",
)
_ALIKE: Final = 0.75
_FEWEST: Final = 2  # characters that a search needs, and a core that is compared


@dataclass(frozen=True)
class EmployerFilter:
    """`words`: part of an organisation's name, or its whole code."""

    words: str = ""
    kind: EmployerKind | None = None
    verified: bool | None = None


@dataclass(frozen=True)
class ListedEmployer:
    """`verified`: whether its latest check can be relied on; None: nobody checked it."""

    id: str
    kind: EmployerKind
    name: str | None
    uscc: str | None
    address: str | None
    place: str
    verified: bool | None
    offers: int  # live on the day


@dataclass(frozen=True)
class Dealings:
    """What an employer has to do with cases: how many in all, and those that the reader may see."""

    referrals: int
    placements: int
    cases: tuple[str, ...]


def employers_in(
    connection: Connection, scope: Scope, asked: EmployerFilter, on: date, page: tuple[int, int]
) -> tuple[tuple[ListedEmployer, ...], int]:
    """A page of the employers in a reader's place, and how many there are in all."""
    query = _matching(_rows(on), scope, asked, on)
    total = connection.scalar(select(func.count()).select_from(query.order_by(None).subquery())) or 0
    limit, offset = page
    rows = connection.execute(query.order_by(employer.c.id).limit(limit).offset(offset)).mappings()
    return tuple(_listed(row) for row in rows), total


def employer_in(connection: Connection, scope: Scope, employer_id: str, on: date) -> ListedEmployer:
    """Raises NotInScope unless the employer is in the reader's place."""
    query = _rows(on).where(employer.c.id == employer_id, scope.has_employer())
    row = connection.execute(query).mappings().one_or_none()
    if row is None:
        raise NotInScope
    return _listed(row)


def employer_by_code(connection: Connection, uscc: str) -> str | None:
    """The employer with this code, in whatever place."""
    return connection.scalar(select(employer.c.id).where(employer.c.uscc == uscc))


def codes_of(connection: Connection, employer_ids: Collection[str]) -> Mapping[str, str]:
    """The codes of organisations, by employer."""
    query = select(employer.c.id, employer.c.uscc).where(employer.c.id.in_(employer_ids), employer.c.uscc.is_not(None))
    return {row.id: row.uscc for row in connection.execute(query)}


def household_of(connection: Connection, keyring: KeyRing, identity: IdentityNumber) -> str | None:
    """The household whose person has this identity number, in whatever place."""
    token = search_token(keyring, Sought.IDENTITY, identity.value)
    return connection.scalar(select(employer.c.id).where(employer.c.person_identity_token == token))


def in_scope(connection: Connection, scope: Scope, employer_id: str) -> bool:
    query = select(employer.c.id).where(employer.c.id == employer_id, scope.has_employer())
    return connection.execute(query).first() is not None


def similar_employers(connection: Connection, scope: Scope, name: str) -> Mapping[str, str]:
    """Organisations of the place whose names could be another writing of this one, by id."""
    sought = core_name(name)
    query = select(employer.c.id, employer.c.name).where(scope.has_employer(), employer.c.name.is_not(None))
    return {row.id: row.name for row in connection.execute(query.order_by(employer.c.id)) if _alike(sought, row.name)}


def core_name(name: str) -> str:
    """A firm's name without its legal form, width, case and spaces."""
    core = normal_name(name)
    for form in _FORMS:
        core = core.replace(form, "")
    return core


def dealings(connection: Connection, scope: Scope, employer_id: str, distinct_key: str) -> Dealings:
    """Referrals name an employer by what makes it distinct, placements by its id."""
    referred, placed = referral.c.employer == distinct_key, placement.c.employer_id == employer_id
    of_referrals = select(referral.c.case_id).where(referred)
    of_placements = select(placement.c.case_id).where(placed)
    seen = (
        select(hardship_case.c.id)
        .where(or_(hardship_case.c.id.in_(of_referrals), hardship_case.c.id.in_(of_placements)), scope.has_case())
        .order_by(hardship_case.c.id)
    )
    return Dealings(
        connection.scalar(select(func.count()).select_from(referral).where(referred)) or 0,
        connection.scalar(select(func.count()).select_from(placement).where(placed)) or 0,
        tuple(connection.scalars(seen)),
    )


def place_of(connection: Connection, station_id: str) -> str:
    """The node at which a station enters an employer: the one that the station hangs below."""
    parent = select(organisation_node.c.parent_id).join(station, station.c.node_id == organisation_node.c.id)
    found = connection.scalar(parent.where(station.c.id == station_id))
    if found is None:
        raise LookupError(station_id)
    return str(found)


def _alike(sought: str, name: str) -> bool:
    core = core_name(name)
    if len(sought) < _FEWEST or len(core) < _FEWEST:
        return sought == core
    return sought in core or core in sought or SequenceMatcher(None, sought, core).ratio() >= _ALIKE


def _rows(on: date) -> Select[tuple[object, ...]]:
    offers = select(func.count()).where(vacancy.c.employer_id == employer.c.id, is_live(on)).correlate(employer)
    return select(
        employer.c.id,
        employer.c.kind,
        employer.c.name,
        employer.c.uscc,
        employer.c.address,
        organisation_node.c.name.label("place"),
        verified_employer(on).label("verified"),
        offers.scalar_subquery().label("offers"),
    ).join(organisation_node, organisation_node.c.id == employer.c.node_id)


def _matching(
    query: Select[tuple[object, ...]], scope: Scope, asked: EmployerFilter, on: date
) -> Select[tuple[object, ...]]:
    query = query.where(scope.has_employer())
    if asked.words:
        code = asked.words.upper().replace(" ", "").replace("-", "")
        query = query.where(or_(employer.c.name.contains(asked.words, autoescape=True), employer.c.uscc == code))
    if asked.kind:
        query = query.where(employer.c.kind == asked.kind)
    if asked.verified is not None:
        holds = func.coalesce(verified_employer(on), 0)
        query = query.where(holds == int(asked.verified))
    return query


def _listed(row: RowMapping) -> ListedEmployer:
    return filled(ListedEmployer, row, verified=None if row["verified"] is None else bool(row["verified"]))
