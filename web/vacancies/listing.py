"""The list of vacancies in a reader's place. What is asked stands in the address, so that going back finds it again."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final
from urllib.parse import urlencode

from sqlalchemy import Connection
from starlette.responses import Response

from cases.constraints import PayUnit
from store.offers import OfferFilter, OfferOrder, OfferState, offer_counts, offer_trades, offers_in, station_names
from web.forms import Form
from web.roles import GUIDES
from web.vacancies import words
from web.vacancies.opened import employer_names
from web.visit import Visit

PAGE_ROWS: Final = 25
_MOST_PAGES: Final = 10_000
_ALL: Final = "all"
# What the address can ask; `state` is apart, since without it the list shows what is live.
_ASKED: Final = ("words", "trade", "station", "older", "hard", "unit", "pay", "order")


def list_page(visit: Visit) -> Response:
    asked, order, page = asked_filter(visit), _order(visit), page_number(visit)
    with visit.reading() as connection:
        counts = offer_counts(connection, visit.scope, asked, visit.today)
        total = sum(counts.values()) if asked.state is None else counts[asked.state]
        rows = offers_in(connection, visit.scope, asked, visit.today, (PAGE_ROWS, PAGE_ROWS * (page - 1)), order)
        context = {
            "rows": rows,
            "employers": employer_names(visit, connection, rows),
            "total": total,
            "page": page,
            "pages": max(-(-total // PAGE_ROWS), 1),
            "href": address(visit, page="{page}"),
            "here": address(visit),
            "buckets": _buckets(visit, asked, counts),
            "tags": _tags(visit, connection),
            "may_enter": bool(visit.roles & GUIDES.roles),
            "words": words,
            **_choices(visit, connection),
        }
    return visit.render("vacancies/list.html", context)


def asked_filter(visit: Visit) -> OfferFilter:
    """What cannot be read filters nothing."""
    state = visit.asked("state") or OfferState.LIVE.value
    unit = visit.asked("unit")
    pay = Form({"pay": (visit.asked("pay"),)}).fen("pay", required=False)
    return OfferFilter(
        state=OfferState(state) if state in tuple(OfferState) else None,
        words=visit.asked("words").strip(),
        trade=visit.asked("trade"),
        station_id=visit.asked("station"),
        fits_older=visit.asked("older") == "yes",
        fits_hard_to_place=visit.asked("hard") == "yes",
        pay_unit=PayUnit(unit) if unit in tuple(PayUnit) else None,
        pay_from_fen=pay,
    )


def page_number(visit: Visit) -> int:
    text = visit.asked("page")
    number = int(text) if text.isascii() and text.isdecimal() and len(text) <= len(str(_MOST_PAGES)) else 1
    return min(max(number, 1), _MOST_PAGES)


def address(visit: Visit, path: str = "/vacancies", **changed: str) -> str:
    """The address of this list with something changed: a place left empty is not asked."""
    asked = {name: visit.asked(name).strip() for name in ("state", *_ASKED)} | changed
    page = asked.pop("page", "")
    query = urlencode({name: value for name, value in asked.items() if value})
    # The pager fills its own place in.
    query += f"{'&' if query else ''}page={page}" if page else ""
    return f"{path}?{query}" if query else path


def _order(visit: Visit) -> OfferOrder:
    asked = visit.asked("order")
    return OfferOrder(asked) if asked in tuple(OfferOrder) else OfferOrder.NEWEST


def _buckets(visit: Visit, asked: OfferFilter, counts: Mapping[OfferState, int]) -> list[dict[str, object]]:
    def bucket(state: str, sign: str, name: str, count: int, *, here: bool) -> dict[str, object]:
        return {"sign": sign, "words": name, "count": count, "href": address(visit, state=state), "here": here}

    of_states = [
        bucket(
            state.value,
            words.BUCKET_SIGNS[state],
            words.STATES[state].within(visit.language),
            counts[state],
            here=asked.state is state,
        )
        for state in OfferState
    ]
    every = bucket(_ALL, "dot", words.EVERY.within(visit.language), sum(counts.values()), here=asked.state is None)
    return [*of_states, every]


def _tags(visit: Visit, connection: Connection) -> list[dict[str, str]]:
    """The filters that are on, each with the address of the list without it."""
    asked = replace(asked_filter(visit), state=None)
    named: dict[str, str] = {}
    if asked.words:
        named["words"] = asked.words
    if asked.trade:
        named["trade"] = asked.trade
    if asked.station_id:
        named["station"] = station_names(connection, visit.scope.market).get(asked.station_id, asked.station_id)
    if asked.fits_older:
        named["older"] = words.FITS_OLDER.within(visit.language)
    if asked.fits_hard_to_place:
        named["hard"] = words.FITS_HARD.within(visit.language)
    if asked.pay_unit:
        least = visit.asked("pay").strip() if asked.pay_from_fen is not None else ""
        named["unit"] = f"{least}{' ≤ ' if least else ''}{words.UNITS[asked.pay_unit].within(visit.language)}"
    without = {"unit": {"unit": "", "pay": ""}}
    return [
        {"words": name, "href": address(visit, **without.get(asked_as, {asked_as: ""}))}
        for asked_as, name in named.items()
    ]


def _choices(visit: Visit, connection: Connection) -> dict[str, object]:
    return {
        "trades": [(trade, trade) for trade in offer_trades(connection, visit.scope)],
        "stations": list(station_names(connection, visit.scope.market).items()),
        "units": words.spoken(words.UNITS, visit.language),
        "orders": words.spoken(words.ORDERS, visit.language),
    }
