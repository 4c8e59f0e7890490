"""The list of subsidies, which is their queue: what waits for the reader, what is open, all of them."""

from typing import Final
from urllib.parse import quote

from sqlalchemy import Connection
from starlette.responses import Response

from cases.names import mask_name
from cases.subsidy.stages import Applicant, Stage
from store.audit import AuditEvent, record_audit
from store.case_reading import station_names
from store.subsidy_list import Wanted, count_subsidies, listed_subsidies, policies_listed, sums_of
from web.case.due import Chip
from web.case.speech import Speech, due_day, speech_of
from web.queue.asked import page_of
from web.roles import CASE_READING, COUNTER
from web.serving import Page
from web.shown import money
from web.spreadsheets import Value
from web.subsidies.asked import FILTERS, ORDERS, VIEWS, WAITS, Asked, View, asked_of, views
from web.subsidies.lines import Line, lines_of
from web.subsidies.titles import subsidy_title
from web.visit import Visit
from web.workbooks import Leaf, spreadsheet, watermark

PAGE_ROWS: Final = 25
MOST: Final = 5_000
HEADERS: Final = (
    "补贴个案 / Case",
    "补贴 / Subsidy",
    "申请人 / Applicant",
    "申请人种类 / Kind",
    "驿站 / Station",
    "阶段 / Stage",
    "结果 / Outcome",
    "轮到 / Waits for",
    "到期 / Due",
    "期间数 / Periods",
    "准予（元） / Granted (yuan)",
    "经办 / Caseworker",
    "申请 / Applied",
    "招用人员 / Person hired",
)
WIDTHS: Final = (32, 28, 16, 12, 24, 14, 14, 12, 14, 10, 16, 14, 14, 16)


def subsidies_page(visit: Visit) -> Response:
    with visit.reading() as connection:
        context = _context(visit, connection)
    return visit.render("subsidies/list.html", context)


def export(visit: Visit) -> Response:
    """The list as it is narrowed, names masked; written down as a look at many people."""
    with visit.reading() as connection:
        asked, _, _ = _asked(visit, connection)
        listed = listed_subsidies(connection, asked.wanted, visit.scope, at_most=MOST)
        rows = [_row(visit, line) for line in lines_of(visit, connection, listed)]
    event = AuditEvent(
        "export", visit.me.staff_id, visit.now, about_kind="subsidies", about_id=f"{asked.view}/{len(rows)}"
    )
    with visit.writing() as connection:
        record_audit(connection, visit.office.station.keyring, event)
    return spreadsheet("subsidies", [Leaf("补贴 Subsidies", HEADERS, rows, WIDTHS), watermark(visit)])


def _asked(visit: Visit, connection: Connection) -> tuple[Asked, dict[str, str], tuple[str, ...]]:
    stations = dict(station_names(connection, connection.scalars(visit.scope.stations).all()))
    policies = policies_listed(connection, visit.scope)
    return asked_of(visit, stations, policies), stations, policies


def _context(visit: Visit, connection: Connection) -> dict[str, object]:
    asked, stations, policies = _asked(visit, connection)
    address, speech, book = asked.address, speech_of(visit), visit.office.station.policies.book
    total = count_subsidies(connection, asked.wanted, visit.scope)
    page, pages = page_of(address.given, total)
    listed = listed_subsidies(connection, asked.wanted, visit.scope, (page - 1) * PAGE_ROWS)
    sums = sums_of(connection, asked.wanted, visit.scope)
    here = address.with_(page=address.given.get("page"))
    titles = {policy: speech.w(subsidy_title(book, policy)) for policy in policies}
    return {
        "rows": [_shown(line, speech, here) for line in lines_of(visit, connection, listed)],
        "total": total,
        "granted": money(sums.granted_fen),
        "paid": money(sums.paid_fen),
        "page": page,
        "pages": pages,
        "href": address.with_(page="{page}").replace("%7Bpage%7D", "{page}"),
        "export_href": address.with_().replace("/subsidies", "/subsidies/export.xlsx", 1),
        "views": [_view(visit, connection, asked, view) for view in views(visit.scope.roles)],
        "given": address.given,
        "view": asked.view.value,
        "narrowed": any(name in address.given for name in FILTERS),
        "stages": [(stage.value, speech.w(stage.label)) for stage in Stage],
        "policies": sorted(titles.items(), key=lambda each: each[1]),
        "stations": sorted(stations.items()) if len(stations) > 1 else [],
        "applicants": [(each.value, speech.w(each.label)) for each in Applicant],
        "orders": [(order, speech.w(words)) for order, words in ORDERS.items()],
        "tags": _tags(asked, speech, titles, stations),
        "may_apply": bool(visit.roles & COUNTER.roles),
    }


def _view(visit: Visit, connection: Connection, asked: Asked, view: View) -> dict[str, object]:
    """Of what waits for the reader, how much."""
    words = VIEWS[view].within(visit.language)
    if view in WAITS:
        waits = WAITS[view][1]
        words = f"{words} {count_subsidies(connection, Wanted(waits=waits), visit.scope)}"
    return {"words": words, "href": asked.address.with_(view=view.value), "here": asked.view == view}


def _shown(line: Line, speech: Speech, here: str) -> dict[str, object]:
    each = line.listed
    chip = _due(line, speech)
    return {
        "line": line,
        "id": each.id,
        "href": f"/subsidies/{each.id}?back={quote(f'{here}#{each.id}', safe='')}",
        "stage": speech.w(each.stage.label),
        "outcome": speech.w(each.outcome.label) if each.outcome else "",
        "look": chip.state if chip else "",
        "due": chip.words if chip else "",
        "waits": speech.w(each.waits.label),
        "applied": speech.day(each.applied_on),
    }


def _due(line: Line, speech: Speech) -> Chip | None:
    due_at = line.listed.due_at
    if due_at is None or line.listed.outcome:
        return None
    day = due_day(due_at)
    words = speech.day(day)
    if day < speech.today:
        return Chip("overdue", speech(f"{words}已到期", f"was due {words}"))
    if day == speech.today:
        return Chip("today", speech("今天到期", "due today"))
    return Chip("later", speech(f"{words}到期", f"due {words}"))


def _tags(asked: Asked, speech: Speech, titles: dict[str, str], stations: dict[str, str]) -> list[dict[str, str]]:
    wanted = asked.wanted
    on = {
        "stage": speech.w(wanted.stage.label) if wanted.stage else "",
        "policy": titles.get(wanted.policy or "", ""),
        "station": stations.get(wanted.station or "", ""),
        "applicant": speech.w(wanted.applicant.label) if wanted.applicant else "",
        "number": wanted.number,
    }
    remove = speech("去掉这个筛选", "Remove this filter")
    return [
        {"words": words, "href": asked.address.with_(**{name: None}), "remove": remove}
        for name, words in on.items()
        if words
    ]


def _row(visit: Visit, line: Line) -> list[Value]:
    language, each = visit.language, line.listed
    name = mask_name(line.name) if each.applicant is Applicant.WORKER and line.name else line.name
    return [
        each.id,
        line.title,
        name,
        each.applicant.label.within(language),
        line.station,
        each.stage.label.within(language),
        each.outcome.label.within(language) if each.outcome else "",
        each.waits.label.within(language),
        due_day(each.due_at) if each.due_at else None,
        each.periods,
        line.granted,
        line.caseworker,
        each.applied_on,
        mask_name(line.hired) if line.hired else "",
    ]


ROUTES: Final = [
    Page("/subsidies", subsidies_page, CASE_READING),
    Page("/subsidies/export.xlsx", export, CASE_READING),
]
