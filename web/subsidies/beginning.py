"""The beginning of an application at the counter: who applies, and for which subsidy."""

from typing import Final

from starlette.responses import Response

from store.finding import find_employers, find_people
from store.offers import station_names
from web.roles import COUNTER
from web.serving import Page
from web.subsidies.choosing import CHOOSE, FORM, HIRED, Choice, Offered, choice_of, offered, whose
from web.visit import Visit
from web.worker_names import named_workers

FIND: Final = f"{CHOOSE}/find"
SOUGHT: Final = "q"
MOST_TYPED: Final = 100
MOST_FOUND: Final = 20


def choose_page(visit: Visit) -> Response:
    """Who applies, or else which subsidy."""
    with visit.reading() as connection:
        choice = choice_of(visit, connection)
        if choice is None:
            return visit.render("subsidies/apply_who.html", {"sought": "", "people": [], "firms": [], "stations": {}})
        open_, closed = offered(visit, connection, choice)
        context = {
            "applicant": whose(visit, connection, choice),
            "choice": choice,
            "stations": list(station_names(connection, visit.scope).items()),
            "open": [{"title": each.title, "href": _next(choice, each)} for each in open_],
            "closed": closed,
        }
    return visit.render("subsidies/apply_which.html", context)


def find(visit: Visit) -> Response:
    """What is sought is kept for its reader; the page that shows the results has an address without it."""
    visit.keep()
    return visit.go(FIND)


def found(visit: Visit) -> Response:
    kept = visit.kept()
    sought = next(iter(kept.fields.get(SOUGHT, ())), "").strip()[:MOST_TYPED] if kept else ""
    with visit.reading() as connection:
        keyring = visit.office.station.keyring
        hits = find_people(connection, keyring, visit.scope, sought, visit.today, at_most=MOST_FOUND) if sought else ()
        people = named_workers(visit, connection, [hit.worker_id for hit in hits])
        firms = find_employers(connection, visit.scope, sought, at_most=MOST_FOUND) if sought else ()
    context = {
        "sought": sought,
        "people": [
            {"href": f"{CHOOSE}?worker={hit.worker_id}", "person": people[hit.worker_id]}
            for hit in hits
            if hit.worker_id in people
        ],
        "firms": [{"href": f"{CHOOSE}?employer={firm.id}", "firm": firm} for firm in firms],
    }
    return visit.render("subsidies/apply_who.html", context)


def _next(choice: Choice, each: Offered) -> str:
    """Where a subsidy is had for each person hired, whom comes before what is asked."""
    if not each.per_hire:
        return FORM + choice.query(policy=each.policy, hired="")
    return (FORM if choice.hired else HIRED) + choice.query(policy=each.policy)


ROUTES: Final = [
    Page(CHOOSE, choose_page, COUNTER),
    Page(FIND, found, COUNTER),
    Page(FIND, find, COUNTER, methods=("POST",)),
]
