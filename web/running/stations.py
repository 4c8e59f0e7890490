"""The stations in reach: what each is and offers; a correction keeps what stood before."""

from dataclasses import fields
from typing import Final

from sqlalchemy import Connection
from starlette.responses import Response

from cases.canonical import Json
from store import organisation
from store.changes import Changed, ChangedMeanwhile, Correction, changes, record_correction, require_revision, revision
from store.organisation import Station
from store.scope import NotInScope
from store.staff_list import staff_of
from web.forms import UNPROCESSABLE, Form
from web.roles import RUNNING, STATION_READING
from web.serving import Page
from web.visit import Visit

EDITABLE: Final = ("name", "kind", "hours", "trades", "address", "contact")


def stations_page(visit: Visit) -> Response:
    """All in reach, or those whose name, address or id holds some words."""
    sought = visit.asked("q").strip()
    with visit.reading() as connection:
        found = organisation.stations_of(connection, visit.scope.stations)
    if sought:
        found = tuple(each for each in found if any(sought in text for text in (each.name, each.address, each.id)))
    return visit.render("running/stations.html", {"stations": found, "sought": sought})


def station_page(visit: Visit) -> Response:
    with visit.reading() as connection:
        station = _station(visit, connection)
        line = organisation.line(connection, station.node_id)
        nodes = [organisation.node(connection, each) for each in line]
        people = [row for row in staff_of(connection, visit.reach) if any(h.node_id in line for h in row.held)]
        past = changes(connection, visit.office.station.keyring, Changed.STATION, station.id)
    context = {"station": station, "nodes": nodes, "line": line, "people": people, "past": past}
    return visit.render("running/station.html", context)


def edit_page(visit: Visit) -> Response:
    with visit.reading() as connection:
        station = _station(visit, connection)
        seen = revision(connection, Changed.STATION, station.id)
    return _form(visit, station, Form.shown(visit, _values(station), revision=seen))


def edit(visit: Visit) -> Response:
    form = Form.sent(visit)
    wanted: dict[str, Json] = {name: form.text(name, required=True) for name in EDITABLE if name != "trades"}
    wanted["trades"] = list(trades_of(form))
    keyring = visit.office.station.keyring
    with visit.writing() as connection:
        organisation.lock_station(connection, visit.part("station_id"))
        station = _station(visit, connection)
        if form.errors:
            return _form(visit, station, form, status=UNPROCESSABLE)
        try:
            require_revision(connection, keyring, Changed.STATION, station.id, form.revision or 0)
        except ChangedMeanwhile as meanwhile:
            form.refuse(meanwhile.refusals)
            form.revision = meanwhile.revision
            return _form(visit, station, form, status=UNPROCESSABLE)
        pairs: dict[str, tuple[Json, Json]] = {name: (_plain(station, name), wanted[name]) for name in EDITABLE}
        if changed := {name: after for name, (before, after) in pairs.items() if before != after}:
            organisation.change_station(connection, station.id, changed)
        record_correction(
            connection,
            keyring,
            Correction(Changed.STATION, station.id, pairs, visit.me.staff_id, visit.now, station_id=station.id),
        )
    visit.forget()
    return visit.go(f"/stations/{station.id}", said="saved")


def trades_of(form: Form) -> tuple[str, ...]:
    """The trades of one field, whichever comma stands between them."""
    typed = form.text("trades", required=True).replace("，", "、").replace(",", "、").split("、")
    return tuple(word.strip() for word in typed if word.strip())


def _station(visit: Visit, connection: Connection) -> Station:
    station = organisation.station(connection, visit.part("station_id"))
    if station is None or station.id not in set(connection.execute(visit.scope.stations).scalars()):
        raise NotInScope
    return station


def _plain(station: Station, name: str) -> Json:
    value = getattr(station, name)
    return list(value) if isinstance(value, tuple) else value


def _values(station: Station) -> dict[str, str]:
    own = {field.name: str(getattr(station, field.name)) for field in fields(station) if field.name in EDITABLE}
    return own | {"trades": "、".join(station.trades)}


def _form(visit: Visit, station: Station, form: Form, *, status: int = 200) -> Response:
    return visit.render("running/station_edit.html", {"station": station, "form": form}, status=status)


ROUTES: Final = [
    Page("/stations", stations_page, STATION_READING),
    Page("/stations/{station_id}", station_page, STATION_READING),
    Page("/stations/{station_id}/edit", edit_page, RUNNING),
    Page("/stations/{station_id}/edit", edit, RUNNING, methods=("POST",)),
]
