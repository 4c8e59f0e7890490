"""Persons who were erased (个人信息删除), and what keeps a file from being erased yet (依法保留)."""

from typing import Final

from sqlalchemy import Table

from cases.erasing import ErasureBasis, HoldKind
from store.tables.base import INTERNAL, METADATA, choice, day, instant, reference, text, ulid

erasure: Final = Table(
    "erasure",
    METADATA,
    ulid(),  # of its leaf in the decision log too
    reference("worker_id", "worker.id", unique=True),
    choice("basis", ErasureBasis),
    text("actor", INTERNAL),
    instant("at"),
    instant("recorded_at"),
)
legal_hold: Final = Table(
    "legal_hold",
    METADATA,
    ulid(),
    reference("worker_id", "worker.id"),
    choice("kind", HoldKind),
    text("authority", INTERNAL),  # the clause or the file number that asks for it
    day("until_on", nullable=True),  # None: until it is lifted
    text("set_by", INTERNAL),
    instant("set_at"),
    text("lifted_by", INTERNAL, nullable=True),
    instant("lifted_at", nullable=True),
)
