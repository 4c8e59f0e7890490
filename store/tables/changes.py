"""Corrections (更正): what stood before, what stands now, who changed it and why; the old entry is never lost."""

from sqlalchemy import CheckConstraint, Index, Table

from store.tables.base import INTERNAL, METADATA, PERSONAL, instant, json_text, sealed, text, ulid

change = Table(
    "change",
    METADATA,
    ulid(),
    text("subject_kind", INTERNAL),  # worker | employer | vacancy | course | station | staff
    text("subject_id", INTERNAL),
    text("field", INTERNAL),
    # In clear about an employer, a vacancy, a course or a station; sealed about a person.
    json_text("content", nullable=True),  # [before, after]
    sealed("content_sealed", PERSONAL, nullable=True),
    sealed("reason_sealed", PERSONAL, nullable=True),
    text("reason", INTERNAL, nullable=True),
    text("changed_by", INTERNAL),
    instant("changed_at"),
    instant("recorded_at"),
    CheckConstraint("(content IS NULL) <> (content_sealed IS NULL)", name="clear_or_sealed"),
    Index("ix_change_history", "subject_kind", "subject_id", "changed_at"),
)
