"""Simulations in the record: who asked what of a change of the law, and what came of it, sealed under its own key."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Final

from sqlalchemy import Connection, RowMapping, Select, insert, select

from cases.canonical import Json, canonical, from_canonical
from cases.refusals import Refusal
from cases.steps import REFUSALS
from store.audit import AuditEvent, record_audit
from store.encryption import open_sealed, seal
from store.keys import KeyRing
from store.person_keys import make_person_key, person_key
from store.rows import filled
from store.tables.simulations import simulation, simulation_result

SIMULATION: Final = "simulation"  # what the audit event is about
MOST: Final = 50


@dataclass(frozen=True)
class Asked:
    """`change`: what is otherwise; `text_sha256` of a draft or a proposal's text."""

    id: str
    policy: str
    jurisdiction: str
    change: Mapping[str, Json]
    asked_by: str
    asked_at: datetime
    text_sha256: str | None = None


@dataclass(frozen=True)
class Answer:
    """A report of the snapshot of a day, or why there is none."""

    ended_at: datetime
    snapshot_day: date | None = None
    snapshot_hash: str | None = None
    report: Json = field(default=None, repr=False)
    refusals: tuple[Refusal, ...] = ()


@dataclass(frozen=True)
class Kept:
    asked: Asked
    answer: Answer | None


def ask(connection: Connection, keyring: KeyRing, new: Asked) -> None:
    """Write down who asks what, before anything is looked at."""
    values = {**vars(new), "change": dict(new.change)}
    connection.execute(insert(simulation).values(**values, recorded_at=datetime.now(UTC)))
    reason = f"{new.jurisdiction} {new.policy}"
    event = AuditEvent("simulate-policy", new.asked_by, new.asked_at, SIMULATION, new.id, reason=reason)
    record_audit(connection, keyring, event)


def answer(connection: Connection, keyring: KeyRing, simulation_id: str, found: Answer) -> None:
    """Once only; the table refuses a second one."""
    sealed = None
    if not found.refusals:
        key = make_person_key(connection, keyring, simulation_id, found.ended_at)
        sealed = seal(key, "simulation_result", "report_sealed", simulation_id, canonical(found.report))
    connection.execute(
        insert(simulation_result).values(
            simulation_id=simulation_id,
            ended_at=found.ended_at,
            snapshot_day=found.snapshot_day,
            snapshot_hash=found.snapshot_hash,
            report_sealed=sealed,
            refusals=REFUSALS.dump_python(found.refusals, mode="json") if found.refusals else None,
            recorded_at=datetime.now(UTC),
        )
    )


def kept_simulation(connection: Connection, keyring: KeyRing, simulation_id: str) -> Kept | None:
    row = connection.execute(_all().where(simulation.c.id == simulation_id)).mappings().one_or_none()
    if row is None:
        return None
    report: Json = None
    if row["report_sealed"] is not None:
        key = person_key(connection, keyring, simulation_id)
        report = from_canonical(
            open_sealed(key, "simulation_result", "report_sealed", simulation_id, row["report_sealed"])
        )
    return _kept(row, report)


def simulations_of(connection: Connection, policy: str) -> tuple[Kept, ...]:
    """What was asked of one policy, the newest first, without the reports."""
    return _listed(connection, _all().where(simulation.c.policy == policy))


def simulations_of_text(connection: Connection, sha256: str) -> tuple[Kept, ...]:
    """What was asked of the text of a proposal, to be cited when it is published."""
    return _listed(connection, _all().where(simulation.c.text_sha256 == sha256))


def _listed(connection: Connection, query: Select[tuple[object, ...]]) -> tuple[Kept, ...]:
    newest = query.order_by(simulation.c.asked_at.desc(), simulation.c.id.desc()).limit(MOST)
    return tuple(_kept(row, None) for row in connection.execute(newest).mappings())


def _all() -> Select[tuple[object, ...]]:
    result = [column for column in simulation_result.c if column.name not in ("simulation_id", "recorded_at")]
    return select(simulation, *result).outerjoin(
        simulation_result, simulation_result.c.simulation_id == simulation.c.id
    )


def _kept(row: RowMapping, report: Json) -> Kept:
    asked = filled(Asked, row)
    if row["ended_at"] is None:
        return Kept(asked, None)
    refusals = REFUSALS.validate_python(row["refusals"] or [])
    return Kept(asked, filled(Answer, row, report=report, refusals=refusals))
