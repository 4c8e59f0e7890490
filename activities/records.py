"""Writing a case: one step, one transaction, one effect however often it is tried."""

from datetime import UTC, datetime

from sqlalchemy import Connection, Engine
from temporalio import activity

from activities.circumstances import StoredRecord, circumstances
from activities.consequences import write_consequences
from activities.policies import Policies
from cases.commands import act_of
from cases.hardship.case import HardshipCase
from cases.hardship.progress import perform
from cases.hardship.telling import notices
from cases.refusals import Refused
from cases.steps import Step, StepDone, changed_meanwhile, key_taken
from store.cases import StaleCase, load_case
from store.decision_log import leaf_of
from store.engine import read, write
from store.keys import KeyRing
from store.person_keys import person_key
from store.queue import keep_queue
from store.steps import NewStep, finished_step, same_act, write_step


class Records:
    def __init__(self, engine: Engine, keyring: KeyRing, policies: Policies) -> None:
        self.engine = engine
        self.keyring = keyring
        self.policies = policies

    @activity.defn
    def commit_step(self, step: Step) -> StepDone:
        """Write a step, or say why not. Tried again, it answers as it did the first time."""
        try:
            done = self._commit(step, step.case)
        except StaleCase:
            done = None
        if done and not done.refusals:
            return done
        # The seed may be older than the record: after a rebuild, or when an outbox row was drained twice.
        with read(self.engine) as connection:
            current = load_case(connection, step.case.id)
        if done and current.revision == step.case.revision:
            return done
        return self._commit(step, current)

    def _commit(self, step: Step, case: HardshipCase) -> StepDone:
        try:
            with write(self.engine) as connection:
                return commit(connection, self.keyring, self.policies, step, case)
        except Refused as refused:
            return StepDone(case, refusals=refused.refusals)


def commit(connection: Connection, keyring: KeyRing, policies: Policies, step: Step, case: HardshipCase) -> StepDone:
    """One step in the caller's transaction. Raises Refused; raises StaleCase where the case is not the record's."""
    key = person_key(connection, keyring, case.worker_id)
    command = step.command
    finished = finished_step(connection, step.key)
    if finished:
        if not same_act(finished, key, step.key, command.kind, command.actor, command.body):
            raise Refused((key_taken(command.key),))
        return StepDone(load_case(connection, case.id), finished.receipt, leaf=_hex(leaf_of(connection, step.key)))
    if command.expected_revision not in (None, case.revision):
        raise Refused((changed_meanwhile(),))
    act = act_of(command.kind, command.body)
    seen = circumstances(StoredRecord(connection, keyring, policies), case, act, command.actor, step.at)
    after = perform(act, case, seen)
    new = NewStep(step.key, command.kind, command.actor, command.body, step.at, datetime.now(UTC))
    receipt = write_step(connection, key, new, case, after, notices(act, case, after))
    leaf = write_consequences(connection, keyring, new, act, after)
    keep_queue(connection, after, seen.plan, step.at)
    return StepDone(after, receipt, leaf=_hex(leaf))


def _hex(leaf: bytes | None) -> str | None:
    return leaf.hex() if leaf else None
