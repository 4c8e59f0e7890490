"""Employers (用工主体), firms and households, and the checks on them."""

from enum import StrEnum

from sqlalchemy import CheckConstraint, Index, Table

from store.tables.base import (
    INTERNAL,
    METADATA,
    PERSONAL,
    PUBLIC,
    SENSITIVE,
    choice,
    day,
    instant,
    json_text,
    reference,
    sealed,
    text,
    token,
    ulid,
)


class EmployerKind(StrEnum):
    ORGANISATION = "organisation"  # 单位（企业、平台、合作社等）
    HOUSEHOLD = "household"  # 家庭


class VerificationResult(StrEnum):
    VERIFIED = "verified"  # 已核实
    REFUSED = "refused"  # 未通过
    WITHDRAWN = "withdrawn"  # 撤销


employer = Table(
    "employer",
    METADATA,
    ulid(),
    choice("kind", EmployerKind, PUBLIC),
    reference("node_id", "organisation_node.id"),
    text("name", PUBLIC, nullable=True),  # an organisation's
    text("uscc", PUBLIC, nullable=True, unique=True),
    text("address", PUBLIC, nullable=True),  # as its licence names it
    sealed("representative_sealed", PERSONAL, nullable=True),  # its legal representative, or the person in charge
    sealed("person_name_sealed", PERSONAL, nullable=True),  # the person of a household
    sealed("person_identity_sealed", SENSITIVE, nullable=True),
    token("person_identity_token", SENSITIVE, nullable=True, unique=True),
    sealed("contact_name_sealed", PERSONAL, nullable=True),
    sealed("contact_phone_sealed", PERSONAL, nullable=True),
    text("recorded_by", INTERNAL),
    instant("recorded_at"),
    CheckConstraint("(kind = 'household') = (uscc IS NULL)", name="code_or_household"),
    CheckConstraint("kind = 'household' OR name IS NOT NULL", name="organisation_has_a_name"),
)

employer_verification = Table(
    "employer_verification",
    METADATA,
    ulid(),
    reference("employer_id", "employer.id", index=False),
    reference("verified_by", "staff.id", index=False),
    day("verified_on"),
    text("method", INTERNAL),
    json_text("evidence"),
    choice("result", VerificationResult),
    day("good_until", nullable=True),  # the last day on which it can be relied on
    instant("recorded_at"),
    Index("ix_employer_verification_history", "employer_id", "verified_on"),
)
