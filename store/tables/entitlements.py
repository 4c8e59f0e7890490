"""Who probably could have a subsidy and has not applied (应享未享): found by a sweep, replaced by the next."""

from enum import StrEnum

from sqlalchemy import Index, Table, UniqueConstraint

from cases.subsidy.stages import Applicant
from cases.wording import Wording
from store.tables.base import (
    INTERNAL,
    METADATA,
    PERSONAL,
    choice,
    day,
    instant,
    json_text,
    money_fen,
    reference,
    sealed,
    text,
    ulid,
)


class Standing(StrEnum):
    """How sure it is, on what is known."""

    QUALIFIES = "qualifies"  # 已知事实符合条件
    WITH_FACTS = "with-facts"  # 补充事实后可能符合

    @property
    def label(self) -> Wording:
        return _LABELS[self]


_LABELS = {
    Standing.QUALIFIES: Wording("符合条件", "qualifies"),
    Standing.WITH_FACTS: Wording("补充事实后可能符合", "may qualify with these facts"),
}

entitlement = Table(
    "entitlement",
    METADATA,
    ulid(),
    choice("applicant", Applicant),
    text("applicant_id", INTERNAL),
    text("hired", INTERNAL, index=True),  # of a subsidy that an employer has for each person hired: whom; else empty
    text("office", INTERNAL, index=True),  # of a worker the station, of an employer the node of the register
    text("policy", INTERNAL, index=True),
    text("policy_hash", INTERNAL),
    day("found_on"),
    instant("swept_at"),
    choice("standing", Standing),
    json_text("missing"),  # the names of the facts that could still change it, in the order to ask them
    money_fen("amount_fen", nullable=True),
    UniqueConstraint("applicant_id", "hired", "policy"),
)

# What was said of it, which outlives the sweep: told, or not wanted, with the applicant's reason.
entitlement_answer = Table(
    "entitlement_answer",
    METADATA,
    ulid(),
    text("applicant_id", INTERNAL),
    text("hired", INTERNAL),
    text("policy", INTERNAL),
    day("told_on"),
    reference("told_by", "staff.id", index=False),
    sealed("reason_sealed", PERSONAL, nullable=True),  # why they do not want it; None: they were told
    instant("recorded_at"),
    Index("ix_entitlement_answer_applicant", "applicant_id", "hired", "policy", "recorded_at"),
)
