"""Showing what is masked: for a reason, which is written down before the value leaves.

Other pages show `parts/reveal.html` beside a masked value; it leads here.
"""

from enum import StrEnum
from typing import Final

from sqlalchemy import Connection
from starlette.responses import Response

from cases.identity import mask_identity
from cases.phones import mask_phone
from cases.wording import Wording
from store.audit import AuditEvent, record_audit
from store.people import Worker, worker, worker_station
from store.person_keys import KeyDestroyed
from store.scope import NotInScope, require_worker
from web.forms import UNPROCESSABLE, Form
from web.reasons import MOST_NOTE, REASONS, Why, reason_given
from web.roles import CASE_READING
from web.serving import Page
from web.visit import Visit

SHOWN_S: Final = 60  # then a page with JavaScript masks the value again; without, the next page does
_ADDRESS_KEPT: Final = 6


class Masked(StrEnum):
    """What of a worker is masked until somebody asks for it."""

    IDENTITY = "identity"
    PHONE = "phone"
    ADDRESS = "address"


LABELS: Final = {
    Masked.IDENTITY: Wording("身份证号", "identity number"),
    Masked.PHONE: Wording("电话", "phone"),
    Masked.ADDRESS: Wording("住址", "address"),
}


def revealed(visit: Visit, worker_id: str, field: Masked, why: Why, note: str = "") -> str:
    """The value, once the look is in the record: both in one transaction, so that neither is without the other.

    Raises NotInScope for a worker whom this reader may not see, or who was erased.
    """
    with visit.writing() as connection:
        require_worker(connection, visit.scope, worker_id)
        event = AuditEvent(
            kind=f"reveal-{field}",
            actor=visit.me.staff_id,
            at=visit.now,
            about_kind="worker",
            about_id=worker_id,
            station_id=worker_station(connection, worker_id),
            reason=why,
            note=note,
        )
        person = _person(connection, visit, worker_id)
        record_audit(connection, visit.office.station.keyring, event)
        return _values(person)[field]


def reveal_page(visit: Visit) -> Response:
    return _asking(visit, Form())


def reveal(visit: Visit) -> Response:
    field = _field(visit)
    form, why, note = reason_given(visit)
    if form.errors or why is None:
        return _asking(visit, form, UNPROCESSABLE)
    value = revealed(visit, visit.part("worker_id"), field, why, note)
    context = _about(visit, field) | {"value": value, "shown_s": SHOWN_S}
    return visit.render("reveal/shown.html", context)


def _asking(visit: Visit, form: Form, status: int = 200) -> Response:
    context = _about(visit, _field(visit)) | {"form": form, "reasons": REASONS, "most": MOST_NOTE}
    return visit.render("reveal/ask.html", context, status=status)


def _about(visit: Visit, field: Masked) -> dict[str, object]:
    worker_id = visit.part("worker_id")
    with visit.reading() as connection:
        require_worker(connection, visit.scope, worker_id)
        person = _person(connection, visit, worker_id)
    return {"worker_id": worker_id, "field": field, "label": LABELS[field], "masked": masked(person, field)}


def masked(person: Worker, field: Masked) -> str:
    """What stands in place of the value."""
    match field:
        case Masked.IDENTITY:
            return mask_identity(person.identity)
        case Masked.PHONE:
            return mask_phone(person.phone)
        case Masked.ADDRESS:
            return mask_address(person.address or "")


def mask_address(address: str) -> str:
    """The place, as far as its first characters name it."""
    return f"{address[:_ADDRESS_KEPT]}****" if address else ""


def _values(person: Worker) -> dict[Masked, str]:
    return {Masked.IDENTITY: person.identity, Masked.PHONE: person.phone, Masked.ADDRESS: person.address or ""}


def _person(connection: Connection, visit: Visit, worker_id: str) -> Worker:
    try:
        person = worker(connection, visit.office.station.keyring, worker_id)
    except KeyDestroyed:
        raise NotInScope from None
    if person is None:
        raise NotInScope
    return person


def _field(visit: Visit) -> Masked:
    named = visit.part("field")
    if named not in tuple(Masked):
        raise NotInScope
    return Masked(named)


_PATH: Final = "/workers/{worker_id}/reveal/{field}"
ROUTES: Final = [
    Page(_PATH, reveal_page, CASE_READING),
    Page(_PATH, reveal, CASE_READING, methods=("POST",)),
]
