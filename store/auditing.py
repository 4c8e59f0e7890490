"""What an auditor asks of the record: decisions and audit events, filtered, paged, or drawn as a sample by a seed."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, and_, func, or_, select

from cases.days import ONE_DAY, start_of
from cases.determinations import Conclusion
from cases.roles import Role
from store.any_case import any_case
from store.rows import filled
from store.scope import Scope
from store.tables.cases import audit_event, decision, determination_record

PAGE_ROWS = 50


@dataclass(frozen=True)
class DecisionRow:
    """One decision, with the determination that it adopts or departs from."""

    id: str
    case_id: str
    station_id: str
    determination_id: str
    policy: str
    version: str
    conclusion: Conclusion
    granted: bool
    departs: bool
    officer: str
    second_officer: str | None
    at: datetime


@dataclass(frozen=True)
class EventRow:
    id: str
    case_id: str | None
    actor: str
    kind: str
    station_id: str | None
    about_kind: str | None
    about_id: str | None
    reason: str | None
    at: datetime
    recorded_at: datetime


@dataclass(frozen=True)
class Asked:
    """Filters; what is empty asks for nothing. `until_on` is the last day."""

    exactly: Mapping[str, str] = field(default_factory=dict)
    departs: bool | None = None
    from_on: date | None = None
    until_on: date | None = None


_DECISIONS = (
    select(
        decision.c.id,
        decision.c.case_id,
        any_case.c.station_id,
        decision.c.determination_id,
        determination_record.c.policy,
        determination_record.c.version,
        determination_record.c.conclusion,
        decision.c.granted,
        decision.c.departs,
        decision.c.officer,
        decision.c.second_officer,
        decision.c.at,
    )
    .join(any_case, any_case.c.id == decision.c.case_id)
    .join(
        determination_record,
        and_(
            determination_record.c.case_id == decision.c.case_id,
            determination_record.c.id == decision.c.determination_id,
        ),
    )
)
_DECISION_FIELDS = {
    "policy": determination_record.c.policy,
    "officer": decision.c.officer,
    "station": any_case.c.station_id,
    "case": decision.c.case_id,
}
_EVENT_FIELDS = {
    "kind": audit_event.c.kind,
    "actor": audit_event.c.actor,
    "station": audit_event.c.station_id,
    "case": audit_event.c.case_id,
    "about": audit_event.c.about_id,
}


def decisions(connection: Connection, scope: Scope, asked: Asked, page: int) -> tuple[tuple[DecisionRow, ...], int]:
    """One page of the decisions in scope, the latest first, and how many there are in all."""
    query = _decisions(scope, asked)
    rows = _rows(connection, query.order_by(decision.c.at.desc(), decision.c.id), page)
    return tuple(filled(DecisionRow, row) for row in rows), _count(connection, query)


def sample_of_decisions(
    connection: Connection, scope: Scope, asked: Asked, size: int, seed: int
) -> tuple[tuple[DecisionRow, ...], int]:
    """`size` decisions drawn by a seed, and from how many: the same seed draws the same ones again."""
    query = _decisions(scope, asked)
    ids = sorted(connection.scalars(query.with_only_columns(decision.c.id)))
    drawn = random.Random(seed).sample(ids, min(size, len(ids)))  # noqa: S311 - a sample to be drawn again, no secret
    rows = connection.execute(query.where(decision.c.id.in_(drawn)).order_by(decision.c.id)).mappings()
    return tuple(filled(DecisionRow, row) for row in rows), len(ids)


def events(connection: Connection, scope: Scope, asked: Asked, page: int) -> tuple[tuple[EventRow, ...], int]:
    """One page of the audit events in scope, the latest first, and how many there are in all."""
    here: ColumnElement[bool] = audit_event.c.station_id.in_(scope.stations)
    if whole_tree(scope):
        here = or_(here, audit_event.c.station_id.is_(None))
    query = select(audit_event).where(here, *_filters(_EVENT_FIELDS, audit_event.c.at, asked))
    rows = _rows(connection, query.order_by(audit_event.c.at.desc(), audit_event.c.id), page)
    return tuple(filled(EventRow, row) for row in rows), _count(connection, query)


def event_kinds(connection: Connection) -> tuple[str, ...]:
    return tuple(connection.scalars(select(audit_event.c.kind).distinct().order_by(audit_event.c.kind)))


def _decisions(scope: Scope, asked: Asked) -> Select[Any]:
    query = _DECISIONS.where(scope.has_any_case(), *_filters(_DECISION_FIELDS, decision.c.at, asked))
    return query if asked.departs is None else query.where(decision.c.departs == asked.departs)


def whole_tree(scope: Scope) -> bool:
    """What belongs to no station, such as a failed sign-in, is for who audits everything."""
    return any(reach.role is Role.AUDITOR and reach.below and len(_line(reach.path)) == 1 for reach in scope.reaches)


def _line(path: str) -> list[str]:
    """The ids of the nodes on a path, from the top."""
    return path.strip("/").split("/")


def _filters(
    fields: Mapping[str, ColumnElement[str]], at: ColumnElement[datetime], asked: Asked
) -> list[ColumnElement[bool]]:
    found = [
        fields[name].endswith(_end_of_number(value), autoescape=True) if name == "case" else fields[name] == value
        for name, value in asked.exactly.items()
        if value and name in fields
    ]
    if asked.from_on:
        found.append(at >= start_of(asked.from_on))
    if asked.until_on:
        found.append(at < start_of(asked.until_on + ONE_DAY))
    return found


def _end_of_number(typed: str) -> str:
    """A case is called by the end of its number, with or without what stands before."""
    return typed.upper().removeprefix("CASE-")


def _rows(connection: Connection, query: Select[Any], page: int) -> Sequence[RowMapping]:
    return connection.execute(query.limit(PAGE_ROWS).offset((page - 1) * PAGE_ROWS)).mappings().all()


def _count(connection: Connection, query: Select[Any]) -> int:
    return connection.execute(select(func.count()).select_from(query.subquery())).scalar_one()
