"""Registering a worker at the counter, and opening the case in the same step: straight to the record.

Nothing here asks the workflow server, so nobody is sent home while it is down. Before anybody is entered, those who may
be the same person are shown.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, select
from sqlalchemy.exc import IntegrityError
from starlette.responses import Response

from activities.intake import Intake, JustRegistered
from cases.identity import IdentityNumber, IdentityRefused, parse_identity
from cases.phones import Phone, PhoneRefused, parse_phone
from cases.refusals import Refused
from cases.registration import Person, Registration
from cases.wording import Wording
from rules.policies import NoPolicyInForce
from store.audit import AuditEvent, record_audit
from store.drafts import drop_draft
from store.finding import sounding_alike
from store.offers import station_names
from store.people import Worker, candidates, worker, worker_station
from store.scope import require_worker
from store.search import Sought
from store.tables.people import worker as worker_table
from store.worker_file import ABOUT
from web.case.person import SEXES
from web.case.words import SOURCES
from web.forms import UNPROCESSABLE, Form
from web.keyed import keyed_id
from web.people.first_facts import SOURCES_OFFERED, asked_facts, read_facts
from web.people.likely import OF_SOUGHT, Likely, Match, note_other_people, shown_likely
from web.people.statements import (
    place_names,
    read_household,
    read_limits,
    read_skills,
    read_wishes,
    statement_choices,
)
from web.roles import COUNTER
from web.serving import Page
from web.visit import Visit

REGISTER: Final = "/register"
MOST_TEXT: Final = 500
TOO_LONG: Final = Wording(f"最多 {MOST_TEXT} 个字", f"At most {MOST_TEXT} characters")
KNOWN: Final = Wording(
    "该证件号码已在台账中，请看下面的登记", "This identity number is in the ledger already: see the entry below"
)


@dataclass(frozen=True)
class Asked:
    """A registration as it was filled in. `known`: the worker of the ledger for whom only a case is opened."""

    registration: Registration
    identity: IdentityNumber
    phone: Phone
    opens: bool
    known: Worker | None = None


def register_page(visit: Visit) -> Response:
    worker_id, kept = visit.asked("worker"), visit.kept()
    form = Form.shown(visit, {"opens": "yes"})
    if worker_id and form.value("worker") != worker_id:
        # What was half-filled was about somebody else, and stays kept.
        form, kept = Form({"opens": ("yes",), "worker": (worker_id,)}), None
    return _page(visit, form, kept_at=kept.kept_at if kept else None)


def register(visit: Visit) -> Response:
    if visit.field("press") == "clear":
        visit.forget()
        return visit.go(REGISTER)
    form = Form.sent(visit)
    asked = _asked(visit, form)
    if asked is None:
        return _again(visit, form)
    done = _done_before(visit, form, asked)
    if done:
        return visit.go(done)
    with visit.reading() as connection:
        likely = _likely(visit, connection, asked)
    if not likely.looked_at(form):
        if any(Match.IDENTITY in matches for matches in likely.matched.values()):
            form.errors.clear()
            form.wrong("identity_number", KNOWN)
        return _again(visit, form, likely)
    try:
        return visit.go(
            _written(visit, form, asked, likely), said="case-opened" if asked.opens else "worker-registered"
        )
    except NoPolicyInForce as none:
        form.wrong("station", none.wording)
    except Refused as refused:
        form.refuse(refused.refusals)
    return _again(visit, form)


def _asked(visit: Visit, form: Form) -> Asked | None:
    """None where something is wrong, which then stands at its field."""
    with visit.reading() as connection:
        known = _known(visit, connection, form)
        places = place_names(visit, connection)
        stations = station_names(connection, visit.scope)
    station = form.one_of("station", stations)
    identity, phone, person = _person(visit, form, known)
    registration = Registration(
        key=form.key,
        station=station or "",
        worker=person,
        household=read_household(form),
        skills=read_skills(form),
        wishes=read_wishes(form),
        limits=read_limits(form, places),
        facts=read_facts(visit, form),
    )
    opens = form.one_of("opens", ("yes", "no")) == "yes"
    if form.errors or identity is None or phone is None:
        return None
    form.refuse(registration.refusals())
    return None if form.errors else Asked(registration, identity, phone, opens, known)


def _person(visit: Visit, form: Form, known: Worker | None) -> tuple[IdentityNumber | None, Phone | None, Person]:
    if known is not None:
        same = Person(known.name, known.identity, known.phone, known.address)
        return parse_identity(known.identity, visit.today), parse_phone(known.phone), same
    name, address = form.text("name", required=True), form.text("address")
    for field in ("name", "address"):
        if len(form.value(field)) > MOST_TEXT:
            form.wrong(field, TOO_LONG)
    number, telephone = form.text("identity_number", required=True), form.text("phone", required=True)
    found: IdentityNumber | None = None
    phone: Phone | None = None
    try:
        found = parse_identity(number, visit.today) if number else None
    except IdentityRefused as refused:
        form.wrong("identity_number", refused.refusals[0].wording)
    try:
        phone = parse_phone(telephone) if telephone else None
    except PhoneRefused as refused:
        form.wrong("phone", refused.refusals[0].wording)
    person = Person(name, found.value if found else "", str(phone) if phone else "", address or None)
    return found, phone, person


def _known(visit: Visit, connection: Connection, form: Form) -> Worker | None:
    """The worker of the ledger that the form names, if the reader may see them."""
    worker_id = form.value("worker")
    if not worker_id:
        return None
    require_worker(connection, visit.reach, worker_id)
    return worker(connection, visit.office.station.keyring, worker_id)


def _done_before(visit: Visit, form: Form, asked: Asked) -> str | None:
    """Where this very form already led: sent twice, it enters nobody twice."""
    with visit.reading() as connection:
        if not asked.opens:
            worker_id = keyed_id(visit, form.key)
            return f"/workers/{worker_id}" if worker_station(connection, worker_id) else None
        try:
            case = _intake(visit).opened_before(connection, asked.registration, visit.me.staff_id)
        except Refused:
            return None  # another form under this key: the writing refuses it, with the reason
    return f"/cases/{case.id}" if case else None


def _likely(visit: Visit, connection: Connection, asked: Asked) -> Likely:
    """Who may be this person already. Of somebody with the number itself only the entry is shown, if it may be seen."""
    if asked.known is not None:
        return Likely({})
    keyring, name = visit.office.station.keyring, asked.registration.worker.name
    found = candidates(connection, keyring, name, asked.identity, asked.phone)
    same = [each for each in found if Sought.IDENTITY in each.matched]
    if same:
        seen = select(worker_table.c.id).where(worker_table.c.id == same[0].worker_id, visit.reach.has_worker())
        # Somebody of another station comes here: their case is opened upon the entry there is.
        hidden = connection.execute(seen).first() is None
        return Likely({} if hidden else {same[0].worker_id: frozenset({Match.IDENTITY})})
    matched = {each.worker_id: frozenset(OF_SOUGHT[s] for s in each.matched if s in OF_SOUGHT) for each in found}
    for worker_id in sounding_alike(connection, keyring, visit.reach, name):
        matched.setdefault(worker_id, frozenset({Match.SOUND}))
    # A name alone that only strangers to this reader have says nothing that they could look at.
    mine = select(worker_table.c.id).where(worker_table.c.id.in_(list(matched)), visit.reach.has_worker())
    visible = set(connection.scalars(mine))
    return Likely({id_: by for id_, by in matched.items() if id_ in visible or Match.PHONE in by})


def _written(visit: Visit, form: Form, asked: Asked, likely: Likely) -> str:
    """Enter the worker, and open the case if one is asked for: all of it, or nothing. Raises Refused."""
    intake, me = _intake(visit), visit.me.staff_id
    unlike = tuple(sorted(id_ for id_, by in likely.matched.items() if Match.PHONE in by))
    registration = replace(asked.registration, unlike=unlike)
    try:
        with visit.writing() as connection:
            if asked.opens:
                case = intake.open_within(connection, registration, me, visit.now)
                worker_id, path = case.worker_id, f"/cases/{case.id}"
            else:
                worker_id = intake.enter_within(connection, registration, keyed_id(visit, form.key), me, visit.now)
                path = f"/workers/{worker_id}"
                event = AuditEvent("register-worker", me, visit.now, ABOUT, worker_id, station_id=registration.station)
                record_audit(connection, visit.office.station.keyring, event)
            if likely.matched:
                note_other_people(visit, connection, worker_id, registration.station, form)
            drop_draft(connection, visit.me.owner, REGISTER)
    except (IntegrityError, JustRegistered):
        # Another counter was quicker, or this form was sent twice at once: what was written decides, or says why not.
        if not asked.opens:
            if done := _done_before(visit, form, asked):
                return done
            raise
        case = intake.open_case(registration, me, visit.now)
        visit.forget()
        return f"/cases/{case.id}"
    return path


def _intake(visit: Visit) -> Intake:
    station = visit.office.station
    return Intake(station.engine, station.keyring, station.policies)


def _again(visit: Visit, form: Form, likely: Likely | None = None) -> Response:
    visit.keep()
    return _page(visit, form, likely, status=UNPROCESSABLE)


def _page(
    visit: Visit, form: Form, likely: Likely | None = None, *, kept_at: datetime | None = None, status: int = 200
) -> Response:
    with visit.reading() as connection:
        known = _known(visit, connection, form)
        stations = list(station_names(connection, visit.scope).items())
        context = {
            "form": form,
            "kept_at": kept_at,
            "known": known.masked() if known else None,
            "stations": stations,
            "asked": asked_facts(visit.office.station.policies),
            "sources": [(each.value, SOURCES[each].within(visit.language)) for each in SOURCES_OFFERED],
            "c": statement_choices(visit, connection, form),
            "likely": shown_likely(visit, connection, likely) if likely and likely.matched else None,
            "same_number": _same(likely),
            "read": _read_from_number(visit, form),
        }
    return visit.render("register/form.html", context, status=status)


def _same(likely: Likely | None) -> str | None:
    """The worker of the ledger who has this identity number."""
    matched = likely.matched if likely else {}
    return next((id_ for id_, matches in matched.items() if Match.IDENTITY in matches), None)


def _read_from_number(visit: Visit, form: Form) -> dict[str, object] | None:
    """What a plausible number says: for the caseworker to compare with the person."""
    try:
        found = parse_identity(form.value("identity_number"), visit.today)
    except IdentityRefused:
        return None
    return {"born_on": found.born_on, "sex": SEXES[found.sex], "advice": found.advice}


ROUTES: Final = [Page(REGISTER, register_page, COUNTER), Page(REGISTER, register, COUNTER, methods=("POST",))]
