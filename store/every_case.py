"""Cases of both kinds in one list; what is due first comes first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

from sqlalchemy import Connection

from cases.case_kinds import CaseKind
from cases.hardship.stages import Outcome, Stage
from cases.subsidy import stages as of_subsidies
from store.case_list import listed_cases
from store.subsidy_list import Wanted, listed_subsidies

LAST: Final = datetime.max.replace(tzinfo=UTC)  # where nothing is due


@dataclass(frozen=True)
class ListedOfAny:
    """`subsidy` is the policy of a subsidy case."""

    id: str
    kind: CaseKind
    subsidy: str | None
    station_id: str
    stage: Stage | of_subsidies.Stage
    outcome: Outcome | of_subsidies.Outcome | None
    caseworker: str | None
    applied_on: date
    next_due_at: datetime | None


def every_case(
    connection: Connection, station_id: str | None = None, *, kind: CaseKind | None = None, with_closed: bool = False
) -> tuple[ListedOfAny, ...]:
    """Of one kind, or of both."""
    found: list[ListedOfAny] = []
    if kind in (None, CaseKind.HARDSHIP):
        found.extend(_hardship(connection, station_id, with_closed=with_closed))
    if kind in (None, CaseKind.SUBSIDY):
        found.extend(_subsidies(connection, station_id, with_closed=with_closed))
    return tuple(sorted(found, key=lambda each: (each.next_due_at or LAST, each.id)))


def _hardship(connection: Connection, station_id: str | None, *, with_closed: bool) -> Iterator[ListedOfAny]:
    for each in listed_cases(connection, station_id, with_closed=with_closed):
        yield ListedOfAny(kind=CaseKind.HARDSHIP, subsidy=None, **vars(each))


def _subsidies(connection: Connection, station_id: str | None, *, with_closed: bool) -> Iterator[ListedOfAny]:
    wanted = Wanted(with_closed=with_closed, station=station_id)
    for each in listed_subsidies(connection, wanted, at_most=None):
        yield ListedOfAny(
            each.id,
            CaseKind.SUBSIDY,
            each.policy,
            each.station_id,
            each.stage,
            each.outcome,
            each.caseworker,
            each.applied_on,
            each.due_at,
        )
