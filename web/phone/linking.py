"""Giving a worker a link: made by the caseworker, shown once, as an address, a picture to scan and a code to say."""

from typing import Final

import segno
from markupsafe import Markup
from sqlalchemy import Connection
from starlette.responses import Response

from cases.hardship.case import HardshipCase
from store.audit import AuditEvent, record_audit
from store.cases import load_case
from store.links import Link, NewLink, latest_link, make_link, withdraw_links
from store.people import workers
from store.scope import NotInScope, require_case_here
from web.roles import GUIDES
from web.serving import Page
from web.visit import Visit

PHONE_TAIL: Final = 4


def link_page(visit: Visit) -> Response:
    """What became of the last link; the link itself is never shown a second time."""
    with visit.reading() as connection:
        case = _case(visit, connection)
        last = latest_link(connection, case.id)
    return _page(visit, case, last)


def link(visit: Visit) -> Response:
    keyring = visit.office.station.keyring
    with visit.writing() as connection:
        case = _case(visit, connection)
        if visit.field("act") == "withdraw":
            withdraw_links(connection, case.id, visit.now)
            new = None
        else:
            person = workers(connection, keyring, [case.worker_id]).get(case.worker_id)
            if person is None:  # erased: nobody is left to see the case
                raise NotInScope
            tail = person.phone[-PHONE_TAIL:]
            new = make_link(connection, keyring, case.id, case.worker_id, tail, visit.me.staff_id, visit.now)
        kind = "withdraw-worker-link" if new is None else "make-worker-link"
        event = AuditEvent(kind, visit.me.staff_id, visit.now, "worker", case.worker_id, case.id, case.station_id)
        record_audit(connection, keyring, event)
        last = latest_link(connection, case.id)
    return _page(visit, case, last, new)


def _case(visit: Visit, connection: Connection) -> HardshipCase:
    case_id = visit.part("case_id")
    require_case_here(connection, visit.scope, case_id)
    return load_case(connection, case_id)


def _page(visit: Visit, case: HardshipCase, last: Link | None, new: NewLink | None = None) -> Response:
    address = _address(visit, new) if new else ""
    picture = Markup(segno.make(address, error="m").svg_inline(scale=4, omitsize=True)) if new else ""  # noqa: S704 - our own drawing
    context = {
        "case": case,
        "last": last,
        "new": new,
        "address": address,
        "picture": picture,
        "good": _good(visit, last),
    }
    return visit.render("phone/link.html", context)


def _address(visit: Visit, new: NewLink) -> str:
    """As people reach the pages: a proxy may have taken HTTPS off before the request came here."""
    url = visit.request.url
    scheme = "https" if visit.office.settings.https else url.scheme
    return str(url.replace(scheme=scheme, path=f"/w/{new.token}", query=""))


def _good(visit: Visit, last: Link | None) -> bool:
    return last is not None and last.good(visit.now)


ROUTES: Final = [
    Page("/cases/{case_id}/link", link_page, GUIDES),
    Page("/cases/{case_id}/link", link, GUIDES, methods=("POST",)),
]
