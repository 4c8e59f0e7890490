"""The desk (办理窗口): how a page or a command line has an act done, and what it tells the person who asked."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial

from sqlalchemy import Connection, Engine
from temporalio.client import (
    Client,
    WithStartWorkflowOperation,
    WorkflowHandle,
    WorkflowUpdateFailedError,
    WorkflowUpdateRPCTimeoutOrCancelledError,
)
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError, RPCStatusCode

from activities.circumstances import StoredRecord, circumstances
from activities.policies import Policies
from activities.queues import CASES
from activities.starting import shown, workflow_of
from activities.subsidy_record import StoredSubsidyRecord
from activities.subsidy_steps import subsidy_circumstances
from cases.acts import objections
from cases.any_case import OneCase
from cases.canonical import from_canonical
from cases.commands import HARDSHIP_ACTS, SUBSIDY_ACTS, Command, Receipt, unwritable
from cases.commands import command as command_of
from cases.failures import Failed
from cases.hardship.leaving import Reopen
from cases.hardship.waking import AskAnew
from cases.refusals import Refusal, Refused, refusal
from cases.roles import Role
from cases.steps import REFUSALS, changed_meanwhile, key_taken
from cases.subsidy.appealing import AskReview, DecideReview, RecordAppeal, SettleAppeal
from cases.subsidy.case import SubsidyCase
from cases.subsidy.delivering import RecordDelivery
from cases.subsidy.new_law import ApplyNewLaw
from cases.subsidy.paying import MEANWHILE, CheckMeanwhile
from cases.subsidy.returning import ReturnPayment
from cases.subsidy.striking import StrikeStopEvent
from store.cases import load_any
from store.engine import read
from store.erasure import key_of_worker
from store.keys import KeyRing
from store.steps import finished_step, same_act, step_key

PATIENCE = timedelta(seconds=20)
# What may be done to a closed case, and may open it again.
REOPENING = (
    *(Reopen.KIND, AskAnew.KIND, ApplyNewLaw.KIND, AskReview.KIND, DecideReview.KIND, RecordAppeal.KIND),
    *(SettleAppeal.KIND, RecordDelivery.KIND, ReturnPayment.KIND, StrikeStopEvent.KIND),
)


class StillWorking(Failed):
    """The act was sent and not answered yet. Sent again under its key, it is answered, and never done twice."""

    def __init__(self, key: str) -> None:
        super().__init__(
            f"处理中：尚未收到结果，请稍后用同一编号{key}再次提交；只会办理一次。",
            f"Still working: no answer yet. Send it again under the same key {key}; it is done once.",
        )
        self.key = key


class EngineAway(Failed):
    """The workflow server has not taken the case up yet, or has too much in hand; nothing was changed."""

    def __init__(self, key: str) -> None:
        super().__init__(
            f"流程引擎暂时不可用，请稍后用同一编号{key}再次提交；只会办理一次。",
            f"The workflow engine is away. Send it again later under the same key {key}; it is done once.",
        )


class NotBegun(EngineAway):
    """No workflow carries the case: its start is still under way, or was lost and waits to be made anew."""


@dataclass(frozen=True)
class Desk:
    client: Client
    engine: Engine
    keyring: KeyRing
    policies: Policies
    queue: str = CASES
    patience: timedelta = PATIENCE

    async def submit(self, case_id: str, command: Command, *, now: datetime | None = None) -> Receipt:
        """Have an act done, and answer once it is written. Raises Refused, StillWorking or EngineAway."""
        look = partial(self.look, case_id, command, now or datetime.now(UTC))
        try:
            finished, case = await asyncio.to_thread(look)
            return finished or await self._answered(case, command)
        except Refused as refused:
            if any(reason.code == MEANWHILE for reason in refused.refusals):
                await self._checked_again(case_id)
            raise

    async def _checked_again(self, case_id: str) -> None:
        """Another case paid the same person meanwhile: nobody has to think of having the rules asked again."""
        with suppress(Refused, Failed):  # it is being determined already, or the engine is away
            await self.submit_of_engine(case_id, await asyncio.to_thread(self._meanwhile, case_id))

    def _meanwhile(self, case_id: str) -> Command:
        """Once for each determination."""
        with read(self.engine) as connection:
            case = load_any(connection, case_id)
        return command_of(f"{CheckMeanwhile.KIND}/{case.facts_seen}", CheckMeanwhile(), Role.ENGINE)

    async def submit_of_engine(self, case_id: str, command: Command) -> Receipt:
        """The same of an act of the engine's own, which its writer judges."""
        finished, case = await asyncio.to_thread(self._looked_up, case_id, command)
        return finished or await self._answered(case, command)

    async def _answered(self, case: OneCase, command: Command) -> Receipt:
        case_id = case.id
        try:
            return await self._send(case, replace(command, judged_at_revision=case.revision))
        except WorkflowUpdateFailedError as failed:
            return self._after_refusal(case_id, command, failed)
        except (WorkflowUpdateRPCTimeoutOrCancelledError, TimeoutError) as late:
            raise StillWorking(command.key) from late
        except RPCError as error:
            return self._after_failure(case_id, command, error)

    def look(self, case_id: str, command: Command, now: datetime) -> tuple[Receipt | None, OneCase]:
        """The receipt of a command that was done before; else every reason against it, before it is sent."""
        return look(self.engine, self.keyring, self.policies, case_id, command, now)

    async def _send(self, case: OneCase, command: Command) -> Receipt:
        if case.closed and command.kind in REOPENING:
            return await self._send_with_start(case, command)
        handle: WorkflowHandle[object, object] = self.client.get_workflow_handle(case.id)
        receipt: Receipt = await handle.execute_update(
            "act", command, id=command.key, result_type=Receipt, rpc_timeout=self.patience
        )
        return receipt

    async def _send_with_start(self, case: OneCase, command: Command) -> Receipt:
        """Only what may reopen a closed case starts a workflow anew; one that stays closed ends again at once."""
        start: WithStartWorkflowOperation[object, object] = WithStartWorkflowOperation(
            workflow_of(case),
            case,
            id=case.id,
            task_queue=self.queue,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
            id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
            search_attributes=shown(case),
        )
        receipt: Receipt = await self.client.execute_update_with_start_workflow(
            "act",
            command,
            start_workflow_operation=start,
            id=command.key,
            result_type=Receipt,
            rpc_timeout=self.patience,
        )
        return receipt

    def _looked_up(self, case_id: str, command: Command) -> tuple[Receipt | None, OneCase]:
        with read(self.engine) as connection:
            case = load_any(connection, case_id)
            return _finished(connection, self.keyring, case, command), case

    def _written(self, case_id: str, command: Command) -> Receipt | None:
        with read(self.engine) as connection:
            return _finished(connection, self.keyring, load_any(connection, case_id), command)

    def _after_failure(self, case_id: str, command: Command, error: RPCError) -> Receipt:
        """The record knows what was written. A line that broke does not tell whether the act had arrived before."""
        finished = self._written(case_id, command)
        if finished:
            return finished
        if error.status is RPCStatusCode.UNAVAILABLE:
            raise StillWorking(command.key) from error
        # In the other two the server said so, before it took the act.
        if error.status is RPCStatusCode.NOT_FOUND:
            raise NotBegun(command.key) from error
        if error.status is RPCStatusCode.RESOURCE_EXHAUSTED:
            raise EngineAway(command.key) from error
        raise error

    def _after_refusal(self, case_id: str, command: Command, failed: WorkflowUpdateFailedError) -> Receipt:
        """A command may have been written, and its case moved on, just before it was sent again."""
        finished = self._written(case_id, command)
        if finished:
            return finished
        cause = failed.cause
        if isinstance(cause, ApplicationError) and cause.type == "Refused":
            raise Refused(REFUSALS.validate_python(list(cause.details)))
        raise failed


def look(
    engine: Engine, keyring: KeyRing, policies: Policies, case_id: str, command: Command, now: datetime
) -> tuple[Receipt | None, OneCase]:
    """What the desk finds before it sends anything. Raises Refused, with every reason."""
    with read(engine) as connection:
        case = load_any(connection, case_id)
        finished = _finished(connection, keyring, case, command)
        if finished is None:
            if case.closed:  # of an open one the file is kept
                key_of_worker(connection, keyring, case.person)
            _judge(StoredRecord(connection, keyring, policies), case, command, now)
    return finished, case


def _judge(record: StoredRecord, case: OneCase, command: Command, now: datetime) -> None:
    if unwritable(from_canonical(command.body)):  # the record is not even asked about it
        raise Refused((_unwritable(),))
    reasons = _objections(record, case, command, now)
    if command.actor == Role.ENGINE:
        reasons = (*reasons, _no_person())
    if command.expected_revision not in (None, case.revision):
        reasons = (*reasons, changed_meanwhile())
    if reasons:
        raise Refused(reasons)


def _objections(record: StoredRecord, case: OneCase, command: Command, now: datetime) -> tuple[Refusal, ...]:
    if isinstance(case, SubsidyCase):
        of_subsidy = SUBSIDY_ACTS.act_of(command.kind, command.body)
        asked = StoredSubsidyRecord(record.connection, record.keyring, record.policies)
        return objections(of_subsidy, case, subsidy_circumstances(asked, case, of_subsidy, command.actor, now))
    act = HARDSHIP_ACTS.act_of(command.kind, command.body)
    return objections(act, case, circumstances(record, case, act, command.actor, now))


def _finished(connection: Connection, keyring: KeyRing, case: OneCase, command: Command) -> Receipt | None:
    step = step_key(case.id, "act", command.key)
    finished = finished_step(connection, step)
    if finished is None:
        return None
    key = key_of_worker(connection, keyring, case.person)
    if not same_act(finished, key, step, command.kind, command.actor, command.body):
        raise Refused((key_taken(command.key),))
    return finished.receipt


def _unwritable() -> Refusal:
    return refusal(
        "unwritable",
        "填写的内容里有不能保存的字符（空字符或残缺字符），请重新输入。",
        "There are characters in it that cannot be kept (NUL, or half of one): type it again.",
    )


def _no_person() -> Refusal:
    """The engine writes its steps itself; at the desk only people act."""
    return refusal("not-a-person", "“engine”不是人员编号，不能以它的名义办理。", "“engine” is nobody's staff id.")
