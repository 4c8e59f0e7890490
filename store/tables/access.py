"""Who may come in: accounts and sessions of staff, the links that let a worker in, and the drafts they leave behind."""

from enum import StrEnum

from sqlalchemy import Column, Index, LargeBinary, Table, Text

from cases.wording import Language
from store.tables.base import (
    INTERNAL,
    METADATA,
    PERSONAL,
    choice,
    count,
    day,
    flag,
    instant,
    json_text,
    reference,
    sealed,
    text,
    token,
    ulid,
)
from store.tables.classes import classified


class TextSize(StrEnum):
    NORMAL = "a"
    LARGE = "b"
    LARGEST = "c"


class DraftState(StrEnum):
    """What became of a half-filled form."""

    KEPT = "kept"  # 已暂存
    SENT = "sent"  # 已提交，等待结果
    REFUSED = "refused"  # 未被受理，理由附后


account = Table(
    "account",
    METADATA,
    classified(Column("staff_id", Text, primary_key=True), INTERNAL),
    text("login", INTERNAL, unique=True),
    text("password_hash", INTERNAL),
    instant("password_set_at"),
    flag("must_change"),  # a password that somebody else set
    choice("language", Language, nullable=True),
    choice("text_size", TextSize),
    flag("high_contrast"),
    instant("disabled_at", nullable=True),
    instant("recorded_at"),
)

# A session is known by the hash of its token; the token itself is with the browser alone.
web_session = Table(
    "web_session",
    METADATA,
    classified(Column("token_hash", Text, primary_key=True), INTERNAL),
    text("staff_id", INTERNAL, nullable=True, index=True),
    text("worker_id", INTERNAL, nullable=True),  # of a worker who came by a link, and then the case
    text("case_id", INTERNAL, nullable=True),
    token("address_token", PERSONAL),
    instant("opened_at"),
    instant("seen_at"),
    instant("ends_at", index=True),
    instant("closed_at", nullable=True),
)

sign_in_attempt = Table(
    "sign_in_attempt",
    METADATA,
    ulid(),
    token("login_token", PERSONAL),
    token("address_token", PERSONAL),
    flag("succeeded"),
    instant("at"),
    Index("ix_sign_in_attempt_login", "login_token", "at"),
    Index("ix_sign_in_attempt_address", "address_token", "at"),
)

# A one-time link, or the code that says the same: either lets one worker see one case.
worker_link = Table(
    "worker_link",
    METADATA,
    ulid(),
    reference("case_id", "hardship_case.id"),
    text("worker_id", INTERNAL),
    text("token_hash", INTERNAL, unique=True),
    text("code_token", INTERNAL, index=True),
    text("made_by", INTERNAL),
    instant("made_at"),
    instant("ends_at"),
    instant("used_at", nullable=True),
    instant("withdrawn_at", nullable=True),
)

# Sealed under a key of its own; the row and its key go together.
draft = Table(
    "draft",
    METADATA,
    ulid(),
    text("owner", INTERNAL),  # a staff id, or a worker's
    text("form", INTERNAL),  # the address of the form it belongs to
    sealed("fields_sealed", PERSONAL),
    choice("state", DraftState),
    json_text("refusals", nullable=True),
    instant("kept_at"),
    instant("sent_at", nullable=True, index=True),
    Index("uq_draft_of_form", "owner", "form", unique=True),
)

leave_cover = Table(
    "leave_cover",
    METADATA,
    ulid(),
    reference("staff_id", "staff.id"),
    reference("deputy_id", "staff.id"),
    day("from_on"),
    day("until_on"),  # the last day
    text("recorded_by", INTERNAL),
    instant("recorded_at"),
    instant("withdrawn_at", nullable=True),
)

# What a file held that was read in, and what became of each row; the same key is read in once.
import_run = Table(
    "import_run",
    METADATA,
    classified(Column("key", Text, primary_key=True), INTERNAL),
    text("kind", INTERNAL),
    text("station_id", INTERNAL),
    classified(Column("sha256", LargeBinary, nullable=False), INTERNAL),
    count("rows"),
    json_text("report"),  # row numbers and codes, never a value
    text("recorded_by", INTERNAL),
    instant("recorded_at"),
)
