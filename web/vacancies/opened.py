"""The vacancy of an address: one that the reader may see, and for the forms, one of a station of theirs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from store.employers import household_names
from store.offers import ListedOffer, offer_in, station_names
from store.scope import NotInScope
from store.tables.employers import EmployerKind
from store.vacancies import lock_vacancy
from web.roles import GUIDES
from web.visit import Visit


@dataclass(frozen=True)
class EmployerName:
    """An organisation's name; of a household its person, masked, unless they were erased."""

    name: str
    household: bool


def seen_offer(visit: Visit, connection: Connection, vacancy_id: str | None = None) -> ListedOffer:
    """Raises NotInScope where there is no such vacancy in the reader's place."""
    found = offer_in(connection, visit.scope, vacancy_id or visit.part("vacancy_id"), visit.today)
    if found is None:
        raise NotInScope
    return found


def own_offer(visit: Visit, connection: Connection, vacancy_id: str | None = None) -> ListedOffer:
    """For a form: raises NotInScope unless the vacancy is of a station where the reader works."""
    found = seen_offer(visit, connection, vacancy_id)
    if found.vacancy.station_id not in own_stations(visit, connection):
        raise NotInScope
    return found


def held_offer(visit: Visit, connection: Connection, vacancy_id: str | None = None) -> ListedOffer:
    """The same, held until the transaction ends: nobody closes it meanwhile."""
    lock_vacancy(connection, vacancy_id or visit.part("vacancy_id"))
    return own_offer(visit, connection, vacancy_id)


def own_stations(visit: Visit, connection: Connection) -> Mapping[str, str]:
    """The stations for which the reader may enter offers, check them and close them."""
    return station_names(connection, visit.reach.holding(GUIDES.roles))


def employer_names(visit: Visit, connection: Connection, offers: Iterable[ListedOffer]) -> Mapping[str, EmployerName]:
    """The employers of some offers, as a page may show them."""
    listed = tuple(offers)
    households = {o.vacancy.employer_id for o in listed if o.employer_kind is EmployerKind.HOUSEHOLD}
    masked = household_names(connection, visit.office.station.keyring, households) if households else {}
    return {
        offer.vacancy.employer_id: EmployerName(
            offer.employer_name or masked.get(offer.vacancy.employer_id, "—"),
            offer.vacancy.employer_id in households,
        )
        for offer in listed
    }
