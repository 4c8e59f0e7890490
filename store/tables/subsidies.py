"""Subsidy cases and their parts; sums stand in clear, as they are added up, and never beside a name."""

from typing import Final

from sqlalchemy import Column, ForeignKey, Index, Table, Text

from cases.subsidy.stages import Applicant, DeliveryWay, Instance, Outcome, PaymentStatus, Stage
from store.tables.base import (
    INTERNAL,
    METADATA,
    choice,
    count,
    day,
    flag,
    instant,
    json_text,
    money_fen,
    reference,
    text,
)
from store.tables.cases import clock, determination, paper, part_of
from store.tables.classes import classified

subsidy_case: Final = Table(
    "subsidy_case",
    METADATA,
    classified(Column("id", Text, ForeignKey("case_file.id"), primary_key=True), INTERNAL),
    count("revision"),
    choice("stage", Stage, index=True),
    text("policy", INTERNAL, index=True),
    choice("applicant", Applicant),
    text("applicant_id", INTERNAL, index=True),
    reference("hired", "worker.id", nullable=True),
    reference("opened_from", "hardship_case.id", nullable=True),
    reference("station_id", "station.id"),
    text("jurisdiction", INTERNAL),
    day("applied_on"),
    instant("opened_at"),
    reference("caseworker", "staff.id", nullable=True),
    text("law", INTERNAL, index=True, nullable=True),
    choice("outcome", Outcome, nullable=True),
    instant("closed_at", nullable=True),
    count("facts_seen"),
    json_text("determined_at_facts"),
    json_text("applied_anew"),
    json_text("pauses"),
    text("notice_id", INTERNAL, index=True, nullable=True),
    day("noticed_on", nullable=True),
    money_fen("granted_fen", nullable=True),
    money_fen("departing_fen", nullable=True),
    json_text("look", nullable=True),
    day("checked_on", nullable=True),
    day("stopped_on", nullable=True),
    json_text("stopping", nullable=True),
    json_text("recovery", nullable=True),
    money_fen("written_off_fen"),
)
claim: Final = part_of(
    "subsidy_case",
    "subsidy_claim",
    text("subject_id", INTERNAL),
    text("policy", INTERNAL),
    day("claimed_on"),
    text("payment_id", INTERNAL, nullable=True),
    day("released_on", nullable=True),
    day("uncounted_on", nullable=True),
)
# One live claim for one person, subsidy and period, by the database, whatever the place and whichever employer.
Index(
    "uq_subsidy_claim_live",
    claim.c.subject_id,
    claim.c.policy,
    claim.c.id,
    unique=True,
    sqlite_where=claim.c.released_on.is_(None),
    postgresql_where=claim.c.released_on.is_(None),
)
payment: Final = part_of(
    "subsidy_case",
    "subsidy_payment",
    money_fen("amount_fen"),
    text("determination", INTERNAL),
    text("ordered_by", INTERNAL),
    instant("ordered_at"),
    choice("status", PaymentStatus, index=True),
    text("batch_id", INTERNAL, index=True, nullable=True),
    day("settled_on", nullable=True),
    text("return_code", INTERNAL, nullable=True),
    day("returned_on", nullable=True),
    text("returned_by", INTERNAL, nullable=True),
    instant("returned_at", nullable=True),
)
objection: Final = part_of(
    "subsidy_case",
    "subsidy_objection",
    day("raised_on"),
    flag("upheld", nullable=True),
    day("settled_on", nullable=True),
)
stop: Final = part_of(
    "subsidy_case",
    "subsidy_stop",
    text("event", INTERNAL),
    text("month", INTERNAL),
    day("recorded_on"),
    text("recorded_by", INTERNAL),
    day("struck_on", nullable=True),
    text("struck_by", INTERNAL, nullable=True),
)
review: Final = part_of(
    "subsidy_case",
    "subsidy_review",
    choice("instance", Instance),
    day("asked_on"),
    flag("reversed_", nullable=True),
    day("decided_on", nullable=True),
    text("decided_by", INTERNAL, nullable=True),
)
repayment: Final = part_of(
    "subsidy_case",
    "subsidy_repayment",
    money_fen("amount_fen"),
    day("received_on"),
    text("demanded_by", INTERNAL, nullable=True),
)
acceptance: Final = part_of(
    "subsidy_case", "subsidy_acceptance", text("by", INTERNAL), instant("at"), day("lapsed_on", nullable=True)
)
delivery: Final = part_of(
    "subsidy_case",
    "subsidy_delivery",
    choice("way", DeliveryWay),
    day("on"),
    day("delivered_on"),
    text("recorded_by", INTERNAL),
)

PART_TABLES: Final = {
    "determinations": determination,
    "claims": claim,
    "payments": payment,
    "objections": objection,
    "stops": stop,
    "reviews": review,
    "repayments": repayment,
    "acceptances": acceptance,
    "deliveries": delivery,
    "clocks": clock,
    "papers": paper,
}
