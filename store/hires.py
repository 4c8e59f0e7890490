"""Whom an employer hired (招用人员), as far as the record knows: placed there, or applied for as hired."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, Select, select

from store.scope import Scope
from store.tables.cases import PART_TABLES, hardship_case
from store.tables.people import worker
from store.tables.subsidies import subsidy_case

# Nobody who was erased, or whose data may only lie there.
HERE: Final = (worker.c.erased_at.is_(None), worker.c.restricted_at.is_(None))
_placement: Final = PART_TABLES["placements"]


@dataclass(frozen=True)
class Hire:
    """`since`: of the placement; of somebody who was only applied for, the day of the first application."""

    employer_id: str
    worker_id: str
    since: date
    ended_on: date | None = None

    @property
    def standing(self) -> bool:
        return self.ended_on is None


def hires_of(
    connection: Connection, employer_ids: Collection[str], scope: Scope | None = None
) -> Mapping[str, tuple[Hire, ...]]:
    """By employer, the latest first; nobody who was erased or restricted, and of a scope only who may be seen there."""
    if not employer_ids:
        return {}
    found: dict[str, dict[str, Hire]] = {}
    for row in connection.execute(_within(_applied_for(employer_ids), scope)):
        found.setdefault(row.employer_id, {}).setdefault(row.worker_id, Hire(row.employer_id, row.worker_id, row.since))
    for row in connection.execute(_within(_placed(employer_ids), scope)):
        hire = Hire(row.employer_id, row.worker_id, row.since, row.ended_on)
        found.setdefault(row.employer_id, {})[row.worker_id] = hire
    return {of: tuple(sorted(each.values(), key=_latest_first, reverse=True)) for of, each in found.items()}


def _latest_first(hire: Hire) -> tuple[bool, date, str]:
    return hire.standing, hire.since, hire.worker_id


def _placed(employer_ids: Collection[str]) -> Select[Any]:
    c = _placement.c
    query = select(c.employer_id, hardship_case.c.worker_id, c.started_on.label("since"), c.ended_on)
    return (
        query.join(hardship_case, hardship_case.c.id == c.case_id)
        .join(worker, worker.c.id == hardship_case.c.worker_id)
        .where(c.employer_id.in_(employer_ids), *HERE)
        .order_by(c.started_on)
    )


def _applied_for(employer_ids: Collection[str]) -> Select[Any]:
    c = subsidy_case.c
    return (
        select(c.applicant_id.label("employer_id"), c.hired.label("worker_id"), c.applied_on.label("since"))
        .join(worker, worker.c.id == c.hired)
        .where(c.applicant_id.in_(employer_ids), *HERE)
        .order_by(c.applied_on)
    )


def _within(query: Select[Any], scope: Scope | None) -> Select[Any]:
    return query if scope is None else query.where(scope.has_worker())
