"""The queue as a spreadsheet: the list as it is narrowed, names masked, written down as a look at many people."""

from typing import Final

from starlette.responses import Response

from cases.days import day_of
from cases.hardship.buckets import due_day
from cases.hardship.queue_words import plan_words, what_next
from cases.names import mask_name
from cases.roles import Role
from store.audit import AuditEvent, record_audit
from store.case_reading import station_names
from store.queue import Entry
from web.queue.lines import Lines, lines_of
from web.queue.pages import TURNS, desk_of
from web.roles import CASE_WORK
from web.serving import Page
from web.spreadsheets import Value
from web.visit import Visit
from web.workbooks import Leaf, spreadsheet, watermark

MOST: Final = 5_000
HEADERS: Final = (
    "个案 / Case",
    "零工 / Worker",
    "电话尾号 / Phone",
    "驿站 / Station",
    "阶段 / Stage",
    "轮到 / Role",
    "状态 / Turn",
    "到期 / Due",
    "下一步 / Next action",
    "等待 / Waiting for",
    "方案 / Plan",
    "经办 / Held by",
    "最近 / Last event",
    "立案 / Opened",
)
WIDTHS: Final = (32, 12, 10, 24, 16, 12, 12, 14, 40, 24, 20, 14, 14, 14)


def export(visit: Visit) -> Response:
    with visit.reading() as connection:
        desk = desk_of(visit, connection, visit.request.query_params)
        entries = desk.reading.rows(desk.asked, 0, MOST)
        lines = lines_of(visit, connection, desk.reading.horizon, desk.address, entries)
        stations = station_names(connection, {entry.station_id for entry in entries})
    rows = [_row(visit, lines, entry, stations.get(entry.station_id, entry.station_id)) for entry in entries]
    event = AuditEvent(
        "export", visit.me.staff_id, visit.now, about_kind="queue", about_id=f"{desk.asked.view}/{len(rows)}"
    )
    with visit.writing() as connection:
        record_audit(connection, visit.office.station.keyring, event)
    return spreadsheet("queue", [Leaf("待办 Queue", HEADERS, rows, WIDTHS), watermark(visit)])


def _row(visit: Visit, lines: Lines, entry: Entry, station: str) -> list[Value]:
    language = visit.language
    person = lines.people.get(entry.worker_id)
    return [
        entry.case_id,
        mask_name(person.name) if person else "",
        person.phone_tail if person else "",
        station,
        entry.stage.label.within(language),
        Role(entry.role).label.within(language),
        TURNS[entry.turn].within(language),
        due_day(entry.due_at) if entry.due_at else None,
        what_next(entry.act, entry.about, entry.waiting_for, entry.progress).within(language),
        entry.waiting_for.within(language) if entry.waiting_for else "",
        plan_words(entry.progress).within(language),
        lines.staff.get(entry.held_by or "", entry.held_by or ""),
        day_of(entry.last_at),
        day_of(entry.opened_at),
    ]


ROUTES: Final = [Page("/queue/export.xlsx", export, CASE_WORK)]
