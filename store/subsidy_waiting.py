"""Which subsidy cases wait for their public notice, and what a list would show of each."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, and_, exists, func, select

from cases.subsidy.stages import COME_TO_NOTHING, Stage
from store.tables.cases import determination
from store.tables.subsidies import claim, payment, repayment, subsidy_case
from store.tables.subsidy_notices import subsidy_notice_entry


@dataclass(frozen=True)
class Waiting:
    """How many cases of a station wait for the list of one subsidy."""

    station_id: str
    jurisdiction: str
    policy: str
    cases: int


def waiting(connection: Connection, station_ids: Collection[str]) -> tuple[Waiting, ...]:
    query = (
        select(subsidy_case.c.station_id, subsidy_case.c.jurisdiction, subsidy_case.c.policy, func.count())
        .where(waits(), subsidy_case.c.station_id.in_(station_ids))
        .group_by(subsidy_case.c.station_id, subsidy_case.c.jurisdiction, subsidy_case.c.policy)
        .order_by(subsidy_case.c.station_id, subsidy_case.c.policy)
    )
    return tuple(Waiting(*row) for row in connection.execute(query))


def waits() -> Any:  # noqa: ANN401  # a condition, whatever its type
    entry = subsidy_notice_entry
    current = _current_determination()
    listed = exists().where(
        entry.c.case_id == subsidy_case.c.id, entry.c.determination_id == current, entry.c.left_out.is_(None)
    )
    return and_(
        subsidy_case.c.stage == Stage.NOTICE,
        subsidy_case.c.noticed_on.is_(None),
        subsidy_case.c.closed_at.is_(None),
        ~listed,
    )


def _current_determination() -> Any:  # noqa: ANN401  # a subquery of one value
    return (
        select(determination.c.id)
        .where(
            determination.c.case_id == subsidy_case.c.id,
            determination.c.policy == subsidy_case.c.policy,
            determination.c.superseded.is_(False),
            determination.c.granted.is_(True),
        )
        .order_by(determination.c.made_at.desc(), determination.c.id.desc())
        .limit(1)
        .correlate(subsidy_case)
        .scalar_subquery()
    )


def chosen(connection: Connection, ids: Sequence[str]) -> Iterator[dict[str, Any]]:
    """What is shown of each: what it is still owed, for the periods that are not paid yet."""
    out = _sums(
        connection,
        select(payment.c.case_id, func.sum(payment.c.amount_fen))
        .where(payment.c.case_id.in_(ids), payment.c.status.not_in(COME_TO_NOTHING))
        .group_by(payment.c.case_id),
    )
    back = _sums(
        connection,
        select(repayment.c.case_id, func.sum(repayment.c.amount_fen))
        .where(repayment.c.case_id.in_(ids))
        .group_by(repayment.c.case_id),
    )
    periods: dict[str, list[str]] = {}
    claimed = select(claim.c.case_id, claim.c.id).where(
        claim.c.case_id.in_(ids), claim.c.released_on.is_(None), claim.c.payment_id.is_(None)
    )
    for row in connection.execute(claimed.order_by(claim.c.id)):
        periods.setdefault(row.case_id, []).append(row.id)
    cases = select(subsidy_case.c.id, subsidy_case.c.granted_fen, _current_determination().label("determination"))
    for row in connection.execute(cases.where(subsidy_case.c.id.in_(ids)).order_by(subsidy_case.c.id)):
        yield {
            "case_id": row.id,
            "determination_id": row.determination or "",
            "amount_fen": (row.granted_fen or 0) - out.get(row.id, 0) + back.get(row.id, 0),
            "periods": periods.get(row.id, []),
        }


def _sums(connection: Connection, query: Select[Any]) -> Mapping[str, int]:
    # PostgreSQL's sum of whole numbers is a Decimal.
    return {str(row[0]): int(row[1]) for row in connection.execute(query)}
