"""Files for the bank (银行文件): which payment went out with which, what the bank answered, and who was given one."""

from enum import StrEnum
from typing import Final

from sqlalchemy import ForeignKey, Index, PrimaryKeyConstraint, Table, Text, UniqueConstraint
from sqlalchemy.schema import Column

from store.tables.base import (
    INTERNAL,
    METADATA,
    choice,
    count,
    day,
    instant,
    money_fen,
    reference,
    text,
    ulid,
)
from store.tables.classes import classified


class BankAnswer(StrEnum):
    PAID = "paid"  # 已付
    RETURNED = "returned"  # 退回


subsidy_batch: Final = Table(
    "subsidy_batch",
    METADATA,
    ulid(),
    reference("station_id", "station.id"),
    reference("made_by", "staff.id", index=False),
    instant("at"),
    instant("recorded_at"),
    instant("collected_at", nullable=True),  # all that was ordered then is chosen
    instant("written_at", nullable=True),  # the file is whole
    count("payments", nullable=True),
    money_fen("total_fen", nullable=True),
    text("sha256", INTERNAL, nullable=True),  # of the whole file
)
# A file that is being made is gone on with.
Index(
    "uq_subsidy_batch_making",
    subsidy_batch.c.station_id,
    unique=True,
    sqlite_where=subsidy_batch.c.written_at.is_(None),
    postgresql_where=subsidy_batch.c.written_at.is_(None),
)


def _of_batch() -> Column[str]:
    return classified(Column("batch_id", Text, ForeignKey("subsidy_batch.id"), nullable=False), INTERNAL)


subsidy_batch_line: Final = Table(
    "subsidy_batch_line",
    METADATA,
    _of_batch(),
    count("position"),
    classified(Column("case_id", Text, ForeignKey("subsidy_case.id"), nullable=False), INTERNAL),
    text("payment_id", INTERNAL),
    money_fen("amount_fen"),
    instant("sent_at", nullable=True),
    text("left_out", INTERNAL, nullable=True),  # by which refusal
    choice("answer", BankAnswer, nullable=True),
    text("code", INTERNAL, nullable=True),
    day("settled_on", nullable=True),
    PrimaryKeyConstraint("batch_id", "position"),
    UniqueConstraint("batch_id", "case_id", "payment_id"),
)
# A payment instruction goes out once; what the bank returns is paid by another one.
Index(
    "uq_subsidy_batch_line_once",
    subsidy_batch_line.c.case_id,
    subsidy_batch_line.c.payment_id,
    unique=True,
    sqlite_where=subsidy_batch_line.c.left_out.is_(None),
    postgresql_where=subsidy_batch_line.c.left_out.is_(None),
)

# The lines of the file, so many at once, sealed.
subsidy_batch_part: Final = Table(
    "subsidy_batch_part",
    METADATA,
    _of_batch(),
    count("number"),
    count("last_position"),
    count("payments"),
    money_fen("total_fen"),
    text("file_sha256", INTERNAL),
    count("file_size"),
    PrimaryKeyConstraint("batch_id", "number"),
)

subsidy_batch_handout: Final = Table(
    "subsidy_batch_handout",
    METADATA,
    _of_batch(),
    classified(Column("staff_id", Text, ForeignKey("staff.id"), nullable=False), INTERNAL),
    instant("at"),
    PrimaryKeyConstraint("batch_id", "staff_id"),
)

# A file of answers as it was read, line by line; `found` is what came of a line, None until it was dealt with.
# What the bank wrote as a reference is not kept: its file has it, on the line of that number.
subsidy_bank_answer: Final = Table(
    "subsidy_bank_answer",
    METADATA,
    classified(Column("file_sha256", Text, nullable=False), INTERNAL),
    count("number"),
    _of_batch(),
    text("case_id", INTERNAL, nullable=True),
    text("payment_id", INTERNAL, nullable=True),
    money_fen("amount_fen", nullable=True),
    choice("answer", BankAnswer, nullable=True),
    text("code", INTERNAL, nullable=True),
    day("settled_on", nullable=True),
    text("found", INTERNAL, nullable=True, index=True),
    PrimaryKeyConstraint("file_sha256", "batch_id", "number"),
    Index("ix_subsidy_bank_answer_payment", "file_sha256", "case_id", "payment_id"),
)
