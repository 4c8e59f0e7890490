"""The vacancies of a reader's place as a list: filtered, counted and paged, each with how it stands on a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    ScalarSelect,
    Select,
    and_,
    case,
    func,
    literal,
    or_,
    select,
)

from cases.constraints import PayUnit
from store.scope import Scope
from store.tables.cases import hardship_case, referral
from store.tables.employers import EmployerKind, VerificationResult, employer, employer_verification
from store.tables.organisation import organisation_node, station
from store.tables.types import CanonicalJson
from store.tables.vacancies import CheckResult, truth_check, vacancy
from store.vacancies import Vacancy, opened_vacancy


class OfferState(StrEnum):
    """How a vacancy stands on a day; a vacancy is in one of them."""

    LIVE = "live"  # 在招：有效，且通过真实性审查
    UNCHECKED = "unchecked"  # 待审查
    FAILED = "failed"  # 审查未通过
    EXPIRED = "expired"  # 已过期
    CLOSED = "closed"  # 已关闭


class OfferOrder(StrEnum):
    NEWEST = "newest"
    EXPIRY = "expiry"
    PAY = "pay"


@dataclass(frozen=True)
class OfferFilter:
    """What a reader asks of the list; what is empty is not asked."""

    state: OfferState | None = None
    live: bool = False  # whatever became of its truth check
    words: str = ""
    trade: str = ""
    station_id: str = ""
    employer_id: str = ""
    fits_older: bool = False
    fits_hard_to_place: bool = False
    pay_unit: PayUnit | None = None
    pay_from_fen: int | None = None


@dataclass(frozen=True)
class ListedOffer:
    """`checked`: whether the latest truth check was passed; None: nobody checked it."""

    vacancy: Vacancy
    state: OfferState
    checked: bool | None
    verified: bool
    employer_kind: EmployerKind
    employer_name: str | None  # an organisation's; a household's is sealed
    station_name: str


def offers_in(
    connection: Connection,
    scope: Scope,
    asked: OfferFilter,
    on: date,
    page: tuple[int, int],
    order: OfferOrder = OfferOrder.NEWEST,
) -> tuple[ListedOffer, ...]:
    """A page (how many, after how many) of the vacancies in a reader's place."""
    limit, offset = page
    query = _rows(on).where(*_conditions(scope, asked, on)).order_by(*_ORDERS[order], vacancy.c.id)
    return tuple(_listed(row) for row in connection.execute(query.limit(limit).offset(offset)).mappings())


def offer_counts(connection: Connection, scope: Scope, asked: OfferFilter, on: date) -> Mapping[OfferState, int]:
    """How many there are in each state, of those that the filter without its state asks for."""
    state = _state(on).label("state")
    inner = select(state).where(*_conditions(scope, asked, on, with_state=False)).subquery()
    rows = connection.execute(select(inner.c.state, func.count()).group_by(inner.c.state))
    counted = {OfferState(name): number for name, number in rows}
    return {each: counted.get(each, 0) for each in OfferState}


def offer_in(connection: Connection, scope: Scope, vacancy_id: str, on: date) -> ListedOffer | None:
    """One vacancy, if it is in the reader's place."""
    query = _rows(on).where(vacancy.c.id == vacancy_id, scope.has_vacancy())
    row = connection.execute(query).mappings().one_or_none()
    return _listed(row) if row else None


def offer_trades(connection: Connection, scope: Scope) -> tuple[str, ...]:
    query = select(vacancy.c.trade).where(scope.has_vacancy()).distinct().order_by(vacancy.c.trade)
    return tuple(connection.scalars(query))


def station_names(connection: Connection, scope: Scope) -> Mapping[str, str]:
    """The stations that a scope reaches, by id."""
    query = select(station.c.id, station.c.name).where(station.c.id.in_(scope.stations)).order_by(station.c.id)
    return {row.id: row.name for row in connection.execute(query)}


def workplaces(connection: Connection, scope: Scope) -> Mapping[str, str]:
    """The places of a reader's market where work can be, each with the names of those above it within the market."""
    query = (
        select(organisation_node.c.id, organisation_node.c.path, organisation_node.c.name)
        .where(organisation_node.c.id.in_(scope.market.nodes), organisation_node.c.id.not_in(select(station.c.node_id)))
        .order_by(organisation_node.c.path)
    )
    names: dict[str, str] = {}
    for row in connection.execute(query):
        above = row.path.strip("/").split("/")[-2:-1]
        names[row.id] = " ".join(part for part in (names.get(above[0], "") if above else "", row.name) if part)
    return names


def referrals_to(connection: Connection, scope: Scope, vacancy_id: str) -> tuple[int, tuple[str, ...]]:
    """How many referrals were made to a vacancy, and the cases among them that the reader may see."""
    made = referral.c.vacancy_id == vacancy_id
    number = connection.scalar(select(func.count()).select_from(referral).where(made)) or 0
    seen = select(referral.c.case_id).join(hardship_case).where(made, scope.has_case()).order_by(referral.c.case_id)
    return number, tuple(connection.scalars(seen))


def passed_check(on: date) -> ScalarSelect[int]:
    """1: the vacancy's latest truth check as of a day was passed; 0: it was not; NULL: there is none."""
    no_findings = truth_check.c.discrimination_findings == literal([], CanonicalJson)
    passed = case((and_(truth_check.c.result == CheckResult.PASSED, no_findings), 1), else_=0)
    return (
        select(passed)
        .where(truth_check.c.vacancy_id == vacancy.c.id, truth_check.c.checked_on <= on)
        .order_by(truth_check.c.checked_on.desc(), truth_check.c.recorded_at.desc(), truth_check.c.id.desc())
        .limit(1)
        .correlate(vacancy)
        .scalar_subquery()
    )


def verified_employer(on: date) -> ScalarSelect[int]:
    """1: the employer's latest verification as of a day holds; 0: it does not; NULL: there is none."""
    checks = employer_verification.c
    relied_on = or_(checks.good_until.is_(None), checks.good_until >= on)
    holds = case((and_(checks.result == VerificationResult.VERIFIED, relied_on), 1), else_=0)
    return (
        select(holds)
        .where(checks.employer_id == employer.c.id, checks.verified_on <= on)
        .order_by(checks.verified_on.desc(), checks.recorded_at.desc(), checks.id.desc())
        .limit(1)
        .correlate(employer)
        .scalar_subquery()
    )


def is_live(on: date) -> ColumnElement[bool]:
    still_open = or_(vacancy.c.closed_on.is_(None), vacancy.c.closed_on > on)
    return and_(vacancy.c.received_on <= on, vacancy.c.expires_on >= on, still_open)


def _state(on: date) -> ColumnElement[str]:
    passed = passed_check(on)
    return case(
        (vacancy.c.closed_on <= on, OfferState.CLOSED.value),
        (vacancy.c.expires_on < on, OfferState.EXPIRED.value),
        (passed == 1, OfferState.LIVE.value),
        (passed == 0, OfferState.FAILED.value),
        else_=OfferState.UNCHECKED.value,
    )


def _rows(on: date) -> Select[tuple[object, ...]]:
    return (
        select(
            vacancy,
            _state(on).label("state"),
            passed_check(on).label("checked"),
            verified_employer(on).label("verified"),
            employer.c.kind.label("employer_kind"),
            employer.c.name.label("employer_name"),
            station.c.name.label("station_name"),
        )
        .join(employer, employer.c.id == vacancy.c.employer_id)
        .join(station, station.c.id == vacancy.c.station_id)
    )


def _conditions(scope: Scope, asked: OfferFilter, on: date, *, with_state: bool = True) -> list[ColumnElement[bool]]:
    found = [scope.has_vacancy(), vacancy.c.received_on <= on]
    if with_state and asked.state:
        found.append(_state(on) == asked.state.value)
    if asked.live:
        found.append(is_live(on))
    if asked.words:
        found.append(vacancy.c.title.contains(asked.words, autoescape=True))
    for column, value in (
        (vacancy.c.trade, asked.trade),
        (vacancy.c.station_id, asked.station_id),
        (vacancy.c.employer_id, asked.employer_id),
    ):
        if value:
            found.append(column == value)
    if asked.fits_older:
        found.append(vacancy.c.fits_older)
    if asked.fits_hard_to_place:
        found.append(vacancy.c.fits_hard_to_place)
    if asked.pay_unit:
        found.append(vacancy.c.pay_unit == asked.pay_unit)
        if asked.pay_from_fen is not None:
            found.append(asked.pay_from_fen <= _MOST_PAY)
    return found


def _listed(row: RowMapping) -> ListedOffer:
    return ListedOffer(
        vacancy=opened_vacancy(row),
        state=OfferState(row["state"]),
        checked=None if row["checked"] is None else bool(row["checked"]),
        verified=bool(row["verified"]),
        employer_kind=row["employer_kind"],
        employer_name=row["employer_name"],
        station_name=row["station_name"],
    )


_MOST_PAY: Final = func.coalesce(vacancy.c.pay_max_fen, vacancy.c.pay_min_fen)
_ORDERS: Final[Mapping[OfferOrder, tuple[ColumnElement[Any], ...]]] = {
    OfferOrder.NEWEST: (vacancy.c.received_on.desc(),),
    OfferOrder.EXPIRY: (vacancy.c.expires_on,),
    # What nobody said comes last, on every database.
    OfferOrder.PAY: (_MOST_PAY.is_(None), _MOST_PAY.desc()),
}
