"""What a proposed change of the law does to real subsidy cases (受影响个案报告), and what followed for them."""

from sqlalchemy import Column, ForeignKey, PrimaryKeyConstraint, Table, Text

from cases.cohorts import Standing
from cases.determinations import Conclusion
from store.tables.base import (
    INTERNAL,
    METADATA,
    choice,
    count,
    day,
    instant,
    json_text,
    money_fen,
    reference,
    text,
    ulid,
)
from store.tables.classes import classified

policy_cohort = Table(
    "policy_cohort",
    METADATA,
    ulid(),
    reference("proposal_id", "policy_proposal.id"),
    day("from_on"),  # cases applied for on this day or later
    day("as_of", nullable=True),  # the day whose law each was decided by; None: the file adds no version
    count("cases"),
    json_text("untried"),
    text("made_by", INTERNAL),
    instant("made_at", index=True),
    instant("recorded_at"),
)
cohort_case = Table(
    "policy_cohort_case",
    METADATA,
    classified(Column("cohort_id", Text, ForeignKey("policy_cohort.id"), nullable=False), INTERNAL),
    classified(Column("case_id", Text, ForeignKey("subsidy_case.id"), nullable=False), INTERNAL),
    text("policy", INTERNAL),
    text("station_id", INTERNAL),
    choice("standing", Standing),
    choice("before", Conclusion),
    choice("after", Conclusion),
    money_fen("before_fen", nullable=True),
    money_fen("after_fen", nullable=True),
    money_fen("granted_fen", nullable=True),  # by officers; None: nobody has decided
    money_fen("paid_fen"),
    text("effect", INTERNAL),
    PrimaryKeyConstraint("cohort_id", "case_id"),
)
# One for each case and publication, by the database: a case is asked anew once for one change of the law.
follow_up_case = Table(
    "policy_follow_up",
    METADATA,
    classified(Column("proposal_id", Text, ForeignKey("policy_publication.proposal_id"), nullable=False), INTERNAL),
    classified(Column("case_id", Text, ForeignKey("subsidy_case.id"), nullable=False), INTERNAL),
    text("cohort_id", INTERNAL),
    text("opened_by", INTERNAL),
    instant("opened_at"),
    day("due_on"),  # from which the law is in force and in use
    instant("sent_at", nullable=True, index=True),
    text("refused", INTERNAL, nullable=True),  # codes, where the case could not be asked anew
    instant("recorded_at"),
    PrimaryKeyConstraint("proposal_id", "case_id"),
)
