"""Both kinds of case stand in one list, in the order in which something is due."""

import pytest

from cases.case_kinds import CaseKind
from store.engine import read
from store.every_case import ListedOfAny, every_case
from tests.activities.both import both
from tests.activities.office import Office
from tests.activities.subsidy_office import SubsidyOffice

__all__ = ["both"]


@pytest.fixture
def counter(both: Office) -> SubsidyOffice:
    both.register()
    counter = SubsidyOffice(both)
    counter.applies(both.case.worker_id, "2026-01")
    return counter


def listed(counter: SubsidyOffice, kind: CaseKind | None = None, station: str | None = None) -> tuple[ListedOfAny, ...]:
    with read(counter.office.station.engine) as connection:
        return every_case(connection, station, kind=kind)


def test_both_kinds_are_listed_as_they_are_due(counter: SubsidyOffice) -> None:
    found = listed(counter)
    assert {each.id: (each.kind, each.subsidy) for each in found} == {
        counter.office.case.id: (CaseKind.HARDSHIP, None),
        counter.case.id: (CaseKind.SUBSIDY, "flexible-insurance"),
    }
    due = [each.next_due_at for each in found if each.next_due_at]
    assert due == sorted(due)
    assert len(due) == len(found)


@pytest.mark.parametrize("kind", list(CaseKind))
def test_one_kind_alone(kind: CaseKind, counter: SubsidyOffice) -> None:
    assert [each.kind for each in listed(counter, kind)] == [kind]


def test_of_another_station_there_is_none(counter: SubsidyOffice) -> None:
    assert listed(counter, station="station-2") == ()
