"""Workers read in from a spreadsheet: first looked through row by row, then all of them entered, or none.

What was looked through is kept sealed for its reader until they confirm it. The same file is read in once.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import Connection
from starlette.responses import Response

from activities.intake import Intake
from cases.canonical import Json
from cases.refusals import Refused
from cases.wording import Wording
from rules.policies import NoPolicyInForce
from store.audit import AuditEvent, record_audit
from store.drafts import NewDraft, drop_draft, keep_draft
from store.imports import ImportRun, earlier_import, record_import
from store.offers import station_names
from web.forms import UNPROCESSABLE, Form
from web.keyed import keyed_id
from web.people.sheet import COLUMNS, MOST_WORKERS, TITLES, Entry, kept_entry, known_already, read_entries
from web.roles import COUNTER
from web.serving import Page
from web.spreadsheets import CellError, read_sheet, uploaded
from web.unpacking import WorkbookRefused
from web.visit import Visit
from web.workbooks import Leaf, spreadsheet

IMPORT: Final = "/workers/import"
KIND: Final = "workers"
MOST_SHOWN: Final = 200
# What was looked through is kept under a name that is no address: only this module writes it.
LOOKED_THROUGH: Final = "import of workers, looked through"
NO_FILE: Final = Wording("请选择要上传的表格", "Choose the spreadsheet to send")
BEFORE: Final = Wording(
    "这份表格已经导入过，没有再导入一次", "This spreadsheet was imported before, and was not imported again"
)


@dataclass(frozen=True)
class Looked:
    """A spreadsheet that was looked through: everything in it can be entered, or what stands in the way."""

    key: str
    station: str
    sha256: bytes
    entries: tuple[Entry, ...] = field(repr=False)
    errors: tuple[CellError, ...] = ()


class _NotAll(Exception):
    """A row could not be entered, so none is."""

    def __init__(self, errors: Sequence[CellError]) -> None:
        self.errors = tuple(errors)
        super().__init__(f"{len(errors)} rows cannot be entered.")


def import_page(visit: Visit) -> Response:
    return _page(visit, Form(), _kept(visit))


def imported(visit: Visit) -> Response:
    return _enter(visit) if visit.field("step") == "import" else _look_through(visit)


def template(_: Visit) -> Response:
    """An empty spreadsheet with the headers, and a sheet that explains them."""
    titles = [f"{column.title.zh}{' *' if column.needed else ''}" for column in COLUMNS]
    notes = [[f"{column.title.zh} / {column.title.en}", _note(column.name)] for column in COLUMNS]
    about = Leaf("说明 Notes", ["列 / Column", "怎样填 / How"], notes, (34, 90))
    return spreadsheet("yizhan-workers-template", [Leaf("零工 Workers", titles, [], (12, 24, 16, 36)), about])


def _look_through(visit: Visit) -> Response:
    form, data = Form.sent(visit), uploaded(visit, "file")
    with visit.reading() as connection:
        station = form.one_of("station", station_names(connection, visit.scope))
    if data is None:
        form.wrong("file", NO_FILE)
    if data is None or station is None:
        return _page(visit, form, None, UNPROCESSABLE)
    try:
        sheet = read_sheet(data, COLUMNS, max_rows=MOST_WORKERS)
    except WorkbookRefused as refused:
        form.wrong("file", refused.refusals[0].wording)
        return _page(visit, form, None, UNPROCESSABLE)
    entries, errors = read_entries(sheet.rows, visit.today)
    looked = Looked(keyed_id(visit, form.key), station, hashlib.sha256(data).digest(), entries, errors)
    with visit.reading() as connection:
        if _earlier(connection, looked):
            form.wrong("file", BEFORE)
            return _page(visit, form, None, UNPROCESSABLE)
        known = known_already(connection, visit.office.station.keyring, entries, visit.today)
    if errors or known:
        found = sorted((*errors, *known), key=lambda error: error.row)
        return _page(visit, form, Looked(looked.key, station, looked.sha256, entries, tuple(found)), UNPROCESSABLE)
    _keep(visit, looked)
    return _page(visit, form, looked)


def _enter(visit: Visit) -> Response:
    looked = _kept(visit)
    if looked is None:
        # Sent twice, or out of another window: what there was to enter is entered.
        return visit.go("/workers")
    try:
        with visit.writing() as connection:
            if _earlier(connection, looked) is None:
                _enter_all(visit, connection, looked)
            drop_draft(connection, visit.me.owner, LOOKED_THROUGH)
    except _NotAll as none:
        visit.forget(LOOKED_THROUGH)
        return _page(visit, Form(), Looked(looked.key, looked.station, looked.sha256, (), none.errors), UNPROCESSABLE)
    return visit.go("/workers", said="workers-imported")


def _enter_all(visit: Visit, connection: Connection, looked: Looked) -> None:
    """Enter every row, and the run itself. Raises _NotAll; then the caller's transaction keeps nothing."""
    station, me = visit.office.station, visit.me.staff_id
    intake = Intake(station.engine, station.keyring, station.policies)
    errors = known_already(connection, station.keyring, looked.entries, visit.today)
    if errors:
        raise _NotAll(errors)
    report: list[Json] = []
    for entry in looked.entries:
        registration = entry.registration(looked.key, looked.station, visit.today)
        worker_id = keyed_id(visit, looked.key, str(entry.number))
        try:
            intake.enter_within(connection, registration, worker_id, me, visit.now)
        except Refused as refused:
            raise _NotAll([CellError(entry.number, "", reason.wording) for reason in refused.refusals]) from None
        except NoPolicyInForce as none:
            raise _NotAll([CellError(entry.number, "", none.wording)]) from None
        report.append({"row": entry.number, "worker": worker_id})
    number = len(looked.entries)
    run = ImportRun(looked.key, KIND, looked.station, looked.sha256, number, report, me, visit.now)
    record_import(connection, run)
    event = AuditEvent("import-workers", me, visit.now, station_id=looked.station, reason=str(number))
    record_audit(connection, station.keyring, event)


def _earlier(connection: Connection, looked: Looked) -> ImportRun | None:
    return earlier_import(connection, KIND, [looked.station], looked.key, looked.sha256)


def _keep(visit: Visit, looked: Looked) -> None:
    fields = {
        "key": (looked.key,),
        "station": (looked.station,),
        "sha256": (looked.sha256.hex(),),
        "rows": tuple(entry.kept() for entry in looked.entries),
    }
    with visit.writing() as connection:
        keep_draft(
            connection, visit.office.station.keyring, NewDraft(visit.me.owner, LOOKED_THROUGH, fields), visit.now
        )


def _kept(visit: Visit) -> Looked | None:
    """What this reader looked through and has not confirmed yet; of a station that is still theirs."""
    kept = visit.kept(LOOKED_THROUGH)
    if kept is None or not kept.fields.get("rows"):
        return None
    with visit.reading() as connection:
        if kept.fields["station"][0] not in station_names(connection, visit.scope):
            return None
    return Looked(
        key=kept.fields["key"][0],
        station=kept.fields["station"][0],
        sha256=bytes.fromhex(kept.fields["sha256"][0]),
        entries=tuple(kept_entry(text) for text in kept.fields["rows"]),
    )


def _page(visit: Visit, form: Form, looked: Looked | None, status: int = 200) -> Response:
    with visit.reading() as connection:
        stations = list(station_names(connection, visit.scope).items())
    errors = looked.errors if looked else ()
    context = {
        "form": form,
        "stations": stations,
        "ready": looked if looked and not errors else None,
        "station_name": dict(stations).get(looked.station, "") if looked else "",
        "errors": [{"row": e.row, "column": TITLES.get(e.column), "wording": e.wording} for e in errors[:MOST_SHOWN]],
        "wrong_rows": len({error.row for error in errors}),
        "wrong_cells": len(errors),
        "most": MOST_WORKERS,
    }
    return visit.render("people/import.html", context, status=status)


def _note(column: str) -> str:
    return {
        "name": "与证件一致 / as on the document",
        "identity": "18 位；本列是文本，不会变成 4.2E+17 / 18 places; the column is text: no digit is lost",
        "phone": "11 位手机，或带区号的固定电话 / a mobile number, or a landline with its area code",
        "address": "可不填 / optional",
        "trade": "可不填，如 保洁、搬运 / optional, such as 保洁, 搬运",
        "level": "填了工种就要填，如 初学、熟练、持证 / needed with a trade",
        "wish": "可不填 / optional",
        "waiting_since": "可不填，如 2026-03-02 / optional, such as 2026-03-02",
    }[column]


ROUTES: Final = [
    Page(IMPORT, import_page, COUNTER),
    Page(IMPORT, imported, COUNTER, methods=("POST",)),
    Page(f"{IMPORT}/template", template, COUNTER),
]
