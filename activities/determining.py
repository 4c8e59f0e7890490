"""Determining: the rules' conclusion on a case's facts, agreed by two engines, written in one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

import structlog
from sqlalchemy import Connection, Engine
from temporalio import activity
from temporalio.exceptions import ApplicationError

from activities.engine_process import EngineProcess, EngineRefused
from activities.facts_of_case import shown_by_case
from activities.leaves import Made, record_determination
from activities.pinning import policy_of
from activities.policies import Policies
from activities.records import commit
from activities.subsidy_facts import facts_of_subsidy
from activities.subsidy_subjects import known_in_case
from cases.any_case import OneCase
from cases.canonical import canonical
from cases.commands import SUBSIDY_ACTS, AnyAct, Command, body_of
from cases.days import day_of
from cases.determinations import Determination
from cases.hardship.determining import DeterminationMade
from cases.refusals import Refused
from cases.roles import Role
from cases.steps import PolicyStep, Step, StepDone
from cases.subsidy.case import SubsidyCase
from rules.decisions import NO_TURN, determine
from rules.facts import FactRefused, StoredFact
from rules.policies import NoPolicyInForce, ResolvedPolicy
from store.cases import load_any
from store.engine import read, write
from store.keys import KeyRing
from store.person_keys import person_key
from store.policy_contents import PolicyContent, keep_policy_content

log = structlog.get_logger()
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
            basis = self._basis(connection, step, load_any(connection, step.case.id))
        made = self._determine(basis)
        try:
            with write(self.engine) as connection:
                return self._write(connection, step, basis, made)
        except Refused as refused:
            return StepDone(basis.case, refusals=refused.refusals)

    def determine_within(self, connection: Connection, step: PolicyStep) -> StepDone:
        """The same of a case that was read or opened in the caller's own transaction. Raises Refused."""
        basis = self._basis(connection, step, step.case)
        return self._write(connection, step, basis, self._determine(basis))

    def _basis(self, connection: Connection, step: PolicyStep, case: OneCase) -> "Basis":
        """A date that moves and that nobody established is that of the day; the day of the application stays."""
        try:
            policy = policy_of(connection, self.policies, case, step.policy, step.at)
        except NoPolicyInForce as none:
            raise _hopeless(none) from None
        facts = self._facts(connection, case, step)
        moving = next((fact.name for fact in policy.rules.facts.values() if fact.moves), None)
        if moving is None or moving in facts:
            return Basis(case, policy, facts)
        today = StoredFact(canonical(day_of(step.at).isoformat()), OF_THE_CASE)
        return Basis(case, policy, {**facts, moving: today}, moves_by_itself=True)

    def _determine(self, basis: "Basis") -> Determination:
        try:
            made = determine(basis.policy, basis.facts, self.rule_engine.verdicts)
        except (FactRefused, EngineRefused) as hopeless:
            raise _hopeless(hopeless) from None
        if NO_TURN in made.engines:
            log.error("turning-day-not-found", case=basis.case.id, policy_hash=made.policy_hash, engines=made.engines)
        return made

    def _write(self, connection: Connection, step: PolicyStep, basis: "Basis", made: Determination) -> StepDone:
        case, policy = basis.case, basis.policy
        act = _made(case, step.policy, made, basis)
        command = Command(f"{step.policy}/{case.facts_seen}", act.KIND, Role.ENGINE, body_of(act))
        done = commit(connection, self.keyring, self.policies, Step(case, step.key, command, step.at), case)
        current = done.case.current(step.policy)
        newly_written = done.receipt and done.receipt.revision == case.revision + 1
        if newly_written and current:
            key = person_key(connection, self.keyring, case.person)
            content = PolicyContent(policy.hash, policy.policy, policy.content)
            keep_policy_content(connection, content, step.at)
            recorded = Made(done.case, current.id, made, step.key, key)
            leaf = record_determination(connection, self.keyring, recorded, step.at)
            return replace(done, leaf=leaf.hex())
        return done

    def _facts(self, connection: Connection, case: OneCase, step: PolicyStep) -> Mapping[str, StoredFact]:
        """What is known on the day, each fact of whom it is about; and what the record itself shows."""
        on = day_of(step.at)
        known = known_in_case(connection, self.keyring, case, self.policies.book.facts, on)
        if isinstance(case, SubsidyCase):
            return facts_of_subsidy(connection, self.policies, case, known, on).stored
        stored = {name: StoredFact(canonical(fact.value), fact.source.kind) for name, fact in known.items()}
        of_case = shown_by_case(case, step.policy)
        return {**stored, **{name: StoredFact(canonical(value), OF_THE_CASE) for name, value in of_case.items()}}


@dataclass(frozen=True)
class Basis:
    """What a determination rests on. `moves_by_itself`: its moving date is that of the day on which it is made."""

    case: OneCase
    policy: ResolvedPolicy
    facts: Mapping[str, StoredFact]
    moves_by_itself: bool = False


def _hopeless(error: Exception) -> ApplicationError:
    """A retry would ask the same and get the same answer; these messages hold no value of a fact."""
    return ApplicationError(str(error), type=type(error).__name__, non_retryable=True)


def _made(case: OneCase, policy: str, made: Determination, basis: Basis) -> AnyAct:
    """What the engine does to the case with what it found."""
    if isinstance(case, SubsidyCase):
        found = {
            "policy": policy,
            "conclusion": made.conclusion,
            "facts_seen": case.facts_seen,
            "amount_fen": made.amount_fen,
        }
        return SUBSIDY_ACTS.read_act("determination-made", found)
    return DeterminationMade(policy, made.conclusion, case.facts_seen, made.turns, basis.moves_by_itself)
