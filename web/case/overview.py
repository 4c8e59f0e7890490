"""The overview of a case: what is next, proof of duty, what waits, clocks, and the newest of its timeline."""

from typing import Final

from sqlalchemy import Connection
from starlette.responses import Response

from web.acts.done import done_banner, left_open
from web.case.all_acts import all_acts
from web.case.clocks import clocks_of, shown_clocks
from web.case.doing import button, buttons
from web.case.head import OVERVIEW
from web.case.in_queue import place_in_queue
from web.case.layout import draw, shared
from web.case.nexts import next_panel
from web.case.of_address import moved_to
from web.case.opened import OpenCase, open_case
from web.case.opened_any import note_look
from web.case.proofs import proofs
from web.case.situation import limits, needs, others, pending, placements
from web.case.speech import Shown
from web.case.timeline import Kind, entries, narrowed
from web.visit import Visit

NEWEST: Final = 6
STOPPED: Final = 4


def overview(visit: Visit) -> Response:
    with visit.reading() as connection:
        moved = moved_to(connection, visit)
        if moved:
            return visit.go(moved)
        opened = open_case(connection, visit)
        context = _context(connection, opened)
    note_look(opened)
    return draw(opened, "case/overview.html", context)


def _context(connection: Connection, opened: OpenCase) -> Shown:
    speech = opened.speech
    views = clocks_of(opened)
    running = [view for view in views if view.state.running]
    stopped = [view for view in views if not view.state.running]
    newest = narrowed(opened, None)
    shown_proofs = proofs(connection, opened)
    for item in shown_proofs:
        for row in _rows(item):
            row["acts"] = buttons(opened, *row["acts"])  # type: ignore[misc]
    return shared(opened, OVERVIEW, place_in_queue(connection, opened)) | {
        "next": next_panel(opened),
        "proofs": shown_proofs,
        "pending": pending(opened),
        "needs": needs(opened),
        "open_need": button(opened, "open-need"),
        "placements": placements(opened),
        "limits": limits(connection, opened),
        "others": others(connection, opened),
        "clocks": shown_clocks(opened, running, explained=1),
        "stopped": shown_clocks(opened, stopped[:STOPPED], explained=0),
        "entries": entries(opened, newest[:NEWEST]),
        "earlier": len(newest) - NEWEST,
        "kinds": [
            {"href": opened.ways.on(f"{opened.path}/timeline?kind={kind.value}"), "words": speech.w(kind.label)}
            for kind in (Kind.SERVICES, Kind.CLOCKS, Kind.DECISIONS, Kind.CORRECTIONS)
        ],
        "all_acts": all_acts(connection, opened),
        "done": done_banner(connection, opened, opened.visit.asked("done")),
        "left_open": left_open(connection, opened.visit, opened.path),
    }


def _rows(item: Shown) -> list[Shown]:
    rows = item["rows"]
    return rows if isinstance(rows, list) else []
