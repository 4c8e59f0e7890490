"""What some acts leave in the record beyond the case itself: facts, and decisions with their leaf."""

from typing import Any, cast

from sqlalchemy import Connection

from activities.leaves import log_officers_decision
from activities.policies import Policies
from activities.subsidy_subjects import parties_of
from cases.acts_of_any.determining import AdoptDetermination, ConfirmDeparture, RecordFact
from cases.any_case import OneCase
from cases.canonical import Json
from cases.commands import AnyAct
from cases.facts import Source
from cases.parts import find
from store.facts import NewFact, record_fact
from store.keys import KeyRing
from store.steps import NewStep


def write_consequences(  # what is asked, by whose keys and laws, and the step that is written
    connection: Connection, keyring: KeyRing, policies: Policies, step: NewStep, act: AnyAct, case: OneCase
) -> bytes | None:
    """What follows from an act, in its transaction; and the leaf of its decision, if it was one."""
    match act:
        case RecordFact():
            record_fact(connection, keyring, _fact(policies, step, act, case))
        case AdoptDetermination(determination=decided) | ConfirmDeparture(determination=decided):
            found = find(case.determinations, decided)
            if found:
                return log_officers_decision(connection, keyring, step, found, case)
        case _:
            pass
    return None


def _fact(policies: Policies, step: NewStep, act: RecordFact[Any, Any], case: OneCase) -> NewFact:
    subject = parties_of(case).subject_of(policies.book.facts, act.name)
    return NewFact(
        subject_kind=subject.kind,
        subject_id=subject.id,
        name=act.name,
        value=cast("Json", act.value),  # checked against its declaration before the act was accepted
        source=Source(act.source, act.detail, act.body or None, act.paper or None),
        established_on=act.established_on,
        recorded_by=step.actor,
        recorded_at=step.at,
    )
