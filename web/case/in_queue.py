"""The queue row from which a case was opened: its place in the list, and the next case of the same list."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from sqlalchemy import Connection

from store.people import worker
from store.person_keys import KeyDestroyed
from store.queue import Entry
from web.case.opened import OpenCase
from web.case.speech import Shown
from web.queue.lines import row_id
from web.queue.pages import Desk, desk_of

QUEUE: Final = "/queue"
_DIGITS: Final = 6


@dataclass(frozen=True)
class Place:
    """`number` counts from one, None where the case is not in the list any more; `next` is the way on."""

    number: int | None
    of: int
    next: Shown | None


def place_in_queue(connection: Connection, opened: OpenCase) -> Place | None:
    """None where the reader did not come from the queue."""
    back = urlsplit(opened.ways.back)
    if not opened.ways.given or back.path != QUEUE:
        return None
    given = dict(parse_qsl(back.query))
    at = _number(given.pop("at", ""))
    desk = desk_of(opened.visit, connection, given)
    start = max(at - 1, 0)
    rows = desk.reading.rows(desk.asked, start, 4)
    here = next((start + number for number, row in enumerate(rows) if row.case_id == opened.case.id), None)
    after = at if here is None else here + 1
    following = rows[after - start] if after - start < len(rows) else None
    total = desk.reading.total(desk.asked)
    return Place(None if here is None else here + 1, total, _next(desk, opened, following, after))


def _next(desk: Desk, opened: OpenCase, row: Entry | None, at: int) -> Shown | None:
    if row is None or row.case_id == opened.case.id:
        return None
    try:
        person = worker(desk.connection, opened.station.keyring, row.worker_id)
    except KeyDestroyed:
        person = None
    name = person.name if person and opened.working else ""
    words = opened.speech(f"下一件：{name}", f"Next: {name}") if name else opened.speech("下一件", "Next case")
    return {"href": f"/cases/{row.case_id}?back={desk.address.back(at, row_id(row))}", "words": words}


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _DIGITS else 0
