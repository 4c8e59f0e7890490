"""Entering a course, and correcting one: what stood before stays, and an edit that comes second is told."""

from dataclasses import fields
from datetime import date
from typing import Final

from sqlalchemy import Connection
from starlette.responses import Response

from cases.canonical import Json
from cases.wording import Wording
from store.audit import AuditEvent, record_audit
from store.changes import (
    Change,
    Changed,
    ChangedMeanwhile,
    Correction,
    record_correction,
    require_revision,
    revision,
)
from store.courses import Course, add_course, change_course, course, course_trades, enrolled, lock_course
from store.scope import NotInScope
from web.courses.pages import FIELDS, seen_course
from web.courses.reading import line, read_course, values_of
from web.forms import UNPROCESSABLE, Form
from web.keyed import keyed_id
from web.serving import CONFLICT
from web.vacancies.opened import own_stations
from web.visit import Visit

NOTHING: Final = Wording("没有任何改动", "Nothing is changed")


def new_page(visit: Visit) -> Response:
    return _form(visit, Form.shown(visit))


def enter(visit: Visit) -> Response:
    """A second sending of the same form finds the row of the first."""
    form = Form.sent(visit)
    course_id = keyed_id(visit, form.key)
    with visit.writing() as connection:
        if course(connection, course_id) is None:
            station_id = form.one_of("station", own_stations(visit, connection))
            new = read_course(form, course_id, station_id or "")
            if new is not None:
                add_course(connection, new, visit.now)
                _note(visit, connection, new)
    if form.errors:
        visit.keep()
        return _form(visit, form, status=UNPROCESSABLE)
    visit.forget()
    return visit.go(f"/courses/{course_id}", said="course-entered")


def edit_page(visit: Visit) -> Response:
    with visit.reading() as connection:
        found = _own_course(visit, connection)
        now = revision(connection, Changed.COURSE, found.id)
    return _form(visit, Form.shown(visit, values_of(found), revision=now), found)


def edit(visit: Visit) -> Response:
    form = Form.sent(visit)
    with visit.reading() as connection:
        before = _own_course(visit, connection)
    meanwhile: tuple[Change, ...] = ()
    try:
        with visit.writing() as connection:
            _correct(visit, connection, form, before.id)
    except ChangedMeanwhile as refused:
        meanwhile = refused.changes
        form.refuse(refused.refusals)
        form.revision = refused.revision
    if form.errors:
        visit.keep()
        return _form(visit, form, before, meanwhile, status=CONFLICT if meanwhile else UNPROCESSABLE)
    visit.forget()
    return visit.go(f"/courses/{before.id}", said="saved")


def _correct(visit: Visit, connection: Connection, form: Form, course_id: str) -> None:
    lock_course(connection, course_id)
    before = _own_course(visit, connection)  # the scope holds now, not only when the form was read
    after, reason = read_course(form, before.id, before.station_id), line(form, "reason")
    taken = enrolled(connection, before.id)
    if after is not None and after.seats < taken:
        form.wrong(
            "seats",
            Wording(f"已有 {taken} 人报名，名额不能更少", f"{taken} are enrolled already: there cannot be fewer seats"),
        )
    differ = _differing(before, after) if after else {}
    if after is not None and not differ and not form.errors:
        form.wrong("", NOTHING)
    if form.errors or after is None:
        return
    keyring = visit.office.station.keyring
    require_revision(connection, keyring, Changed.COURSE, before.id, form.revision or 0)
    change_course(connection, after)
    correction = Correction(
        Changed.COURSE, before.id, differ, visit.me.staff_id, visit.now, reason=reason, station_id=before.station_id
    )
    record_correction(connection, keyring, correction)


def _differing(before: Course, after: Course) -> dict[str, tuple[Json, Json]]:
    def kept(value: object) -> Json:
        return value.isoformat() if isinstance(value, date) else value  # type: ignore[return-value] # text, a number, a flag

    pairs = {each.name: (getattr(before, each.name), getattr(after, each.name)) for each in fields(Course)}
    return {name: (kept(was), kept(now)) for name, (was, now) in pairs.items() if was != now}


def _own_course(visit: Visit, connection: Connection) -> Course:
    """Raises NotInScope unless the course is of a station where the reader works."""
    found = seen_course(visit, connection)
    if found.station_id not in own_stations(visit, connection):
        raise NotInScope
    return found


def _note(visit: Visit, connection: Connection, new: Course) -> None:
    event = AuditEvent(
        "add-course",
        visit.me.staff_id,
        visit.now,
        about_kind=Changed.COURSE,
        about_id=new.id,
        station_id=new.station_id,
    )
    record_audit(connection, visit.office.station.keyring, event)


def _form(
    visit: Visit,
    form: Form,
    edited: Course | None = None,
    meanwhile: tuple[Change, ...] = (),
    *,
    status: int = 200,
) -> Response:
    with visit.reading() as connection:
        context = {
            "form": form,
            "edited": edited,
            "meanwhile": meanwhile,
            "fields": FIELDS,
            "stations": list(own_stations(visit, connection).items()),
            "trades": course_trades(connection, visit.scope),
        }
    return visit.render("courses/form.html", context, status=status)
