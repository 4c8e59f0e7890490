"""Public-notice lists (公示名单): what waits for one, made in one go, and each list as the public sees it, masked."""

from typing import Final

from sqlalchemy import Connection
from sqlalchemy.exc import NoResultFound
from starlette.responses import Response

from activities.composing.ledger import Ledger
from activities.composing.subsidy_lists import ROWS, listed
from activities.errands import Do
from activities.left_out import why_left_out
from activities.subsidy_notices import Notices
from activities.subsidy_prints import Prints
from cases.public_lists import Listed
from cases.refusals import Refused
from cases.roles import Role
from cases.wording import Wording
from store import notice_sheets, subsidy_notices, subsidy_waiting
from store.case_reading import staff_names, station_names
from store.scope import NotInScope
from store.subsidy_notices import NoticeList
from web.case.speech import Shown, Speech, speech_of
from web.queue.asked import page_of
from web.roles import CASE_READING, DECIDING
from web.serving import Page
from web.shown import money
from web.subsidies.errands import done_to_many, reasons_of, require_station
from web.subsidies.titles import title_here
from web.visit import Visit

HOME: Final = "/subsidies/notices"
ONE: Final = f"{HOME}/{{notice_id}}"
FAILED: Final = 409


def notices_page(visit: Visit) -> Response:
    return _lists(visit)


async def make(visit: Visit) -> Response:
    """Every case of one subsidy that waits at one station, on one list."""
    station_id, policy = visit.field("station"), visit.field("policy")

    def work(do: Do) -> Response:
        require_station(visit, station_id)
        made = Notices(visit.office.station, do).publish(station_id, policy, visit.me.staff_id, visit.now)
        return visit.go(f"{HOME}/{made.notice.id}", said="notice-made")

    return await done_to_many(visit, work, lambda why: _lists(visit, why))


def notice_page(visit: Visit) -> Response:
    with visit.reading() as connection:
        notice = notice_in_scope(connection, visit)
        speech = speech_of(visit)
        total = subsidy_notices.how_many(connection, notice.id)
        page, pages = page_of({"page": visit.asked("page")}, total * 25 // ROWS)
        entries = subsidy_notices.entries(connection, notice.id, (page - 1) * ROWS, ROWS)
        shown = listed(_ledger(visit, connection), entries)
        context = {
            **_head(visit, connection, notice, speech),
            "total": total,
            "rows": [_row(each, entry.case_id, speech) for each, entry in zip(shown, entries, strict=True)],
            "page": page,
            "pages": pages,
            "href": f"{HOME}/{notice.id}?page={{page}}",
            "left_out": [
                (case_id, speech.w(why_left_out(code)))
                for case_id, code in subsidy_notices.left_out_of(connection, notice.id)
            ],
            "sheets": [
                {
                    "words": speech(
                        f"第 {s.edition} 版第 {s.sheet}/{s.sheets} 页", f"Edition {s.edition}, {s.sheet}/{s.sheets}"
                    ),
                    "href": f"{HOME}/{notice.id}/sheets/{s.edition}-{s.sheet}",
                    "on": speech.day(s.printed_on),
                }
                for s in notice_sheets.sheets(connection, notice.id)
            ],
        }
    return visit.render("subsidies/notice.html", context)


def table(visit: Visit) -> Response:
    """As CSV, masked as the list itself."""
    with visit.reading() as connection:
        notice = notice_in_scope(connection, visit)
    prints = Prints(visit.office.station, _no_press)
    headers = {"Content-Disposition": f'attachment; filename="notice-{notice.id}.csv"'}
    return Response(b"".join(prints.table(notice.id)), media_type="text/csv; charset=utf-8", headers=headers)


def sheet(visit: Visit) -> Response:
    """A sheet that was printed."""
    with visit.reading() as connection:
        notice = notice_in_scope(connection, visit)
    edition, _, number = visit.part("sheet").partition("-")
    if not (edition.isdecimal() and number.isdecimal() and len(edition + number) <= 8):  # noqa: PLR2004 - figures
        raise NotInScope
    try:
        pdf = Prints(visit.office.station, _no_press).kept(notice.id, int(edition), int(number))
    except Refused:
        raise NotInScope from None
    headers = {"Content-Disposition": f'attachment; filename="notice-{notice.id}-{edition}-{number}.pdf"'}
    return Response(pdf, media_type="application/pdf", headers=headers)


def notice_in_scope(connection: Connection, visit: Visit) -> NoticeList:
    """Raises NotInScope for one of another station."""
    try:
        notice = subsidy_notices.found(connection, visit.part("notice_id"))
    except NoResultFound:
        raise NotInScope from None
    if notice.station_id not in connection.scalars(visit.scope.stations).all():
        raise NotInScope
    return notice


def _lists(visit: Visit, why: Wording | Refused | None = None) -> Response:
    with visit.reading() as connection:
        speech, stations = speech_of(visit), connection.scalars(visit.scope.stations).all()
        names = station_names(connection, stations)
        waiting = subsidy_waiting.waiting(connection, stations)
        deciding = set(connection.scalars(visit.scope.holding({Role.OFFICER}).stations).all())
        lists = subsidy_notices.notice_lists(connection, stations)
        context = {
            "waiting": [
                {
                    "title": title_here(visit, each.policy, each.jurisdiction),
                    "station_name": names.get(each.station_id, each.station_id),
                    "station": each.station_id,
                    "policy": each.policy,
                    "cases": each.cases,
                    "mine": each.station_id in deciding,
                }
                for each in waiting
            ],
            "lists": [_head(visit, connection, notice, speech) | {"id": notice.id} for notice in lists],
            "why": reasons_of(why),
        }
    return visit.render("subsidies/notices.html", context, status=FAILED if why else 200)


def _head(visit: Visit, connection: Connection, notice: NoticeList, speech: Speech) -> Shown:
    if notice.published_at is None:
        state = speech("还没有做完，请再点一次", "not whole yet: press again")
    else:
        until = notice.until_on
        over = until is not None and until < visit.today
        state = speech("公示期已过", "its days are over") if over else speech("公示中", "shown now")
    return {
        "notice": notice,
        "title": title_here(visit, notice.policy, notice.jurisdiction),
        "station_name": station_names(connection, [notice.station_id]).get(notice.station_id, notice.station_id),
        "since": speech.day(notice.from_on),
        "until": speech.day(notice.until_on) if notice.until_on else "—",
        "by": staff_names(connection, [notice.made_by]).get(notice.made_by, notice.made_by),
        "state": state,
    }


def _row(each: Listed, case_id: str, speech: Speech) -> Shown:
    return {
        "position": each.position,
        "name": each.name,
        "identity": each.identity,
        "hired": each.hired or "",
        "amount": money(each.amount_fen),
        "periods": each.periods,
        "standard": each.standard,
        "withdrawn": speech.day(each.withdrawn_on) if each.withdrawn_on else "",
        "href": f"/subsidies/{case_id}",
    }


def _ledger(visit: Visit, connection: Connection) -> Ledger:
    station = visit.office.station
    return Ledger(connection, station.keyring, station.policies)


def _no_press(paper: object) -> bytes:
    raise TypeError(type(paper).__name__)  # pages hand out what was printed, and print nothing


ROUTES: Final = [
    Page(HOME, notices_page, CASE_READING),
    Page(HOME, make, DECIDING, methods=("POST",)),
    Page(ONE, notice_page, CASE_READING),
    Page(f"{ONE}/table.csv", table, CASE_READING),
    Page(f"{ONE}/sheets/{{sheet}}", sheet, CASE_READING),
]
