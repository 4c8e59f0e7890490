"""Correcting a worker's entry. What is masked stays masked: a new phone or address is typed, the old one not shown."""

from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import Connection
from starlette.responses import Response

from activities.statements import stated_constraints
from cases.constraints import ConstraintKind
from cases.phones import PhoneRefused, parse_phone
from cases.wording import Wording
from store.case_reading import staff_names
from store.changes import Change, Changed, ChangedMeanwhile, revision
from store.drafts import drop_draft
from store.people import PerhapsRegistered
from store.skills import Skill, Wish
from store.worker_edits import Known, WorkerEdit, edit_values, edit_worker, known_values
from web.forms import REQUIRED, UNPROCESSABLE, Form
from web.people.likely import Likely, likely_of, note_other_people, shown_likely
from web.people.opened import OpenWorker, note_look, open_worker
from web.people.shown import FIELDS, change_value
from web.people.statements import (
    limit_values,
    place_names,
    read_limits,
    read_skills,
    read_wishes,
    skill_values,
    statement_choices,
    wish_values,
)
from web.revealing import Masked, masked
from web.roles import GUIDES
from web.serving import CONFLICT, Page
from web.visit import Visit

SAID: Final = "worker-corrected"
MOST_TEXT: Final = 500
TOO_LONG: Final = Wording(f"最多 {MOST_TEXT} 个字", f"At most {MOST_TEXT} characters")


@dataclass(frozen=True)
class Beside:
    """What stands beside the form when it could not be saved as it is."""

    likely: Likely | None = None
    changes: tuple[Change, ...] = ()


def edit_page(visit: Visit) -> Response:
    kept = visit.kept()
    with visit.reading() as connection:
        opened = open_worker(connection, visit)
        form = Form.shown(visit)
        if kept is None:
            form.values = _values(opened.known)
            form.revision = revision(connection, Changed.WORKER, opened.id)
        context = _context(connection, opened, form) | {"kept_at": kept.kept_at if kept else None}
    note_look(opened)
    return visit.render("people/edit.html", context)


def save(visit: Visit) -> Response:
    form, keyring = Form.sent(visit), visit.office.station.keyring
    if visit.field("press") == "clear":
        visit.forget()
        return visit.go(visit.path)
    with visit.reading() as connection:
        opened = open_worker(connection, visit)
        edit = _edit(connection, opened, form)
    if edit is None:
        return _again(visit, form)
    likely: Likely | None = None
    try:
        with visit.writing() as connection:
            open_worker(connection, visit)  # the scope holds now, not only when the form was read
            try:
                edit_worker(connection, keyring, edit)
            except PerhapsRegistered as perhaps:
                likely = likely_of(perhaps)
                if not likely.looked_at(form):
                    raise
                edit_worker(connection, keyring, replace(edit, unlike=frozenset(likely.matched)))
                note_other_people(visit, connection, opened.id, opened.known.person.station_id, form)
            drop_draft(connection, visit.me.owner, visit.path)
    except ChangedMeanwhile as told:
        return _second(visit, form, edit, told)
    except PerhapsRegistered:
        return _again(visit, form, Beside(likely=likely))
    return visit.go(opened.path, said=SAID)


def _edit(connection: Connection, opened: OpenWorker, form: Form) -> WorkerEdit | None:
    """The edit as it was filled in; None where something is wrong, which then stands at its field."""
    visit, known = opened.visit, opened.known
    person = known.person
    name, reason = form.text("name", required=True), form.text("reason", required=True)
    for field in ("name", "reason", "address"):
        if len(form.value(field)) > MOST_TEXT:
            form.wrong(field, TOO_LONG)
    phone = parse_phone(person.phone)
    if typed := form.text("phone"):
        try:
            phone = parse_phone(typed)
        except PhoneRefused as refused:
            form.wrong("phone", refused.refusals[0].wording)
    address = form.text("address") or person.address
    if form.value("no_address") == "yes":
        address = None
    skills = tuple(Skill(s.trade, s.level, s.evidence) for s in read_skills(form))
    wishes = tuple(Wish(w.trade, w.detail) for w in read_wishes(form))
    limits = read_limits(form, place_names(visit, connection, known.constraints.places or ()))
    if form.revision is None:
        form.wrong("", REQUIRED)
    if form.errors or form.revision is None:
        return None
    return WorkerEdit(
        worker_id=opened.id,
        revision=form.revision,
        name=name,
        phone=phone,
        address=address,
        skills=skills,
        wishes=wishes,
        constraints=stated_constraints(limits),
        reason=reason,
        by=visit.me.staff_id,
        at=visit.now,
    )


def _second(visit: Visit, form: Form, edit: WorkerEdit, told: ChangedMeanwhile) -> Response:
    """Somebody saved first. What they changed and this reader did not is taken over; the rest is shown, and kept."""
    with visit.reading() as connection:
        opened = open_worker(connection, visit)
    mine, now = edit_values(edit), known_values(opened.known)
    if mine == now:
        # The same form, sent twice.
        visit.forget()
        return visit.go(opened.path, said=SAID)
    first = {change.field: change.before for change in reversed(told.changes)}
    theirs = {name for name, before in first.items() if mine[name] == before}
    form.values = {**form.values, **_taken_over(opened.known, theirs)}
    form.revision = told.revision
    form.refuse(told.refusals)
    return _again(visit, form, Beside(changes=told.changes), CONFLICT)


def _taken_over(known: Known, names: set[str]) -> dict[str, tuple[str, ...]]:
    """The fields of the form that show these parts of the entry as they are now."""
    whole = _values(known)
    of = {
        "name": ("name",),
        "skills": ("skill",),
        "wishes": ("wish",),
        ConstraintKind.HOURS: ("hours_said", "days", "begin", "until"),
        ConstraintKind.PLACE: ("places",),
        ConstraintKind.PAY_FLOOR: ("floor",),
        ConstraintKind.HEALTH: ("health",),
    }
    begins = tuple(begin for name in names for begin in of.get(name, ()))
    return {field: value for field, value in whole.items() if begins and field.startswith(begins)}


def _again(visit: Visit, form: Form, beside: Beside | None = None, status: int = UNPROCESSABLE) -> Response:
    visit.keep()
    with visit.reading() as connection:
        opened = open_worker(connection, visit)
        context = _context(connection, opened, form, beside or Beside())
    return visit.render("people/edit.html", context, status=status)


def _values(known: Known) -> dict[str, tuple[str, ...]]:
    return {
        "name": (known.person.name,),
        **skill_values(known.skills),
        **wish_values(known.wishes),
        **limit_values(known.constraints),
    }


def _context(connection: Connection, opened: OpenWorker, form: Form, beside: Beside | None = None) -> dict[str, object]:
    visit, known, speech = opened.visit, opened.known, opened.speech
    beside = beside or Beside()
    staff = staff_names(connection, {change.changed_by for change in beside.changes})
    return {
        "form": form,
        "kept_at": None,
        "worker_id": opened.id,
        "path": opened.path,
        "name": opened.name,
        "masked": {field.value: masked(known.person, field) for field in Masked},
        "c": statement_choices(visit, connection, form, known.constraints.places or ()),
        "likely": shown_likely(visit, connection, beside.likely) if beside.likely else None,
        "changes": [
            {
                "field": speech.w(FIELDS[change.field]),
                "after": change_value(connection, speech, change.field, change.after),
                "by": staff.get(change.changed_by, change.changed_by),
                "at": change.changed_at,
            }
            for change in beside.changes
        ],
    }


ROUTES: Final = [
    Page("/workers/{worker_id}/edit", edit_page, GUIDES),
    Page("/workers/{worker_id}/edit", save, GUIDES, methods=("POST",)),
]
