"""Reconciling (对账): the record and the workflow engine say the same of every case, or the difference has a name."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Engine
from temporalio import activity
from temporalio.client import Client, WorkflowExecutionStatus
from temporalio.exceptions import TemporalError
from temporalio.service import RPCError

from activities.drift import (
    CASE_WITHOUT_WORKFLOW,
    CLOCKS_DIFFER,
    LEAF_ALTERED,
    POLICY_CHANGED,
    POLICY_LOST,
    QUEUE_DIFFERS,
    UNSENT,
    WORKFLOW_WITHOUT_CASE,
)
from activities.log_drift import log_drift, retold_otherwise, steps_of_last_hour
from activities.pins_standing import Standing, pins_stand
from activities.policies import Policies
from activities.queue_keeping import queue_differs
from activities.starting import WORKFLOWS
from cases.any_case import OneCase
from rules.policies import NoPolicyInForce
from store.cases import NoSuchCase, is_hardship, load_any, unfinished_case_ids
from store.engine import read, write
from store.keys import KeyRing
from store.reconciliations import Reconciliation, keep_reconciliation, unsent_since

SETTLING: Final = timedelta(minutes=2)  # younger differences may still be on their way
ANSWER_WITHIN: Final = timedelta(seconds=10)


@dataclass(frozen=True)
class Reconciling:
    client: Client
    engine: Engine
    policies: Policies
    keyring: KeyRing

    @activity.defn
    async def reconcile(self, at: datetime) -> Reconciliation:
        """Compare, and keep what was found. Suspicion comes from lists; each suspect is then asked itself."""
        with read(self.engine) as connection:
            wanted = unfinished_case_ids(connection)
            unsent = unsent_since(connection, at - SETTLING)
            standing = pins_stand(connection, self.policies)
            log = log_drift(connection, self.keyring, at)
            steps = steps_of_last_hour(connection, at)
        running = await self._running()
        missing = [case_id for case_id in wanted if case_id not in running and not await self._runs(case_id)]
        extra = [case_id for case_id in running if case_id not in wanted and await self._runs_without_need(case_id)]
        differ = [case_id for case_id in wanted if case_id in running and await self._clocks_differ(case_id)]
        findings = {
            CASE_WITHOUT_WORKFLOW: tuple(missing),
            WORKFLOW_WITHOUT_CASE: tuple(extra),
            CLOCKS_DIFFER: tuple(differ),
            QUEUE_DIFFERS: tuple(case_id for case_id in wanted if self._queue_differs(case_id)),
            UNSENT: unsent,
            POLICY_CHANGED: tuple(case_id for case_id, pins in standing.items() if pins is Standing.CHANGED),
            POLICY_LOST: tuple(case_id for case_id, pins in standing.items() if pins is Standing.LOST),
        }
        findings |= log.findings
        findings[LEAF_ALTERED] = tuple(sorted({*log.altered, *await retold_otherwise(self.client, steps)}))
        found = Reconciliation(at, len(wanted), {kind: ids for kind, ids in findings.items() if ids})
        with write(self.engine) as connection:
            keep_reconciliation(connection, found)
        return found

    def _queue_differs(self, case_id: str) -> bool:
        with read(self.engine) as connection:
            if not is_hardship(connection, case_id):
                return False
            try:
                return queue_differs(connection, self.policies, case_id)
            except NoPolicyInForce:
                return False  # said as `policy-changed`

    async def _running(self) -> frozenset[str]:
        query = f"WorkflowType IN ({', '.join(map(repr, WORKFLOWS))}) AND ExecutionStatus = 'Running'"
        return frozenset([execution.id async for execution in self.client.list_workflows(query)])

    async def _runs(self, case_id: str) -> bool:
        """The list lags behind; the workflow itself does not."""
        try:
            found = await self.client.get_workflow_handle(case_id).describe()
        except RPCError:
            return False
        return found.status is WorkflowExecutionStatus.RUNNING

    async def _runs_without_need(self, case_id: str) -> bool:
        return await self._runs(case_id) and not self._needs_one(case_id)

    def _needs_one(self, case_id: str) -> bool:
        case = self._recorded(case_id)
        return case is not None and (not case.closed or any(paper.owed for paper in case.papers))

    async def _clocks_differ(self, case_id: str) -> bool:
        """Whether workflow and record, at one revision, hold different clocks; a case on the move is left alone."""
        handle = self.client.get_workflow_handle(case_id)
        kind = type(self._recorded(case_id))
        try:
            held: OneCase = await handle.query("state", result_type=kind, rpc_timeout=ANSWER_WITHIN)
        except (RPCError, TemporalError):
            return False
        recorded = self._recorded(case_id)
        return recorded is not None and held.revision == recorded.revision and held.clocks != recorded.clocks

    def _recorded(self, case_id: str) -> OneCase | None:
        with read(self.engine) as connection:
            try:
                return load_any(connection, case_id)
            except NoSuchCase:
                return None
