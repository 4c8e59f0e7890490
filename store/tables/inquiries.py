"""What somebody asked about a policy that takes a while (政策查问), and what came of it: written once, never edited."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Table, Text

from cases.inquiries import InquiryKind
from store.tables.base import INTERNAL, METADATA, PUBLIC, choice, instant, json_text, reference, text, ulid
from store.tables.classes import classified

policy_inquiry = Table(
    "policy_inquiry",
    METADATA,
    ulid(),
    choice("kind", InquiryKind),
    text("about", PUBLIC, index=True),  # a file, as cn-50/service-plan, or a proposal's id
    json_text("given", PUBLIC),
    reference("asked_by", "staff.id", index=False),
    instant("asked_at", index=True),
    instant("recorded_at"),
)

policy_inquiry_result = Table(
    "policy_inquiry_result",
    METADATA,
    classified(Column("inquiry_id", Text, ForeignKey("policy_inquiry.id"), primary_key=True), INTERNAL),
    instant("ended_at"),
    json_text("answer", nullable=True),  # nothing about any person
    json_text("refusals", nullable=True),
    instant("recorded_at"),
    CheckConstraint("(answer IS NULL) <> (refusals IS NULL)", name="answer_or_refusals"),
)
