"""A new place of the organisation tree, and a new station in it; a like one is looked for first."""

import re
from typing import Final

from sqlalchemy import Connection
from starlette.responses import Response

from cases.wording import Wording
from store import organisation
from store.audit import AuditEvent, record_audit
from store.organisation import Level, NewNode, Node, Station, TreeBroken
from store.staff_list import nodes
from web.forms import UNPROCESSABLE, Form, day_values
from web.roles import RUNNING
from web.running.stations import trades_of
from web.serving import Page
from web.visit import Visit

_ID: Final = re.compile(r"[a-z][a-z0-9-]{1,40}")
_REGION: Final = re.compile(r"[0-9]{6,12}")
_BAD_ID: Final = Wording(
    "以小写字母开头，只用小写字母、数字和连字符，例如 cn-50-88 或 station-12",
    "small letters, figures and hyphens, beginning with a letter, such as cn-50-88 or station-12",
)
_BAD_REGION: Final = Wording("行政区划代码是 6 至 12 位数字", "A region code has 6 to 12 figures")
_TAKEN: Final = Wording("这个编号已有人使用", "This id is taken")
_SAME_NAME: Final = Wording("该处已有同名的", "There is one of this name here already")
_DOES_NOT_FIT: Final = Wording("这个层级不能放在所选的上级之下", "This level does not fit below the one chosen")
_HAS_LAW: Final = Wording("已有别的地方适用这套政策", "Another place has these policies already")
STATION: Final = "station"


def new_station_page(visit: Visit) -> Response:
    return _station_form(visit, Form.shown(visit, day_values("opened_on", visit.today)))


def new_station(visit: Visit) -> Response:
    form = Form.sent(visit)
    station_id, name = _id(form), form.text("name", required=True)
    kind, hours = form.text("kind", required=True), form.text("hours", required=True)
    address, contact = form.text("address", required=True), form.text("contact", required=True)
    trades, opened_on = trades_of(form), form.day("opened_on")
    with visit.writing() as connection:
        parent = form.one_of("parent", [node for node, _ in nodes(connection, visit.scope)])
        if organisation.station(connection, station_id) or organisation.node(connection, f"node-{station_id}"):
            form.wrong("id", _TAKEN)
        if parent:
            _no_twin(connection, form, parent, name)
        if form.errors or parent is None or opened_on is None:
            return _station_form(visit, form, status=UNPROCESSABLE)
        try:
            node = organisation.add_node(connection, NewNode(f"node-{station_id}", parent, STATION, name))
        except TreeBroken:
            form.wrong("parent", _DOES_NOT_FIT)
            return _station_form(visit, form, status=UNPROCESSABLE)
        new = Station(station_id, node.id, name, kind, hours, trades, address, contact, opened_on)
        organisation.add_station(connection, new, visit.now)
        _note(visit, connection, "add-station", station_id)
    visit.forget()
    return visit.go(f"/stations/{station_id}", said="saved")


def new_place_page(visit: Visit) -> Response:
    return _place_form(visit, Form.shown(visit))


def new_place(visit: Visit) -> Response:
    """A node above stations: a province, a city, a county, as deep as the place needs it."""
    form = Form.sent(visit)
    node_id, name, region = _id(form), form.text("name", required=True), form.text("region_code")
    if region and not _REGION.fullmatch(region):
        form.wrong("region_code", _BAD_REGION)
    with visit.writing() as connection:
        parent = form.one_of("parent", [node for node, _ in nodes(connection, visit.scope)])
        level = form.one_of("level", [level.code for level in _levels(connection)])
        law = form.one_of("jurisdiction", _laws(visit), required=False)
        if organisation.node(connection, node_id):
            form.wrong("id", _TAKEN)
        if parent:
            _no_twin(connection, form, parent, name)
        if law and organisation.node_of_jurisdiction(connection, law):
            form.wrong("jurisdiction", _HAS_LAW)
        if form.errors or parent is None or level is None:
            return _place_form(visit, form, status=UNPROCESSABLE)
        try:
            organisation.add_node(connection, NewNode(node_id, parent, level, name, region or None, law))
        except TreeBroken:
            form.wrong("level", _DOES_NOT_FIT)
            return _place_form(visit, form, status=UNPROCESSABLE)
        _note(visit, connection, "add-place", node_id)
    visit.forget()
    return visit.go("/stations", said="saved")


def _id(form: Form) -> str:
    given = form.text("id", required=True)
    if given and not _ID.fullmatch(given):
        form.wrong("id", _BAD_ID)
    return given


def _no_twin(connection: Connection, form: Form, parent: str, name: str) -> None:
    if any(node.name == name for node in _below(connection, parent)):
        form.wrong("name", _SAME_NAME)


def _below(connection: Connection, parent: str) -> list[Node]:
    return [node for node in organisation.subtree(connection, parent) if node.parent_id == parent]


def _levels(connection: Connection) -> list[Level]:
    """Those of places: a station has its own form."""
    return [level for level in organisation.levels(connection) if level.rank > 0 and level.code != STATION]


def _laws(visit: Visit) -> list[str]:
    """The jurisdictions that have policies of their own."""
    return sorted({file.jurisdiction for files in visit.office.station.policies.book.files.values() for file in files})


def _note(visit: Visit, connection: Connection, kind: str, subject: str) -> None:
    event = AuditEvent(kind, visit.me.staff_id, visit.now, "station", subject)
    record_audit(connection, visit.office.station.keyring, event)


def _station_form(visit: Visit, form: Form, *, status: int = 200) -> Response:
    with visit.reading() as connection:
        where = nodes(connection, visit.scope)
    return visit.render("running/new_station.html", {"form": form, "nodes": where}, status=status)


def _place_form(visit: Visit, form: Form, *, status: int = 200) -> Response:
    with visit.reading() as connection:
        where, levels = nodes(connection, visit.scope), _levels(connection)
    context = {"form": form, "nodes": where, "levels": levels, "laws": _laws(visit)}
    return visit.render("running/new_place.html", context, status=status)


ROUTES: Final = [
    Page("/stations/new", new_station_page, RUNNING),
    Page("/stations/new", new_station, RUNNING, methods=("POST",)),
    Page("/stations/places/new", new_place_page, RUNNING),
    Page("/stations/places/new", new_place, RUNNING, methods=("POST",)),
]
