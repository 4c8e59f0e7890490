"""Vacancies (岗位): what was offered, the truth check on it, where it was published, and when it was last confirmed."""

from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, Table, UniqueConstraint

from cases.constraints import PayUnit
from store.tables.base import (
    INTERNAL,
    METADATA,
    PUBLIC,
    choice,
    count,
    day,
    flag,
    instant,
    json_text,
    money_fen,
    reference,
    text,
    ulid,
)


class CheckResult(StrEnum):
    PASSED = "passed"  # 通过
    FAILED = "failed"  # 不通过


class Closing(StrEnum):
    """Why a vacancy is no longer live before its last day."""

    FILLED = "filled"  # 已招满
    WITHDRAWN = "withdrawn"  # 用工主体撤回
    CHANGED = "changed"  # 条件有变，另发新岗位
    UNTRUE = "untrue"  # 核查不实


# What was offered is never edited: a changed offer is a new vacancy, so that a truth check speaks of what it saw.
vacancy = Table(
    "vacancy",
    METADATA,
    ulid(),
    reference("employer_id", "employer.id"),
    reference("station_id", "station.id"),
    text("title", PUBLIC),
    text("trade", PUBLIC, index=True),
    reference("place_node_id", "organisation_node.id", nullable=True),
    text("address", PUBLIC, nullable=True),
    json_text("hours", PUBLIC, nullable=True),
    money_fen("pay_min_fen", PUBLIC, nullable=True),
    money_fen("pay_max_fen", PUBLIC, nullable=True),
    choice("pay_unit", PayUnit, PUBLIC),
    json_text("health_demands", PUBLIC, nullable=True),
    count("headcount", PUBLIC),
    flag("fits_older", PUBLIC),  # 适合大龄劳动者
    flag("fits_hard_to_place", PUBLIC),  # 适合就业困难人员
    day("received_on"),
    day("expires_on", PUBLIC),  # the last day
    day("closed_on", PUBLIC, nullable=True),  # from this day on it is no longer live
    choice("closed_because", Closing, PUBLIC, nullable=True),
    text("closed_by", INTERNAL, nullable=True),
    reference("replaces_id", "vacancy.id", nullable=True, unique=True),  # the offer that this one changes
    text("recorded_by", INTERNAL),
    instant("recorded_at"),
    CheckConstraint("pay_min_fen IS NULL OR pay_max_fen IS NULL OR pay_min_fen <= pay_max_fen", name="pay_range"),
    CheckConstraint("headcount > 0", name="headcount"),
    CheckConstraint("expires_on >= received_on", name="expires_after_receipt"),
)

truth_check = Table(
    "truth_check",
    METADATA,
    ulid(),
    reference("vacancy_id", "vacancy.id", index=False),
    reference("checked_by", "staff.id", index=False),
    day("checked_on"),
    json_text("evidence"),
    json_text("discrimination_findings"),
    choice("result", CheckResult),
    instant("recorded_at"),
    Index("ix_truth_check_history", "vacancy_id", "checked_on"),
)

publication = Table(
    "publication",
    METADATA,
    ulid(),
    reference("vacancy_id", "vacancy.id", index=False),
    text("channel", PUBLIC),
    day("published_on", PUBLIC),
    day("withdrawn_on", PUBLIC, nullable=True),  # from this day on it is no longer shown
    text("published_by", INTERNAL),
    instant("recorded_at"),
    UniqueConstraint("vacancy_id", "channel", "published_on"),
)

vacancy_confirmation = Table(
    "vacancy_confirmation",
    METADATA,
    ulid(),
    reference("vacancy_id", "vacancy.id", index=False),
    day("confirmed_on"),
    text("confirmed_by", INTERNAL),
    instant("recorded_at"),
    UniqueConstraint("vacancy_id", "confirmed_on"),
)
