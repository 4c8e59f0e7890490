"""The leaves that a case's steps leave in the decision log: what was determined, and what an officer decided."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import cast

from sqlalchemy import Connection

from cases.any_case import OneCase
from cases.canonical import Json
from cases.case_parts import DeterminationState
from cases.determinations import Determination
from cases.roles import Role
from cases.subsidy.case import SubsidyCase
from store.aead import Key
from store.decision_log import DECISION, DETERMINATION, Leaf, OfPerson, log_decision, pending_of
from store.determinations import Kept, kept_text, rows_of
from store.kept_text import lines_of
from store.keys import KeyRing
from store.many_rows import insert_rows
from store.person_keys import person_key
from store.steps import NewStep, departure_reason


@dataclass(frozen=True)
class Made:
    """A determination of a case, by which step it was made, and the key of whom it is about."""

    case: OneCase
    id: str
    determination: Determination
    step: str
    key: Key = field(repr=False)


def record_determination(connection: Connection, keyring: KeyRing, made: Made, at: datetime) -> bytes:
    """Keep a determination, and log it: its leaf."""
    [leaf] = record_determinations(connection, keyring, [made], at)
    return leaf


def record_determinations(
    connection: Connection, keyring: KeyRing, many: Sequence[Made], at: datetime
) -> Sequence[bytes]:
    """The same of many made at one time, with one statement where the database can."""
    texts, kept = rows_of([Kept(each.key, each.case.id, each.id, each.determination) for each in many], at)
    pending = pending_of(
        keyring,
        [
            OfPerson(each.case.person, each.key, _leaf(each, text.lines, at))
            for each, text in zip(many, texts, strict=True)
        ],
    )
    insert_rows(connection, *kept, pending.rows)
    return pending.leaves


def _leaf(made: Made, lines: Sequence[bytes], at: datetime) -> Leaf:
    record = {**_record(made.case, made.id, made.determination), "step": made.step, "actor": Role.ENGINE.value}
    return Leaf(made.step, DETERMINATION, at, record, lines)


def log_officers_decision(
    connection: Connection, keyring: KeyRing, step: NewStep, found: DeterminationState, case: OneCase
) -> bytes:
    """A decision's row, and its leaf: all that was determined, and what the officers made of it."""
    key = person_key(connection, keyring, case.person)
    kept = kept_text(connection, key, case.id, found.id)
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
    record = {
        **_record(case, found.id, kept.determination),
        **said,
        "decision": step.key,
        "step": step.key,
        "actor": step.actor,
    }
    if isinstance(case, SubsidyCase):
        record["granted_fen"] = case.granted_fen  # the officers' own sum where they depart
    words: dict[str, Json] = {"act": step.body}
    if departs:
        words["reason"] = departure_reason(connection, key, case.id, found.id)
    leaf = Leaf(step.key, DECISION, step.at, record, lines_of(kept.text.encode()), words)
    return log_decision(connection, keyring, row, OfPerson(case.person, key, leaf))


def _record(case: OneCase, id_: str, determined: Determination) -> dict[str, Json]:
    return {
        "case": case.id,
        "station": case.station_id,
        "workflow": case.id,
        "determination": id_,
        "policy": determined.policy,
        "version": determined.version,
        "policy_hash": determined.policy_hash,
        "jurisdiction": determined.jurisdiction,
        "conclusion": determined.conclusion.value,
        "amount_fen": determined.amount_fen,
        "engines": determined.engines,
    }
