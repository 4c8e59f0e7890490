"""What a worker is found by besides the whole name, number or phone: search tokens of parts and readings."""

from sqlalchemy import Column, ForeignKey, Index, PrimaryKeyConstraint, Table, Text

from store.tables.base import INTERNAL, METADATA, PERSONAL, token
from store.tables.classes import classified

# Each token is of one part (two characters of a name, a reading, the last four digits) under the search key.
worker_finding = Table(
    "worker_finding",
    METADATA,
    classified(Column("worker_id", Text, ForeignKey("worker.id"), nullable=False), INTERNAL),
    token("part_token", PERSONAL),
    PrimaryKeyConstraint("worker_id", "part_token"),
    Index("ix_worker_finding_part", "part_token", "worker_id"),
)
