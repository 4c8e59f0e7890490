"""The page of a case's clocks: each with its road, its article and how its due day came about."""

from starlette.responses import Response

from web.case.clocks import clocks_of, shown_clocks
from web.case.head import CLOCKS
from web.case.layout import draw, shared
from web.case.of_address import open_asked
from web.case.opened_any import note_look
from web.visit import Visit


def clock_page(visit: Visit) -> Response:
    with visit.reading() as connection:
        opened = open_asked(connection, visit)
    note_look(opened)
    views = clocks_of(opened)
    running = [view for view in views if view.state.running]
    stopped = [view for view in views if not view.state.running]
    context = shared(opened, CLOCKS) | {
        "running": shown_clocks(opened, running, explained=len(running)),
        "stopped": shown_clocks(opened, stopped, explained=len(stopped)),
        "calendar": opened.station.policies.calendar.hash[:12],
        "pauses": [
            (opened.speech.at(pause.from_at), opened.speech.at(pause.until_at) if pause.until_at else None)
            for pause in opened.case.pauses
        ],
    }
    return draw(opened, "case/clocks.html", context)
