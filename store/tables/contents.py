"""What decided (政策内容): the whole content of every policy under whose hash something was determined."""

from typing import Final

from sqlalchemy import Column, PrimaryKeyConstraint, Table, Text

from store.tables.base import METADATA, PUBLIC, instant, text
from store.tables.classes import classified

# Written once and never changed: the hash is the SHA-256 of the content.
policy_content: Final = Table(
    "policy_content",
    METADATA,
    classified(Column("hash", Text, primary_key=True), PUBLIC),
    text("policy", PUBLIC),
    text("content", PUBLIC),
    instant("at"),
)
# What a policy says of its rules, which the determinations that it made name by the hash. Two policies that say the
# same (one only knows another year's holidays) have a row each, so that each finds its own.
finding_sheet: Final = Table(
    "finding_sheet",
    METADATA,
    text("policy_hash", PUBLIC),
    text("hash", PUBLIC),
    text("content", PUBLIC),
    instant("at"),
    PrimaryKeyConstraint("policy_hash", "hash"),
)
