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
from web.roles import CASE_READING
from web.serving import Page
from web.visit import Visit

SHOWN_S: Final = 60  # then a page with JavaScript masks the value again; without, the next page does
_MOST_NOTE: Final = 200
_ADDRESS_KEPT: Final = 6


class Masked(StrEnum):
    """What of a worker is masked until somebody asks for it."""

    IDENTITY = "identity"
    PHONE = "phone"
    ADDRESS = "address"


class Why(StrEnum):
    FACE_TO_FACE = "face-to-face"
    CONTACT = "contact"
    PAPER = "paper"
    OTHER_BODY = "other-body"
    REVIEW = "review"
    OTHER = "other"


LABELS: Final = {
    Masked.IDENTITY: Wording("身份证号", "identity number"),
    Masked.PHONE: Wording("电话", "phone"),
    Masked.ADDRESS: Wording("住址", "address"),
}
REASONS: Final = {
    Why.FACE_TO_FACE: Wording("当面核对本人", "To check it with the worker, face to face"),
    Why.CONTACT: Wording("联系本人", "To reach the worker"),
    Why.PAPER: Wording("写进法定文书", "For a paper that the law asks for"),
    Why.OTHER_BODY: Wording("与外部机构核对", "To check it with another body"),
    Why.REVIEW: Wording("督查或审计", "For an inspection or an audit"),
    Why.OTHER: Wording("其他（请写明）", "Another (say which)"),
}
_SAY_WHICH: Final = Wording("请写明是什么事由", "Say what the reason is")
_TOO_LONG: Final = Wording(f"最多 {_MOST_NOTE} 个字", f"At most {_MOST_NOTE} characters")


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
    field, form = _field(visit), Form.sent(visit)
    why, note = form.choice("why", Why), form.text("note")
    if why is Why.OTHER and not note:
        form.wrong("note", _SAY_WHICH)
    if len(note) > _MOST_NOTE:
        form.wrong("note", _TOO_LONG)
    if form.errors or why is None:
        return _asking(visit, form, UNPROCESSABLE)
    value = revealed(visit, visit.part("worker_id"), field, why, note)
    context = _about(visit, field) | {"value": value, "shown_s": SHOWN_S}
    return visit.render("reveal/shown.html", context)


def _asking(visit: Visit, form: Form, status: int = 200) -> Response:
    context = _about(visit, _field(visit)) | {"form": form, "reasons": REASONS, "most": _MOST_NOTE}
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
