"""Closing a vacancy: filled, withdrawn, or untrue. Of two who close it at once, one does, and one is told."""

from typing import Final

from starlette.responses import Response

from store.case_reading import staff_names
from store.publications import withdraw
from store.tables.vacancies import Closing
from store.vacancies import ClosedAlready, Vacancy, close_vacancy
from web.forms import UNPROCESSABLE, Form
from web.serving import CONFLICT
from web.vacancies import words
from web.vacancies.opened import held_offer, own_offer
from web.vacancies.page import head, note
from web.visit import Visit

# An offer that changed is closed by the new one that takes its place.
REASONS: Final = (Closing.FILLED, Closing.WITHDRAWN, Closing.UNTRUE)


def close_page(visit: Visit) -> Response:
    return _form(visit, Form.shown(visit))


def close(visit: Visit) -> Response:
    form = Form.sent(visit)
    reason = form.one_of("because", REASONS)
    if reason is None:
        visit.keep()
        return _form(visit, form, status=UNPROCESSABLE)
    try:
        with visit.writing() as connection:
            found = held_offer(visit, connection).vacancy
            if not _done_before(found, Closing(reason), visit):
                close_vacancy(connection, found.id, visit.today, Closing(reason), visit.me.staff_id)
                withdraw(connection, found.id, visit.today)
                note(visit, connection, "close-vacancy", found.id, found.station_id)
    except ClosedAlready as refused:
        visit.forget()
        return _form(visit, form, first=refused.found, status=CONFLICT)
    visit.forget()
    return visit.go(f"/vacancies/{found.id}", said="vacancy-closed")


def _done_before(found: Vacancy, reason: Closing, visit: Visit) -> bool:
    """Whether the same person closed it for the same reason today: the form was sent twice."""
    return (found.closed_on, found.closed_because, found.closed_by) == (visit.today, reason, visit.me.staff_id)


def _form(visit: Visit, form: Form, *, first: Vacancy | None = None, status: int = 200) -> Response:
    with visit.reading() as connection:
        offer = own_offer(visit, connection)
        closer = offer.vacancy.closed_by or ""
        context = {
            **head(visit, connection, offer),
            "form": form,
            "first": first or (offer.vacancy if offer.vacancy.closed_on else None),
            "closer": staff_names(connection, [closer]).get(closer, closer),
            "reasons": words.spoken({reason: words.CLOSINGS[reason] for reason in REASONS}, visit.language),
        }
    return visit.render("vacancies/close.html", context, status=status)
