"""The courses of a place, and one of them with its seats and corrections."""

from collections.abc import Mapping
from datetime import date
from typing import Final
from urllib.parse import urlencode

from sqlalchemy import Connection
from starlette.responses import Response

from cases.canonical import Json
from cases.wording import Wording
from store.case_reading import staff_names
from store.changes import Changed, changes
from store.courses import Course, CourseFilter, ListedCourse, course, course_trades, courses_in, enrolled
from store.offers import station_names
from store.scope import NotInScope
from web.roles import GUIDES
from web.shown import day
from web.vacancies.listing import PAGE_ROWS, page_number
from web.vacancies.opened import own_stations
from web.visit import Visit

_ASKED: Final = ("words", "trade", "station", "ended", "free")
FIELDS: Final[Mapping[str, Wording]] = {
    "title": Wording("课程名称", "Title"),
    "provider": Wording("培训机构", "Provider"),
    "trade": Wording("工种", "Trade"),
    "place": Wording("地点", "Place"),
    "begins_on": Wording("开始日期", "Begins on"),
    "ends_on": Wording("结束日期", "Ends on"),
    "hours": Wording("总课时", "Hours"),
    "minimum_hours": Wording("至少参加课时", "Hours to attend"),
    "seats": Wording("名额", "Seats"),
    "free": Wording("是否免费", "Free of charge"),
}


def list_page(visit: Visit) -> Response:
    asked = CourseFilter(
        words=visit.asked("words").strip(),
        trade=visit.asked("trade"),
        station_id=visit.asked("station"),
        ended=visit.asked("ended") == "yes",
        free=visit.asked("free") == "yes",
    )
    page = page_number(visit)
    with visit.reading() as connection:
        rows, total = courses_in(connection, visit.scope, asked, visit.today, (PAGE_ROWS, PAGE_ROWS * (page - 1)))
        stations = station_names(connection, visit.scope.market)
        trades = course_trades(connection, visit.scope)
    kept = urlencode({name: visit.asked(name).strip() for name in _ASKED if visit.asked(name).strip()})
    context = {
        "rows": rows,
        "asked": asked,
        "stations": stations,
        "trades": [(trade, trade) for trade in trades],
        "total": total,
        "page": page,
        "pages": max(-(-total // PAGE_ROWS), 1),
        "href": f"/courses?{kept}{'&' if kept else ''}page={{page}}",
        "may_enter": bool(visit.roles & GUIDES.roles),
        "filtered": bool(kept),
    }
    return visit.render("courses/list.html", context)


def course_page(visit: Visit) -> Response:
    with visit.reading() as connection:
        found = seen_course(visit, connection)
        history = changes(connection, visit.office.station.keyring, Changed.COURSE, found.id)
        context = {
            "listed": ListedCourse(found, enrolled(connection, found.id)),
            "station": station_names(connection, visit.scope.market)[found.station_id],
            "changes": [
                (change, _shown(visit, change.before), _shown(visit, change.after)) for change in history[::-1]
            ],
            "fields": FIELDS,
            "staff": staff_names(connection, {change.changed_by for change in history}),
            "may_act": found.station_id in own_stations(visit, connection),
        }
    return visit.render("courses/one.html", context)


def seen_course(visit: Visit, connection: Connection) -> Course:
    """Raises NotInScope unless the course is in the reader's place."""
    found = course(connection, visit.part("course_id"))
    if found is None or found.station_id not in station_names(connection, visit.scope.market):
        raise NotInScope
    return found


def _shown(visit: Visit, value: Json) -> str:
    """A value of a correction, as it is read: days come back as the text they are kept as."""
    if isinstance(value, bool):
        return Wording("是", "yes").within(visit.language) if value else Wording("否", "no").within(visit.language)
    try:
        return day(date.fromisoformat(str(value)), visit.language, visit.today)
    except ValueError:
        return str(value)
