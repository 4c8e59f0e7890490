"""Cohorts in the record: which subsidy cases a proposal would reach, the report as it was shown, and what followed."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, and_, func, insert, or_, select, update
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from cases.cohorts import Standing
from cases.determinations import Conclusion
from cases.subsidy.stages import Outcome, PaymentStatus, Stage
from store.rows import filled
from store.tables.cases import determination
from store.tables.cohorts import cohort_case, follow_up_case, policy_cohort
from store.tables.subsidies import payment, repayment, subsidy_case

GONE_OUT: Final = (PaymentStatus.SENT, PaymentStatus.PAID)


@dataclass(frozen=True)
class Reached:
    """One subsidy case with the determination that stands. `person_id` is whose key opens it."""

    case_id: str
    determination_id: str
    policy: str
    jurisdiction: str
    person_id: str
    station_id: str
    standing: Standing
    granted_fen: int | None
    paid_fen: int


@dataclass(frozen=True)
class CohortCase:
    """What the change does to one case, by the rules; amounts in fen, None where the rules grant none.

    `granted_fen`: what officers granted in all; None where nobody has decided yet. `paid_fen`: less what came back.
    """

    case_id: str
    policy: str
    station_id: str
    standing: Standing
    before: Conclusion
    after: Conclusion
    before_fen: int | None
    after_fen: int | None
    granted_fen: int | None
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
    """`due_on`: the day from which its law is in force and in use. `stage`: of the case, as it stands now."""

    proposal_id: str
    case_id: str
    cohort_id: str
    opened_by: str
    opened_at: datetime
    due_on: date
    sent_at: datetime | None
    refused: str | None
    stage: Stage
    to_be_determined: bool


def reached_cases(
    connection: Connection, policies: Collection[str], places: Collection[str], from_on: date
) -> tuple[Reached, ...]:
    """Every determined case of these policies and places that was applied for on a day or later, in order.

    An application that was withdrawn before anything was paid is not among them.
    """
    came = select(payment.c.case_id, func.sum(payment.c.amount_fen).label("fen")).where(payment.c.status.in_(GONE_OUT))
    went = select(repayment.c.case_id, func.sum(repayment.c.amount_fen).label("fen"))
    paid, back = came.group_by(payment.c.case_id).subquery(), went.group_by(repayment.c.case_id).subquery()
    case, made = subsidy_case.c, determination.c
    query = (
        select(
            case.id.label("case_id"),
            made.id.label("determination_id"),
            case.policy,
            case.jurisdiction,
            func.coalesce(case.hired, case.applicant_id).label("person_id"),
            case.station_id,
            case.outcome,
            case.closed_at,
            case.granted_fen,
            (func.coalesce(paid.c.fen, 0) - func.coalesce(back.c.fen, 0)).label("paid_fen"),
        )
        .join(determination, and_(made.case_id == case.id, made.policy == case.policy, made.superseded.is_(False)))
        .outerjoin(paid, paid.c.case_id == case.id)
        .outerjoin(back, back.c.case_id == case.id)
        .where(case.policy.in_(policies), case.applied_on >= from_on, _within(places))
        .order_by(case.id)
    )
    rows = connection.execute(query).mappings()
    return tuple(_reached(row) for row in rows if row["outcome"] is not Outcome.WITHDRAWN or row["paid_fen"] > 0)


def _reached(row: RowMapping) -> Reached:
    return filled(Reached, row, standing=_standing(row), paid_fen=int(row["paid_fen"]))


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


def cohorts_of(connection: Connection, proposal_id: str) -> tuple[Cohort, ...]:
    """The newest first."""
    query = select(policy_cohort).where(policy_cohort.c.proposal_id == proposal_id)
    newest = query.order_by(policy_cohort.c.made_at.desc(), policy_cohort.c.id.desc())
    return tuple(filled(Cohort, row) for row in connection.execute(newest).mappings())


def cases_of(connection: Connection, cohort_id: str) -> tuple[CohortCase, ...]:
    query = select(cohort_case).where(cohort_case.c.cohort_id == cohort_id).order_by(cohort_case.c.case_id)
    return tuple(filled(CohortCase, row) for row in connection.execute(query).mappings())


def open_follow_ups(
    connection: Connection, cohort: Cohort, case_ids: Collection[str], opened_by: str, at: datetime, due_on: date
) -> int:
    """Enter the cases that are to be asked anew, and say how many are new; one that was entered before stays."""
    row = {
        "proposal_id": cohort.proposal_id,
        "cohort_id": cohort.id,
        "opened_by": opened_by,
        "opened_at": at,
        "due_on": due_on,
        "recorded_at": datetime.now(UTC),
    }
    before = _entered(connection, cohort.proposal_id)
    if case_ids:
        insert_ = sqlite_insert if connection.dialect.name == "sqlite" else postgres_insert
        rows = [{**row, "case_id": case_id} for case_id in case_ids]
        connection.execute(insert_(follow_up_case).on_conflict_do_nothing(), rows)
    return _entered(connection, cohort.proposal_id) - before


def _entered(connection: Connection, proposal_id: str) -> int:
    of = follow_up_case.c.proposal_id == proposal_id
    return connection.execute(select(func.count()).select_from(follow_up_case).where(of)).scalar_one()


def follow_ups(connection: Connection, proposal_id: str) -> tuple[FollowUpRow, ...]:
    """All that were entered for a publication, by case."""
    query = _FOLLOW_UPS.where(follow_up_case.c.proposal_id == proposal_id).order_by(follow_up_case.c.case_id)
    return tuple(map(_row, connection.execute(query).mappings()))


def unsent_follow_ups(connection: Connection, on: date) -> tuple[tuple[FollowUpRow, date], ...]:
    """Those that are due and were not asked anew yet, each with the day of the law that it is to be asked by."""
    query = (
        _FOLLOW_UPS.add_columns(policy_cohort.c.as_of)
        .join(policy_cohort, policy_cohort.c.id == follow_up_case.c.cohort_id)
        .where(follow_up_case.c.sent_at.is_(None), follow_up_case.c.due_on <= on)
        .order_by(follow_up_case.c.opened_at, follow_up_case.c.case_id)
    )
    return tuple((_row(row), row["as_of"]) for row in connection.execute(query).mappings())


_FOLLOW_UPS: Final[Select[Any]] = select(
    follow_up_case,
    subsidy_case.c.stage,
    subsidy_case.c.policy,
    subsidy_case.c.closed_at,
    subsidy_case.c.facts_seen,
    subsidy_case.c.determined_at_facts,
).join(subsidy_case, subsidy_case.c.id == follow_up_case.c.case_id)


def _row(row: RowMapping) -> FollowUpRow:
    seen = dict(row["determined_at_facts"]).get(row["policy"], -1)
    return filled(FollowUpRow, row, to_be_determined=row["closed_at"] is None and seen < row["facts_seen"])


def follow_up_sent(
    connection: Connection, proposal_id: str, case_id: str, at: datetime, refused: str | None = None
) -> None:
    """The case was asked anew, or why it could not be; what was written first stays."""
    this = follow_up_case.c.proposal_id == proposal_id, follow_up_case.c.case_id == case_id
    unsent = follow_up_case.c.sent_at.is_(None)
    connection.execute(update(follow_up_case).where(*this, unsent).values(sent_at=at, refused=refused))
