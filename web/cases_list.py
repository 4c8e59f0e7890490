"""The list of cases: all that the reader may see, open and closed, narrowed and paged in the address."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeVar
from urllib.parse import quote, urlencode

from starlette.responses import Response

from cases.hardship.buckets import due_day, horizon
from cases.hardship.queue_words import Dated, due_words
from cases.hardship.stages import Outcome, Stage
from cases.wording import Wording
from store.case_list import (
    PAGE_ROWS,
    CaseLine,
    Order,
    State,
    Wanted,
    case_lines,
    caseworkers_of_cases,
    count_cases,
)
from store.case_reading import staff_names, station_names
from web.queue.asked import page_of
from web.roles import CASE_READING
from web.serving import Page
from web.visit import Visit
from web.worker_names import named_workers

_E = TypeVar("_E", bound=StrEnum)
NAMES: Final = ("state", "stage", "outcome", "caseworker", "station", "order", "page")
STATES: Final = {
    State.OPEN: Wording("在办", "Open"),
    State.CLOSED: Wording("已办结", "Closed"),
    State.ALL: Wording("全部", "All"),
}
ORDERS: Final = {
    Order.NEWEST: Wording("新立案的在前", "Newest first"),
    Order.OLDEST: Wording("先立案的在前", "Oldest first"),
    Order.DUE: Wording("先到期的在前", "First due first"),
}


@dataclass(frozen=True)
class Address:
    given: Mapping[str, str]

    def with_(self, **changes: str | None) -> str:
        values = {**self.given, **changes}
        if "page" not in changes:
            values["page"] = None
        kept = [(name, value) for name in NAMES if (value := values.get(name))]
        return f"/cases?{urlencode(kept)}" if kept else "/cases"


def cases_page(visit: Visit) -> Response:
    address = Address({name: value[:64] for name in NAMES if (value := visit.asked(name))})
    with visit.reading() as connection:
        stations = station_names(connection, connection.scalars(visit.scope.stations).all())
        wanted = _wanted(address.given, stations)
        total = count_cases(connection, visit.scope, wanted)
        page, pages = page_of(address.given, total)
        found = case_lines(connection, visit.scope, wanted, (page - 1) * PAGE_ROWS)
        people = named_workers(visit, connection, {each.worker_id for each in found})
        names = staff_names(connection, {each.caseworker for each in found if each.caseworker})
        holders = staff_names(connection, caseworkers_of_cases(connection, visit.scope))
    here = address.with_(page=address.given.get("page"))
    shown = _Shown(visit, here)
    context = {
        "rows": [shown.row(each, people.get(each.worker_id), names, stations) for each in found],
        "total": total,
        "page": page,
        "pages": pages,
        "href": address.with_(page="{page}").replace("%7Bpage%7D", "{page}"),
        "views": [
            {"words": words.within(visit.language), "href": address.with_(state=state), "here": wanted.state is state}
            for state, words in STATES.items()
        ],
        "given": address.given,
        "narrowed": any(name in address.given for name in ("stage", "outcome", "caseworker", "station")),
        "stages": [(stage.value, stage.label.within(visit.language)) for stage in Stage],
        "outcomes": [(outcome.value, outcome.label.within(visit.language)) for outcome in Outcome],
        "caseworkers": sorted(holders.items(), key=lambda each: each[1]),
        "stations": sorted(stations.items()) if len(stations) > 1 else [],
        "orders": [(order.value, words.within(visit.language)) for order, words in ORDERS.items()],
        "tags": _tags(visit, address, wanted, {**holders, **names}, stations),
    }
    return visit.render("queue/cases.html", context)


@dataclass(frozen=True)
class _Shown:
    visit: Visit
    here: str

    def row(
        self, line: CaseLine, person: object, names: Mapping[str, str], stations: Mapping[str, str]
    ) -> dict[str, object]:
        back = quote(f"{self.here}#{line.id}", safe="")
        due = None
        if line.turn and line.since:
            calendar = self.visit.office.station.policies.calendar
            dated = Dated(line.turn, line.due_at, line.due_counts, line.since, line.waiting_for)
            due = due_words(dated, horizon(self.visit.now, calendar), calendar)
        return {
            "line": line,
            "person": person,
            "href": f"/cases/{line.id}?back={back}",
            "look": due.look if due else "done",
            "due_on": due_day(line.due_at) if line.due_at else None,
            "words": due.words if due else None,
            "caseworker": names.get(line.caseworker or "", line.caseworker or ""),
            "station": stations.get(line.station_id, line.station_id),
        }


def _wanted(given: Mapping[str, str], stations: Mapping[str, str]) -> Wanted:
    station = given.get("station")
    return Wanted(
        state=_one(State, given.get("state")) or State.OPEN,
        stage=_one(Stage, given.get("stage")),
        outcome=_one(Outcome, given.get("outcome")),
        caseworker=given.get("caseworker"),
        station=station if station in stations else None,
        order=_one(Order, given.get("order")) or Order.NEWEST,
    )


def _one(members: type[_E], text: str | None) -> _E | None:
    return members(text) if text in tuple(members) else None


def _tags(
    visit: Visit, address: Address, wanted: Wanted, names: Mapping[str, str], stations: Mapping[str, str]
) -> list[dict[str, str]]:
    on = {
        "stage": wanted.stage.label.within(visit.language) if wanted.stage else "",
        "outcome": wanted.outcome.label.within(visit.language) if wanted.outcome else "",
        "caseworker": names.get(wanted.caseworker, wanted.caseworker) if wanted.caseworker else "",
        "station": stations.get(wanted.station, "") if wanted.station else "",
    }
    remove = Wording("去掉这个筛选", "Remove this filter").within(visit.language)
    return [
        {"words": words, "href": address.with_(**{name: None}), "remove": remove} for name, words in on.items() if words
    ]


ROUTES: Final = [Page("/cases", cases_page, CASE_READING)]
