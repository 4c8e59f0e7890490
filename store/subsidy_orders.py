"""Payment instructions of an applicant, whatever the subsidy and the place."""

from datetime import datetime

from sqlalchemy import Connection, select

from store.subsidy_claims import UNDER_WAY_OR_PAID
from store.tables.subsidies import payment, subsidy_case


def ordered_since(connection: Connection, applicant_id: str, since: datetime, *, but_not: str) -> tuple[str, ...]:
    """Cases, but not this one, in which a payment was ordered from then on that is under way or has arrived."""
    query = (
        select(payment.c.case_id)
        .distinct()
        .join(subsidy_case, subsidy_case.c.id == payment.c.case_id)
        .where(
            subsidy_case.c.applicant_id == applicant_id,
            subsidy_case.c.id != but_not,
            payment.c.ordered_at >= since,
            payment.c.status.in_(UNDER_WAY_OR_PAID),
        )
        .order_by(payment.c.case_id)
    )
    return tuple(connection.scalars(query))
