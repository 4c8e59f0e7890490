"""Reassigning several cases at once (批量改派): looked at row by row before, and told row by row after.

Each case is an act of its own, under a key made of the batch's: sent again, a batch goes on where it stopped, and
nothing is done twice. Whoever has no JavaScript presses "go on" while there is more to do.
"""

import asyncio
import hashlib
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from urllib.parse import parse_qsl, urlsplit
from uuid import uuid4

from sqlalchemy import Connection
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from activities.desk import look
from cases.commands import Command, command
from cases.hardship.buckets import horizon
from cases.hardship.moving import Assign
from cases.refusals import Refusal, Refused
from store.colleagues import caseworkers, stations_of_caseworkers
from store.queue import Entry
from store.queue_reading import chosen
from store.training import time_of_case
from web.acts.sending import Declined, Done, Late, Sent, submit
from web.case.marking import marked
from web.forms import KEY
from web.paths import safe_path
from web.queue.asked import address_of
from web.queue.lines import Lines, lines_of
from web.queue.pages import desk_of
from web.queue.taking import back_path
from web.roles import ASSIGNING
from web.serving import Page
from web.typed import cleaned
from web.visit import Visit

MOST: Final = 900  # cases of one batch: a form has room for a thousand fields
AT_ONCE: Final = 6
LASTS_S: Final = 8.0  # after which a batch answers, done or not


@dataclass(frozen=True)
class Row:
    """One case of a batch. `sent`: what became of it; None: not tried yet. `refusals`: why it cannot be."""

    entry: Entry
    refusals: tuple[Refusal, ...] = ()
    sent: Sent | None = None

    @property
    def state(self) -> str:
        match self.sent:
            case Done():
                return "done"
            case Declined():
                return "refused"
            case Late():
                return "late"
        return "refused" if self.refusals else "open"

    @property
    def why(self) -> tuple[Refusal, ...]:
        return self.sent.refusals if isinstance(self.sent, Declined) else self.refusals


def choose_page(visit: Visit) -> Response:
    """The chosen cases, and with a colleague chosen too what would become of each."""
    ids = _asked_for(visit)
    to, batch = visit.asked("to"), uuid4().hex
    with visit.reading() as connection:
        entries = chosen(connection, visit.scope, ids)
    rows = [_looked(visit, entry, batch, to) for entry in entries] if to else [Row(entry) for entry in entries]
    return _shown(visit, rows, to=to, batch=batch, back=safe_path(visit.asked("back", "/queue")))


async def reassign(visit: Visit) -> Response:
    """As many as can be done while somebody waits; the page says which are left."""
    to, batch = visit.field("to"), visit.field(KEY)
    rows = await run_in_threadpool(_rows_sent, visit, batch, to)
    until = time.monotonic() + LASTS_S
    done: list[Row] = []
    for start in range(0, len(rows), AT_ONCE):
        some = rows[start : start + AT_ONCE]
        if time.monotonic() < until:
            some = list(await asyncio.gather(*(_done(visit, row, batch, to) for row in some)))
        done += some
    return await run_in_threadpool(_shown, visit, done, to=to, batch=batch, back=back_path(visit), ran=True)


def key_of(batch: str, case_id: str) -> str:
    return hashlib.sha256(f"{batch}/{case_id}".encode()).hexdigest()[:32]


def _asked_for(visit: Visit) -> Sequence[str]:
    """The cases that were ticked, or all of the list that one came from."""
    if visit.asked("all") != "yes":
        return [cleaned(each) for each in visit.request.query_params.getlist("case")[:MOST]]
    given = dict(parse_qsl(urlsplit(safe_path(visit.asked("back", "/queue"))).query))
    with visit.reading() as connection:
        desk = desk_of(visit, connection, address_of(given).given)
        return [entry.case_id for entry in desk.reading.rows(desk.asked, 0, MOST)]


def _rows_sent(visit: Visit, batch: str, to: str) -> list[Row]:
    ids = visit.fields.get("case", ())[:MOST]
    with visit.reading() as connection:
        return [_looked(visit, entry, batch, to) for entry in chosen(connection, visit.scope, ids)]


def _wanted(visit: Visit, entry: Entry, batch: str, to: str) -> Command:
    return command(key_of(batch, entry.case_id), Assign(to), visit.me.staff_id)


def _looked(visit: Visit, entry: Entry, batch: str, to: str) -> Row:
    """What the act would come to, or came to before."""
    station = visit.office.station
    wanted, now = _wanted(visit, entry, batch, to), _time_of(visit, entry)
    try:
        finished = look(station.engine, station.keyring, station.policies, entry.case_id, wanted, now)[0]
    except Refused as refused:
        return Row(entry, refused.refusals)
    return Row(entry, sent=Done(finished) if finished else None)


def _time_of(visit: Visit, entry: Entry) -> datetime:
    with visit.reading() as connection:
        return time_of_case(connection, entry.case_id, visit.now)


async def _done(visit: Visit, row: Row, batch: str, to: str) -> Row:
    if row.state != "open":
        return row
    now = await run_in_threadpool(_time_of, visit, row.entry)
    sent = await submit(visit.office, row.entry.case_id, _wanted(visit, row.entry, batch, to), now)
    return replace(row, sent=sent)


def _shown(visit: Visit, rows: Sequence[Row], *, to: str, batch: str, back: str, ran: bool = False) -> Response:
    counts = {state: sum(row.state == state for row in rows) for state in ("open", "done", "refused", "late")}
    with visit.reading() as connection:
        lines = _lines(visit, connection, rows)
        own = caseworkers(connection, visit.scope, visit.today)
        at = stations_of_caseworkers(connection, visit.scope, visit.today)
    name = dict(own).get(to, to)
    context = {
        "rows": [
            {"row": row, "line": lines.line(row.entry, 0), "why": [_spoken(visit, each, to, name) for each in row.why]}
            for row in rows
        ],
        "to": to,
        "to_name": name,
        "colleagues": [(staff_id, f"{name}（{at[staff_id]}）" if staff_id in at else name) for staff_id, name in own],
        "counts": counts,
        "unfinished": counts["open"] + counts["late"],
        "batch": batch,
        "back": back,
        "ran": ran,
        "most": MOST,
    }
    return visit.render("queue/reassign.html", context)


def _spoken(visit: Visit, reason: Refusal, to: str, name: str) -> object:
    """The engine's sentence, which calls the colleague by their id, with their name."""
    words = reason.wording.within(visit.language)
    return marked(words.replace(to, name) if to else words, visit.language)


def _lines(visit: Visit, connection: Connection, rows: Sequence[Row]) -> Lines:
    days = horizon(visit.now, visit.office.station.policies.calendar)
    return lines_of(visit, connection, days, address_of({}), [row.entry for row in rows])


ROUTES: Final = [
    Page("/queue/reassign", choose_page, ASSIGNING),
    Page("/queue/reassign", reassign, ASSIGNING, methods=("POST",)),
]
