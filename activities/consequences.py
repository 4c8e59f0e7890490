"""What some acts leave in the record beyond the case itself: facts, and decisions with their leaf."""

from typing import Any, cast

from sqlalchemy import Connection

from activities.leaves import log_officers_decision
from cases.acts_of_any.determining import AdoptDetermination, ConfirmDeparture, RecordFact
from cases.any_case import OneCase
from cases.canonical import Json
from cases.commands import AnyAct
from cases.facts import Source, SubjectKind
from cases.parts import find
from cases.subsidy.case import SubsidyCase
from cases.subsidy.stages import Applicant
from store.facts import NewFact, record_fact
from store.keys import KeyRing
from store.steps import NewStep


def write_consequences(
    connection: Connection, keyring: KeyRing, step: NewStep, act: AnyAct, case: OneCase
) -> bytes | None:
    """What follows from an act, in its transaction; and the leaf of its decision, if it was one."""
    match act:
        case RecordFact():
            record_fact(connection, keyring, _fact(step, act, case))
        case AdoptDetermination(determination=decided) | ConfirmDeparture(determination=decided):
            found = find(case.determinations, decided)
            if found:
                return log_officers_decision(connection, keyring, step, found, case)
        case _:
            pass
    return None


def _fact(step: NewStep, act: RecordFact[Any, Any], case: OneCase) -> NewFact:
    return NewFact(
        subject_kind=subject_of(case),
        subject_id=case.person,
        name=act.name,
        value=cast("Json", act.value),  # checked against its declaration before the act was accepted
        source=Source(act.source, act.detail, act.body or None, act.paper or None),
        established_on=act.established_on,
        recorded_by=step.actor,
        recorded_at=step.at,
    )


def subject_of(case: OneCase) -> SubjectKind:
    """Whose facts a case is decided on."""
    of_employer = isinstance(case, SubsidyCase) and case.applicant is Applicant.EMPLOYER
    return SubjectKind.EMPLOYER if of_employer else SubjectKind.WORKER
