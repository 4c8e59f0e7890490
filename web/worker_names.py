"""Workers in the lines of a list: the whole name for those who work on their cases, masked for whoever only reads."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from sqlalchemy import Connection, select

from cases.names import mask_name
from store.tables.people import worker
from store.worker_lines import WorkerLine, worker_lines
from web.roles import WORKING
from web.visit import Visit


def named_workers(visit: Visit, connection: Connection, worker_ids: Collection[str]) -> Mapping[str, WorkerLine]:
    """Those who were not erased, as this reader may see them."""
    found = worker_lines(connection, visit.office.station.keyring, worker_ids, visit.today)
    if visit.scope.roles <= WORKING:
        return found
    working = visit.scope.holding(WORKING).has_worker()
    known = set(connection.execute(select(worker.c.id).where(worker.c.id.in_(found.keys()), working)).scalars())
    return {i: line if i in known else replace(line, name=mask_name(line.name)) for i, line in found.items()}
