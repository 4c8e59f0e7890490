"""Lists of subsidy cases: by stage, policy, station and scope, and by whose turn it is."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Table,
    Text,
    and_,
    case,
    exists,
    func,
    or_,
    select,
    type_coerce,
    union,
)

from cases.clocks_due import APPEALS
from cases.determinations import Conclusion
from cases.subsidy.moves import DECISION_NOTICE
from cases.subsidy.stages import COME_TO_NOTHING, Applicant, Outcome, Stage
from cases.wording import Wording
from store.rows import filled
from store.scope import Scope
from store.tables.cases import clock, determination, paper
from store.tables.subsidies import claim, delivery, objection, payment, repayment, review, subsidy_case

PAGE_ROWS: Final = 25


class Waits(StrEnum):
    """For whom a case waits. As the steps that come next say it, asked of many cases at once."""

    OFFICER = "officer"
    CASEWORKER = "caseworker"
    NOBODY = "nobody"  # time, the rules, or the applicant has the word

    @property
    def label(self) -> Wording:
        return _LABELS[self]


_LABELS = {
    Waits.OFFICER: Wording("审批人", "officer"),
    Waits.CASEWORKER: Wording("经办人", "caseworker"),
    Waits.NOBODY: Wording("—", "—"),
}


@dataclass(frozen=True)
class Wanted:
    """Which subsidy cases a list shows; what is None narrows nothing."""

    with_closed: bool = False
    stage: Stage | None = None
    policy: str | None = None
    station: str | None = None
    waits: Waits | None = None
    applicant: Applicant | None = None
    applicant_id: str | None = None
    person: str | None = None  # who applied, or was hired
    opened_from: str | None = None
    number: str = ""  # how the case's number ends
    oldest_first: bool = False


@dataclass(frozen=True)
class ListedSubsidy:
    """A line of a list. `periods`: how many are claimed; `due_at`: the first of its clocks."""

    id: str
    policy: str
    applicant: Applicant
    applicant_id: str
    hired: str | None
    station_id: str
    stage: Stage
    outcome: Outcome | None
    caseworker: str | None
    applied_on: date
    granted_fen: int | None
    periods: int
    due_at: datetime | None
    waits: Waits


def listed_subsidies(
    connection: Connection, wanted: Wanted, scope: Scope | None = None, start: int = 0, at_most: int | None = PAGE_ROWS
) -> tuple[ListedSubsidy, ...]:
    """A page of them, or all. Ids begin with the time, so that their order is that of application."""
    c = subsidy_case.c
    order = c.id if wanted.oldest_first else c.id.desc()
    query = select(*_columns()).where(*_conditions(wanted, scope)).order_by(order).offset(start)
    rows = connection.execute(query if at_most is None else query.limit(at_most)).mappings()
    return tuple(filled(ListedSubsidy, row, waits=Waits(row["waits"])) for row in rows)


def count_subsidies(connection: Connection, wanted: Wanted, scope: Scope | None = None) -> int:
    query = select(func.count()).select_from(subsidy_case).where(*_conditions(wanted, scope))
    return connection.scalar(query) or 0


def count_waiting(connection: Connection, waits: Collection[Waits], scope: Scope, at_most: int) -> int:
    """How many wait for these people, counted no further than `at_most`: it stands on every page.

    Of the many that run, are shown to the public or are closed, only those are looked at in which somebody objected or
    asks for a review.
    """
    c = subsidy_case.c
    quiet = Stage.NOTICE, Stage.RUNNING, Stage.CLOSED
    maybe = union(
        select(c.id).where(c.stage.in_([stage for stage in Stage if stage not in quiet])),
        select(c.id).where(c.stage == Stage.NOTICE, c.noticed_on.is_(None)),
        select(objection.c.case_id).where(objection.c.upheld.is_(None)),
        select(review.c.case_id).where(review.c.reversed_.is_(None)),
    )
    asked = scope.has_subsidy(), c.id.in_(maybe), _waits().in_([each.value for each in waits])
    found = select(c.id).where(*asked).limit(at_most)
    return connection.scalar(select(func.count()).select_from(found.subquery())) or 0


@dataclass(frozen=True)
class Sums:
    """Of all cases of a list, in fen: what was granted, and what went out and did not come back."""

    granted_fen: int
    paid_fen: int


def sums_of(connection: Connection, wanted: Wanted, scope: Scope | None = None) -> Sums:
    ids = select(subsidy_case.c.id).where(*_conditions(wanted, scope))
    granted = select(func.sum(subsidy_case.c.granted_fen)).where(*_conditions(wanted, scope))
    out = select(func.sum(payment.c.amount_fen)).where(
        payment.c.case_id.in_(ids), payment.c.status.not_in(COME_TO_NOTHING)
    )
    back = select(func.sum(repayment.c.amount_fen)).where(repayment.c.case_id.in_(ids))
    # PostgreSQL's sum of whole numbers is a Decimal.
    return Sums(
        int(connection.scalar(granted) or 0), int(connection.scalar(out) or 0) - int(connection.scalar(back) or 0)
    )


def policies_listed(connection: Connection, scope: Scope | None = None) -> tuple[str, ...]:
    """The subsidies of which there are cases."""
    query = select(subsidy_case.c.policy).distinct().where(*_conditions(Wanted(with_closed=True), scope))
    return tuple(sorted(connection.scalars(query)))


def _columns() -> tuple[ColumnElement[Any], ...]:
    c = subsidy_case.c
    periods = select(func.count()).where(claim.c.case_id == c.id, claim.c.released_on.is_(None)).scalar_subquery()
    ours = and_(*(~clock.c.id.startswith(of, autoescape=True) for of in APPEALS))
    due = select(func.min(clock.c.due_at)).where(clock.c.case_id == c.id, clock.c.stopped_at.is_(None), ours)
    named = (
        *(c.id, c.policy, c.applicant, c.applicant_id, c.hired, c.station_id, c.stage, c.outcome, c.caseworker),
        *(c.applied_on, c.granted_fen),
    )
    return (*named, periods.label("periods"), due.scalar_subquery().label("due_at"), _waits().label("waits"))


def _conditions(wanted: Wanted, scope: Scope | None) -> Iterator[ColumnElement[bool]]:
    c = subsidy_case.c
    if scope is not None:
        yield scope.has_subsidy()
    if not wanted.with_closed and wanted.stage is not Stage.CLOSED:
        yield or_(c.closed_at.is_(None), _review_open())
    if wanted.stage:
        yield c.stage == wanted.stage
    named = {
        "policy": wanted.policy,
        "station_id": wanted.station,
        "applicant": wanted.applicant,
        "applicant_id": wanted.applicant_id,
        "opened_from": wanted.opened_from,
    }
    yield from (c[name] == value for name, value in named.items() if value is not None)
    if wanted.person:
        yield or_(c.applicant_id == wanted.person, c.hired == wanted.person)
    if wanted.number:
        yield c.id.endswith(wanted.number.upper(), autoescape=True)
    if wanted.waits:
        yield _waits() == wanted.waits.value


def _waits() -> ColumnElement[str]:
    """As the first of the case's own next steps says, once the rules have been asked: a test compares the two."""
    c = subsidy_case.c
    officer, caseworker, nobody = Waits.OFFICER.value, Waits.CASEWORKER.value, Waits.NOBODY.value
    under_way = _has(payment, payment.c.status.in_(("ordered", "sent")))
    return case(
        (and_(c.closed_at.is_not(None), ~_review_open()), nobody),
        (_asked(), officer),
        (and_(c.stage == Stage.DETERMINATION, _missing_facts()), caseworker),
        (and_(c.stage == Stage.DETERMINATION, _undecided()), officer),
        (and_(c.stage == Stage.NOTICE, c.noticed_on.is_(None)), officer),
        (c.stage == Stage.PAYMENT, officer),
        (and_(c.stage == Stage.RECOVERY, or_(under_way, c.recovery.is_(None))), officer),
        (c.stage == Stage.RECOVERY, caseworker),
        (and_(c.stage == Stage.REFUSAL, _undelivered()), caseworker),
        else_=nobody,
    )


def _has(table: Table, *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether the case has such a part."""
    return exists().where(table.c.case_id == subsidy_case.c.id, *conditions).correlate(subsidy_case)


def _asked() -> ColumnElement[bool]:
    c = subsidy_case.c
    look = and_(type_coerce(c.look, Text).contains('"stands":null'), c.stage.in_((Stage.DETERMINATION, Stage.REFUSAL)))
    return or_(
        look,
        _has(objection, objection.c.upheld.is_(None)),
        _review_open(),
    )


def _review_open() -> ColumnElement[bool]:
    """A review waits for an answer, or an appeal for its result, also where the case ended meanwhile."""
    return _has(review, review.c.reversed_.is_(None))


def _undelivered() -> ColumnElement[bool]:
    """A refusal whose notice is made, and of which no delivery is recorded."""
    refused = select(determination.c.id).where(
        determination.c.case_id == paper.c.case_id, determination.c.superseded.is_(False)
    )
    delivered = exists().where(delivery.c.case_id == paper.c.case_id, delivery.c.id == paper.c.id)
    made = or_(paper.c.sha256.is_not(None), paper.c.waived_on.is_not(None))
    return _has(paper, paper.c.kind == DECISION_NOTICE, paper.c.about.in_(refused), made, ~delivered.correlate(paper))


def _missing_facts() -> ColumnElement[bool]:
    return _standing(determination.c.conclusion == Conclusion.NEEDS_INFORMATION, determination.c.departing.is_(None))


def _undecided() -> ColumnElement[bool]:
    return _standing()


def _standing(*more: ColumnElement[bool]) -> ColumnElement[bool]:
    """The standing determination waits for a decision."""
    return _has(
        determination,
        determination.c.policy == subsidy_case.c.policy,
        determination.c.superseded.is_(False),
        determination.c.granted.is_(None),
        *more,
    )
