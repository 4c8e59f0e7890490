"""What the rules would make of an application as it stands: for looking at before it is taken, and deciding nothing."""

from typing import cast

from sqlalchemy import Connection

from activities.subsidy_facts import facts_of_subsidy
from cases.applications import Application
from cases.canonical import Json, from_canonical
from cases.facts import Fact, Source
from cases.registration import FirstFact
from cases.subsidy.case import ClaimState, SubsidyCase
from cases.subsidy.claiming import periods_of
from cases.subsidy.stages import Stage
from rules.comparing import Outcome, decided_anew
from rules.facts import FactRefused
from rules.policies import NoPolicyInForce
from web.subsidies.application import Asking
from web.subsidies.choosing import Choice
from web.visit import Visit

NOT_A_CASE = "case-not-opened"


def foreseen(
    visit: Visit, connection: Connection, choice: Choice, asked: Asking, application: Application
) -> Outcome | None:
    """By the evaluator alone, where the determination itself is made by two engines; None where it cannot be told."""
    if choice.hired and not choice.hired.ours:
        return None
    policy, policies = asked.law.subsidy, visit.office.station.policies
    known = dict(asked.known) | {fact.name: _kept(visit, choice, fact) for fact in application.facts}
    try:
        stored = facts_of_subsidy(
            connection, policies, _case(visit, choice, asked, application), known, visit.today
        ).stored
        facts: dict[str, Json] = {name: from_canonical(fact.json) for name, fact in stored.items()}
        moving = next((fact.name for fact in policy.rules.facts.values() if fact.moves), None)
        if moving:
            facts.setdefault(moving, visit.today.isoformat())
        return decided_anew(policy, facts).outcome
    except (FactRefused, NoPolicyInForce):
        return None


def _case(visit: Visit, choice: Choice, asked: Asking, application: Application) -> SubsidyCase:
    """As it would be opened."""
    periods = periods_of(asked.process.each, application.periods, visit.today)
    return SubsidyCase(
        id=NOT_A_CASE,
        revision=0,
        stage=Stage.DETERMINATION,
        station_id=choice.station,
        jurisdiction=asked.law.subsidy.jurisdiction,
        applied_on=visit.today,
        opened_at=visit.now,
        policy=choice.policy,
        applicant=choice.kind,
        applicant_id=choice.applicant_id,
        hired=choice.parties.hired,
        claims=tuple(ClaimState(period, choice.parties.subject.id, choice.policy, visit.today) for period in periods),
    )


def _kept(visit: Visit, choice: Choice, fact: FirstFact) -> Fact:
    source = Source(fact.source, fact.detail, fact.body or None, fact.paper or None)
    subject = choice.parties.subject_of(visit.office.station.policies.book.facts, fact.name)
    value = cast("Json", fact.value)
    return Fact("", *subject, fact.name, value, source, fact.established_on, (), visit.me.owner)
