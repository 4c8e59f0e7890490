"""Cohorts in the record: which subsidy cases a proposal would reach, the report as it was shown, and what followed."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

from sqlalchemy import ColumnElement, Connection, RowMapping, Subquery, and_, func, insert, or_, select, update

from cases.cohorts import Standing
from cases.determinations import Conclusion
from cases.subsidy.stages import Outcome, PaymentStatus
from store.rows import filled
from store.tables.cases import determination_record
from store.tables.cohorts import cohort_case, follow_up_case, policy_cohort
from store.tables.subsidies import payment, repayment, subsidy_case

LIVE: Final = [each for each in PaymentStatus if each not in (PaymentStatus.RETURNED, PaymentStatus.CANCELLED)]


@dataclass(frozen=True)
class Reached:
    """One subsidy case with its latest determination. `applicant_id` is whose key opens it."""

    case_id: str
    determination_id: str
    policy: str
    jurisdiction: str
    applicant_id: str
    station_id: str
    standing: Standing
    paid_fen: int


@dataclass(frozen=True)
class CohortCase:
    """What the change does to one case; amounts in fen, None where the rules came to none."""

    case_id: str
    policy: str
    station_id: str
    standing: Standing
    before: Conclusion
    after: Conclusion
    before_fen: int | None
    after_fen: int | None
    paid_fen: int
    effect: str


@dataclass(frozen=True)
class Cohort:
    """A report as it was made. `untried`: how many cases were not decided again, by why."""

    id: str
    proposal_id: str
    from_on: date
    as_of: date | None
    cases: int
    untried: Mapping[str, int]
    made_by: str
    made_at: datetime


@dataclass(frozen=True)
class FollowUpRow:
    proposal_id: str
    case_id: str
    cohort_id: str
    opened_by: str
    opened_at: datetime
    sent_at: datetime | None
    refused: str | None


def reached_cases(
    connection: Connection, policies: Collection[str], places: Collection[str], from_on: date
) -> tuple[Reached, ...]:
    """Every subsidy case of these policies and places that was applied for on a day or later, in order."""
    latest = _latest()
    came = select(payment.c.case_id, func.sum(payment.c.amount_fen).label("fen")).where(payment.c.status.in_(LIVE))
    went = select(repayment.c.case_id, func.sum(repayment.c.amount_fen).label("fen"))
    paid, back = came.group_by(payment.c.case_id).subquery(), went.group_by(repayment.c.case_id).subquery()
    made = determination_record
    case = subsidy_case.c
    query = (
        select(
            case.id.label("case_id"),
            made.c.id.label("determination_id"),
            case.policy,
            case.jurisdiction,
            case.applicant_id,
            case.station_id,
            case.outcome,
            case.closed_at,
            (func.coalesce(paid.c.fen, 0) - func.coalesce(back.c.fen, 0)).label("paid_fen"),
        )
        .join(latest, latest.c.case_id == case.id)
        .join(made, and_(made.c.case_id == case.id, made.c.made_at == latest.c.made_at, made.c.policy == case.policy))
        .outerjoin(paid, paid.c.case_id == case.id)
        .outerjoin(back, back.c.case_id == case.id)
        .where(case.policy.in_(policies), case.applied_on >= from_on, _within(places))
        .order_by(case.id)
    )
    return tuple(filled(Reached, row, standing=_standing(row)) for row in connection.execute(query).mappings())


def _latest() -> Subquery:
    made = determination_record
    return select(made.c.case_id, func.max(made.c.made_at).label("made_at")).group_by(made.c.case_id).subquery()


def _within(places: Collection[str]) -> ColumnElement[bool]:
    place = subsidy_case.c.jurisdiction
    return or_(place.in_(places), *(place.startswith(f"{each}-") for each in places))


def _standing(row: RowMapping) -> Standing:
    if row["paid_fen"] > 0:
        return Standing.PAID
    if row["outcome"] is Outcome.REFUSED:
        return Standing.REFUSED
    return Standing.OPEN if row["closed_at"] is None else Standing.ENDED


def keep_cohort(connection: Connection, new: Cohort, found: Iterable[CohortCase]) -> None:
    connection.execute(
        insert(policy_cohort).values(**{**vars(new), "untried": dict(new.untried)}, recorded_at=datetime.now(UTC))
    )
    rows = [vars(each) | {"cohort_id": new.id} for each in found]
    if rows:
        connection.execute(insert(cohort_case), rows)


def newest_cohort(connection: Connection, proposal_id: str) -> Cohort | None:
    query = select(policy_cohort).where(policy_cohort.c.proposal_id == proposal_id)
    newest = query.order_by(policy_cohort.c.made_at.desc(), policy_cohort.c.id.desc()).limit(1)
    row = connection.execute(newest).mappings().one_or_none()
    return filled(Cohort, row) if row else None


def cases_of(connection: Connection, cohort_id: str) -> tuple[CohortCase, ...]:
    query = select(cohort_case).where(cohort_case.c.cohort_id == cohort_id).order_by(cohort_case.c.case_id)
    return tuple(filled(CohortCase, row) for row in connection.execute(query).mappings())


def open_follow_ups(
    connection: Connection, cohort: Cohort, case_ids: Collection[str], opened_by: str, at: datetime
) -> int:
    """Enter the cases that are to be asked anew, and say how many are new; one that was entered before stays."""
    known = {row.case_id for row in follow_ups(connection, cohort.proposal_id)}
    rows = [
        {
            "proposal_id": cohort.proposal_id,
            "case_id": case_id,
            "cohort_id": cohort.id,
            "opened_by": opened_by,
            "opened_at": at,
            "recorded_at": datetime.now(UTC),
        }
        for case_id in case_ids
        if case_id not in known
    ]
    if rows:
        connection.execute(insert(follow_up_case), rows)
    return len(rows)


def follow_ups(connection: Connection, proposal_id: str) -> tuple[FollowUpRow, ...]:
    table = follow_up_case
    query = select(table).where(table.c.proposal_id == proposal_id).order_by(table.c.case_id)
    return tuple(filled(FollowUpRow, row) for row in connection.execute(query).mappings())


def unsent_follow_ups(connection: Connection, most: int) -> tuple[tuple[FollowUpRow, date | None], ...]:
    """Those that were not asked anew yet, each with the day of the law that it is to be asked by."""
    query = (
        select(follow_up_case, policy_cohort.c.as_of)
        .join(policy_cohort, policy_cohort.c.id == follow_up_case.c.cohort_id)
        .where(follow_up_case.c.sent_at.is_(None))
        .order_by(follow_up_case.c.opened_at, follow_up_case.c.case_id)
        .limit(most)
    )
    rows = connection.execute(query).mappings()
    return tuple((filled(FollowUpRow, row), row["as_of"]) for row in rows)


def follow_up_sent(
    connection: Connection, proposal_id: str, case_id: str, at: datetime, refused: str | None = None
) -> None:
    """The case was asked anew, or why it could not be."""
    this = and_(follow_up_case.c.proposal_id == proposal_id, follow_up_case.c.case_id == case_id)
    connection.execute(update(follow_up_case).where(this).values(sent_at=at, refused=refused))
