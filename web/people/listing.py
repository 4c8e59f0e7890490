"""The workers of a reader's stations: everything about the list stands in its address, and nothing about a person."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Final
from urllib.parse import urlencode

from sqlalchemy import Connection
from starlette.responses import Response

from cases.wording import Wording
from store.case_reading import station_names
from store.offers import station_names as stations_in_scope
from store.worker_list import (
    ROWS,
    Having,
    WorkerFilter,
    WorkerOrder,
    count_workers,
    listed_workers,
    trades_of_workers,
)
from web.people.rows import shown_rows
from web.roles import CASE_READING, COUNTER
from web.serving import Page
from web.vacancies.listing import page_number
from web.visit import Visit

LIST: Final = "/workers"
FILTERS: Final = ("having", "station", "trade", "from", "until", "order")
HAVINGS: Final[Mapping[Having, Wording]] = {
    Having.OPEN: Wording("有在办个案", "With an open case"),
    Having.CLOSED: Wording("个案都已办结", "All cases closed"),
    Having.NONE: Wording("没有个案", "No case"),
}
_SIGNS: Final = {Having.OPEN: "soon", Having.CLOSED: "tick", Having.NONE: "ring"}
_EVERY: Final = Wording("全部", "All")
ORDERS: Final[Mapping[WorkerOrder, Wording]] = {
    WorkerOrder.NEWEST: Wording("最新登记", "Newest first"),
    WorkerOrder.OLDEST: Wording("最早登记", "Oldest first"),
}


def list_page(visit: Visit) -> Response:
    asked, page, keyring = asked_filter(visit), page_number(visit), visit.office.station.keyring
    with visit.reading() as connection:
        counts = {
            having: count_workers(connection, visit.scope, replace(asked, having=having)) for having in (None, *Having)
        }
        total = counts[asked.having]
        pages = max(-(-total // ROWS), 1)
        page = min(page, pages)
        rows = listed_workers(connection, keyring, visit.scope, asked, _order(visit), page=page)
        stations = station_names(connection, {row.person.station_id for row in rows})
        context = {
            "people": shown_rows(rows, stations),
            "total": total,
            "page": page,
            "pages": pages,
            "href": address(visit, page="{page}"),
            "here": address(visit, page=str(page) if page > 1 else ""),
            "query": address(visit, "").lstrip("?"),
            "buckets": [_bucket(visit, asked, having, counts[having]) for having in (*Having, None)],
            "tags": _tags(visit, connection),
            "may_register": bool(visit.roles & COUNTER.roles),
            "stations": list(stations_in_scope(connection, visit.scope).items()),
            "trades": [(trade, trade) for trade in trades_of_workers(connection, visit.scope)],
            "orders": [(order.value, words.within(visit.language)) for order, words in ORDERS.items()],
        }
    return visit.render("people/list.html", context)


def asked_filter(visit: Visit) -> WorkerFilter:
    """What cannot be read filters nothing."""
    having = visit.asked("having")
    return WorkerFilter(
        having=Having(having) if having in tuple(Having) else None,
        station_id=visit.asked("station"),
        trade=visit.asked("trade"),
        from_on=_day(visit.asked("from")),
        until_on=_day(visit.asked("until")),
    )


def address(visit: Visit, path: str = LIST, **changed: str) -> str:
    """The address of this list with something changed: a place left empty is not asked."""
    asked = {name: visit.asked(name).strip() for name in FILTERS} | changed
    page = asked.pop("page", "")
    query = urlencode({name: value for name, value in asked.items() if value})
    # The pager fills its own place in.
    query += f"{'&' if query else ''}page={page}" if page else ""
    return f"{path}?{query}" if query else path


def _bucket(visit: Visit, asked: WorkerFilter, having: Having | None, count: int) -> dict[str, object]:
    words = HAVINGS[having] if having else _EVERY
    return {
        "sign": _SIGNS[having] if having else "dot",
        "words": words.within(visit.language),
        "count": count,
        "href": address(visit, having=having.value if having else ""),
        "here": asked.having is having,
    }


def _tags(visit: Visit, connection: Connection) -> list[dict[str, str]]:
    """The filters that are on, each with the address of the list without it."""
    asked = asked_filter(visit)
    named: dict[str, str] = {}
    if asked.station_id:
        named["station"] = stations_in_scope(connection, visit.scope).get(asked.station_id, asked.station_id)
    if asked.trade:
        named["trade"] = asked.trade
    if asked.from_on:
        named["from"] = f"≥ {asked.from_on.isoformat()}"
    if asked.until_on:
        named["until"] = f"≤ {asked.until_on.isoformat()}"
    return [{"words": words, "href": address(visit, **{name: ""})} for name, words in named.items()]


def _order(visit: Visit) -> WorkerOrder:
    asked = visit.asked("order")
    return WorkerOrder(asked) if asked in tuple(WorkerOrder) else WorkerOrder.NEWEST


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


ROUTES: Final = [Page(LIST, list_page, CASE_READING)]
