"""What somebody asked of a change of the law (政策模拟), and what came of it: written once, never edited."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Table, Text

from store.tables.base import INTERNAL, METADATA, PUBLIC, day, instant, json_text, reference, sealed, text, ulid
from store.tables.classes import classified

simulation = Table(
    "simulation",
    METADATA,
    ulid(),
    text("policy", PUBLIC, index=True),
    text("jurisdiction", PUBLIC),
    json_text("change", PUBLIC),  # a parameter and its value, or the digest of a text and the proposal it is of
    text("text_sha256", INTERNAL, nullable=True, index=True),  # so that a proposal finds what was asked of its text
    reference("asked_by", "staff.id", index=False),
    instant("asked_at", index=True),
    instant("recorded_at"),
)

simulation_result = Table(
    "simulation_result",
    METADATA,
    classified(Column("simulation_id", Text, ForeignKey("simulation.id"), primary_key=True), INTERNAL),
    instant("ended_at"),
    day("snapshot_day", nullable=True),
    text("snapshot_hash", INTERNAL, nullable=True),
    # Figures of everybody, the small ones too; whoever may not see single people is shown them protected.
    sealed("report_sealed", INTERNAL, nullable=True),
    json_text("refusals", nullable=True),
    instant("recorded_at"),
    CheckConstraint("(report_sealed IS NULL) <> (refusals IS NULL)", name="report_or_refusals"),
)
