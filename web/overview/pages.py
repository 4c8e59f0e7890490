"""The overview page, and the list of the cases behind any of its figures."""

from typing import Final

from starlette.responses import Response

from cases.wording import Wording
from store.behind import MOST_CASES, Figure, What, cases_behind
from store.case_reading import staff_names
from store.offers import station_names
from store.overview import overview
from store.scope import NotInScope
from web.overview import figures
from web.roles import LEADING
from web.serving import Page
from web.visit import Visit

TITLES: Final = {
    What.OPEN: Wording("在办个案", "Open cases"),
    What.OVERDUE: Wording("已逾期的个案", "Overdue cases"),
    What.RETURNED: Wording("退回的个案", "Returned cases"),
    What.HELD: Wording("一位经办人的在办个案", "One caseworker’s open cases"),
    What.HELD_OVERDUE: Wording("一位经办人已逾期的个案", "One caseworker’s overdue cases"),
    What.HELD_RETURNED: Wording("一位经办人退回的个案", "One caseworker’s returned cases"),
    What.TURN: Wording("在办个案，按现在等谁", "Open cases, by whose turn it is"),
    What.REFERRALS: Wording("帮扶中的个案，按计入的推荐", "Cases in help, by referrals that count"),
    What.OPENED: Wording("一周内新开的个案", "Cases opened in one week"),
    What.CLOSED: Wording("一周内办结的个案", "Cases closed in one week"),
    What.MET: Wording("一周内按时完成时限的个案", "Cases with a term met in one week"),
    What.MISSED: Wording("一周内逾期完成时限的个案", "Cases with a term met late in one week"),
    What.OUTCOME: Wording("一年内办结的个案，按结果", "Cases closed within a year, by outcome"),
}


def overview_page(visit: Visit) -> Response:
    with visit.reading() as connection:
        stations = overview(connection, visit.scope, visit.now)
        names = station_names(connection, visit.scope)
        held = figures.loads(stations)
        staff = staff_names(connection, {load.held_by for load in held if load.held_by})
    context = {
        "stations": stations,
        "names": names,
        "loads": held,
        "most": max((load.open for load in held), default=1),
        "staff": staff,
        "figures": figures,
        "What": What,
    }
    return visit.render("overview/overview.html", context)


def behind_page(visit: Visit) -> Response:
    try:
        what = What(visit.part("what"))
    except ValueError:
        raise NotInScope from None
    figure = Figure(what, visit.asked("station"), visit.asked("value"))
    with visit.reading() as connection:
        names = station_names(connection, visit.scope)
        if figure.station_id and figure.station_id not in names:
            raise NotInScope
        cases, total = cases_behind(connection, visit.scope, figure, visit.now)
        staff = staff_names(connection, {case.caseworker for case in cases if case.caseworker})
    context = {
        "title": TITLES[what],
        "station": names.get(figure.station_id),
        "cases": cases,
        "total": total,
        "most": MOST_CASES,
        "names": names,
        "staff": staff,
    }
    return visit.render("overview/behind.html", context)


ROUTES: Final = [
    Page("/overview", overview_page, LEADING),
    Page("/overview/{what}", behind_page, LEADING),
]
