"""The overview of a subsidy case: what is next, what was found and granted, what was paid and what came back."""

from typing import Final

from sqlalchemy import Connection
from starlette.responses import Response

from activities.payees import BY
from web.acts.done import done_banner, left_open
from web.case.all_acts import all_acts
from web.case.clocks import clocks_of, shown_clocks
from web.case.layout import draw, shared
from web.case.opened_any import note_look
from web.case.speech import Shown
from web.case.timeline import Kind, entries, narrowed
from web.subsidies.account import masked_account
from web.subsidies.appeals import looks, reviews
from web.subsidies.deliveries import deliveries
from web.subsidies.head import OVERVIEW
from web.subsidies.money import notice, payments, periods, recovery, stops
from web.subsidies.nexts import next_panel
from web.subsidies.opened import OpenSubsidy, open_subsidy
from web.subsidies.others import others
from web.subsidies.standing import disagreements, standing, unverified_rows
from web.visit import Visit

NEWEST: Final = 6
STOPPED: Final = 3


def overview(visit: Visit) -> Response:
    with visit.reading() as connection:
        opened = open_subsidy(connection, visit)
        context = _context(connection, opened)
    note_look(opened)
    return draw(opened, "subsidies/overview.html", context)


def _context(connection: Connection, opened: OpenSubsidy) -> Shown:
    views = clocks_of(opened)
    running = [view for view in views if view.state.running]
    stopped = [view for view in views if not view.state.running]
    newest = narrowed(opened, None)
    return shared(opened, OVERVIEW) | {
        "next": next_panel(opened),
        "standing": standing(connection, opened),
        "unverified": unverified_rows(opened),
        "conflicts": disagreements(connection, opened),
        "notice": notice(opened),
        "periods": periods(opened),
        "payments": payments(opened),
        "account": masked_account(opened),
        "record_account": opened.ways.on(f"{opened.path}/account")
        if opened.mine & BY and not opened.case.closed
        else None,
        "stops": stops(opened),
        "recovery": recovery(opened),
        "deliveries": deliveries(opened),
        "reviews": reviews(opened),
        "looks": looks(opened),
        "others": others(connection, opened),
        "clocks": shown_clocks(opened, running, explained=1),
        "stopped": shown_clocks(opened, stopped[:STOPPED], explained=0),
        "entries": entries(opened, newest[:NEWEST]),
        "earlier": len(newest) - NEWEST,
        "kinds": [
            {"href": opened.ways.on(f"{opened.path}/timeline?kind={kind.value}"), "words": opened.speech.w(kind.label)}
            for kind in (Kind.CLOCKS, Kind.DECISIONS, Kind.PAPERS, Kind.CORRECTIONS)
        ],
        "all_acts": all_acts(connection, opened),
        "done": done_banner(connection, opened, opened.visit.asked("done")),
        "left_open": left_open(connection, opened.visit, opened.path),
    }
