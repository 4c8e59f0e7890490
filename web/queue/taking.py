"""Taking a row of the queue and putting it back (认领／放回): one wins, and the other is told who was first, and when.

Officers, supervisors and guides take a row in the record itself. A caseworker who takes an unassigned case has it
assigned to them, which is an act of the case.
"""

from datetime import datetime
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from cases.hardship.buckets import horizon
from cases.hardship.moving import Assign
from cases.roles import Role
from cases.wording import Wording
from store.case_reading import staff_names
from store.queue import Entry, entry, put_back, take
from store.queue_reading import Asked, Order, Reading, View
from store.scope import NotInScope
from store.staff import staff_member
from web.acts.sending import Declined, Late, send, sent_address
from web.forms import Form
from web.paths import safe_path
from web.serving import CONFLICT
from web.visit import Visit

TRIES: Final = 5  # rows that somebody else took in the same moment, before "take next" gives up
GONE: Final = Wording("这一项已经办过，不再等人处理。", "This was dealt with already: it waits for nobody.")
MOVED: Final = Wording("这一项刚刚有变化，请再看一眼。", "This has just changed: look at it once more.")


async def take_one(visit: Visit) -> Response:
    """Take a row, or put it back (`do`), as it was seen (`since`)."""
    seen = await run_in_threadpool(_seen, visit)
    if seen is None:
        return await run_in_threadpool(conflict, visit, None)
    if seen.role is not Role.CASEWORKER:
        return await run_in_threadpool(_taken, visit, seen)
    if await run_in_threadpool(_has_caseworker, visit, seen):
        return await run_in_threadpool(conflict, visit, seen)
    return await _assigned_to_me(visit, seen)


async def take_next(visit: Visit) -> Response:
    """The first row that is free and the reader's to take: a case without a caseworker, or something to decide."""
    for _ in range(TRIES):
        found = await run_in_threadpool(_next_free, visit)
        if found is None:
            return visit.go(back_path(visit), said="nothing-to-take")
        if found.role is Role.CASEWORKER:
            return await _assigned_to_me(visit, found)
        if await run_in_threadpool(_won, visit, found):
            return visit.go(f"/cases/{found.case_id}?back=%2Fqueue", said="taken")
    return visit.go(back_path(visit), said="nothing-to-take")


def back_path(visit: Visit) -> str:
    """The list that the form was on."""
    back = safe_path(visit.field("back"))
    return back if back.startswith(("/queue", "/cases")) else "/queue"


def conflict(visit: Visit, now: Entry | None) -> Response:
    """Who was first, and when."""
    name = None
    if now and now.held_by:
        with visit.reading() as connection:
            name = staff_names(connection, [now.held_by]).get(now.held_by, now.held_by)
    context = {"entry": now, "name": name, "back": back_path(visit), "words": MOVED if now else GONE}
    return visit.render("queue/taken.html", context, status=CONFLICT)


def _seen(visit: Visit) -> Entry | None:
    """The row that a form is about, if it is the reader's to take. Raises NotInScope."""
    try:
        role = Role(visit.field("role"))
    except ValueError:
        raise NotInScope from None
    with visit.reading() as connection:
        found = entry(connection, visit.field("case"), role)
        if found is None:
            return None
        theirs = connection.scalars(visit.scope.holding({role}).stations).all()
    if found.station_id not in theirs:
        raise NotInScope
    return found


def _has_caseworker(visit: Visit, seen: Entry) -> bool:
    """Whether a case is somebody's who still serves: such a case is reassigned, not taken."""
    if seen.held_by is None:
        return False
    with visit.reading() as connection:
        holder = staff_member(connection, seen.held_by)
    return holder is not None and (holder.left_on is None or holder.left_on >= visit.today)


def _taken(visit: Visit, seen: Entry) -> Response:
    """A form that was shown before the row changed says an older `since`, and takes nothing."""
    if _moment(visit.field("since")) != seen.since:
        return conflict(visit, seen)
    act, said = (put_back, "put-back") if visit.field("do") == "put-back" else (take, "taken")
    with visit.writing() as connection:
        done = act(connection, visit.office.station.keyring, seen, visit.me.staff_id, visit.now)
    return visit.go(back_path(visit), said=said) if done.won else conflict(visit, done.entry)


def _won(visit: Visit, found: Entry) -> bool:
    with visit.writing() as connection:
        return take(connection, visit.office.station.keyring, found, visit.me.staff_id, visit.now).won


async def _assigned_to_me(visit: Visit, seen: Entry) -> Response:
    form = Form.sent(visit)
    if visit.field("case"):  # as it was seen; "take next" sees it now
        form.revision = form.revision if form.revision is not None else seen.revision
    else:
        form.revision = seen.revision
    sent = await send(visit, seen.case_id, Assign(visit.me.staff_id), form=form)
    if isinstance(sent, Declined):
        now = await run_in_threadpool(_again, visit, seen)
        return await run_in_threadpool(conflict, visit, now)
    if isinstance(sent, Late):
        return visit.go(sent_address(f"/cases/{seen.case_id}", sent.key))
    return visit.go(f"/cases/{seen.case_id}?back=%2Fqueue", said="taken")


def _again(visit: Visit, seen: Entry) -> Entry | None:
    with visit.reading() as connection:
        return entry(connection, seen.case_id, seen.role)


def _next_free(visit: Visit) -> Entry | None:
    me = visit.me.staff_id
    with visit.reading() as connection:
        days = horizon(visit.now, visit.office.station.policies.calendar)
        if Role.CASEWORKER in visit.roles:
            own = Reading(connection, visit.scope.holding({Role.CASEWORKER}), days)
            unassigned = own.rows(Asked(View.UNASSIGNED, me, order=Order.DUE), 0, 1)
            if unassigned:
                return unassigned[0]
        waiting = Reading(connection, visit.scope, days).rows(Asked(View.DECIDE, me), 0, TRIES * 10)
        return next((each for each in waiting if each.held_by is None), None)


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
