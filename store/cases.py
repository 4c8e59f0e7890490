"""Hardship cases in the record: loaded whole, and changed one step at a time."""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import Connection, Select, bindparam, func, insert, select, update

from cases import case_parts
from cases.hardship import case as parts
from cases.hardship.case import HardshipCase
from cases.hardship.stages import Stage
from cases.refusals import Refused, refusal
from store.shelves import Shelf, nested_fields
from store.tables.cases import PART_TABLES, hardship_case, paper

SHELVES: Final[Mapping[str, Shelf[Any]]] = {
    "determinations": Shelf(case_parts.DeterminationState, PART_TABLES["determinations"]),
    "services": Shelf(parts.ServiceState, PART_TABLES["services"]),
    "referrals": Shelf(parts.ReferralState, PART_TABLES["referrals"]),
    "talks": Shelf(parts.TalkState, PART_TABLES["talks"]),
    "trainings": Shelf(parts.TrainingState, PART_TABLES["trainings"]),
    "needs": Shelf(parts.NeedState, PART_TABLES["needs"]),
    "appointments": Shelf(parts.AppointmentState, PART_TABLES["appointments"]),
    "placements": Shelf(parts.PlacementState, PART_TABLES["placements"]),
    "follow_ups": Shelf(parts.FollowUpState, PART_TABLES["follow_ups"]),
    "clocks": Shelf(case_parts.ClockState, PART_TABLES["clocks"]),
    "papers": Shelf(case_parts.PaperState, PART_TABLES["papers"]),
}
OWN: Final = [column.name for column in hardship_case.c]
NESTED: Final = dict(nested_fields(HardshipCase, hardship_case))
_INSERT: Final = insert(hardship_case)
_SELECT: Final = select(hardship_case).where(hardship_case.c.id == bindparam("of_case"))
_UPDATE: Final = (
    update(hardship_case)
    .where(hardship_case.c.id == bindparam("of_case"), hardship_case.c.revision == bindparam("of_revision"))
    .values(**{name: bindparam(f"new_{name}") for name in OWN if name not in ("id", "worker_id", "opened_at")})
)


class NoSuchCase(Refused):
    """The record holds no case of this id."""

    def __init__(self, case_id: str) -> None:
        super().__init__((refusal("no-such-case", f"没有个案{case_id}。", f"There is no case {case_id}."),))


class StaleCase(Exception):
    """The case was changed since it was read; nothing was written."""


def load_case(connection: Connection, case_id: str) -> HardshipCase:
    row = connection.execute(_SELECT, {"of_case": case_id}).mappings().one_or_none()
    if row is None:
        raise NoSuchCase(case_id)
    own: dict[str, Any] = {
        name: NESTED[name].validate_python(row[name]) if name in NESTED else row[name] for name in OWN
    }
    own |= {name: shelf.load(connection, case_id) for name, shelf in SHELVES.items()}
    return HardshipCase(**own)


def open_case(connection: Connection, case: HardshipCase) -> None:
    """A new case's row, with the clocks that run from its opening."""
    connection.execute(_INSERT, _row(case))
    for name, shelf in SHELVES.items():
        shelf.write(connection, case.id, (), getattr(case, name))


def change_case(connection: Connection, before: HardshipCase, after: HardshipCase) -> None:
    """Write the difference of one step. Raises StaleCase if `before` is not what the record holds."""
    row = {f"new_{name}": value for name, value in _row(after).items() if f"new_{name}" in _CHANGED}
    done = connection.execute(_UPDATE, {"of_case": before.id, "of_revision": before.revision, **row})
    if done.rowcount != 1:
        raise StaleCase(f"Case {before.id} is no longer at revision {before.revision}.")
    for name, shelf in SHELVES.items():
        if getattr(before, name) is not getattr(after, name):
            shelf.write(connection, after.id, getattr(before, name), getattr(after, name))


def unfinished_case_ids(connection: Connection) -> tuple[str, ...]:
    """Every case that needs a workflow: the open ones, and closed ones whose papers are still to be made."""
    printing = cases_owing_papers()
    query = select(hardship_case.c.id).where(hardship_case.c.closed_at.is_(None) | hardship_case.c.id.in_(printing))
    return tuple(connection.execute(query.order_by(hardship_case.c.id)).scalars())


def cases_owing_papers() -> Select[tuple[str]]:
    return select(paper.c.case_id).where(paper.c.sha256.is_(None), paper.c.waived_on.is_(None))


def open_cases_by_stage(connection: Connection) -> Mapping[str, int]:
    query = (
        select(hardship_case.c.stage, func.count().label("cases"))
        .where(hardship_case.c.closed_at.is_(None))
        .group_by(hardship_case.c.stage)
    )
    counted: dict[Stage, int] = {row.stage: row.cases for row in connection.execute(query)}
    return {stage: counted[stage] for stage in Stage if stage in counted}


def has_other_open_case(connection: Connection, worker_id: str, case_id: str) -> bool:
    query = select(hardship_case.c.id).where(
        hardship_case.c.worker_id == worker_id, hardship_case.c.closed_at.is_(None), hardship_case.c.id != case_id
    )
    return connection.execute(query.limit(1)).first() is not None


_CHANGED: Final = {f"new_{name}" for name in OWN if name not in ("id", "worker_id", "opened_at")}


def _row(case: HardshipCase) -> dict[str, Any]:
    return {
        name: NESTED[name].dump_python(getattr(case, name), mode="json") if name in NESTED else getattr(case, name)
        for name in OWN
    }
