"""Which vacancies suit a worker on a day, and why or why not: the same conditions by which a referral counts."""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection, select

from cases.constraints import Constraints, Demands, Fit, fit
from cases.hardship.case import Condition
from cases.hardship.proofs import referral_conditions
from cases.hardship.record import EmployerSeen, VacancySeen
from store.offers import ListedOffer, OfferFilter, offers_in
from store.scope import Scope
from store.tables.employers import EmployerKind
from store.tables.organisation import organisation_node
from store.vacancies import Vacancy

MOST = 2_000  # of one place's market at once


@dataclass(frozen=True)
class Suited:
    """`conditions`: those of a referral made on the day, each held, failed (False) or unknown (None)."""

    offer: ListedOffer
    fit: Fit
    conditions: tuple[Condition, ...]

    @property
    def proved(self) -> bool:
        return all(condition.met for condition in self.conditions)

    @property
    def failed(self) -> tuple[Condition, ...]:
        return tuple(condition for condition in self.conditions if condition.met is False)

    @property
    def unknown(self) -> tuple[Condition, ...]:
        return tuple(condition for condition in self.conditions if condition.met is None)


def suitable_vacancies(
    connection: Connection, scope: Scope, worker: Constraints, on: date, asked: OfferFilter | None = None
) -> tuple[Suited, ...]:
    """The live vacancies of the reader's place: those that meet everything first, then what is unknown, then the rest.

    Among equals, those for older and for hard-to-place workers come first.
    """
    listed = offers_in(connection, scope, replace(asked or OfferFilter(), live=True), on, (MOST, 0))
    lines = _lines(connection, {offer.vacancy.place_node_id for offer in listed if offer.vacancy.place_node_id})
    suited = [_suited(offer, worker, lines) for offer in listed]
    return tuple(sorted(suited, key=_rank))


def _suited(offer: ListedOffer, worker: Constraints, lines: dict[str, frozenset[str]]) -> Suited:
    found = fit(worker, _demands(offer.vacancy, lines))
    seen = VacancySeen(
        employer_id=offer.vacancy.employer_id,
        live=True,
        truth_checked=bool(offer.checked),
        meets_hours=found.hours,
        meets_place=found.place,
        meets_pay_floor=found.pay_floor,
        meets_health=found.health,
    )
    household = offer.employer_kind is EmployerKind.HOUSEHOLD
    employer = EmployerSeen(offer.verified, offer.vacancy.employer_id, household=household)
    return Suited(offer, found, referral_conditions(seen, employer))


def _demands(offered: Vacancy, lines: dict[str, frozenset[str]]) -> Demands:
    return Demands(
        hours=offered.hours,
        places=lines.get(offered.place_node_id or ""),
        pay_min_fen=offered.pay_min_fen,
        pay_max_fen=offered.pay_max_fen,
        pay_unit=offered.pay_unit,
        health=offered.health_demands,
    )


def _lines(connection: Connection, node_ids: set[str]) -> dict[str, frozenset[str]]:
    """Each node with all above it."""
    query = select(organisation_node.c.id, organisation_node.c.path).where(organisation_node.c.id.in_(node_ids))
    return {row.id: frozenset(row.path.strip("/").split("/")) for row in connection.execute(query)}


def _rank(suited: Suited) -> tuple[int, int, bool]:
    offered = suited.offer.vacancy
    return len(suited.failed), len(suited.unknown), not (offered.fits_older or offered.fits_hard_to_place)
