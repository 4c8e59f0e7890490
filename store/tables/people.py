"""Workers in the real-name ledger (实名台账), their households, skills, wishes and constraints; gate scans apart."""

from sqlalchemy import Index, Table, UniqueConstraint

from cases.constraints import ConstraintKind
from store.tables.base import (
    INTERNAL,
    METADATA,
    PERSONAL,
    SENSITIVE,
    choice,
    day,
    flag,
    instant,
    reference,
    sealed,
    text,
    token,
    ulid,
)

_FOR_MATCHING = "Stations match workers by trade; the row names nobody, and goes when the person is erased."

worker = Table(
    "worker",
    METADATA,
    ulid(),
    reference("station_id", "station.id"),
    sealed("name_sealed", PERSONAL),
    sealed("identity_sealed", SENSITIVE),
    sealed("phone_sealed", PERSONAL),
    sealed("address_sealed", PERSONAL, nullable=True),
    # An erased person keeps the row, without tokens; NULLs do not clash.
    token("identity_token", SENSITIVE, nullable=True, unique=True),
    token("phone_token", PERSONAL, nullable=True, index=True),
    token("name_token", PERSONAL, nullable=True, index=True),
    day("registered_on"),
    reference("registered_by", "staff.id", index=False),
    instant("recorded_at"),
    instant("erased_at", nullable=True),
    instant("restricted_at", nullable=True),  # kept because a law asks for it, and nothing else is done with it
)

# 进场登记: name and contact, another purpose and a shorter life than the ledger (data minimisation).
gate_scan = Table(
    "gate_scan",
    METADATA,
    ulid(),
    reference("station_id", "station.id"),
    sealed("name_sealed", PERSONAL),
    sealed("contact_sealed", PERSONAL),
    instant("scanned_at"),
    day("keep_until", index=True),  # the last day; then the row and its key go
)

household = Table(
    "household",
    METADATA,
    ulid(),
    reference("station_id", "station.id"),
    instant("recorded_at"),
)

household_member = Table(
    "household_member",
    METADATA,
    ulid(),
    reference("household_id", "household.id"),
    reference("worker_id", "worker.id", nullable=True),
    sealed("name_sealed", PERSONAL, nullable=True),  # under the household's key; a worker's name is in the ledger
    sealed("relation_sealed", PERSONAL),
    day("joined_on"),
    day("left_on", nullable=True),
    instant("recorded_at"),
    UniqueConstraint("household_id", "worker_id", "joined_on"),
)

worker_skill = Table(
    "worker_skill",
    METADATA,
    ulid(),
    reference("worker_id", "worker.id"),
    text("trade", PERSONAL, in_clear=_FOR_MATCHING, index=True),
    text("level", PERSONAL, in_clear=_FOR_MATCHING),
    sealed("evidence_sealed", PERSONAL, nullable=True),
    day("stated_on"),
    instant("recorded_at"),
    UniqueConstraint("worker_id", "trade"),
)

worker_wish = Table(
    "worker_wish",
    METADATA,
    ulid(),
    reference("worker_id", "worker.id"),
    text("trade", PERSONAL, in_clear=_FOR_MATCHING, index=True),
    sealed("detail_sealed", PERSONAL, nullable=True),
    day("stated_on"),
    instant("recorded_at"),
    UniqueConstraint("worker_id", "trade"),
)

worker_constraint = Table(
    "worker_constraint",
    METADATA,
    ulid(),
    reference("worker_id", "worker.id"),
    choice("kind", ConstraintKind),
    flag("known"),
    sealed("value_sealed", SENSITIVE, nullable=True),
    day("stated_on"),
    text("recorded_by", INTERNAL),
    instant("recorded_at"),
    Index("ix_worker_constraint_history", "worker_id", "kind", "stated_on"),
)
