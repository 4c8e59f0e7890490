"""What the decision log, the record and the workflow engine say differently of the leaves of the last day.

The whole log is checked by `yizhan audit log check`; this runs every few minutes, and looks at what is new. The
workflow engine keeps the leaf of each step in the step's result, beyond the reach of whoever owns the database.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, Row, func, select
from temporalio.api.history.v1 import HistoryEvent
from temporalio.client import Client
from temporalio.service import RPCError

from activities.drift import LEAF_ALTERED, LEAF_LATE, LEAF_MISSING
from activities.log_checking import decisions_without_leaf, determinations_without_leaf, nowhere
from activities.log_rows import rows_otherwise, rows_without_leaf
from cases.hardship.determining import AdoptDetermination, ConfirmDeparture, DeterminationMade
from cases.steps import StepDone
from store.keys import KeyRing
from store.log_sequence import as_written
from store.tables.cases import case_step, log_pending
from store.tables.log import log_entry, log_waiting

LATE_AFTER: Final = timedelta(minutes=1)
RECENT: Final = timedelta(days=1)
RETOLD: Final = timedelta(hours=1)
MOST_CASES: Final = 50  # whose history is read: a comparison must end before the next
LEAVE_A_LEAF: Final = (DeterminationMade.KIND, AdoptDetermination.KIND, ConfirmDeparture.KIND)
STEPS: Final = frozenset({"commit_step", "determine"})


@dataclass(frozen=True)
class LogDrift:
    """Leaves by what is wrong with them: the ids of their cases, or their own where they are of none."""

    missing: frozenset[str]
    altered: frozenset[str]
    late: frozenset[str]

    @property
    def findings(self) -> Mapping[str, tuple[str, ...]]:
        found = {LEAF_MISSING: self.missing, LEAF_ALTERED: self.altered, LEAF_LATE: self.late}
        return {kind: tuple(sorted(ids)) for kind, ids in found.items()}


def log_drift(connection: Connection, keyring: KeyRing, at: datetime) -> LogDrift:
    """What the database shows by itself."""
    missing = [
        *decisions_without_leaf(connection),
        *determinations_without_leaf(connection),
        *_in_no_list(connection),
        *rows_without_leaf(connection),
    ]
    recent = _recent(connection, at)
    altered = [row.id for row in recent if not _as_written(keyring, row)]
    altered += rows_otherwise(connection, ((row.id, row.record) for row in recent))
    late = select(log_waiting.c.id).where(log_waiting.c.recorded_at < at - LATE_AFTER)
    return LogDrift(_cases(missing), _cases(altered), _cases(connection.execute(late).scalars().all()))


def steps_of_last_hour(connection: Connection, at: datetime) -> Mapping[str, Mapping[str, str | None]]:
    """Of each case with steps that should have left a leaf: the leaves, in hex, by step."""
    query = (
        select(case_step.c.case_id, case_step.c.key, log_pending.c.leaf)
        .outerjoin(log_pending, log_pending.c.id == case_step.c.key)
        .where(case_step.c.recorded_at > at - RETOLD, case_step.c.kind.in_(LEAVE_A_LEAF))
        .order_by(case_step.c.recorded_at.desc())
    )
    found: dict[str, dict[str, str | None]] = {}
    for row in connection.execute(query):
        if row.case_id in found or len(found) < MOST_CASES:
            found.setdefault(row.case_id, {})[row.key] = row.leaf.hex() if row.leaf else None
    return found


async def retold_otherwise(client: Client, steps: Mapping[str, Mapping[str, str | None]]) -> list[str]:
    """The cases of which the workflow engine was told another leaf than the database holds."""
    return [case_id for case_id, leaves in steps.items() if not await _agrees(client, case_id, leaves)]


async def _agrees(client: Client, case_id: str, leaves: Mapping[str, str | None]) -> bool:
    scheduled: dict[int, str] = {}
    try:
        async for event in client.get_workflow_handle(case_id).fetch_history_events():
            if event.HasField("activity_task_scheduled_event_attributes"):
                scheduled[event.event_id] = event.activity_task_scheduled_event_attributes.activity_type.name
            done = await _done(client, event, scheduled)
            if done and done.receipt and done.receipt.key in leaves and done.leaf != leaves[done.receipt.key]:
                return False
    except RPCError:
        return True  # no workflow to ask; whether one should be there is another finding
    return True


async def _done(client: Client, event: HistoryEvent, scheduled: Mapping[int, str]) -> StepDone | None:
    """What a step's activity answered, if this is where it did."""
    if not event.HasField("activity_task_completed_event_attributes"):
        return None
    completed = event.activity_task_completed_event_attributes
    if scheduled.get(completed.scheduled_event_id) not in STEPS:
        return None
    [done] = await client.data_converter.decode(completed.result.payloads, [StepDone])
    return done if isinstance(done, StepDone) else None


def _in_no_list(connection: Connection) -> Sequence[str]:
    """Pending leaves that have no index and wait for none; looked for one by one only if the numbers do not add up."""
    count = select(func.count())
    written, waits, stand = (
        connection.execute(count.select_from(table)).scalar_one() for table in (log_pending, log_waiting, log_entry)
    )
    if written == waits + stand:
        return ()
    return connection.execute(select(log_pending.c.id).where(nowhere())).scalars().all()


def _recent(connection: Connection, at: datetime) -> list[Row[str, str, bytes, datetime, str | None, bytes | None]]:
    of = log_pending.c
    query = (
        select(of.id, of.record, of.leaf, of.at, of.receipt, log_entry.c.leaf.label("sequenced"))
        .outerjoin(log_entry, log_entry.c.pending_id == of.id)
        .where((log_entry.c.recorded_at > at - RECENT) | log_entry.c.recorded_at.is_(None))
    )
    return list(connection.execute(query).all())


def _as_written(keyring: KeyRing, row: Row[str, str, bytes, datetime, str | None, bytes | None]) -> bool:
    return row.sequenced in (None, row.leaf) and as_written(keyring, row)


def _cases(leaf_ids: Iterable[str]) -> frozenset[str]:
    """A step's id begins with its case's."""
    return frozenset(leaf_id.partition("/")[0] for leaf_id in leaf_ids)
