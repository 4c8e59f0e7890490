"""Facts (事实) with their sources; those about a person are sealed under the person's key."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Table, Text
from sqlalchemy import text as sql

from cases.facts import SourceKind, SubjectKind
from store.tables.base import (
    INTERNAL,
    METADATA,
    SENSITIVE,
    choice,
    day,
    instant,
    json_text,
    sealed,
    text,
    ulid,
)
from store.tables.classes import classified

fact = Table(
    "fact",
    METADATA,
    ulid(),
    choice("subject_kind", SubjectKind),
    text("subject_id", INTERNAL),
    text("name", INTERNAL),
    # The value and the detail of its source: in clear about a vacancy, sealed about a person, and about an employer
    # since its facts can be about the people whom it hired.
    json_text("content", nullable=True),
    sealed("content_sealed", SENSITIVE, nullable=True),
    choice("source_kind", SourceKind),
    text("source_body", INTERNAL, nullable=True),
    text("source_paper", INTERNAL, nullable=True),
    day("established_on"),
    json_text("evidence"),
    text("recorded_by", INTERNAL),
    instant("recorded_at"),
    # Checked at commit: a fact gives way before the one that takes its place is written.
    classified(
        Column("superseded_by", Text, ForeignKey("fact.id", deferrable=True, initially="DEFERRED"), nullable=True),
        INTERNAL,
    ),
    CheckConstraint("(content IS NULL) <> (content_sealed IS NULL)", name="clear_or_sealed"),
    Index("ix_fact_subject", "subject_kind", "subject_id", "name", "established_on"),
    # However many at once record it, a subject has one latest value of a name.
    Index(
        "uq_fact_latest",
        "subject_kind",
        "subject_id",
        "name",
        unique=True,
        sqlite_where=sql("superseded_by IS NULL"),
        postgresql_where=sql("superseded_by IS NULL"),
    ),
)
