"""The queue (待办): one row for each open case and each role whose turn it may be, written with every step."""

from sqlalchemy import Column, ForeignKey, Index, PrimaryKeyConstraint, Table, Text

from cases.hardship.queueing import Turn
from cases.hardship.stages import Stage
from cases.roles import Role
from store.tables.base import INTERNAL, METADATA, choice, count, instant, json_text, text
from store.tables.classes import classified

queue_item = Table(
    "queue_item",
    METADATA,
    classified(Column("case_id", Text, ForeignKey("hardship_case.id"), nullable=False), INTERNAL),
    choice("role", Role),
    text("worker_id", INTERNAL),
    text("station_id", INTERNAL),
    choice("stage", Stage),
    choice("turn", Turn),
    text("held_by", INTERNAL, nullable=True),  # the case's caseworker, or who took it
    instant("taken_at", nullable=True),
    text("act", INTERNAL, nullable=True),  # the kind of act that would do it
    text("about", INTERNAL, nullable=True),  # the part of the case it is about
    json_text("why"),  # a wording
    json_text("waiting_for", nullable=True),  # a wording
    instant("due_at", nullable=True),
    text("due_counts", INTERNAL, nullable=True),  # working | natural
    text("clock", INTERNAL, nullable=True),
    json_text("progress"),
    text("last_kind", INTERNAL),
    text("last_by", INTERNAL),
    instant("last_at"),
    instant("opened_at"),
    instant("since"),  # when it became this turn
    count("revision"),
    PrimaryKeyConstraint("case_id", "role"),
    Index("ix_queue_item_holder", "held_by", "role", "turn", "due_at"),
    Index("ix_queue_item_station", "station_id", "role", "turn", "due_at"),
)
