"""Decisions and audit events, with their filters in the address."""

from collections.abc import Iterable
from datetime import date
from typing import Final
from urllib.parse import urlencode

from starlette.responses import Response

from store import auditing
from store.auditing import PAGE_ROWS, Asked
from store.case_reading import staff_names
from store.offers import station_names
from web.audit.kinds import about_wording, kind_wording
from web.audit.told import reason_told
from web.case.names import ENGINE
from web.roles import AUDITING
from web.serving import Page
from web.subsidies.titles import policies_called
from web.visit import Visit

_DECISION_FILTERS: Final = ("policy", "officer", "station", "case", "departs", "from", "until")
_EVENT_FILTERS: Final = ("kind", "actor", "station", "case", "about", "from", "until")
_MOST_PAGES: Final = 10_000
LARGEST_SAMPLE: Final = 500
MOST_ON_A_PAGE: Final = 50  # made again while a reader waits
LARGEST_SEED: Final = 2**31


def audit_home(visit: Visit) -> Response:
    return visit.go("/audit/decisions")


def decisions_page(visit: Visit) -> Response:
    asked, page = asked_for(visit), _page(visit)
    size, seed = number_asked(visit, "sample", LARGEST_SAMPLE), number_asked(visit, "seed", LARGEST_SEED) or 0
    with visit.reading() as connection:
        if size:
            rows, total = auditing.sample_of_decisions(connection, visit.scope, asked, size, seed)
        else:
            rows, total = auditing.decisions(connection, visit.scope, asked, page)
        people = (person for row in rows for person in (row.officer, row.second_officer))
        names = staff_names(connection, {person for person in people if person})
        stations = station_names(connection, visit.scope)
    filters = _filters(visit, _DECISION_FILTERS)
    context = {
        "rows": rows,
        "names": names,
        "stations": stations,
        "policies": policies_called(visit.office.station.policies.book),
        "filters": filters,
        "sample": {"size": size, "seed": seed} if size else None,
        "replay": f"/audit/replay?{visit.request.url.query}" if size and 0 < len(rows) <= MOST_ON_A_PAGE else None,
        **_paged("/audit/decisions", filters, page, total),
    }
    return visit.render("audit/decisions.html", context)


def events_page(visit: Visit) -> Response:
    asked, page = asked_for(visit), _page(visit)
    with visit.reading() as connection:
        rows, total = auditing.events(connection, visit.scope, asked, page)
        names = staff_names(connection, {row.actor for row in rows})
        stations = station_names(connection, visit.scope)
        kinds = auditing.event_kinds(connection)
    filters = _filters(visit, _EVENT_FILTERS)
    context = {
        "rows": rows,
        "names": names,
        "stations": stations,
        "about": about_wording,
        "told": reason_told,
        "engine": ENGINE,
        "kinds": {kind: kind_wording(kind) for kind in kinds},
        "filters": filters,
        **_paged("/audit/events", filters, page, total),
    }
    return visit.render("audit/events.html", context)


def asked_for(visit: Visit) -> Asked:
    names = ("policy", "officer", "station", "case", "kind", "actor", "about")
    departs = {"yes": True, "no": False}.get(visit.asked("departs"))
    exactly = {name: visit.asked(name).strip() for name in names}
    return Asked(exactly, departs, _day(visit.asked("from")), _day(visit.asked("until")))


def _day(text: str) -> date | None:
    """A day of the address; what is none filters nothing."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if date(1970, 1, 2) < found < date(9999, 1, 1) else None


def _page(visit: Visit) -> int:
    return max(number_asked(visit, "page", _MOST_PAGES) or 1, 1)


def number_asked(visit: Visit, name: str, most: int) -> int | None:
    """A number of the address, at most `most`."""
    text = visit.asked(name)
    number = int(text) if text.isascii() and text.isdecimal() and len(text) <= len(str(most)) else None
    return None if number is None else min(number, most)


def _filters(visit: Visit, names: Iterable[str]) -> dict[str, str]:
    return {name: visit.asked(name).strip() for name in names}


def _paged(path: str, filters: dict[str, str], page: int, total: int) -> dict[str, object]:
    kept = urlencode({name: value for name, value in filters.items() if value})
    return {
        "page": page,
        "pages": max(-(-total // PAGE_ROWS), 1),
        "total": total,
        "href": f"{path}?{kept}{'&' if kept else ''}page={{page}}",
    }


ROUTES: Final = [
    Page("/audit", audit_home, AUDITING),
    Page("/audit/decisions", decisions_page, AUDITING),
    Page("/audit/events", events_page, AUDITING),
]
