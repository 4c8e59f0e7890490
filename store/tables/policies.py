"""Policy files that people proposed and published (政策的提议与发布): written once, never edited, never deleted."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, ForeignKeyConstraint, Table, Text, UniqueConstraint

from store.tables.base import INTERNAL, METADATA, PUBLIC, count, day, flag, instant, json_text, reference, text, ulid
from store.tables.classes import classified

# A file is its text: the same text is the same file, whoever sends it.
policy_text = Table(
    "policy_text",
    METADATA,
    classified(Column("sha256", Text, primary_key=True), INTERNAL),
    text("content", PUBLIC),
    instant("recorded_at"),
)

policy_proposal = Table(
    "policy_proposal",
    METADATA,
    ulid(),
    # Names in the book, such as cn-50-99/hardship-worker.yaml, and the places they are for. Mostly one; what only holds
    # together, such as a nation's clause and the place's that stands over it, is proposed together.
    json_text("files", PUBLIC),
    json_text("jurisdictions", PUBLIC),
    reference("sha256", "policy_text.sha256"),
    count("replaces"),  # the newest publication of any of these files that it was compared with; 0: none
    reference("proposed_by", "staff.id", index=False),
    instant("proposed_at", index=True),
    text("why", INTERNAL),
    instant("recorded_at"),
    # What a publication names, so that the database itself knows who proposed what is published.
    UniqueConstraint("id", "proposed_by", "sha256"),
)

# Every run of the examples is kept, those that failed too.
policy_check = Table(
    "policy_check",
    METADATA,
    ulid(),
    reference("proposal_id", "policy_proposal.id"),
    flag("passed"),
    json_text("report"),
    text("run_by", INTERNAL),
    instant("run_at"),
    instant("recorded_at"),
)

policy_publication = Table(
    "policy_publication",
    METADATA,
    classified(Column("proposal_id", Text, primary_key=True), INTERNAL),
    count("number", PUBLIC, unique=True),
    text("sha256", INTERNAL, unique=True),  # one publication of one file
    text("proposed_by", INTERNAL),
    reference("published_by", "staff.id", index=False),
    instant("published_at"),
    day("in_use_from", PUBLIC),  # what it adds governs no earlier day, and no decision before this day
    text("why", INTERNAL),
    json_text("report"),
    instant("recorded_at"),
    ForeignKeyConstraint(
        ["proposal_id", "proposed_by", "sha256"],
        ["policy_proposal.id", "policy_proposal.proposed_by", "policy_proposal.sha256"],
    ),
    CheckConstraint("published_by <> proposed_by", name="second_person"),
)

policy_withdrawal = Table(
    "policy_withdrawal",
    METADATA,
    classified(Column("proposal_id", Text, ForeignKey("policy_proposal.id"), primary_key=True), INTERNAL),
    reference("withdrawn_by", "staff.id", index=False),
    instant("withdrawn_at"),
    text("why", INTERNAL),
    instant("recorded_at"),
)
