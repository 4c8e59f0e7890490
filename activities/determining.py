"""Determining: the rules' conclusion on a case's facts, agreed by two engines, written in one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import Connection, Engine
from temporalio import activity
from temporalio.exceptions import ApplicationError

from activities.engine_process import EngineProcess, EngineRefused
from activities.leaves import Made, log_determination
from activities.policies import Policies
from activities.records import commit
from cases.canonical import Json, canonical
from cases.commands import Command, body_of
from cases.days import day_of
from cases.determinations import Determination
from cases.facts import Fact, SubjectKind
from cases.hardship.case import DIFFICULTY, HARDSHIP, HardshipCase
from cases.hardship.determining import DeterminationMade
from cases.refusals import Refused
from cases.roles import Role
from cases.steps import PolicyStep, Step, StepDone
from rules.decisions import determine
from rules.facts import FactRefused, StoredFact
from rules.policies import NoPolicyInForce, ResolvedPolicy
from store.cases import load_case
from store.determinations import keep_determination
from store.engine import read, write
from store.facts import current_facts
from store.households import household_of
from store.keys import KeyRing
from store.person_keys import person_key
from store.policy_contents import PolicyContent, keep_policy_content

OF_THE_CASE: Final = "个案记录 / the case's own record"


@dataclass(frozen=True)
class Determining:
    engine: Engine
    keyring: KeyRing
    policies: Policies
    rule_engine: EngineProcess

    @activity.defn
    def determine(self, step: PolicyStep) -> StepDone:
        """Determine one policy and write it down; tried again, it answers as it did the first time."""
        with read(self.engine) as connection:
            case = load_case(connection, step.case.id)
            facts = self._facts(connection, case, step)
        try:
            policy, made = self._determine(case, step, facts)
            return self._commit(case, step, policy, made)
        except Refused as refused:
            return StepDone(case, refusals=refused.refusals)

    def determine_within(self, connection: Connection, step: PolicyStep) -> StepDone:
        """The same in the caller's own transaction. Raises Refused."""
        case = load_case(connection, step.case.id)
        policy, made = self._determine(case, step, self._facts(connection, case, step))
        return self._write(connection, case, step, policy, made)

    def _determine(
        self, case: HardshipCase, step: PolicyStep, facts: Mapping[str, StoredFact]
    ) -> tuple[ResolvedPolicy, Determination]:
        try:
            policy = self.policies.book.resolve(step.policy, case.jurisdiction, case.applied_on, day_of(step.at))
            return policy, determine(policy, facts, self.rule_engine.verdicts)
        except (NoPolicyInForce, FactRefused, EngineRefused) as hopeless:
            # A retry would ask the same and get the same answer; these messages hold no value of a fact.
            raise ApplicationError(str(hopeless), type=type(hopeless).__name__, non_retryable=True) from None

    def _commit(self, case: HardshipCase, step: PolicyStep, policy: ResolvedPolicy, made: Determination) -> StepDone:
        with write(self.engine) as connection:
            return self._write(connection, case, step, policy, made)

    def _write(
        self, connection: Connection, case: HardshipCase, step: PolicyStep, policy: ResolvedPolicy, made: Determination
    ) -> StepDone:
        act = DeterminationMade(step.policy, made.conclusion, case.facts_seen)
        command = Command(f"{step.policy}/{case.facts_seen}", act.KIND, Role.ENGINE, body_of(act))
        done = commit(connection, self.keyring, self.policies, Step(case, step.key, command, step.at), case)
        current = done.case.current(step.policy)
        newly_written = done.receipt and done.receipt.revision == case.revision + 1
        if newly_written and current:
            key = person_key(connection, self.keyring, case.worker_id)
            text = keep_determination(connection, key, case.id, current.id, made, step.at)
            content = PolicyContent(policy.hash, policy.policy, policy.content)
            keep_policy_content(connection, content, step.at)
            logged = Made(done.case, current.id, made, text)
            leaf = log_determination(connection, self.keyring, key, logged, step.key, step.at)
            return replace(done, leaf=leaf.hex())
        return done

    def _facts(self, connection: Connection, case: HardshipCase, step: PolicyStep) -> Mapping[str, StoredFact]:
        """What is known of the worker and the household on the day, and what the case itself shows."""
        on = day_of(step.at)
        known: dict[str, Fact] = {}
        household = household_of(connection, case.worker_id, on)
        if household:
            known |= current_facts(connection, self.keyring, SubjectKind.HOUSEHOLD, household, on)
        known |= current_facts(connection, self.keyring, SubjectKind.WORKER, case.worker_id, on)
        stored = {name: StoredFact(canonical(fact.value), fact.source.kind) for name, fact in known.items()}
        return {**stored, **{name: StoredFact(canonical(v), OF_THE_CASE) for name, v in _of_case(case).items()}}


def _of_case(case: HardshipCase) -> dict[str, Json]:
    """What the case itself shows; a decision that was not taken is unknown."""
    facts: dict[str, Json] = {
        "applied_on": case.applied_on.isoformat(),
        "plan_term_over": case.term_over_at is not None,
        "plan_items_proved": case.items_proved,
        "placed": case.placement is not None,
    }
    for name, policy in (("hardship_worker", HARDSHIP), ("employment_difficulty", DIFFICULTY)):
        decided = case.granted(policy)
        if decided is not None:
            facts[name] = decided
    return facts
