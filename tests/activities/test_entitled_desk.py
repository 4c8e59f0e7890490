"""Who sees whom on the list of those who could have a subsidy, and what they said when they were told."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from activities.entitled_desk import EntitledDesk, Line
from cases.refusals import Refused
from cases.subsidy.stages import Applicant
from store.engine import read
from store.entitlements import Of, Wanted
from store.scope import NotInScope, scope_of
from store.tables.cases import audit_event
from store.tables.entitlements import entitlement_answer
from tests.activities.both import both
from tests.activities.office import Office
from tests.activities.test_entitlements import FLEXIBLE, QUALIFIES, registered, sweeps

__all__ = ["both"]

EVERYBODY = Wanted()

WORKER = Applicant.WORKER


@pytest.fixture
def worker(both: Office) -> str:
    """Who qualifies, and has not applied."""
    found = registered(both, QUALIFIES)
    sweeps(both)
    return found


def desk(office: Office) -> EntitledDesk:
    return EntitledDesk(office.station.engine, office.station.keyring, office.station.policies)


def masked(office: Office, wanted: Wanted = EVERYBODY) -> tuple[Line, ...]:
    found = desk(office).lines(wanted)
    assert desk(office).count(wanted) == len(found)
    return found


def audited(office: Office) -> list[str]:
    with read(office.station.engine) as connection:
        return list(connection.scalars(select(audit_event.c.kind).where(audit_event.c.case_id.is_(None))))


def test_a_line_is_masked_and_says_what_it_is_about(both: Office, worker: str) -> None:
    (line,) = masked(both)
    assert line.found.entitled.applicant_id == worker
    assert (line.name[:1], set(line.name[1:])) == ("示", {"*"})
    assert line.title.zh.startswith("灵活就业社会保险补贴")


def test_names_are_for_whoever_works_there_and_the_look_is_written_down(both: Office, worker: str) -> None:
    (line,) = desk(both).named(Wanted(), "caseworker-1", both.now)
    assert line.found.entitled.applicant_id == worker
    assert "*" not in line.name
    assert line.name not in repr(line)
    assert desk(both).named(Wanted(), "caseworker-3", both.now) == ()  # of another place
    assert audited(both).count("show-entitled-names") == 2
    with pytest.raises(Refused):
        desk(both).named(Wanted(), "administrator-1", both.now)


def test_who_was_told_stands_on_the_list_with_the_day(both: Office, worker: str) -> None:
    desk(both).told(WORKER, Of(worker, FLEXIBLE), "caseworker-1", both.now)
    (line,) = masked(both)
    assert line.found.answer
    assert (line.found.answer.told_on, line.found.answer.declined) == (both.today, False)
    assert "tell-entitled" in audited(both)


def test_who_does_not_want_it_is_left_out_until_told_anew_and_through_later_sweeps(both: Office, worker: str) -> None:
    desk(both).declined(WORKER, Of(worker, FLEXIBLE), "caseworker-1", both.now, "已在单位参保")
    both.now += timedelta(days=1)
    sweeps(both)
    assert masked(both) == ()
    (line,) = masked(both, Wanted(with_declined=True))
    assert line.found.answer
    assert line.found.answer.reason == "已在单位参保"
    with read(both.station.engine) as connection:
        (sealed,) = connection.scalars(select(entitlement_answer.c.reason_sealed)).all()
    assert "已在单位参保".encode() not in sealed
    desk(both).told(WORKER, Of(worker, FLEXIBLE), "caseworker-1", both.now)
    assert len(masked(both)) == 1


@pytest.mark.parametrize("staff", ["officer-1", "caseworker-3", "nobody"])
def test_only_a_counter_of_theirs_tells_them(both: Office, worker: str, staff: str) -> None:
    with pytest.raises(NotInScope):
        desk(both).told(WORKER, Of(worker, FLEXIBLE), staff, both.now)


def test_not_wanting_it_has_a_reason(both: Office, worker: str) -> None:
    with pytest.raises(Refused):
        desk(both).declined(WORKER, Of(worker, FLEXIBLE), "caseworker-1", both.now, " ")


def test_a_list_is_narrowed_to_what_a_reader_may_see(both: Office, worker: str) -> None:
    with read(both.station.engine) as connection:
        here, there = (scope_of(connection, staff, both.today) for staff in ("caseworker-1", "caseworker-3"))
    assert len(desk(both).lines(Wanted(applicant_id=worker), here)) == 1
    assert desk(both).lines(Wanted(applicant_id=worker), there) == ()
    assert masked(both, Wanted(office="station-2")) == ()
