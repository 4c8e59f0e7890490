"""The bank's answers in the record: a file's lines as they were read, and what came of each."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, and_, func, insert, select, update

from cases.bank_files import BankLine
from cases.subsidy.stages import PaymentStatus
from store.rows import filled
from store.tables.bank_batches import BankAnswer, subsidy_bank_answer, subsidy_batch_line
from store.tables.subsidies import payment

ANSWER: Final = subsidy_bank_answer.c
LINE: Final = subsidy_batch_line.c
SAID: Final = {True: BankAnswer.PAID, False: BankAnswer.RETURNED}
STATUS: Final = {BankAnswer.PAID: PaymentStatus.PAID, BankAnswer.RETURNED: PaymentStatus.RETURNED}


@dataclass(frozen=True)
class Answered:
    """One line of a file of answers that could be read."""

    number: int
    case_id: str
    payment_id: str
    amount_fen: int
    answer: BankAnswer
    code: str
    settled_on: date


@dataclass(frozen=True)
class OurLine:
    """What went out, and what the bank said of it before."""

    position: int
    amount_fen: int
    answer: BankAnswer | None
    code: str | None
    settled_on: date | None
    status: PaymentStatus  # as the payment's own case has it


@dataclass(frozen=True)
class Deviation:
    """A line of the bank's file of which nothing came, and why."""

    number: int
    found: str
    case_id: str | None
    payment_id: str | None


def lines_kept(connection: Connection, file: str, batch_id: str) -> int:
    """The last line of a file that was taken down."""
    of = ANSWER.file_sha256 == file, ANSWER.batch_id == batch_id
    return connection.scalar(select(func.max(ANSWER.number)).where(*of)) or 0


def keep_lines(
    connection: Connection, file: str, batch_id: str, lines: Sequence[tuple[int, BankLine | None]], unreadable: str
) -> None:
    rows = [_row(file, batch_id, number, line, unreadable) for number, line in lines]
    connection.execute(insert(subsidy_bank_answer), rows)


def not_dealt_with(connection: Connection, file: str, batch_id: str, after: int, most: int) -> tuple[Answered, ...]:
    of = ANSWER.file_sha256 == file, ANSWER.batch_id == batch_id, ANSWER.found.is_(None), ANSWER.number > after
    rows = connection.execute(select(subsidy_bank_answer).where(*of).order_by(ANSWER.number).limit(most)).mappings()
    return tuple(filled(Answered, row) for row in rows)


def said_of(
    connection: Connection, file: str, batch_id: str, case_ids: Collection[str]
) -> Mapping[tuple[str, str], list[Answered]]:
    """All that one file says of the payments of these cases."""
    of = ANSWER.file_sha256 == file, ANSWER.batch_id == batch_id, ANSWER.case_id.in_(case_ids)
    found: dict[tuple[str, str], list[Answered]] = {}
    for row in connection.execute(select(subsidy_bank_answer).where(*of).order_by(ANSWER.number)).mappings():
        found.setdefault((row["case_id"], row["payment_id"]), []).append(filled(Answered, row))
    return found


def our_lines(connection: Connection, batch_id: str, case_ids: Collection[str]) -> Mapping[tuple[str, str], OurLine]:
    """What went out of these cases with this file."""
    of = (payment.c.case_id == LINE.case_id) & (payment.c.id == LINE.payment_id)
    query = select(subsidy_batch_line, payment.c.status).join(payment, of)
    query = query.where(
        LINE.batch_id == batch_id, LINE.case_id.in_(case_ids), LINE.sent_at.is_not(None), LINE.left_out.is_(None)
    )
    rows = connection.execute(query).mappings()
    return {(row["case_id"], row["payment_id"]): filled(OurLine, row) for row in rows}


def stands_so(connection: Connection, answers: Collection[Answered]) -> frozenset[int]:
    """The numbers of answers that the payments' own cases have already."""
    query = select(payment).where(payment.c.case_id.in_([each.case_id for each in answers]))
    have = {(row.case_id, row.id): (row.status, row.returned_on or row.settled_on) for row in connection.execute(query)}
    return frozenset(
        each.number
        for each in answers
        if have.get((each.case_id, each.payment_id)) == (STATUS[each.answer], each.settled_on)
    )


def settle(connection: Connection, batch_id: str, answers: Collection[Answered]) -> None:
    for each in answers:
        this = and_(LINE.batch_id == batch_id, LINE.case_id == each.case_id, LINE.payment_id == each.payment_id)
        said = {"answer": each.answer, "code": each.code or None, "settled_on": each.settled_on}
        connection.execute(update(subsidy_batch_line).where(this, LINE.left_out.is_(None)).values(**said))


def deal_with(connection: Connection, file: str, batch_id: str, found: Mapping[int, str]) -> None:
    for number, what in found.items():
        this = ANSWER.file_sha256 == file, ANSWER.batch_id == batch_id, ANSWER.number == number
        connection.execute(update(subsidy_bank_answer).where(*this).values(found=what))


def counts(connection: Connection, file: str, batch_id: str) -> Mapping[str, int]:
    of = ANSWER.file_sha256 == file, ANSWER.batch_id == batch_id
    rows = connection.execute(select(ANSWER.found, func.count()).where(*of).group_by(ANSWER.found))
    return {str(row[0]): int(row[1]) for row in rows}


def deviations(
    connection: Connection, file: str, batch_id: str, but_not: Collection[str], most: int = 1_000
) -> tuple[Deviation, ...]:
    of = ANSWER.file_sha256 == file, ANSWER.batch_id == batch_id, ANSWER.found.not_in(but_not)
    rows = connection.execute(select(subsidy_bank_answer).where(*of).order_by(ANSWER.number).limit(most)).mappings()
    return tuple(filled(Deviation, row) for row in rows)


def unanswered(connection: Connection, batch_id: str, most: int = 1_000) -> tuple[tuple[str, str], ...]:
    """Payments that went out and of which the bank has said nothing: case and payment."""
    query = select(LINE.case_id, LINE.payment_id).where(
        LINE.batch_id == batch_id, LINE.sent_at.is_not(None), LINE.left_out.is_(None), LINE.answer.is_(None)
    )
    return tuple((row.case_id, row.payment_id) for row in connection.execute(query.order_by(LINE.position).limit(most)))


def _row(file: str, batch_id: str, number: int, line: BankLine | None, unreadable: str) -> dict[str, Any]:
    row: dict[str, Any] = {"file_sha256": file, "batch_id": batch_id, "number": number, "found": None}
    if line is None:
        nothing = dict.fromkeys(("case_id", "payment_id", "amount_fen", "answer", "code", "settled_on"))
        return row | nothing | {"found": unreadable}
    return row | {
        "case_id": line.case_id,
        "payment_id": line.payment_id,
        "amount_fen": line.amount_fen,
        "answer": SAID[line.paid],
        "code": line.code,
        "settled_on": line.settled_on,
    }
