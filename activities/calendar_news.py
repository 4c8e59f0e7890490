"""A calendar arrives (新年度日历): cases whose due dates rested on a missing year are told to reckon anew."""

import structlog
from sqlalchemy import Connection, select
from temporalio.client import Client
from temporalio.service import RPCError

from activities.bootstrap import Station
from store.any_case import any_case
from store.engine import read
from store.tables.cases import clock

log = structlog.get_logger()


async def tell_of_calendar(client: Client, station: Station) -> int:
    """Signal every case with a provisional clock of an older calendar; say how many were told."""
    calendar = station.policies.calendar.hash
    with read(station.engine) as connection:
        case_ids = provisional_cases(connection, calendar)
    told = 0
    for case_id in case_ids:
        try:
            await client.get_workflow_handle(case_id).signal("calendar_arrived", calendar)
            told += 1
        except RPCError:
            log.warning("calendar-not-told", case=case_id)
    return told


def provisional_cases(connection: Connection, calendar: str) -> tuple[str, ...]:
    query = (
        select(clock.c.case_id)
        .join(any_case, any_case.c.id == clock.c.case_id)
        .where(clock.c.provisional, clock.c.stopped_at.is_(None), clock.c.calendar_hash != calendar)
        .where(any_case.c.closed_at.is_(None))  # what outlives a case is reckoned anew where the case goes on
        .distinct()
    )
    return tuple(connection.execute(query).scalars())
