"""Cases in the record, of every kind: opened, loaded whole, and changed one step at a time."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, TypeVar

from sqlalchemy import Connection, Select, Table, func, select, union

from cases import case_parts
from cases.any_case import OneCase
from cases.case_kinds import CaseKind
from cases.hardship import case as parts
from cases.hardship.case import HardshipCase
from cases.hardship.stages import Stage
from cases.refusals import Refused, refusal
from cases.subsidy import case as subsidy_parts
from cases.subsidy.case import SubsidyCase
from store.any_case import any_case
from store.case_rows import CaseRows
from store.shelves import Shelf
from store.tables.cases import PART_TABLES, hardship_case, paper
from store.tables.subsidies import PART_TABLES as SUBSIDY_PARTS
from store.tables.subsidies import subsidy_case

C = TypeVar("C", HardshipCase, SubsidyCase)

HARDSHIP: Final = CaseRows(
    CaseKind.HARDSHIP,
    HardshipCase,
    hardship_case,
    {
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
    },
    fixed=frozenset({"id", "worker_id", "opened_at"}),
)
SUBSIDY: Final = CaseRows(
    CaseKind.SUBSIDY,
    SubsidyCase,
    subsidy_case,
    {
        "determinations": Shelf(case_parts.DeterminationState, SUBSIDY_PARTS["determinations"]),
        "claims": Shelf(subsidy_parts.ClaimState, SUBSIDY_PARTS["claims"]),
        "payments": Shelf(subsidy_parts.PaymentState, SUBSIDY_PARTS["payments"]),
        "objections": Shelf(subsidy_parts.ObjectionState, SUBSIDY_PARTS["objections"]),
        "stops": Shelf(subsidy_parts.StopState, SUBSIDY_PARTS["stops"]),
        "reviews": Shelf(subsidy_parts.ReviewState, SUBSIDY_PARTS["reviews"]),
        "repayments": Shelf(subsidy_parts.RepaymentState, SUBSIDY_PARTS["repayments"]),
        "acceptances": Shelf(subsidy_parts.AcceptanceState, SUBSIDY_PARTS["acceptances"]),
        "deliveries": Shelf(subsidy_parts.DeliveryState, SUBSIDY_PARTS["deliveries"]),
        "clocks": Shelf(case_parts.ClockState, SUBSIDY_PARTS["clocks"]),
        "papers": Shelf(case_parts.PaperState, SUBSIDY_PARTS["papers"]),
    },
    fixed=frozenset({"id", "policy", "applicant", "applicant_id", "hired", "opened_from", "opened_at"}),
)


class NoSuchCase(Refused):
    """The record holds no case of this id."""

    def __init__(self, case_id: str) -> None:
        super().__init__((refusal("no-such-case", f"没有个案{case_id}。", f"There is no case {case_id}."),))


def load_case(connection: Connection, case_id: str) -> HardshipCase:
    """A hardship case. Raises NoSuchCase, also where the id is another kind of case's."""
    case = HARDSHIP.load(connection, case_id)
    if case is None:
        raise NoSuchCase(case_id)
    return case


def load_subsidy(connection: Connection, case_id: str) -> SubsidyCase:
    """A subsidy case. Raises NoSuchCase, also where the id is another kind of case's."""
    case = SUBSIDY.load(connection, case_id)
    if case is None:
        raise NoSuchCase(case_id)
    return case


def load_any(connection: Connection, case_id: str) -> OneCase:
    """A case of whatever kind. Raises NoSuchCase."""
    case = HARDSHIP.load(connection, case_id) or SUBSIDY.load(connection, case_id)
    if case is None:
        raise NoSuchCase(case_id)
    return case


@dataclass(frozen=True)
class Whose:
    """Of a case of whatever kind: who applied, who runs it, and where."""

    applicant: str
    caseworker: str | None
    station_id: str


def whose(connection: Connection, case_id: str) -> Whose:
    """Without reading the whole case. Raises NoSuchCase."""
    columns = any_case.c.applicant_id, any_case.c.caseworker, any_case.c.station_id
    query = select(*columns).where(any_case.c.id == case_id)
    row = connection.execute(query).one_or_none()
    if row is None:
        raise NoSuchCase(case_id)
    return Whose(*row)


def open_case(connection: Connection, case: OneCase) -> None:
    """A new case's rows, with the clocks that run from its opening."""
    match case:
        case HardshipCase():
            HARDSHIP.open(connection, case)
        case SubsidyCase():
            SUBSIDY.open(connection, case)


def change_case(connection: Connection, before: C, after: C) -> None:
    """Write the difference of one step. Raises StaleCase if `before` is not what the record holds."""
    if isinstance(before, SubsidyCase) and isinstance(after, SubsidyCase):
        SUBSIDY.change(connection, before, after)
    elif isinstance(before, HardshipCase) and isinstance(after, HardshipCase):
        HARDSHIP.change(connection, before, after)


def unfinished_case_ids(connection: Connection) -> tuple[str, ...]:
    """Every case that needs a workflow: the open ones, and closed ones whose papers are still to be made."""
    return tuple(sorted(connection.scalars(union(_unfinished(hardship_case), _unfinished(subsidy_case)))))


def unfinished_hardship_ids(connection: Connection) -> tuple[str, ...]:
    """Those of them that have rows in the queue."""
    return tuple(connection.scalars(_unfinished(hardship_case).order_by(hardship_case.c.id)))


def _unfinished(table: Table) -> Select[tuple[str]]:
    return select(table.c.id).where(table.c.closed_at.is_(None) | table.c.id.in_(cases_owing_papers()))


def is_hardship(connection: Connection, case_id: str) -> bool:
    return connection.execute(select(hardship_case.c.id).where(hardship_case.c.id == case_id)).first() is not None


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
