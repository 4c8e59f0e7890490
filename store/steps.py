"""Steps of a case (办理步骤): each written once under its key, with its audit event and what goes out because of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from pydantic import TypeAdapter
from sqlalchemy import Connection, bindparam, insert, select

from cases.any_case import OneCase, kind_of
from cases.canonical import from_canonical
from cases.commands import Receipt
from cases.notices import Notice
from store.aead import Key
from store.cases import C, change_case
from store.encryption import open_sealed, seal
from store.tables.cases import audit_event, case_step, outbox

START: Final = "start-case"
NOTICE: Final = "notice"
DEPARTURE: Final = "depart-from-determination"  # of whatever kind of case
RECEIPT: Final = TypeAdapter(Receipt)
_STEP: Final = insert(case_step)
_AUDITED: Final = insert(audit_event)
_SENT: Final = insert(outbox)
_FINISHED: Final = select(case_step.c.receipt, case_step.c.kind, case_step.c.actor, case_step.c.body_sealed).where(
    case_step.c.key == bindparam("of_key")
)


@dataclass(frozen=True)
class NewStep:
    """`at` is business time; `recorded_at` the wall clock's."""

    key: str
    kind: str
    actor: str
    body: str
    at: datetime
    recorded_at: datetime


@dataclass(frozen=True)
class FinishedStep:
    receipt: Receipt
    kind: str
    actor: str
    body_sealed: bytes


@dataclass(frozen=True)
class TimelineEntry:
    revision: int
    kind: str
    actor: str
    at: datetime
    recorded_at: datetime
    body: str


def step_key(case_id: str, *parts: str) -> str:
    """What makes a step itself, on every try, in every run of its workflow."""
    return "/".join((case_id, *parts))


def finished_step(connection: Connection, key: str) -> FinishedStep | None:
    row = connection.execute(_FINISHED, {"of_key": key}).one_or_none()
    return FinishedStep(RECEIPT.validate_python(row.receipt), row.kind, row.actor, row.body_sealed) if row else None


def same_act(finished: FinishedStep, key: Key, step: str, kind: str, actor: str, body: str) -> bool:
    """Whether a key that comes again comes with the same act of the same person."""
    return (finished.kind, finished.actor) == (kind, actor) and _opened(key, step, finished.body_sealed) == body


def write_step(
    connection: Connection,
    key: Key,
    step: NewStep,
    before: C,
    after: C,
    notices: Iterable[Notice],
) -> Receipt:
    """Everything one step changes, in the caller's transaction. Raises StaleCase where `before` is not the record's."""
    receipt = _receipt(step, after)
    change_case(connection, before, after)
    connection.execute(_STEP, _row(key, step, receipt))
    connection.execute(_AUDITED, _audit(step, after))
    messages = [_message(step, number, notice, after) for number, notice in enumerate(notices, start=1)]
    if messages:
        connection.execute(_SENT, messages)
    return receipt


def write_opening(connection: Connection, key: Key, step: NewStep, case: OneCase) -> None:
    """The registration as the case's first step, and the start of its workflow in the outbox."""
    receipt = _receipt(step, case)
    connection.execute(_STEP, _row(key, step, receipt))
    connection.execute(_AUDITED, _audit(step, case))
    start = {"id": f"{case.id}/start", "kind": START, "case_id": case.id, "message": {}, "at": step.at, "attempts": 0}
    connection.execute(_SENT, start)


def timeline(connection: Connection, key: Key, case_id: str) -> tuple[TimelineEntry, ...]:
    """Every step of a case, in order."""
    query = select(case_step).where(case_step.c.case_id == case_id).order_by(case_step.c.revision)
    return tuple(
        TimelineEntry(
            row.revision, row.kind, row.actor, row.at, row.recorded_at, _opened(key, row.key, row.body_sealed)
        )
        for row in connection.execute(query)
    )


def departure_reason(connection: Connection, key: Key, case_id: str, determination_id: str) -> str | None:
    """Why an officer wished to depart from a determination, in the words of the latest such act."""
    said = (
        from_canonical(entry.body) for entry in reversed(timeline(connection, key, case_id)) if entry.kind == DEPARTURE
    )
    found = (str(a["reason"]) for a in said if isinstance(a, Mapping) and a["determination"] == determination_id)
    return next(found, None)


def _receipt(step: NewStep, case: OneCase) -> Receipt:
    return Receipt(case.id, step.key, case.revision, case.stage, case.outcome, step.at, kind_of(case))


def _row(key: Key, step: NewStep, receipt: Receipt) -> dict[str, Any]:
    return {
        "key": step.key,
        "case_id": receipt.case_id,
        "revision": receipt.revision,
        "kind": step.kind,
        "actor": step.actor,
        "at": step.at,
        "recorded_at": step.recorded_at,
        "body_sealed": seal(key, "case_step", "body_sealed", step.key, step.body),
        "receipt": RECEIPT.dump_python(receipt, mode="json"),
    }


def _audit(step: NewStep, case: OneCase) -> dict[str, Any]:
    return {
        "id": step.key,
        "case_id": case.id,
        "actor": step.actor,
        "kind": step.kind,
        "station_id": case.station_id,
        "at": step.at,
        "recorded_at": step.recorded_at,
    }


def _message(step: NewStep, number: int, notice: Notice, case: OneCase) -> dict[str, Any]:
    return {
        "id": f"{step.key}/{number}",
        "kind": NOTICE,
        "case_id": case.id,
        "message": {
            "to": notice.to,
            "station": notice.station_id,
            "zh": notice.wording.zh,
            "en": notice.wording.en,
        },
        "at": step.at,
        "attempts": 0,
    }


def _opened(key: Key, step: str, body_sealed: bytes) -> str:
    return open_sealed(key, "case_step", "body_sealed", step, body_sealed)
