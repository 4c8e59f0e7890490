"""Files for the bank in the record: which payments are in which, made by and by, and each payment in one at most."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Connection, Select, Update, and_, exists, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from cases.refusals import Refusal, Refused, refusal
from cases.subsidy.stages import Applicant, PaymentStatus, Stage
from store.rows import filled
from store.tables.bank_batches import (
    subsidy_batch,
    subsidy_batch_handout,
    subsidy_batch_line,
    subsidy_batch_part,
)
from store.tables.payees import payee_account
from store.tables.subsidies import payment, subsidy_case
from store.ulids import new_id

LINE: Final = subsidy_batch_line.c


@dataclass(frozen=True)
class Batch:
    """`payments`, `total_fen` and `sha256` are known once the file is whole."""

    id: str
    station_id: str
    made_by: str
    at: datetime
    collected_at: datetime | None
    written_at: datetime | None
    payments: int | None
    total_fen: int | None
    sha256: str | None


@dataclass(frozen=True)
class BatchLine:
    position: int
    case_id: str
    payment_id: str
    amount_fen: int
    applicant: Applicant
    applicant_id: str
    policy: str


@dataclass(frozen=True)
class Part:
    """So many lines of a file, in one sealed file."""

    batch_id: str
    number: int
    last_position: int
    payments: int
    total_fen: int
    file_sha256: str
    file_size: int

    @property
    def place(self) -> tuple[str, ...]:
        return "subsidy_batch_part", self.batch_id, str(self.number)


def ordered(connection: Connection, station_ids: Collection[str]) -> Mapping[str, int]:
    """How many payment instructions of each station can go into a file."""
    query = (
        select(subsidy_case.c.station_id, func.count())
        .select_from(_waiting())
        .where(_waits(), subsidy_case.c.station_id.in_(station_ids))
        .group_by(subsidy_case.c.station_id)
    )
    return {row[0]: row[1] for row in connection.execute(query)}


def without_account(connection: Connection, station_id: str, most: int = 1_000) -> tuple[tuple[str, str], ...]:
    """Payments that are ordered and wait for their applicant's account: case and payment."""
    query = select(payment.c.case_id, payment.c.id).select_from(_waiting())
    query = query.where(_ordered(), ~_has_account(), subsidy_case.c.station_id == station_id)
    rows = connection.execute(query.order_by(payment.c.case_id, payment.c.id).limit(most))
    return tuple((row.case_id, row.id) for row in rows)


def unfinished(connection: Connection, station_id: str) -> Batch | None:
    """The file that is being made; gone on with before another is begun."""
    query = select(subsidy_batch).where(subsidy_batch.c.station_id == station_id, subsidy_batch.c.written_at.is_(None))
    row = connection.execute(query).mappings().one_or_none()
    return filled(Batch, row) if row else None


def begin(connection: Connection, station_id: str, made_by: str, at: datetime) -> Batch:
    batch_id = new_id(at)
    row = {"id": batch_id, "station_id": station_id, "made_by": made_by, "at": at, "recorded_at": datetime.now(UTC)}
    connection.execute(insert(subsidy_batch), row)
    return found(connection, batch_id)


def found(connection: Connection, batch_id: str) -> Batch:
    """Raises NoResultFound for an id of no file."""
    row = connection.execute(select(subsidy_batch).where(subsidy_batch.c.id == batch_id)).mappings().one()
    return filled(Batch, row)


def naming(connection: Connection, batch_id: str, case_id: str, payment_id: str) -> tuple[Batch, bool] | None:
    """A file, and whether it names a payment; None for an id of no file."""
    row = connection.execute(select(subsidy_batch).where(subsidy_batch.c.id == batch_id)).mappings().one_or_none()
    if row is None:
        return None
    of = LINE.batch_id == batch_id, LINE.case_id == case_id, LINE.payment_id == payment_id, LINE.left_out.is_(None)
    return filled(Batch, row), connection.scalar(select(exists().where(*of))) is True


def batches(connection: Connection, station_ids: Collection[str], most: int = 100) -> tuple[Batch, ...]:
    """Those of these stations, the latest first."""
    query = select(subsidy_batch).where(subsidy_batch.c.station_id.in_(station_ids))
    rows = connection.execute(query.order_by(subsidy_batch.c.id.desc()).limit(most)).mappings()
    return tuple(filled(Batch, row) for row in rows)


def collect(connection: Connection, batch: Batch, most: int, at: datetime) -> int:
    """Put the next payments that are ordered into the file; 0: there are none, and it is complete."""
    last = connection.execute(
        select(LINE.position, LINE.case_id, LINE.payment_id)
        .where(LINE.batch_id == batch.id)
        .order_by(LINE.position.desc())
        .limit(1)
    ).one_or_none()
    query = select(payment.c.case_id, payment.c.id, payment.c.amount_fen).select_from(_waiting())
    query = query.where(_waits(), subsidy_case.c.station_id == batch.station_id)
    if last:
        beyond = and_(payment.c.case_id == last.case_id, payment.c.id > last.payment_id)
        query = query.where(or_(payment.c.case_id > last.case_id, beyond))
    rows = connection.execute(query.order_by(payment.c.case_id, payment.c.id).limit(most)).all()
    if not rows:
        this = subsidy_batch.c.id == batch.id, subsidy_batch.c.collected_at.is_(None)
        connection.execute(update(subsidy_batch).where(*this).values(collected_at=at))
        return 0
    choose(connection, batch, [(row.case_id, row.id, row.amount_fen) for row in rows], last.position if last else 0)
    return len(rows)


def choose(connection: Connection, batch: Batch, payments: Sequence[tuple[str, str, int]], after: int) -> None:
    """Payments (case, number, sum) take their places behind one; none that another file has."""
    lines = [
        {"batch_id": batch.id, "position": n, "case_id": case_id, "payment_id": payment_id, "amount_fen": amount}
        for n, (case_id, payment_id, amount) in enumerate(payments, after + 1)
    ]
    connection.execute(insert(subsidy_batch_line), lines)


def not_yet_sent(connection: Connection, batch: Batch, after: int, most: int) -> tuple[BatchLine, ...]:
    query = _lines(batch.id).where(LINE.sent_at.is_(None), LINE.left_out.is_(None), LINE.position > after)
    return _read(connection, query.order_by(LINE.position).limit(most))


def sent_already(connection: Connection, batch: Batch, lines: Collection[BatchLine]) -> frozenset[int]:
    """The positions of payments that went out with this file by their cases' own record."""
    wanted = {(line.case_id, line.payment_id): line.position for line in lines}
    query = select(payment.c.case_id, payment.c.id).where(
        payment.c.case_id.in_([line.case_id for line in lines]), payment.c.batch_id == batch.id
    )
    return frozenset(
        wanted[row.case_id, row.id] for row in connection.execute(query) if (row.case_id, row.id) in wanted
    )


def sent(connection: Connection, batch: Batch, positions: Collection[int], at: datetime) -> None:
    this = LINE.batch_id == batch.id, LINE.position.in_(positions)
    connection.execute(update(subsidy_batch_line).where(*this).values(sent_at=at, left_out=None))


def leave_out(connection: Connection, batch: Batch, reasons: Mapping[int, str], *, though_sent: bool = False) -> None:
    """They are free for another file; one that was sent meanwhile, by somebody else, stays."""
    for position, reason in reasons.items():
        unsent = _line(batch.id, position) if though_sent else _line(batch.id, position).where(LINE.sent_at.is_(None))
        connection.execute(unsent.values(left_out=reason))


def lines_to_write(connection: Connection, batch: Batch, after: int, most: int) -> tuple[BatchLine, ...]:
    """The next of those that were sent, in the file's order."""
    query = _lines(batch.id).where(LINE.sent_at.is_not(None), LINE.position > after)
    return _read(connection, query.order_by(LINE.position).limit(most))


def keep_part(connection: Connection, part: Part) -> None:
    connection.execute(insert(subsidy_batch_part).values(**vars(part)))


def parts(connection: Connection, batch_id: str) -> tuple[Part, ...]:
    query = select(subsidy_batch_part).where(subsidy_batch_part.c.batch_id == batch_id)
    rows = connection.execute(query.order_by(subsidy_batch_part.c.number)).mappings()
    return tuple(filled(Part, row) for row in rows)


def finish(connection: Connection, batch: Batch, payments: int, total_fen: int, sha256: str, at: datetime) -> Batch:
    this = subsidy_batch.c.id == batch.id, subsidy_batch.c.written_at.is_(None)
    values = {"payments": payments, "total_fen": total_fen, "sha256": sha256, "written_at": at}
    connection.execute(update(subsidy_batch).where(*this).values(**values))
    return found(connection, batch.id)


def left_out_of(connection: Connection, batch_id: str, most: int = 1_000) -> tuple[tuple[str, str, str], ...]:
    """Payments that were chosen and are not in the file: case, payment, and the refusal's code."""
    query = select(LINE.case_id, LINE.payment_id, LINE.left_out).where(
        LINE.batch_id == batch_id, LINE.left_out.is_not(None)
    )
    rows = connection.execute(query.order_by(LINE.position).limit(most))
    return tuple((row.case_id, row.payment_id, row.left_out) for row in rows)


def hand_out(connection: Connection, batch_id: str, staff_id: str, at: datetime) -> None:
    """Raises Refused where this person was given the file before."""
    table = subsidy_batch_handout
    before = select(table.c.at).where(table.c.batch_id == batch_id, table.c.staff_id == staff_id)
    if connection.scalar(before):
        raise Refused((_handed_out(batch_id),))
    try:
        connection.execute(insert(table).values(batch_id=batch_id, staff_id=staff_id, at=at))
    except IntegrityError:
        raise Refused((_handed_out(batch_id),)) from None


def handouts(connection: Connection, batch_id: str) -> tuple[tuple[str, datetime], ...]:
    table = subsidy_batch_handout
    rows = connection.execute(
        select(table.c.staff_id, table.c.at).where(table.c.batch_id == batch_id).order_by(table.c.at)
    )
    return tuple((row.staff_id, row.at) for row in rows)


def _handed_out(batch_id: str) -> Refusal:
    return refusal(
        "handed-out",
        f"银行文件{batch_id}已交给您一次，不再交第二次；确需再取的，由另一名有权人员领取。",
        f"You were given the bank file {batch_id} once, and it is not given again: "
        "somebody else who may have it can fetch it.",
    )


def _waiting() -> Any:  # noqa: ANN401  # a join
    return payment.join(subsidy_case, subsidy_case.c.id == payment.c.case_id)


def _waits() -> Any:  # noqa: ANN401  # a condition, whatever its type
    taken = exists().where(LINE.case_id == payment.c.case_id, LINE.payment_id == payment.c.id, LINE.left_out.is_(None))
    return and_(_ordered(), ~taken, _has_account())


def _ordered() -> Any:  # noqa: ANN401  # a condition, whatever its type
    return and_(payment.c.status == PaymentStatus.ORDERED, subsidy_case.c.stage == Stage.PAYMENT)


def _has_account() -> Any:  # noqa: ANN401  # a condition, whatever its type
    return exists().where(payee_account.c.applicant_id == subsidy_case.c.applicant_id)


def _lines(batch_id: str) -> Select[Any]:
    return (
        select(subsidy_batch_line, subsidy_case.c.applicant, subsidy_case.c.applicant_id, subsidy_case.c.policy)
        .join(subsidy_case, subsidy_case.c.id == LINE.case_id)
        .where(LINE.batch_id == batch_id)
    )


def _line(batch_id: str, position: int) -> Update:
    return update(subsidy_batch_line).where(LINE.batch_id == batch_id, LINE.position == position)


def _read(connection: Connection, query: Select[Any]) -> tuple[BatchLine, ...]:
    return tuple(filled(BatchLine, row) for row in connection.execute(query).mappings())
