"""Files for the bank (银行文件): made of what is ordered, handed out once a person, and answered by the bank."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from sqlalchemy import Connection
from starlette.responses import Response

from activities.bank_answers import BankAnswers, ReadBack, found_words
from activities.bank_files import MAY_FETCH, BankFiles, hand_out, whole
from activities.errands import Do
from activities.left_out import why_left_out
from cases.refusals import Refused
from cases.roles import Role
from cases.wording import Wording
from store import bank_answers, bank_batches
from store.bank_batches import Batch
from store.case_reading import staff_names, station_names
from store.scope import NotInScope
from web.case.speech import Shown, Speech, speech_of
from web.roles import CASE_READING, DECIDING, Access
from web.serving import Page
from web.shown import case_number, money
from web.subsidies.errands import done_to_many, reasons_of, require_station
from web.visit import Visit

HOME: Final = "/subsidies/bank"
ONE: Final = f"{HOME}/{{batch_id}}"
FETCHING: Final = Access(MAY_FETCH)
FAILED: Final = 409
MOST_BYTES: Final = 8 << 20
NO_FILE: Final = Wording("请选择银行的回盘文件。", "Choose the bank's file of answers.")


def bank_page(visit: Visit) -> Response:
    return _files(visit)


async def make(visit: Visit) -> Response:
    """Every payment of one station that is ordered and in no other file."""
    station_id = visit.field("station")

    def work(do: Do) -> Response:
        require_station(visit, station_id)
        made = BankFiles(visit.office.station, do).make(station_id, visit.me.staff_id, visit.now)
        return visit.go(f"{HOME}/{made.batch.id}", said="bank-file-made")

    return await done_to_many(visit, work, lambda why: _files(visit, why))


def batch_page(visit: Visit) -> Response:
    return _one(visit)


def fetch(visit: Visit) -> Response:
    """The file in clear, once for each person who may have it; by a form, as it is written down."""
    with visit.reading() as connection:
        batch = batch_in_scope(connection, visit)
    try:
        pieces = b"".join(hand_out(visit.office.station, batch.id, visit.me.staff_id, visit.now))
    except Refused as refused:
        return _one(visit, refused)
    headers = {"Content-Disposition": f'attachment; filename="bank-file-{batch.id}.csv"', "Cache-Control": "no-store"}
    return Response(pieces, media_type="text/csv; charset=utf-8", headers=headers)


async def read_answers(visit: Visit) -> Response:
    """What the bank answered, written on each case once; a file that is read again changes nothing."""
    upload = visit.files.get("answers")
    content = await upload.read(MOST_BYTES + 1) if upload else b""

    def work(do: Do) -> Response:
        with visit.reading() as connection:
            batch = batch_in_scope(connection, visit)
        if not content or len(content) > MOST_BYTES:
            return _one(visit, NO_FILE)
        with TemporaryDirectory() as folder:
            file = Path(folder) / "answers"
            file.write_bytes(content)
            back = BankAnswers(visit.office.station, do).settle(batch.id, file, visit.me.staff_id, visit.now)
        return _one(visit, back=back)

    return await done_to_many(visit, work, lambda why: _one(visit, why))


def batch_in_scope(connection: Connection, visit: Visit) -> Batch:
    """Raises NotInScope for one of another station, or that is still being made."""
    try:
        batch = whole(connection, visit.part("batch_id"))
    except Refused:
        raise NotInScope from None
    if batch.station_id not in connection.scalars(visit.scope.stations).all():
        raise NotInScope
    return batch


def _files(visit: Visit, why: Wording | Refused | None = None) -> Response:
    with visit.reading() as connection:
        speech, stations = speech_of(visit), connection.scalars(visit.scope.stations).all()
        names = station_names(connection, stations)
        deciding = set(connection.scalars(visit.scope.holding({Role.OFFICER}).stations).all())
        ordered = bank_batches.ordered(connection, stations)
        context = {
            "ordered": [
                {"station": each, "name": names.get(each, each), "payments": number, "mine": each in deciding}
                for each, number in ordered.items()
            ],
            "batches": [_head(connection, batch, speech) for batch in bank_batches.batches(connection, stations)],
            "why": reasons_of(why),
        }
    return visit.render("subsidies/bank.html", context, status=FAILED if why else 200)


def _one(visit: Visit, why: Wording | Refused | None = None, *, back: ReadBack | None = None) -> Response:
    with visit.reading() as connection:
        batch, speech = batch_in_scope(connection, visit), speech_of(visit)
        given = bank_batches.handouts(connection, batch.id)
        people = staff_names(connection, {staff for staff, _ in given})
        me = visit.me.staff_id
        here = batch.station_id in connection.scalars(visit.scope.holding(MAY_FETCH).stations).all()
        deciding = batch.station_id in connection.scalars(visit.scope.holding({Role.OFFICER}).stations).all()
        context = {
            **_head(connection, batch, speech),
            "batch": batch,
            "handouts": [(people.get(staff, staff), speech.at(at)) for staff, at in given],
            "may_fetch": here and all(staff != me for staff, _ in given),
            "may_read": deciding,
            "left_out": [
                _left_out(case_id, payment, code, speech)
                for case_id, payment, code in bank_batches.left_out_of(connection, batch.id)
            ],
            "unanswered": [_payment(*each, speech) for each in bank_answers.unanswered(connection, batch.id)],
            "back": _back(back, speech),
            "why": reasons_of(why),
        }
    return visit.render("subsidies/bank_file.html", context, status=FAILED if why else 200)


def _head(connection: Connection, batch: Batch, speech: Speech) -> Shown:
    return {
        "id": batch.id,
        "href": f"{HOME}/{batch.id}" if batch.written_at else None,
        "station_name": station_names(connection, [batch.station_id]).get(batch.station_id, batch.station_id),
        "made": speech.at(batch.at),
        "by": staff_names(connection, [batch.made_by]).get(batch.made_by, batch.made_by),
        "payments": batch.payments,
        "total": money(batch.total_fen) if batch.total_fen is not None else "—",
        "sha256": batch.sha256,
        "state": speech("已做好", "whole")
        if batch.written_at
        else speech("还没有做完，请再点一次", "not whole: press again"),
    }


def _back(back: ReadBack | None, speech: Speech) -> Shown | None:
    if back is None:
        return None
    return {
        "counts": [(speech.w(found_words(found)), number) for found, number in sorted(back.counts.items())],
        "deviations": [
            {
                "number": each.number,
                "why": speech.w(found_words(each.found)),
                "href": f"/subsidies/{each.case_id}" if each.case_id else None,
                "case": case_number(each.case_id) if each.case_id else "",
            }
            for each in back.deviations
        ],
    }


def _left_out(case_id: str, payment: str, code: str, speech: Speech) -> Shown:
    return _payment(case_id, payment, speech) | {"why": speech.w(why_left_out(code))}


def _payment(case_id: str, payment: str, speech: Speech) -> Shown:
    number = payment.rpartition("-")[2]
    words = speech(f"第 {number} 笔", f"No. {number}")
    return {"href": f"/subsidies/{case_id}#{payment}", "case": case_number(case_id), "words": words}


ROUTES: Final = [
    Page(HOME, bank_page, CASE_READING),
    Page(HOME, make, DECIDING, methods=("POST",)),
    Page(ONE, batch_page, CASE_READING),
    Page(f"{ONE}/file", fetch, FETCHING, methods=("POST",)),
    Page(f"{ONE}/answers", read_answers, DECIDING, methods=("POST",)),
]
