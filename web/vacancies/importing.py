"""Reading vacancies in from a spreadsheet: first looked through row by row, then all of them entered, or none."""

import base64
import hashlib
from dataclasses import dataclass
from functools import cache
from typing import Final

from sqlalchemy import Connection
from starlette.responses import Response

from cases.refusals import refusal
from cases.wording import Wording
from store.audit import AuditEvent, record_audit
from store.drafts import NewDraft, keep_draft
from store.employer_register import employer_by_code, in_scope
from store.imports import ImportRun, earlier_import, record_import
from store.offers import OfferFilter, offers_in, workplaces
from store.search import normal_name
from store.vacancies import post_vacancy
from web.forms import KEY, UNPROCESSABLE, Form
from web.keyed import keyed_id
from web.spreadsheets import CellError, read_sheet, uploaded
from web.unpacking import WorkbookRefused
from web.vacancies import words
from web.vacancies.opened import own_stations
from web.vacancies.page import note
from web.vacancies.sheet import COLUMNS, MOST_ROWS, Found, Report, read_offers
from web.visit import Visit

KIND: Final = "vacancies"
NO_FILE: Final = Wording("请选择填好的表格（.xlsx）", "Choose the spreadsheet (.xlsx) that you filled in")
GONE: Final = refusal(
    "file-gone",
    "没有找到上一步检查过的文件，请重新上传。",
    "The file that was checked is no longer here: send it again.",
)
READ_BEFORE: Final = refusal(
    "read-before", "这个文件已经导入过，没有再导入。", "This file was read in before, and was not read in again."
)
WRONG_ROWS: Final = Wording("表格里有 {} 处要改，一行也没有导入", "{} cells are wrong: no row was imported")


@dataclass(frozen=True)
class _Sent:
    """A file that was checked and waits for its reader to say yes."""

    data: bytes
    station_id: str

    @property
    def sha256(self) -> bytes:
        return hashlib.sha256(self.data).digest()


def import_page(visit: Visit) -> Response:
    waiting = _waiting(visit)
    if waiting is None:
        return _form(visit, Form())
    form, sent = waiting
    return _checked(visit, form, sent)


def read_in(visit: Visit) -> Response:
    form = Form.sent(visit)
    match visit.field("act"):
        case "import":
            return _import(visit, form)
        case "drop":
            visit.forget()
            return visit.go("/vacancies/import")
        case _:
            return _check(visit, form)


def _check(visit: Visit, form: Form) -> Response:
    """The first step: nothing is entered, and the file is kept for the second."""
    data = uploaded(visit, "file")
    with visit.reading() as connection:
        station_id = form.one_of("station", own_stations(visit, connection))
    if not data:
        form.wrong("file", NO_FILE)
    if form.errors or not data or station_id is None:
        return _form(visit, form, status=UNPROCESSABLE)
    return _checked(visit, form, _Sent(data, station_id), keep=True)


def _checked(visit: Visit, form: Form, sent: _Sent, *, keep: bool = False) -> Response:
    try:
        with visit.reading() as connection:
            report = _report(visit, connection, form, sent)
            read_before = earlier_import(connection, KIND, [sent.station_id], "", sent.sha256)
    except WorkbookRefused as refused:
        form.wrong("file", refused.refusals[0].wording)
        return _form(visit, form, status=UNPROCESSABLE)
    if read_before:
        form.wrong("file", READ_BEFORE.wording)
    if report.errors:
        count = len(report.errors)
        form.wrong("file", Wording(WRONG_ROWS.zh.format(count), WRONG_ROWS.en.format(count)))
    if form.errors:
        return _form(visit, form, tuple(report.errors), status=UNPROCESSABLE)
    if keep:
        _keep(visit, form, sent)
    context = {"form": form, "report": report, "words": words, "station": sent.station_id}
    return visit.render("vacancies/import_check.html", context)


def _import(visit: Visit, form: Form) -> Response:
    """The second step: every row once more as things are now, and all of them or none."""
    run_id = keyed_id(visit, form.key)
    waiting = _waiting(visit)
    with visit.writing() as connection:
        done = earlier_import(connection, KIND, [], run_id, b"") is not None
        report = Report()
        if waiting and not done:
            report = _enter(visit, connection, (waiting[0], form), waiting[1], run_id)
    if done:
        return _entered(visit)
    if waiting is None or waiting[0].key != form.key:
        form.refuse((GONE,))
        return _form(visit, form, status=UNPROCESSABLE)
    if report.errors or form.errors:
        return _checked(visit, form, waiting[1])
    return _entered(visit)


def _enter(visit: Visit, connection: Connection, forms: tuple[Form, Form], sent: _Sent, run_id: str) -> Report:
    kept, form = forms
    if kept.key != form.key:
        return Report()
    if earlier_import(connection, KIND, [sent.station_id], run_id, sent.sha256):
        form.refuse((READ_BEFORE,))
        return Report()
    report = _report(visit, connection, form, sent)
    if report.errors:
        return report
    for each in report.offers:
        post_vacancy(connection, each.offer, visit.me.staff_id, visit.now)
        note(visit, connection, "post-vacancy", each.offer.id, each.offer.station_id)
    ids = [each.offer.id for each in report.offers]
    run = ImportRun(run_id, KIND, sent.station_id, sent.sha256, len(ids), [*ids], visit.me.staff_id, visit.now)
    record_import(connection, run)
    event = AuditEvent(
        "import-vacancies", visit.me.staff_id, visit.now, station_id=sent.station_id, reason=str(len(ids))
    )
    record_audit(connection, visit.office.station.keyring, event)
    return report


def _report(visit: Visit, connection: Connection, form: Form, sent: _Sent) -> Report:
    """Raises WorkbookRefused where the file as a whole cannot be read."""
    sheet = read_sheet(sent.data, COLUMNS, max_rows=MOST_ROWS)

    @cache
    def employer(code: str) -> str | None:
        found = employer_by_code(connection, code)
        return found if found and in_scope(connection, visit.scope, found) else None

    @cache
    def live_titles(employer_id: str) -> frozenset[str]:
        asked = OfferFilter(live=True, employer_id=employer_id)
        live = offers_in(connection, visit.scope, asked, visit.today, (MOST_ROWS, 0))
        return frozenset(normal_name(each.vacancy.title) for each in live)

    found = Found(employer, live_titles, workplaces(connection, visit.scope))
    return read_offers(sheet, found, sent.station_id, visit.today, lambda row: keyed_id(visit, form.key, str(row)))


def _entered(visit: Visit) -> Response:
    visit.forget()
    return visit.go("/vacancies?state=unchecked", said="vacancies-imported")


def _keep(visit: Visit, form: Form, sent: _Sent) -> None:
    fields = {KEY: (form.key,), "station": (sent.station_id,), "file": (base64.b64encode(sent.data).decode(),)}
    with visit.writing() as connection:
        keep_draft(connection, visit.office.station.keyring, NewDraft(visit.me.staff_id, visit.path, fields), visit.now)


def _waiting(visit: Visit) -> tuple[Form, _Sent] | None:
    kept = visit.kept()
    file = next(iter(kept.fields.get("file", ())), "") if kept else ""
    if kept is None or not file:
        return None
    form = Form.shown(visit)
    with visit.reading() as connection:
        station_id = form.value("station")
        if station_id not in own_stations(visit, connection):
            return None
    try:
        return form, _Sent(base64.b64decode(file, validate=True), station_id)
    except ValueError:
        return None  # a draft that was kept here by another way


def _form(visit: Visit, form: Form, wrong: tuple[CellError, ...] = (), *, status: int = 200) -> Response:
    with visit.reading() as connection:
        stations = list(own_stations(visit, connection).items())
    columns = {column.name: column.title for column in COLUMNS}
    context = {"form": form, "wrong": wrong, "stations": stations, "columns": columns}
    return visit.render("vacancies/import.html", context, status=status)
