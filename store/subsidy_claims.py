"""What of subsidies is claimed or was paid for a person or an employer, in whichever place, whoever applied."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import Connection, bindparam, select

from cases.subsidy.stages import PaymentStatus
from store.tables.organisation import station
from store.tables.subsidies import claim, payment, subsidy_case

UNDER_WAY_OR_PAID = (PaymentStatus.ORDERED, PaymentStatus.SENT, PaymentStatus.PAID)

# Made once: every application asks for them, and every determination.
_LIVE: Final = (
    select(
        claim.c.id,
        claim.c.policy,
        claim.c.case_id,
        subsidy_case.c.station_id,
        station.c.name,
        subsidy_case.c.jurisdiction,
        claim.c.claimed_on,
        subsidy_case.c.closed_at.is_(None),
    )
    .join(subsidy_case, subsidy_case.c.id == claim.c.case_id)
    .join(station, station.c.id == subsidy_case.c.station_id)
    .where(
        claim.c.subject_id == bindparam("subject"),
        claim.c.policy == bindparam("policy"),
        claim.c.released_on.is_(None),
    )
    .order_by(claim.c.id, claim.c.case_id)
)
_LIVE_IN: Final = _LIVE.where(claim.c.id.in_(bindparam("periods", expanding=True)))
_PAID: Final = (
    select(claim.c.subject_id, claim.c.policy, claim.c.id, claim.c.case_id, claim.c.claimed_on, payment.c.settled_on)
    .join(subsidy_case, subsidy_case.c.id == claim.c.case_id)
    .join(payment, (payment.c.case_id == claim.c.case_id) & (payment.c.id == claim.c.payment_id))
    .where(
        claim.c.subject_id.in_(bindparam("subjects", expanding=True)),
        claim.c.released_on.is_(None),
        claim.c.uncounted_on.is_(None),
        claim.c.case_id != bindparam("but_not"),
        payment.c.status.in_(UNDER_WAY_OR_PAID),
    )
    .order_by(claim.c.policy, claim.c.id, claim.c.case_id)
)


@dataclass(frozen=True)
class LiveClaim:
    """A period that is claimed and was not given up, with the case and the station where it is."""

    period: str
    policy: str
    case_id: str
    station_id: str
    station_name: str
    jurisdiction: str
    claimed_on: date
    case_open: bool


@dataclass(frozen=True)
class PaidClaim:
    """A period for which money is under way or has arrived; `settled_on`: the day the bank named."""

    policy: str
    period: str
    case_id: str
    claimed_on: date
    settled_on: date | None


def live_claims(
    connection: Connection, subject_id: str, policy: str, *, periods: Collection[str] | None = None
) -> tuple[LiveClaim, ...]:
    """The live claims of one subsidy for one person, of these periods only where some are named."""
    of: dict[str, object] = {"subject": subject_id, "policy": policy}
    if periods is None:
        return tuple(LiveClaim(*row) for row in connection.execute(_LIVE, of))
    return tuple(LiveClaim(*row) for row in connection.execute(_LIVE_IN, of | {"periods": list(periods)}))


def paid_claims(
    connection: Connection, subject_ids: Collection[str], but_not: str = ""
) -> Mapping[str, tuple[PaidClaim, ...]]:
    """What was paid for these people, of any subsidy. What came back whole was released, and counts as not had."""
    of = {"subjects": list(subject_ids), "but_not": but_not}
    found: dict[str, list[PaidClaim]] = {}
    for subject_id, *paid in connection.execute(_PAID, of):
        found.setdefault(subject_id, []).append(PaidClaim(*paid))
    return {subject_id: tuple(paid) for subject_id, paid in found.items()}


def periods_paid(connection: Connection, case_ids: Collection[str]) -> Mapping[tuple[str, str], list[str]]:
    """By case and payment: the periods that it pays."""
    query = select(claim.c.case_id, claim.c.payment_id, claim.c.id).where(
        claim.c.case_id.in_(case_ids), claim.c.payment_id.is_not(None)
    )
    found: dict[tuple[str, str], list[str]] = {}
    for row in connection.execute(query.order_by(claim.c.id)):
        found.setdefault((row.case_id, row.payment_id), []).append(row.id)
    return found


@dataclass(frozen=True)
class Claimed:
    """Of one person and subsidy: the periods that are claimed, and whether a case of it is open."""

    periods: frozenset[str]
    case_open: bool


def claimed_by_many(connection: Connection, subject_ids: Collection[str]) -> Mapping[tuple[str, str], Claimed]:
    """What is claimed and was not given up, by whom it is about and by subsidy."""
    query = (
        select(claim.c.subject_id, claim.c.policy, claim.c.id, subsidy_case.c.closed_at.is_(None).label("is_open"))
        .join(subsidy_case, subsidy_case.c.id == claim.c.case_id)
        .where(claim.c.subject_id.in_(subject_ids), claim.c.released_on.is_(None))
    )
    found: dict[tuple[str, str], Claimed] = {}
    for row in connection.execute(query):
        of = row.subject_id, row.policy
        before = found.get(of, Claimed(frozenset(), case_open=False))
        found[of] = Claimed(before.periods | {row.id}, before.case_open or bool(row.is_open))
    return found
