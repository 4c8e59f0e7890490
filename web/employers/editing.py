"""Correcting whom to call and where an employer is; what stood before stays, and an edit that comes second is told."""

from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import Connection
from starlette.responses import Response

from cases.wording import Wording
from store.changes import Changed, ChangedMeanwhile, Correction, record_correction, require_revision, revision
from store.employers import EmployerContact, change_contact, employer_contact, locked_employer
from store.person_keys import KeyDestroyed
from store.scope import NotInScope
from web.employers.new import read_phone
from web.employers.opened import LABELS, Sealed, acting_station, masked, seen_employer, value_of
from web.employers.page import ADDRESS, shown_changes
from web.forms import UNPROCESSABLE, Form
from web.serving import CONFLICT
from web.visit import Visit

_LONGEST: Final = 80
TOO_LONG: Final = Wording(f"最多 {_LONGEST} 个字", f"At most {_LONGEST} characters")
NOTHING: Final = Wording("没有任何改动", "Nothing is changed")
ORGANISATIONS: Final = (Sealed.REPRESENTATIVE, Sealed.CONTACT, Sealed.PHONE)
HOUSEHOLDS: Final = (Sealed.CONTACT, Sealed.PHONE)


@dataclass(frozen=True)
class _Edit:
    address: str | None
    contact: EmployerContact


def edit_page(visit: Visit) -> Response:
    with visit.reading() as connection:
        seen = seen_employer(visit, connection)
        now = revision(connection, Changed.EMPLOYER, seen.id)
    form = Form.shown(visit, {"address": seen.shown.listed.address or ""}, revision=now)
    return _form(visit, form)


def edit(visit: Visit) -> Response:
    form = Form.sent(visit)
    meanwhile: ChangedMeanwhile | None = None
    try:
        with visit.writing() as connection:
            _correct(visit, connection, form)
    except ChangedMeanwhile as refused:
        meanwhile = refused
        form.refuse(refused.refusals)
        form.revision = refused.revision
    if form.errors:
        visit.keep()
        return _form(visit, form, status=CONFLICT if meanwhile else UNPROCESSABLE)
    visit.forget()
    return visit.go(f"/employers/{visit.part('employer_id')}", said="saved")


def _correct(visit: Visit, connection: Connection, form: Form) -> None:
    seen = seen_employer(visit, connection)
    keyring = visit.office.station.keyring
    locked = locked_employer(connection, seen.id)
    before = _contact(visit, connection, seen.id)
    if locked is None:
        raise NotInScope
    edit = _read(form, before, locked.address, household=seen.shown.household)
    reason = _line(form, "reason")
    fields = {ADDRESS: (locked.address, edit.address)} | {
        sealed.value: (value_of(before, sealed), value_of(edit.contact, sealed)) for sealed in ORGANISATIONS
    }
    if not form.errors and all(was == now for was, now in fields.values()):
        form.wrong("", NOTHING)
    if form.errors:
        return
    require_revision(connection, keyring, Changed.EMPLOYER, seen.id, form.revision or 0)
    change_contact(connection, keyring, seen.id, edit.address, edit.contact)
    correction = Correction(
        Changed.EMPLOYER,
        seen.id,
        fields,
        visit.me.staff_id,
        visit.now,
        reason=reason,
        station_id=acting_station(visit, connection),
        personal=True,
    )
    record_correction(connection, keyring, correction)


def _read(form: Form, before: EmployerContact, address: str | None, *, household: bool) -> _Edit:
    """What is left empty stays as it is, since the form never shows it; a tick removes it."""

    def line(sealed: Sealed, now: str | None) -> str | None:
        if form.value(f"remove_{sealed}") == "yes":
            return None
        return _line(form, sealed, required=False) or now

    contact_name = line(Sealed.CONTACT, before.contact_name)
    representative = before.representative if household else line(Sealed.REPRESENTATIVE, before.representative)
    typed = read_phone(form, Sealed.PHONE)
    phone = str(typed) if typed else before.contact_phone
    if form.value(f"remove_{Sealed.PHONE}") == "yes":
        phone = None
    place = address if household else _line(form, ADDRESS, required=False) or None
    contact = replace(before, contact_name=contact_name, contact_phone=phone, representative=representative)
    return _Edit(place, contact)


def _contact(visit: Visit, connection: Connection, employer_id: str) -> EmployerContact:
    """Nothing of somebody who was erased is corrected."""
    try:
        found = employer_contact(connection, visit.office.station.keyring, employer_id)
    except KeyDestroyed:
        raise NotInScope from None
    if found is None:
        raise NotInScope
    return found


def _line(form: Form, name: str, *, required: bool = True) -> str:
    text = " ".join(form.text(name, required=required).split())
    if len(text) > _LONGEST:
        form.wrong(name, TOO_LONG)
    return text


def _form(visit: Visit, form: Form, *, status: int = 200) -> Response:
    with visit.reading() as connection:
        seen = seen_employer(visit, connection)
        contact = _contact(visit, connection, seen.id)
        shown = HOUSEHOLDS if seen.shown.household else ORGANISATIONS
        values = ((sealed, value_of(contact, sealed)) for sealed in shown)
        context = {
            "seen": seen,
            "who": seen.shown,
            "form": form,
            "labels": LABELS,
            "sealed": tuple((sealed, masked(sealed, value) if value else "") for sealed, value in values),
            "changes": shown_changes(visit, connection, seen.id)[:5] if status == CONFLICT else (),
        }
    return visit.render("employers/edit.html", context, status=status)
