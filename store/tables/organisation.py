"""The organisation tree, its stations, and who works there in which role."""

from sqlalchemy import CheckConstraint, Table

from cases.roles import Role
from store.tables.base import (
    INTERNAL,
    METADATA,
    PERSONAL,
    PUBLIC,
    choice,
    count,
    day,
    flag,
    instant,
    json_text,
    reference,
    text,
    ulid,
)

# 层级: how many there are, and what they are called, is data; the notices name four or five.
organisation_level = Table(
    "organisation_level",
    METADATA,
    ulid("code"),
    count("rank", PUBLIC, unique=True),
    text("name_zh", PUBLIC),
    text("name_en", PUBLIC),
)

organisation_node = Table(
    "organisation_node",
    METADATA,
    ulid(),
    reference("parent_id", "organisation_node.id", nullable=True),
    reference("level", "organisation_level.code", index=False),
    text("region_code", PUBLIC, nullable=True),
    text("name", PUBLIC),
    # The policies of a place begin at the node that names their jurisdiction (`cn-50`), and hold below it.
    text("jurisdiction", PUBLIC, nullable=True, unique=True),
    # The ids from the root down to this node, each followed by a slash: a subtree is a prefix.
    text("path", INTERNAL, unique=True),
)

station = Table(
    "station",
    METADATA,
    ulid(),
    reference("node_id", "organisation_node.id", unique=True),
    text("name", PUBLIC),
    text("kind", PUBLIC),  # comprehensive, park, service point: as the place's own standard names them
    text("hours", PUBLIC),
    json_text("trades", PUBLIC),
    text("address", PUBLIC),
    text("contact", PUBLIC),
    day("opened_on", PUBLIC),
    day("closed_on", PUBLIC, nullable=True),
    instant("recorded_at"),
)

staff = Table(
    "staff",
    METADATA,
    ulid(),
    text("name", PERSONAL, in_clear="Staff act under their names, which stand on every paper they sign."),
    day("joined_on"),
    day("left_on", nullable=True),
    instant("recorded_at"),
)

role_grant = Table(
    "role_grant",
    METADATA,
    ulid(),
    reference("staff_id", "staff.id"),
    choice("role", Role),
    reference("node_id", "organisation_node.id"),
    flag("below"),  # whether the role holds in the whole subtree
    day("from_on"),
    day("until_on", nullable=True),  # the last day
    text("granted_by", INTERNAL),
    instant("recorded_at"),
    CheckConstraint("until_on IS NULL OR until_on >= from_on", name="ends_after_it_begins"),
)
