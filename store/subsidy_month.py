"""Which subsidy cases of a station are in a stage, a page at a time; and which of them have no workflow yet."""

from collections.abc import Sequence

from sqlalchemy import Connection, select

from cases.subsidy.stages import Stage
from store.steps import START
from store.tables.cases import outbox
from store.tables.subsidies import subsidy_case


def cases_in_stage(
    connection: Connection, station_id: str, policy: str, stage: Stage, after: str, most: int
) -> tuple[str, ...]:
    """The next ids after one, in order: whichever moves on meanwhile, each case is looked at once."""
    case = subsidy_case.c
    here = case.station_id == station_id, case.policy == policy, case.stage == stage
    query = select(case.id).where(*here, case.id > after).order_by(case.id).limit(most)
    return tuple(connection.scalars(query))


def not_begun(connection: Connection, case_ids: Sequence[str]) -> frozenset[str]:
    """Those whose start still waits in the outbox."""
    waits = outbox.c.kind == START, outbox.c.sent_at.is_(None)
    return frozenset(connection.scalars(select(outbox.c.case_id).where(outbox.c.case_id.in_(case_ids), *waits)))
