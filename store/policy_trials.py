"""Which past determinations a new policy can be tried on: of every case the latest by each policy."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, and_, func, or_, select

from store.any_case import any_case
from store.rows import filled
from store.tables.cases import determination_record


@dataclass(frozen=True)
class PastDetermination:
    case_id: str
    id: str
    policy: str
    jurisdiction: str
    worker_id: str
    station_id: str


def past_determinations(
    connection: Connection, policies: Collection[str], places: Collection[str], most: int
) -> tuple[tuple[PastDetermination, ...], int]:
    """The latest `most` of some places and all within them, and how many there are in all; facts of no one are read."""
    table = determination_record
    here = or_(table.c.jurisdiction.in_(places), *(table.c.jurisdiction.startswith(f"{place}-") for place in places))
    latest = (
        select(table.c.case_id, table.c.policy, func.max(table.c.made_at).label("made_at"))
        .where(table.c.policy.in_(policies), here)
        .group_by(table.c.case_id, table.c.policy)
        .subquery()
    )
    query = (
        select(
            table.c.case_id,
            table.c.id,
            table.c.policy,
            table.c.jurisdiction,
            any_case.c.worker_id,
            any_case.c.station_id,
        )
        .join(
            latest,
            and_(
                latest.c.case_id == table.c.case_id,
                latest.c.policy == table.c.policy,
                latest.c.made_at == table.c.made_at,
            ),
        )
        .join(any_case, any_case.c.id == table.c.case_id)
        .order_by(table.c.made_at.desc(), table.c.case_id, table.c.policy)
    )
    rows = connection.execute(query.limit(most)).mappings()
    total = connection.scalar(select(func.count()).select_from(latest)) or 0
    return tuple(filled(PastDetermination, row) for row in rows), total
