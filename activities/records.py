"""Writing a case: one step, one transaction, one effect however often it is tried."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property

from sqlalchemy import Connection, Engine
from temporalio import activity

from activities.circumstances import StoredRecord, circumstances
from activities.consequences import write_consequences
from activities.policies import Policies
from activities.subsidy_record import StoredSubsidyRecord
from activities.subsidy_steps import subsidy_circumstances
from cases.any_case import OneCase
from cases.commands import HARDSHIP_ACTS, SUBSIDY_ACTS
from cases.hardship.case import HardshipCase
from cases.hardship.progress import perform
from cases.hardship.telling import notices
from cases.refusals import Refused
from cases.roles import Role
from cases.steps import Step, StepDone, changed_meanwhile, key_taken
from cases.subsidy import progress as subsidies
from cases.subsidy import telling as subsidy_telling
from cases.subsidy.case import SubsidyCase
from cases.subsidy.paying import OrderPayment
from store.aead import Key
from store.case_rows import StaleCase
from store.cases import load_any
from store.decision_log import leaf_of
from store.engine import read, write
from store.erasure import key_of_worker
from store.keys import KeyRing
from store.person_keys import person_key
from store.queue import keep_queue
from store.steps import NewStep, finished_step, same_act, write_step
from store.subsidy_orders import one_at_a_time


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
            current = load_any(connection, step.case.id)
        if done and current.revision == step.case.revision:
            return done
        return self._commit(step, current)

    def _commit(self, step: Step, case: OneCase) -> StepDone:
        try:
            with write(self.engine) as connection:
                return commit(connection, self.keyring, self.policies, step, case)
        except Refused as refused:
            return StepDone(case, refusals=refused.refusals)


def commit(connection: Connection, keyring: KeyRing, policies: Policies, step: Step, case: OneCase) -> StepDone:
    """One step in the caller's transaction. Raises Refused, also where the person was erased.

    Raises StaleCase where the case is not the record's.
    """
    command = step.command
    # The engine goes on trying, and asks for no answer.
    key = (person_key if command.actor == Role.ENGINE else key_of_worker)(connection, keyring, case.person)
    finished = finished_step(connection, step.key)
    if finished:
        if not same_act(finished, key, step.key, command.kind, command.actor, command.body):
            raise Refused((key_taken(command.key),))
        return StepDone(load_any(connection, case.id), finished.receipt, leaf=_hex(leaf_of(connection, step.key)))
    if command.expected_revision not in (None, case.revision):
        raise Refused((changed_meanwhile(),))
    writing = Writing(connection, keyring, policies, key, step)
    return writing.subsidy(case) if isinstance(case, SubsidyCase) else writing.hardship(case)


@dataclass(frozen=True)
class Writing:
    """One step that was not written before, in its transaction."""

    connection: Connection
    keyring: KeyRing
    policies: Policies
    key: Key
    step: Step

    def hardship(self, case: HardshipCase) -> StepDone:
        connection, step = self.connection, self.step
        act = HARDSHIP_ACTS.act_of(step.command.kind, step.command.body)
        seen = circumstances(
            StoredRecord(connection, self.keyring, self.policies), case, act, step.command.actor, step.at
        )
        after = perform(act, case, seen)
        receipt = write_step(connection, self.key, self._new, case, after, notices(act, case, after))
        leaf = write_consequences(connection, self.keyring, self.policies, self._new, act, after)
        keep_queue(connection, after, seen.plan, step.at)
        return StepDone(after, receipt, leaf=_hex(leaf))

    def subsidy(self, case: SubsidyCase) -> StepDone:
        connection, step = self.connection, self.step
        act = SUBSIDY_ACTS.act_of(step.command.kind, step.command.body)
        if isinstance(act, OrderPayment):
            one_at_a_time(connection, [case.person])
        record = StoredSubsidyRecord(connection, self.keyring, self.policies)
        after = subsidies.perform(act, case, subsidy_circumstances(record, case, act, step.command.actor, step.at))
        told = subsidy_telling.notices(act, case, after)
        receipt = write_step(connection, self.key, self._new, case, after, told)
        leaf = write_consequences(connection, self.keyring, self.policies, self._new, act, after)
        return StepDone(after, receipt, leaf=_hex(leaf))

    @cached_property
    def _new(self) -> NewStep:
        command = self.step.command
        return NewStep(self.step.key, command.kind, command.actor, command.body, self.step.at, datetime.now(UTC))


def _hex(leaf: bytes | None) -> str | None:
    return leaf.hex() if leaf else None
