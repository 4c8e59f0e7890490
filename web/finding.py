"""Finding: one field for names, pinyin, phones, ends of numbers, case numbers and employers; people first.

What was typed is kept sealed for its reader, and never stands in an address; results are masked, and looking is written
down.
"""

from typing import Final

from sqlalchemy import Connection
from starlette.responses import Response

from store.audit import AuditEvent, record_audit
from store.case_reading import station_names
from store.finding import MOST_FOUND, find_cases, find_employers, find_people
from store.worker_list import ListedWorker, workers_with_cases
from web.people.rows import shown_rows
from web.roles import CASE_READING, CASE_WORK, COUNTER
from web.serving import Page
from web.visit import Visit

FIND: Final = "/find"
FIELD: Final = "q"
AUDIT: Final = "find-workers"
MOST_TYPED: Final = 100


def find(visit: Visit) -> Response:
    """What is sought is kept for its reader; the page that shows the results has an address without it."""
    visit.keep()
    return visit.go(FIND)


def found(visit: Visit) -> Response:
    kept = visit.kept()
    sought = next(iter(kept.fields.get(FIELD, ())), "").strip()[:MOST_TYPED] if kept else ""
    with visit.reading() as connection:
        people = _people(visit, connection, sought) if sought else ()
        stations = station_names(connection, {row.person.station_id for row in people})
        firms = find_employers(connection, visit.scope, sought) if sought and visit.roles & CASE_WORK.roles else ()
    if people:
        _write_down(visit, len(people))
    context = {
        "sought": sought,
        "people": shown_rows(people, stations),
        "employers": firms,
        "most": MOST_FOUND,
        "may_register": bool(visit.roles & COUNTER.roles),
        "too_many": len(people) >= MOST_FOUND or len(firms) >= MOST_FOUND,
    }
    return visit.render("find/results.html", context)


def _people(visit: Visit, connection: Connection, sought: str) -> tuple[ListedWorker, ...]:
    """Those who are found themselves, and then those whose case has this number."""
    keyring = visit.office.station.keyring
    hits = find_people(connection, keyring, visit.scope, sought, visit.today)
    of_cases = find_cases(connection, visit.scope, sought)
    ids = dict.fromkeys([*(hit.worker_id for hit in hits), *(case.worker_id for case in of_cases)])
    return workers_with_cases(connection, keyring, visit.scope, list(ids))


def _write_down(visit: Visit, count: int) -> None:
    """That people were shown, and how many; what was typed is nobody's business."""
    event = AuditEvent(AUDIT, visit.me.staff_id, visit.now, reason=str(count))
    with visit.writing() as connection:
        record_audit(connection, visit.office.station.keyring, event)


ROUTES: Final = [Page(FIND, found, CASE_READING), Page(FIND, find, CASE_READING, methods=("POST",))]
