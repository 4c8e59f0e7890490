"""Public-notice lists (公示名单): which cases stand on which list, and the sheets that were printed of it.

No name stands here: whose case it is, the case says, and a list shows it masked.
"""

from typing import Final

from sqlalchemy import ForeignKey, Index, PrimaryKeyConstraint, Table, Text, UniqueConstraint
from sqlalchemy.schema import Column

from store.tables.base import (
    INTERNAL,
    METADATA,
    PUBLIC,
    count,
    day,
    instant,
    json_text,
    money_fen,
    reference,
    text,
    ulid,
)
from store.tables.classes import classified

subsidy_notice: Final = Table(
    "subsidy_notice",
    METADATA,
    ulid(),
    reference("station_id", "station.id"),
    text("jurisdiction", INTERNAL),
    text("policy", INTERNAL),
    day("from_on", PUBLIC),
    day("until_on", PUBLIC, nullable=True),  # the last day, once every case is on it
    reference("made_by", "staff.id", index=False),
    instant("at"),
    instant("recorded_at"),
    instant("collected_at", nullable=True),  # all that waited for it then are chosen
    instant("published_at", nullable=True),  # every case knows that it is on it
)
# A list that is being made is gone on with; a second one beside it would share its cases.
Index(
    "uq_subsidy_notice_making",
    subsidy_notice.c.station_id,
    subsidy_notice.c.policy,
    unique=True,
    sqlite_where=subsidy_notice.c.published_at.is_(None),
    postgresql_where=subsidy_notice.c.published_at.is_(None),
)

subsidy_notice_entry: Final = Table(
    "subsidy_notice_entry",
    METADATA,
    classified(Column("notice_id", Text, ForeignKey("subsidy_notice.id"), nullable=False), INTERNAL),
    count("position"),
    classified(Column("case_id", Text, ForeignKey("subsidy_case.id"), nullable=False), INTERNAL),
    text("determination_id", INTERNAL),
    money_fen("amount_fen"),
    json_text("periods"),
    count("put_at_revision", nullable=True),  # of the case, when the act was done
    text("left_out", INTERNAL, nullable=True),  # by which refusal
    PrimaryKeyConstraint("notice_id", "position"),
    UniqueConstraint("notice_id", "case_id"),
)
# What was found once is shown on one list.
Index(
    "uq_subsidy_notice_entry_once",
    subsidy_notice_entry.c.case_id,
    subsidy_notice_entry.c.determination_id,
    unique=True,
    sqlite_where=subsidy_notice_entry.c.left_out.is_(None),
    postgresql_where=subsidy_notice_entry.c.left_out.is_(None),
)

subsidy_notice_sheet: Final = Table(
    "subsidy_notice_sheet",
    METADATA,
    classified(Column("notice_id", Text, ForeignKey("subsidy_notice.id"), nullable=False), INTERNAL),
    count("edition"),  # a later print also tells who was withdrawn meanwhile
    count("sheet"),
    count("sheets"),
    day("printed_on"),
    text("sha256", INTERNAL),
    text("file_sha256", INTERNAL),  # of the sealed file that keeps it
    count("file_size"),
    PrimaryKeyConstraint("notice_id", "edition", "sheet"),
)
