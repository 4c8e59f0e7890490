"""Registering an employer: an organisation by its code, a household by its person; searched for before it is added."""

from typing import Final

from sqlalchemy import Connection
from starlette.responses import Response

from cases.identity import IdentityNumber, IdentityRefused, parse_identity
from cases.organisations import UsccRefused, parse_uscc
from cases.phones import Phone, PhoneRefused, parse_phone
from cases.wording import Wording
from store.employer_register import employer_by_code, household_of, in_scope, place_of, similar_employers
from store.employers import (
    Contact,
    NewHousehold,
    NewOrganisation,
    employer,
    register_household,
    register_organisation,
)
from store.tables.employers import EmployerKind
from web.employers.listing import KINDS
from web.employers.opened import note
from web.forms import UNPROCESSABLE, Form
from web.keyed import keyed_id
from web.vacancies.opened import own_stations
from web.visit import Visit

_LONGEST: Final = 80
TOO_LONG: Final = Wording(f"最多 {_LONGEST} 个字", f"At most {_LONGEST} characters")
KNOWN: Final = Wording(
    "这个代码已经登记过，请打开已有的用工主体", "This code is registered already: open that employer"
)
KNOWN_ELSEWHERE: Final = Wording(
    "这个代码或证件号码已在别处登记，请联系系统管理员",
    "This code or number is registered at another place: ask the administrator",
)
KNOWN_PERSON: Final = Wording(
    "这个证件号码已登记为家庭用工主体，请打开已有的登记",
    "This person's household is registered already: open that entry",
)
SIMILAR: Final = Wording(
    "本地已有名称相近的单位。请先核对；确实不是同一家的，勾选后再保存",
    "There are organisations here with a similar name. Look first; if this is another one, tick the box",
)


def new_page(visit: Visit) -> Response:
    form = Form.shown(visit, {"kind": EmployerKind.ORGANISATION.value})
    with visit.reading() as connection:
        return _form(visit, connection, form)


def register(visit: Visit) -> Response:
    form = Form.sent(visit)
    employer_id = keyed_id(visit, form.key)
    known = ""
    with visit.writing() as connection:
        if employer(connection, employer_id) is None:
            known = _register(visit, connection, form, employer_id)
    if form.errors:
        visit.keep()
        with visit.reading() as connection:
            return _form(visit, connection, form, known, status=UNPROCESSABLE)
    visit.forget()
    return visit.go(f"/employers/{employer_id}", said="employer-registered")


def _register(visit: Visit, connection: Connection, form: Form, employer_id: str) -> str:
    """Writes it, or says at the form what is wrong; the id of the entry that is there, if the reader may see it."""
    kind = form.choice("kind", EmployerKind)
    station_id = form.one_of("station", own_stations(visit, connection))
    contact = Contact(_line(form, "contact_name", required=False) or None, read_phone(form, "contact_phone"))
    if kind is EmployerKind.HOUSEHOLD:
        return _household(visit, connection, form, (employer_id, station_id), contact)
    return _organisation(visit, connection, form, (employer_id, station_id), contact)


def _organisation(
    visit: Visit, connection: Connection, form: Form, ids: tuple[str, str | None], contact: Contact
) -> str:
    employer_id, station_id = ids
    name, uscc = _line(form, "name"), _uscc(form)
    address = _line(form, "address", required=False) or None
    representative = _line(form, "representative", required=False) or None
    if known := employer_by_code(connection, uscc) if uscc else None:
        return _told(visit, connection, form, "uscc", KNOWN, known)
    if name and form.value("another") != "yes" and similar_employers(connection, visit.scope, name):
        form.wrong("another", SIMILAR)
    if form.errors or station_id is None:
        return ""
    node_id = place_of(connection, station_id)
    new = NewOrganisation(
        employer_id, node_id, name, uscc, contact, visit.me.staff_id, visit.now, address, representative
    )
    register_organisation(connection, visit.office.station.keyring, new)
    note(visit, connection, "register-employer", employer_id)
    return ""


def _household(visit: Visit, connection: Connection, form: Form, ids: tuple[str, str | None], contact: Contact) -> str:
    employer_id, station_id = ids
    person, identity = _line(form, "person_name"), _identity(visit, form)
    keyring = visit.office.station.keyring
    if known := household_of(connection, keyring, identity) if identity else None:
        return _told(visit, connection, form, "identity", KNOWN_PERSON, known)
    if form.errors or station_id is None or identity is None:
        return ""
    node_id = place_of(connection, station_id)
    new = NewHousehold(employer_id, node_id, person, identity, contact, visit.me.staff_id, visit.now)
    register_household(connection, keyring, new)
    note(visit, connection, "register-employer", employer_id)
    return ""


def _told(visit: Visit, connection: Connection, form: Form, field: str, wording: Wording, known: str) -> str:
    """One of another place exists; the reader hears no more of it than that."""
    seen = in_scope(connection, visit.scope, known)
    form.wrong(field, wording if seen else KNOWN_ELSEWHERE)
    return known if seen else ""


def read_phone(form: Form, name: str) -> Phone | None:
    typed = form.text(name)
    if not typed:
        return None
    try:
        return parse_phone(typed)
    except PhoneRefused as refused:
        form.wrong(name, refused.refusals[0].wording)
        return None


def _uscc(form: Form) -> str:
    typed = form.text("uscc", required=True)
    if not typed:
        return ""
    try:
        return parse_uscc(typed)
    except UsccRefused as refused:
        form.wrong("uscc", refused.refusals[0].wording)
        return ""


def _identity(visit: Visit, form: Form) -> IdentityNumber | None:
    typed = form.text("identity", required=True)
    if not typed:
        return None
    try:
        return parse_identity(typed, visit.today)
    except IdentityRefused as refused:
        for each in refused.refusals:
            form.wrong("identity", each.wording)
        return None


def _line(form: Form, name: str, *, required: bool = True) -> str:
    text = " ".join(form.text(name, required=required).split())
    if len(text) > _LONGEST:
        form.wrong(name, TOO_LONG)
    return text


def _form(visit: Visit, connection: Connection, form: Form, known: str = "", *, status: int = 200) -> Response:
    similar = similar_employers(connection, visit.scope, form.value("name")) if form.error("another") else {}
    context = {
        "form": form,
        "known": known,
        "similar": similar,
        "stations": list(own_stations(visit, connection).items()),
        "kinds": KINDS,
    }
    return visit.render("employers/new.html", context, status=status)
