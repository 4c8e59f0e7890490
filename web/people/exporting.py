"""Workers written to a spreadsheet: for a purpose, masked, and with an audit event before a byte leaves."""

from enum import StrEnum
from typing import Final

from sqlalchemy import Connection
from starlette.responses import Response

from cases.identity import mask_identity
from cases.names import mask_name
from cases.phones import mask_phone
from cases.wording import Wording
from store.audit import AuditEvent, record_audit
from store.case_reading import station_names
from store.worker_list import ListedWorker, count_workers, listed_workers
from web.forms import UNPROCESSABLE, Form
from web.people.listing import address, asked_filter
from web.people.rows import case_standing
from web.roles import CASE_READING, LEADING
from web.serving import Page
from web.spreadsheets import Value
from web.visit import Visit
from web.workbooks import Leaf, spreadsheet, watermark

EXPORT: Final = "/workers/export"
MOST_MASKED: Final = 5_000
MOST_UNMASKED: Final = 200
MASKED, UNMASKED = "export-workers", "export-workers-unmasked"


class Purpose(StrEnum):
    """What an export is for; the list is closed, so that an auditor can count."""

    CONTACT = "contact"
    MEETING = "meeting"
    RETURN = "return"
    CHECK = "check"


PURPOSES: Final = {
    Purpose.CONTACT: Wording("联系本人（回访、通知）", "To reach the workers (follow-up, notices)"),
    Purpose.MEETING: Wording("安排洽谈或培训", "To arrange talks or training"),
    Purpose.RETURN: Wording("填报报表", "For a return"),
    Purpose.CHECK: Wording("内部核对、督查", "For an internal check or inspection"),
}
HEADERS: Final = (
    Wording("姓名", "Name"),
    Wording("证件号码", "Identity number"),
    Wording("电话", "Phone"),
    Wording("台账驿站", "Ledger of"),
    Wording("登记日期", "Registered on"),
    Wording("最近个案", "Latest case"),
    Wording("个案状态", "State of the case"),
)
TOO_MANY: Final = Wording(
    f"遮盖的一次最多导出 {MOST_MASKED} 人，请先筛选", f"At most {MOST_MASKED} workers at once: filter first"
)
TOO_MANY_UNMASKED: Final = Wording(
    f"不遮盖的一次最多导出 {MOST_UNMASKED} 人，请先筛选",
    f"At most {MOST_UNMASKED} workers unmasked at once: filter first",
)
NOT_YOURS: Final = Wording("不遮盖的只能由主管或负责人导出", "Only a supervisor or manager may export unmasked")


def export_page(visit: Visit) -> Response:
    return _asking(visit, Form({"masked": ("yes",)}))


def export(visit: Visit) -> Response:
    form = Form.sent(visit)
    purpose = form.choice("purpose", Purpose)
    masked = form.one_of("masked", ("yes", "no")) != "no"
    if not masked and not visit.roles & LEADING.roles:
        form.wrong("masked", NOT_YOURS)
    # The unmasked reach no further than the leading role does.
    scope = visit.scope if masked else visit.reach.holding(LEADING.roles)
    most = MOST_MASKED if masked else MOST_UNMASKED
    keyring = visit.office.station.keyring
    with visit.writing() as connection:
        rows: tuple[ListedWorker, ...] = ()
        if not form.errors:
            rows = listed_workers(connection, keyring, scope, asked_filter(visit), rows=most + 1)
        if len(rows) > most:
            form.wrong("masked", TOO_MANY if masked else TOO_MANY_UNMASKED)
        if not form.errors and purpose is not None:
            kind = MASKED if masked else UNMASKED
            event = AuditEvent(kind, visit.me.staff_id, visit.now, reason=f"{purpose}:{len(rows)}")
            record_audit(connection, keyring, event)
            leaf = _leaf(visit, connection, rows, masked=masked)
    if form.errors or purpose is None:
        return _asking(visit, form, UNPROCESSABLE)
    return spreadsheet(f"yizhan-workers-{visit.today.isoformat()}", [leaf, watermark(visit)])


def _leaf(visit: Visit, connection: Connection, rows: tuple[ListedWorker, ...], *, masked: bool) -> Leaf:
    stations = station_names(connection, {row.person.station_id for row in rows})
    lines: list[list[Value]] = []
    for row in rows:
        person, latest = row.person, next(iter(row.cases), None)
        lines.append(
            [
                mask_name(person.name) if masked else person.name,
                mask_identity(person.identity) if masked else person.identity,
                mask_phone(person.phone) if masked else person.phone,
                stations.get(person.station_id, person.station_id),
                person.registered_on,
                latest.id.removeprefix("case-") if latest else None,
                case_standing(latest).within(visit.language) if latest else None,
            ]
        )
    titles = [header.within(visit.language) for header in HEADERS]
    return Leaf(Wording("零工", "Workers").within(visit.language), titles, lines, (14, 24, 16, 24, 14, 32, 20))


def _asking(visit: Visit, form: Form, status: int = 200) -> Response:
    with visit.reading() as connection:
        count = count_workers(connection, visit.scope, asked_filter(visit))
    context = {
        "form": form,
        "count": count,
        "action": address(visit, EXPORT),
        "back": address(visit),
        "purposes": [(purpose.value, words.within(visit.language)) for purpose, words in PURPOSES.items()],
        "may_unmask": bool(visit.roles & LEADING.roles),
        "most": MOST_UNMASKED,
    }
    return visit.render("people/export.html", context, status=status)


ROUTES: Final = [
    Page(EXPORT, export_page, CASE_READING),
    Page(EXPORT, export, CASE_READING, methods=("POST",)),
]
