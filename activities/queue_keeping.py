"""Keeping the queue (待办): its rows follow from the cases, so they can always be written anew."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import Connection, Engine

from activities.pinning import law_of
from activities.policies import Policies
from cases.hardship.queueing import QueueRow, queue_rows
from cases.roles import Role
from store.cases import load_case, unfinished_hardship_ids
from store.engine import read, write
from store.queue import Entry, keep_queue, past_kinds, queue_of_case, stale_cases

AT_ONCE: Final = 50  # cases of one transaction, so that nobody waits long for it


def refresh_queue(engine: Engine, policies: Policies, *, everything: bool = False) -> int:
    """Write the rows of the cases whose rows are missing or behind; say how many cases those were.

    `everything`: of all open cases, for instance after the words of the queue changed.
    """
    with read(engine) as connection:
        stale = stale_cases(connection)
        ids: Sequence[str] = sorted({*stale, *unfinished_hardship_ids(connection)}) if everything else stale
    for start in range(0, len(ids), AT_ONCE):
        with write(engine) as connection:
            for case_id in ids[start : start + AT_ONCE]:
                case = load_case(connection, case_id)
                keep_queue(connection, case, law_of(connection, policies, case).plan)
    return len(ids)


def queue_differs(connection: Connection, policies: Policies, case_id: str) -> bool:
    """Whether the rows of a case are not those that the case says; who took one is beside the point."""
    case = load_case(connection, case_id)
    wanted = queue_rows(case, law_of(connection, policies, case).plan, past_kinds(connection, case_id))
    return {_told(row) for row in wanted} != {_told(row) for row in queue_of_case(connection, case_id)}


def _told(row: QueueRow | Entry) -> tuple[object, ...]:
    held_by = row.held_by if row.role is Role.CASEWORKER else None
    return (*(getattr(row, name) for name in QueueRow.__dataclass_fields__ if name != "held_by"), held_by)
