"""What some acts leave in the record beyond the case itself: facts, and decisions with their leaf."""

from typing import cast

from sqlalchemy import Connection

from cases.canonical import Json, from_canonical
from cases.facts import Source, SubjectKind
from cases.hardship.acts import Act
from cases.hardship.case import DeterminationState, HardshipCase
from cases.hardship.determining import AdoptDetermination, ConfirmDeparture, RecordFact
from cases.hardship.parts import find
from store.decision_log import log_decision
from store.determinations import determination_record
from store.facts import NewFact, record_fact
from store.keys import KeyRing
from store.person_keys import person_key
from store.steps import NewStep


def write_consequences(connection: Connection, keyring: KeyRing, step: NewStep, act: Act, case: HardshipCase) -> None:
    match act:
        case RecordFact():
            record_fact(connection, keyring, _fact(step, act, case))
        case AdoptDetermination(determination=decided) | ConfirmDeparture(determination=decided):
            found = find(case.determinations, decided)
            if found:
                _log(connection, keyring, step, found, case)
        case _:
            pass


def _fact(step: NewStep, act: RecordFact, case: HardshipCase) -> NewFact:
    return NewFact(
        subject_kind=SubjectKind.WORKER,
        subject_id=case.worker_id,
        name=act.name,
        value=cast("Json", act.value),  # checked against its declaration before the act was accepted
        source=Source(act.source, act.detail, act.body or None, act.paper or None),
        established_on=act.established_on,
        recorded_by=step.actor,
        recorded_at=step.at,
    )


def _log(
    connection: Connection, keyring: KeyRing, step: NewStep, found: DeterminationState, case: HardshipCase
) -> None:
    key = person_key(connection, keyring, case.worker_id)
    made = determination_record(connection, key, case.id, found.id)
    departs = found.departed_by is not None
    row = {
        "id": step.key,
        "case_id": case.id,
        "determination_id": found.id,
        "granted": found.granted,
        "departs": departs,
        "officer": found.departed_by if departs else found.decided_by,
        "second_officer": found.decided_by if departs else None,
        "at": step.at,
    }
    record: dict[str, Json] = {
        "case": case.id,
        "decision": step.key,
        "determination": found.id,
        "policy": made.policy,
        "version": made.version,
        "policy_hash": made.policy_hash,
        "conclusion": made.conclusion,
        "granted": found.granted,
        "departs": departs,
        "officer": found.departed_by if departs else found.decided_by,
        "second_officer": found.decided_by if departs else None,
        "at": step.at.isoformat(),
    }
    facts = cast("dict[str, Json]", from_canonical(made.facts_json))
    log_decision(connection, key, row, record, facts)
