"""Staff: who works where in which role and until when, and how they sign in. Every change is an audit event."""

import re
from datetime import date
from typing import Final

from sqlalchemy import Connection
from starlette.responses import Response

from cases.canonical import Json
from cases.refusals import Refused, refusal
from cases.roles import Role
from cases.wording import Wording
from store.accounts import account_by_login, add_account, disable_account, enable_account, password_hash, set_password
from store.audit import AuditEvent, record_audit
from store.changes import Changed, ChangedMeanwhile, Correction, changes, record_correction, require_revision
from store.passwords import one_time_password
from store.scope import NotInScope
from store.sessions import close_sessions_of
from store.staff import Grant, Staff, add_staff, grant_role, staff_member
from store.staff_list import (
    Held,
    StaffRow,
    end_grant,
    holds_elsewhere,
    leave,
    lock_staff,
    nodes,
    rename,
    staff_of,
    staff_row,
)
from web.forms import UNPROCESSABLE, Form, day_values
from web.roles import OF_STAFF, RUNNING, STATION_READING
from web.serving import Page
from web.visit import Visit

# In papers, logs and addresses: an id says nothing about the person.
_ID: Final = re.compile(r"[a-z][a-z0-9-]{1,30}[a-z0-9]")
_BAD_ID: Final = Wording(
    "3 至 32 个小写字母、数字或连字符，以字母开头，例如 caseworker-12；不要用姓名或证件号",
    "3 to 32 small letters, figures or hyphens, beginning with a letter, such as caseworker-12; "
    "no name, no number of a document",
)
_TAKEN: Final = Wording("这个编号已有人使用", "Somebody has this id already")
_LOGIN_TAKEN: Final = Wording("这个账号已有人使用", "Somebody has this account already")
_TOO_EARLY: Final = Wording("不能早于开始的日子", "It cannot lie before the beginning")
_ABOVE_YOU: Final = refusal(
    "holds-elsewhere",
    "此人在您管辖范围以外也有职责，账号和离岗须由管辖其全部职责的系统管理员办理。",
    "This person also holds a role outside your nodes: an administrator above all their roles sees to the account.",
)
_NOT_YOURSELF: Final = Wording("不能停用自己的账号", "You cannot disable your own account")
GRANTED: Final = tuple(role for role in Role if role in OF_STAFF)


def staff_page(visit: Visit) -> Response:
    """All, or those who hold a role now, or hold one at a place."""
    role, node = visit.asked("role"), visit.asked("node")
    with visit.reading() as connection:
        rows = staff_of(connection, visit.scope)
        where = nodes(connection, visit.scope)
    if role or node:
        rows = tuple(row for row in rows if any(_fits(held, role, node, visit.today) for held in row.held))
    context = {"rows": rows, "roles": GRANTED, "nodes": where, "role": role, "node": node}
    return visit.render("running/staff.html", context)


def _fits(held: Held, role: str, node: str, on: date) -> bool:
    return held.holds(on) and role in ("", held.role) and node in ("", held.node_id)


def new_page(visit: Visit) -> Response:
    return _new(visit, Form.shown(visit, day_values("joined_on", visit.today)))


def new(visit: Visit) -> Response:
    form = Form.sent(visit)
    staff_id, name = form.text("staff_id", required=True), form.text("name", required=True)
    joined_on = form.day("joined_on")
    if staff_id and not _ID.fullmatch(staff_id):
        form.wrong("staff_id", _BAD_ID)
    if form.errors or joined_on is None:
        return _new(visit, form, status=UNPROCESSABLE)
    with visit.writing() as connection:
        if staff_member(connection, staff_id):
            form.wrong("staff_id", _TAKEN)
            return _new(visit, form, status=UNPROCESSABLE)
        add_staff(connection, Staff(staff_id, name, joined_on), visit.now)
        _note(visit, connection, "add-staff", staff_id)
    visit.forget()
    return visit.go(f"/staff/{staff_id}", said="saved")


def one_page(visit: Visit) -> Response:
    return _one(visit, Form.shown(visit, day_values("from_on", visit.today) | day_values("left_on", visit.today)))


def change(visit: Visit) -> Response:
    """One page, several small forms; the button says which."""
    form = Form.sent(visit)
    act = ACTS.get(visit.field("act"))
    if act is None:
        raise NotInScope
    return act(visit, form)


def _grant(visit: Visit, form: Form) -> Response:
    role, from_on = form.choice("role", Role), form.day("from_on")
    until_on = form.day("until_on", required=False)
    with visit.writing() as connection:
        row = _row(visit, connection)
        node_id = form.one_of("node", [node for node, _ in nodes(connection, visit.scope)])
        if role is not None and role not in GRANTED:
            form.wrong("role", _BAD_ID)
        if from_on and until_on and until_on < from_on:
            form.wrong("until_on", _TOO_EARLY)
        if form.errors or role is None or node_id is None or from_on is None:
            return _one(visit, form, status=UNPROCESSABLE)
        below = visit.field("below") == "yes"
        grant_role(connection, Grant(row.id, role, node_id, from_on, until_on, below), visit.me.staff_id, visit.now)
        _note(visit, connection, "grant-role", row.id, f"{role}@{node_id}")
    return visit.go(f"/staff/{row.id}", said="saved")


def _rename(visit: Visit, form: Form) -> Response:
    """Papers signed before keep the name that they were signed with."""
    name = form.text("name", required=True)
    keyring = visit.office.station.keyring
    with visit.writing() as connection:
        lock_staff(connection, visit.part("staff_id"))
        row = _ours(visit, connection)
        try:
            require_revision(connection, keyring, Changed.STAFF, row.id, form.revision or 0)
        except ChangedMeanwhile as meanwhile:
            form.refuse(meanwhile.refusals)
        if form.errors:
            return _one(visit, form, status=UNPROCESSABLE)
        if name != row.name:
            rename(connection, row.id, name)
            pairs: dict[str, tuple[Json, Json]] = {"name": (row.name, name)}
            correction = Correction(Changed.STAFF, row.id, pairs, visit.me.staff_id, visit.now)
            record_correction(connection, keyring, correction)
    return visit.go(f"/staff/{row.id}", said="saved")


def _end(visit: Visit, _: Form) -> Response:
    with visit.writing() as connection:
        row = _row(visit, connection)
        grant = visit.field("grant")
        if not end_grant(connection, visit.scope, row.id, grant, visit.today):
            raise NotInScope
        _note(visit, connection, "end-role", row.id, grant)
    return visit.go(f"/staff/{row.id}", said="saved")


def _leave(visit: Visit, form: Form) -> Response:
    last_day = form.day("left_on")
    with visit.writing() as connection:
        row = _ours(visit, connection)
        if last_day and not leave(connection, row.id, last_day):
            form.wrong("left_on", _TOO_EARLY)
        if form.errors:
            return _one(visit, form, status=UNPROCESSABLE)
        _note(visit, connection, "staff-leaves", row.id, str(last_day))
    return visit.go(f"/staff/{row.id}", said="saved")


def _account(visit: Visit, form: Form) -> Response:
    """The password is shown once, and has to be changed by its owner."""
    login = form.text("login", required=True)
    password = one_time_password()
    with visit.writing() as connection:
        row = _ours(visit, connection)
        if row.login:
            raise NotInScope
        if login and account_by_login(connection, login):
            form.wrong("login", _LOGIN_TAKEN)
        if form.errors:
            return _one(visit, form, status=UNPROCESSABLE)
        add_account(connection, row.id, login, password, visit.now, must_change=True)
        _note(visit, connection, "add-account", row.id)
    return _one(visit, Form(), password=password)


def _reset(visit: Visit, _: Form) -> Response:
    password = one_time_password()
    hashed = password_hash(password)
    with visit.writing() as connection:
        row = _with_account(visit, connection)
        set_password(connection, row.id, hashed, visit.now, must_change=True)
        close_sessions_of(connection, row.id, visit.now)
        _note(visit, connection, "reset-password", row.id)
    return _one(visit, Form(), password=password)


def _disable(visit: Visit, form: Form) -> Response:
    with visit.writing() as connection:
        row = _with_account(visit, connection)
        if row.id == visit.me.staff_id:
            form.wrong("", _NOT_YOURSELF)
            return _one(visit, form, status=UNPROCESSABLE)
        disable_account(connection, row.id, visit.now)
        close_sessions_of(connection, row.id, visit.now)
        _note(visit, connection, "disable-account", row.id)
    return visit.go(f"/staff/{row.id}", said="saved")


def _enable(visit: Visit, _: Form) -> Response:
    with visit.writing() as connection:
        row = _with_account(visit, connection)
        enable_account(connection, row.id)
        _note(visit, connection, "enable-account", row.id)
    return visit.go(f"/staff/{row.id}", said="saved")


ACTS: Final = {
    "rename": _rename,
    "grant": _grant,
    "end": _end,
    "leave": _leave,
    "account": _account,
    "reset": _reset,
    "disable": _disable,
    "enable": _enable,
}


def _row(visit: Visit, connection: Connection) -> StaffRow:
    row = staff_row(connection, visit.scope, visit.part("staff_id"))
    if row is None:
        raise NotInScope
    return row


def _ours(visit: Visit, connection: Connection) -> StaffRow:
    """Raises Refused for somebody who also works where this administrator does not administer."""
    row = _row(visit, connection)
    if holds_elsewhere(connection, visit.scope, row.id, visit.today):
        raise Refused((_ABOVE_YOU,))
    return row


def _with_account(visit: Visit, connection: Connection) -> StaffRow:
    row = _ours(visit, connection)
    if row.login is None:
        raise NotInScope
    return row


def _note(visit: Visit, connection: Connection, kind: str, staff_id: str, reason: str | None = None) -> None:
    event = AuditEvent(kind, visit.me.staff_id, visit.now, "staff", staff_id, reason=reason)
    record_audit(connection, visit.office.station.keyring, event)


def _one(visit: Visit, form: Form, *, password: str | None = None, status: int = 200) -> Response:
    with visit.reading() as connection:
        row = _row(visit, connection)
        where = nodes(connection, visit.scope)
        past = changes(connection, visit.office.station.keyring, Changed.STAFF, row.id)
    may_change = Role.ADMINISTRATOR in visit.scope.roles
    context = {
        "row": row,
        "form": form,
        "nodes": where,
        "roles": GRANTED,
        "password": password,
        "may_change": may_change,
        "past": past,
    }
    return visit.render("running/one_staff.html", context, status=status)


def _new(visit: Visit, form: Form, *, status: int = 200) -> Response:
    return visit.render("running/new_staff.html", {"form": form}, status=status)


ROUTES: Final = [
    Page("/staff", staff_page, STATION_READING),
    Page("/staff/new", new_page, RUNNING),
    Page("/staff/new", new, RUNNING, methods=("POST",)),
    Page("/staff/{staff_id}", one_page, STATION_READING),
    Page("/staff/{staff_id}", change, RUNNING, methods=("POST",)),
]
