"""One vacancy: the offer, its employer, its truth checks, where it was shown, and what came of it."""

from collections.abc import Iterable
from typing import Final

from sqlalchemy import Connection
from starlette.responses import Response

from store.audit import AuditEvent, record_audit
from store.case_reading import staff_names
from store.changes import Changed
from store.employers import verification
from store.offers import ListedOffer, OfferState, referrals_to, workplaces
from store.publications import Confirmation, Publication, TruthCheck, confirmations, publications, truth_checks
from store.vacancies import replaced_by, vacancy
from web.vacancies import words
from web.vacancies.opened import employer_names, own_stations, seen_offer
from web.visit import Visit

_OPEN: Final = frozenset({OfferState.LIVE, OfferState.UNCHECKED, OfferState.FAILED})


def vacancy_page(visit: Visit) -> Response:
    with visit.reading() as connection:
        offer = seen_offer(visit, connection)
        vacancy_id = offer.vacancy.id
        checks = truth_checks(connection, vacancy_id)
        shown = publications(connection, vacancy_id)
        confirmed = confirmations(connection, vacancy_id)
        referrals, cases = referrals_to(connection, visit.scope, vacancy_id)
        check_on_employer = verification(connection, offer.vacancy.employer_id, visit.today)
        context = {
            **head(visit, connection, offer),
            "place": workplaces(connection, visit.scope).get(offer.vacancy.place_node_id or ""),
            "checks": checks,
            "shown": shown,
            "confirmations": confirmed,
            "verification": check_on_employer,
            "referrals": referrals,
            "cases": cases,
            "older": vacancy(connection, offer.vacancy.replaces_id) if offer.vacancy.replaces_id else None,
            "newer_id": replaced_by(connection, vacancy_id),
            "staff": staff_names(connection, _people(offer, checks, shown, confirmed)),
            "may_act": offer.vacancy.station_id in own_stations(visit, connection),
            "open": offer.state in _OPEN,
        }
    return visit.render("vacancies/one.html", context)


def head(visit: Visit, connection: Connection, offer: ListedOffer) -> dict[str, object]:
    """What every page of one vacancy begins with."""
    return {"offer": offer, "employers": employer_names(visit, connection, (offer,)), "words": words}


def note(visit: Visit, connection: Connection, kind: str, offer_id: str, station_id: str) -> None:
    """An audit event about a vacancy, in the transaction that changes it."""
    event = AuditEvent(
        kind,
        visit.me.staff_id,
        visit.now,
        about_kind=Changed.VACANCY,
        about_id=offer_id,
        station_id=station_id,
    )
    record_audit(connection, visit.office.station.keyring, event)


def _people(
    offer: ListedOffer,
    checks: Iterable[TruthCheck],
    shown: Iterable[Publication],
    confirmed: Iterable[Confirmation],
) -> set[str]:
    found = {check.checked_by for check in checks}
    found |= {each.published_by for each in shown} | {each.confirmed_by for each in confirmed}
    return found | {offer.vacancy.closed_by or ""}
