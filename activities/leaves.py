"""The leaves that a case's steps leave in the decision log: what was determined, and what an officer decided."""

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import Connection

from cases.any_case import OneCase
from cases.canonical import Json, from_canonical
from cases.case_parts import DeterminationState
from cases.determinations import Determination
from cases.roles import Role
from store.aead import Key
from store.decision_log import DECISION, DETERMINATION, Leaf, log_decision, log_person
from store.determinations import DETERMINATION as KEPT
from store.determinations import determination_text
from store.keys import KeyRing
from store.person_keys import person_key
from store.steps import NewStep, departure_reason


@dataclass(frozen=True)
class Made:
    """A determination of a case, with the text in which it was kept."""

    case: OneCase
    id: str
    determination: Determination
    text: str


def log_determination(connection: Connection, keyring: KeyRing, key: Key, made: Made, step: str, at: datetime) -> bytes:
    """The leaf of a determination that was just kept."""
    return log_person(connection, keyring, made.case.person, key, leaf_of_determination(made, step, at))


def leaf_of_determination(made: Made, step: str, at: datetime) -> Leaf:
    record = {**_record(made), "step": step, "actor": Role.ENGINE.value}
    return Leaf(step, DETERMINATION, at, record, _committed(made))


def log_officers_decision(
    connection: Connection, keyring: KeyRing, step: NewStep, found: DeterminationState, case: OneCase
) -> bytes:
    """A decision's row, and its leaf: all that was determined, and what the officers made of it."""
    key = person_key(connection, keyring, case.person)
    made = _made(connection, key, case, found.id)
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
    said: dict[str, Json] = {
        name: cast("Json", row[name]) for name in ("granted", "departs", "officer", "second_officer")
    }
    record = {**_record(made), **said, "decision": step.key, "step": step.key, "actor": step.actor}
    words: dict[str, Json] = {"act": step.body}
    if departs:
        words["reason"] = departure_reason(connection, key, case.id, found.id)
    leaf = Leaf(step.key, DECISION, step.at, record, {**_committed(made), "words": words})
    return log_decision(connection, keyring, case.person, key, row, leaf)


def _made(connection: Connection, key: Key, case: OneCase, determination_id: str) -> Made:
    text = determination_text(connection, key, case.id, determination_id)
    return Made(case, determination_id, KEPT.validate_json(text), text)


def _record(made: Made) -> dict[str, Json]:
    determined, case = made.determination, made.case
    return {
        "case": case.id,
        "station": case.station_id,
        "workflow": case.id,
        "determination": made.id,
        "policy": determined.policy,
        "version": determined.version,
        "policy_hash": determined.policy_hash,
        "jurisdiction": determined.jurisdiction,
        "conclusion": determined.conclusion.value,
        "amount_fen": determined.amount_fen,
        "engines": determined.engines,
    }


def _committed(made: Made) -> dict[str, dict[str, Json]]:
    """What is personal: every fact that was read, what each rule found, and the determination word for word."""
    determined = made.determination
    return {
        "facts": dict(cast("dict[str, Json]", from_canonical(determined.facts_json))),
        "findings": {
            finding.rule: [finding.verdict.value, [[read.name, read.value] for read in finding.read]]
            for finding in determined.findings
        },
        "whole": {"detail": made.text},
    }
