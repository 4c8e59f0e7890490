"""What acts of a subsidy case ask of the record: claims elsewhere, unverified values, and when its term ends."""

from datetime import date

import pytest

from activities.subsidy_record import StoredSubsidyRecord, subsidy_law_of
from cases.roles import Role
from cases.subsidy.record import ClaimElsewhere, TermEnd
from store.engine import read
from tests.activities.office import Office
from tests.activities.subsidy_office import SubsidyOffice
from tests.applications import flexible_facts, recognised, said

RETIRES = "2026-05"


@pytest.fixture
def counter(office: Office) -> SubsidyOffice:
    office.register()
    return SubsidyOffice(office)


def term_end(counter: SubsidyOffice, on: date) -> TermEnd | None:
    station = counter.office.station
    with read(station.engine) as connection:
        return StoredSubsidyRecord(connection, station.keyring, station.policies).term_end(counter.case, on)


def with_facts(*changed: dict[str, object]) -> list[dict[str, object]]:
    names = {fact["name"] for fact in changed}
    return [*(fact for fact in flexible_facts("2026-01", "2026-02") if fact["name"] not in names), *changed]


def test_it_ends_in_the_month_of_retirement_and_not_before(counter: SubsidyOffice) -> None:
    facts = with_facts(recognised("retirement_month", RETIRES))
    counter.applies(counter.office.case.worker_id, "2026-01", "2026-02", facts=facts)
    assert term_end(counter, date(2026, 4, 30)) is None
    assert term_end(counter, date(2026, 5, 1)) is TermEnd.RETIRED


@pytest.mark.parametrize(
    ("had", "end"),
    [pytest.param(33, None, id="one month is left"), pytest.param(34, TermEnd.USED_UP, id="the last one is claimed")],
)
def test_it_ends_with_its_term(counter: SubsidyOffice, had: int, end: TermEnd | None) -> None:
    before = {"kind": "flexible_insurance", "from_month": "2022-01", "until_month": "2024-12", "had": had}
    counter.applies(
        counter.office.case.worker_id, "2026-01", "2026-02", facts=with_facts(said("past_grants", [before]))
    )
    assert term_end(counter, date(2026, 4, 1)) is end


def test_a_claim_in_another_case_is_found_and_ones_own_is_not(counter: SubsidyOffice) -> None:
    worker, station = counter.office.case.worker_id, counter.office.station
    first = counter.applies(worker, "2026-01")
    second = counter.applies(worker, "2026-02")
    with read(station.engine) as connection:
        record = StoredSubsidyRecord(connection, station.keyring, station.policies)
        found = record.claimed_elsewhere(second, ["2026-01", "2026-02"])
        assert record.claimed_elsewhere(second, []) == ()
    assert [(each.period, each.case_id) for each in found] == [("2026-01", first.id)]
    assert isinstance(found[0], ClaimElsewhere)
    assert found[0].place


def test_the_law_of_the_place_is_what_the_case_was_opened_under(counter: SubsidyOffice) -> None:
    case, station = counter.applies(counter.office.case.worker_id, "2026-01"), counter.office.station
    with read(station.engine) as connection:
        law = subsidy_law_of(connection, station.policies, case)
        record = StoredSubsidyRecord(connection, station.keyring, station.policies)
        assert set(record.unverified_values(case)) == {"joint_term", "not_twice", "stop_after"}
        assert record.roles("officer-1", case.station_id, case.applied_on) == frozenset({Role.OFFICER})
    assert law.terms["public-notice"].length == 5
    assert law.process.second_person
