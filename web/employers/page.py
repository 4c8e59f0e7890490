"""One employer: who it is, whether it is verified and until when, its vacancies, and what came of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Connection
from starlette.responses import Response

from cases.subsidy.stages import Applicant
from store.case_reading import staff_names
from store.changes import Change, Changed, changes
from store.employer_register import dealings
from store.employers import employer, verifications
from store.offers import OfferFilter, offers_in
from store.person_keys import KeyDestroyed
from store.scope import NotInScope
from web.employers.opened import LABELS, RESULTS, Sealed, SeenEmployer, masked, seen_employer, value_of
from web.roles import GUIDES
from web.subsidies.of_applicant import subsidies_of
from web.vacancies import words
from web.visit import Visit

_MOST_OFFERS: Final = 50
ADDRESS: Final = "address"


@dataclass(frozen=True)
class ShownChange:
    """A correction as the page tells it, masked like what it corrects."""

    field: str
    before: str
    after: str
    reason: str | None
    by: str
    at: datetime


def employer_page(visit: Visit) -> Response:
    with visit.reading() as connection:
        seen = seen_employer(visit, connection)
        known = employer(connection, seen.id)
        if known is None:
            raise NotInScope
        checks = verifications(connection, seen.id)
        history = shown_changes(visit, connection, seen.id)
        context = {
            "seen": seen,
            "who": seen.shown,
            "contacts": _contacts(seen),
            "checks": checks,
            "results": RESULTS,
            "offers": offers_in(
                connection, visit.scope, OfferFilter(employer_id=seen.id), visit.today, (_MOST_OFFERS, 0)
            ),
            "dealings": dealings(connection, visit.scope, seen.id, known.distinct_key),
            "changes": history,
            "labels": LABELS,
            "staff": staff_names(connection, _people(checks_by=(c.verified_by for c in checks), history=history)),
            "subsidies": subsidies_of(visit, connection, Applicant.EMPLOYER, seen.id),
            "words": words,
            "may_act": bool(visit.roles & GUIDES.roles),
        }
    return visit.render("employers/one.html", context)


def shown_changes(visit: Visit, connection: Connection, employer_id: str) -> tuple[ShownChange, ...]:
    """The corrections, the newest first; nothing of somebody who was erased."""
    try:
        found = changes(connection, visit.office.station.keyring, Changed.EMPLOYER, employer_id)
    except KeyDestroyed:
        return ()
    return tuple(shown_change(each) for each in reversed(found))


def shown_change(change: Change) -> ShownChange:
    def shown(value: object) -> str:
        if not value:
            return "—"
        return str(value) if change.field == ADDRESS else masked(Sealed(change.field), str(value))

    return ShownChange(
        change.field, shown(change.before), shown(change.after), change.reason, change.changed_by, change.changed_at
    )


def _contacts(seen: SeenEmployer) -> tuple[tuple[Sealed, str], ...]:
    """What is masked of it, as far as it is known."""
    if seen.contact is None:
        return ()
    values = ((sealed, value_of(seen.contact, sealed)) for sealed in Sealed)
    return tuple((sealed, masked(sealed, value)) for sealed, value in values if value)


def _people(checks_by: Iterable[str], history: tuple[ShownChange, ...]) -> set[str]:
    return {*checks_by, *(change.by for change in history)}
