"""Hardship cases and their parts, one table per kind of part; no text about a person stands here in clear."""

from functools import partial
from typing import Final

from sqlalchemy import Column, ForeignKey, Index, LargeBinary, PrimaryKeyConstraint, Table, Text, UniqueConstraint
from sqlalchemy.schema import SchemaItem

from cases.case_kinds import CaseKind
from cases.determinations import Conclusion
from cases.hardship.stages import AgreementForm, Outcome, ReferralOutcome, Stage, TrainingResult
from cases.plans import ServiceKind
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
    money_fen,
    reference,
    sealed,
    text,
    ulid,
)
from store.tables.classes import classified

# Every case of every kind: what belongs to any of them refers to this row.
case_file: Final = Table("case_file", METADATA, ulid(), choice("kind", CaseKind))
hardship_case: Final = Table(
    "hardship_case",
    METADATA,
    classified(Column("id", Text, ForeignKey("case_file.id"), primary_key=True), INTERNAL),
    count("revision"),
    choice("stage", Stage, index=True),
    reference("worker_id", "worker.id"),
    reference("station_id", "station.id"),
    text("jurisdiction", INTERNAL),
    day("applied_on"),
    instant("opened_at"),
    reference("caseworker", "staff.id", nullable=True),
    text("plan_hash", INTERNAL, nullable=True),
    text("law", INTERNAL, index=True, nullable=True),
    choice("outcome", Outcome, nullable=True),
    instant("closed_at", nullable=True),
    instant("help_began_at", nullable=True),
    instant("term_over_at", nullable=True),
    flag("items_proved"),
    count("facts_seen"),
    json_text("determined_at_facts"),
    json_text("applied_anew", of_before="[]"),
    json_text("pauses"),
    json_text("transfer", nullable=True),
    json_text("exit", nullable=True),
    json_text("closure", nullable=True),
)
# One open case per worker, by the database.
Index(
    "uq_hardship_case_open_worker",
    hardship_case.c.worker_id,
    unique=True,
    sqlite_where=hardship_case.c.closed_at.is_(None),
    postgresql_where=hardship_case.c.closed_at.is_(None),
)


def part_of(owner: str, name: str, *columns: SchemaItem) -> Table:
    """A table of parts, each known by its readable id within its case; `owner` is the table of the case."""
    return Table(
        name,
        METADATA,
        classified(Column("case_id", Text, ForeignKey(f"{owner}.id"), nullable=False), INTERNAL),
        text("id", INTERNAL),
        *columns,
        PrimaryKeyConstraint("case_id", "id"),
    )


_part = partial(part_of, "hardship_case")
_part_of_any = partial(part_of, "case_file")

determination: Final = _part_of_any(
    "determination",
    text("policy", INTERNAL),
    choice("conclusion", Conclusion),
    instant("made_at"),
    flag("granted", nullable=True),
    text("decided_by", INTERNAL, nullable=True),
    flag("departing", nullable=True),
    text("departed_by", INTERNAL, nullable=True),
    flag("superseded"),
    day("turns_on", nullable=True),
    choice("turns_to", Conclusion, nullable=True),
    flag("turns_by_itself", of_before="0"),
    instant("woken_at", nullable=True),
    flag("anew", nullable=True),
    money_fen("amount_fen", nullable=True),
)
service: Final = _part(
    "service", choice("kind", ServiceKind), text("given_by", INTERNAL), day("held_on"), flag("described")
)
referral: Final = _part(
    "referral",
    text("vacancy_id", INTERNAL),
    text("employer", INTERNAL),
    day("made_on"),
    json_text("conditions"),
    day("delivered_on", nullable=True),
    choice("outcome", ReferralOutcome, nullable=True),
    day("outcome_on", nullable=True),
    flag("confirmed", nullable=True),
    UniqueConstraint("case_id", "vacancy_id"),
)
talk: Final = _part("talk", text("employer_id", INTERNAL), day("held_on"))
training: Final = _part(
    "training",
    text("course_id", INTERNAL),
    day("enrolled_on"),
    count("hours_attended"),
    choice("result", TrainingResult, nullable=True),
    day("result_on", nullable=True),
)
need: Final = _part(
    "need", day("opened_on"), json_text("answered_by"), flag("solved", nullable=True), day("settled_on", nullable=True)
)
appointment: Final = _part(
    "appointment",
    instant("at"),
    text("with_staff", INTERNAL),
    flag("kept", nullable=True),
    Index("ix_appointment_agenda", "with_staff", "at"),
)
placement: Final = _part(
    "placement",
    text("employer_id", INTERNAL),
    day("started_on"),
    choice("form", AgreementForm),
    day("ended_on", nullable=True),
)
# One standing placement per case, by the database.
Index(
    "uq_placement_standing",
    placement.c.case_id,
    unique=True,
    sqlite_where=placement.c.ended_on.is_(None),
    postgresql_where=placement.c.ended_on.is_(None),
)
follow_up: Final = _part(
    "follow_up",
    text("placement_id", INTERNAL),
    count("days"),
    day("held_on", nullable=True),
    flag("still_employed", nullable=True),
    UniqueConstraint("case_id", "placement_id", "days"),
)
clock: Final = _part_of_any(
    "clock",
    text("terms_id", INTERNAL),
    count("length"),
    text("unit", INTERNAL),
    text("counts", INTERNAL),
    instant("started_at"),
    instant("due_at", nullable=True, index=True),
    json_text("alarms"),
    flag("provisional"),
    text("calendar_hash", INTERNAL),
    json_text("pauses"),
    json_text("sent"),
    instant("stopped_at", nullable=True),
)
paper: Final = _part_of_any(
    "paper",
    text("kind", INTERNAL),
    text("about", INTERNAL),
    day("dated"),
    text("sha256", INTERNAL, nullable=True),
    text("file_sha256", INTERNAL, nullable=True),
    count("file_size", nullable=True),
    day("waived_on", nullable=True),
)

case_step: Final = Table(
    "case_step",
    METADATA,
    classified(Column("key", Text, primary_key=True), INTERNAL),
    reference("case_id", "case_file.id"),
    count("revision"),
    text("kind", INTERNAL),
    text("actor", INTERNAL),
    instant("at"),
    instant("recorded_at"),
    sealed("body_sealed", PERSONAL),
    json_text("receipt"),
    UniqueConstraint("case_id", "revision"),
)
determination_record: Final = Table(
    "determination_record",
    METADATA,
    classified(Column("case_id", Text, ForeignKey("case_file.id"), nullable=False), INTERNAL),
    text("id", INTERNAL),
    text("policy", INTERNAL),
    text("version", INTERNAL),
    text("policy_hash", INTERNAL),
    text("jurisdiction", INTERNAL),
    choice("conclusion", Conclusion),
    text("engines", INTERNAL),
    sealed("detail_sealed", PERSONAL),  # the whole determination, with the facts it read
    instant("made_at"),
    PrimaryKeyConstraint("case_id", "id"),
)
decision: Final = Table(
    "decision",
    METADATA,
    ulid(),  # its step's key
    reference("case_id", "case_file.id"),
    text("determination_id", INTERNAL),
    flag("granted"),
    flag("departs"),
    text("officer", INTERNAL),
    text("second_officer", INTERNAL, nullable=True),
    instant("at"),
)
log_pending: Final = Table(
    "log_pending",
    METADATA,
    ulid(),  # of the step that made it
    text("record", INTERNAL),  # canonical JSON: ids, codes and commitments, nothing personal
    classified(Column("leaf", LargeBinary, nullable=False), INTERNAL),
    sealed("salt_sealed", PERSONAL, nullable=True),  # None: nothing personal is committed to, or it was erased
    instant("at"),
    text("person_id", INTERNAL, index=True, nullable=True),  # whose key seals the salt
    text("receipt", INTERNAL, nullable=True),  # shows that the leaf is as it was written; None: of before there was one
)
audit_event: Final = Table(
    "audit_event",
    METADATA,
    ulid(),
    text("case_id", INTERNAL, index=True, nullable=True),
    text("actor", INTERNAL),
    text("kind", INTERNAL),
    text("station_id", INTERNAL, nullable=True),
    # Of a look or a change outside a case: what it was about, why (a closed list), and the reason in their own words.
    text("about_kind", INTERNAL, nullable=True),
    text("about_id", INTERNAL, nullable=True),
    text("reason", INTERNAL, nullable=True),
    sealed("note_sealed", PERSONAL, nullable=True),
    instant("at", index=True),
    instant("recorded_at"),
    Index("ix_audit_event_about", "about_kind", "about_id", "at"),
)
outbox: Final = Table(
    "outbox",
    METADATA,
    ulid(),  # derived from its step, so that a step has its messages once
    text("kind", INTERNAL),
    text("case_id", INTERNAL),
    json_text("message"),
    instant("at"),
    instant("sent_at", nullable=True, index=True),
    count("attempts"),
    text("last_error", INTERNAL, nullable=True),
)
notice: Final = Table(
    "notice",
    METADATA,
    ulid(),  # its outbox row's id
    text("recipient", INTERNAL, index=True),
    text("case_id", INTERNAL),
    json_text("wording"),
    instant("at"),
    instant("read_at", nullable=True),
)
reconciliation: Final = Table(
    "reconciliation", METADATA, ulid(), instant("at", index=True), count("compared"), json_text("findings")
)

PART_TABLES: Final = {
    "determinations": determination,
    "services": service,
    "referrals": referral,
    "talks": talk,
    "trainings": training,
    "needs": need,
    "appointments": appointment,
    "placements": placement,
    "follow_ups": follow_up,
    "clocks": clock,
    "papers": paper,
}
