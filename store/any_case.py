"""What cases of every kind have in common, as one list: for queries that ask whose a case is, and where."""

from typing import Final

from sqlalchemy import ColumnElement, Select, Subquery, Table, func, literal_column, select, union_all

from cases.case_kinds import CaseKind
from store.tables.cases import hardship_case
from store.tables.subsidies import subsidy_case

SHARED: Final = (
    "id",
    "revision",
    "station_id",
    "caseworker",
    "jurisdiction",
    "applied_on",
    "opened_at",
    "closed_at",
    "law",
)


def _shared(
    kind: CaseKind, table: Table, person: ColumnElement[str], applicant: ColumnElement[str]
) -> Select[tuple[object, ...]]:
    columns = [table.c[name] for name in SHARED]
    # The kind is written into the text of the query: it is ours, and PostgreSQL would not know a parameter's type.
    of: ColumnElement[str] = literal_column(f"'{kind.value}'").label("kind")
    return select(of, person.label("worker_id"), applicant.label("applicant_id"), *columns)


# `worker_id` is whose key seals what is personal: of a subsidy that an employer applied for, whom it hired, or itself.
# `applicant_id` is who is told: nobody tells whom an employer hired of the employer's own matter.
any_case: Final[Subquery] = union_all(
    _shared(CaseKind.HARDSHIP, hardship_case, hardship_case.c.worker_id, hardship_case.c.worker_id),
    _shared(
        CaseKind.SUBSIDY,
        subsidy_case,
        func.coalesce(subsidy_case.c.hired, subsidy_case.c.applicant_id),
        subsidy_case.c.applicant_id,
    ),
).subquery("any_case")
