"""Payment instructions for a person, whatever the subsidy and the place, and whoever applied."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, and_, or_, select

from cases.subsidy.stages import COME_TO_NOTHING
from store.one_at_a_time import hold
from store.tables.subsidies import payment, subsidy_case


def one_at_a_time(connection: Connection, person_ids: Iterable[str]) -> None:
    """Until this transaction ends nobody else orders a payment for these people, so that each sees what others paid."""
    for person_id in sorted(set(person_ids)):
        hold(connection, f"subsidy-orders/{person_id}")


def ordered_since(connection: Connection, person_id: str, since: datetime, *, but_not: str) -> tuple[str, ...]:
    """Cases, but not this one, in which a payment was ordered from then on that is under way or has arrived."""
    query = (
        select(payment.c.case_id)
        .distinct()
        .join(subsidy_case, subsidy_case.c.id == payment.c.case_id)
        .where(
            # Written so that SQLite begins with the person's cases, and not with every payment that was ever made.
            or_(
                subsidy_case.c.hired == person_id,
                and_(subsidy_case.c.hired.is_(None), subsidy_case.c.applicant_id == person_id),
            ),
            subsidy_case.c.id != but_not,
            payment.c.ordered_at >= since,
            payment.c.status.not_in(COME_TO_NOTHING),
        )
        .order_by(payment.c.case_id)
    )
    return tuple(connection.scalars(query))
