"""The policies that cases are pinned to: one list for all the cases that one law governs."""

from sqlalchemy import PrimaryKeyConstraint, Table

from store.tables.base import INTERNAL, METADATA, text

pinned_policy = Table(
    "pinned_policy",
    METADATA,
    text("law", INTERNAL),  # SHA-256 of the list; a case names it
    text("policy", INTERNAL),
    text("version", INTERNAL),  # its layers, outermost first
    text("hash", INTERNAL),  # of its content
    PrimaryKeyConstraint("law", "policy"),
)
