"""A closed case in the queue: from the day on which its worker is to be asked anew, and nowhere else."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete

from activities.queue_keeping import queue_differs, refresh_queue
from cases.days import day_of, start_of
from cases.hardship.buckets import Bucket, horizon
from cases.hardship.case import HARDSHIP, HardshipCase
from cases.hardship.determining import AdoptDetermination
from cases.hardship.leaving import ApproveClosure
from cases.hardship.waking import AskAnew
from cli.people import a_person
from store.behind import Figure, What, cases_behind
from store.case_list import State, Wanted, case_lines
from store.engine import read, write
from store.overview import overview
from store.queue import Entry, stale_cases
from store.queue_reading import Asked, Reading, View
from store.scope import scope_of
from store.tables.queue import queue_item
from tests.activities.office import Office, a_fact

LONG_WAIT, MISSING = 90, 3  # days
FIRST = f"{HARDSHIP}-1"


def declined(office: Office) -> Any:
    """Refused for want of three days' waiting, and closed on the day of the application; who it was."""
    since = office.today - timedelta(days=LONG_WAIT - MISSING)
    known = {"in_work": False, "disabled": False, "household_size": 3, "household_income": 900_000}
    facts = [a_fact(name, value=value) for name, value in (known | {"waiting_since": since.isoformat()}).items()]
    person = a_person() | {"facts": facts}
    office.register(**person)
    office.does(AdoptDetermination(FIRST), "officer-1")
    office.does(ApproveClosure(), "supervisor-1")
    assert office.case.closed
    return person["worker"]


def seen(office: Office, now: datetime, view: View = View.MINE, of: HardshipCase | None = None) -> list[Entry]:
    with read(office.station.engine) as connection:
        scope = scope_of(connection, "caseworker-1", day_of(now))
        reading = Reading(connection, scope, horizon(now, office.station.policies.calendar))
        rows = reading.rows(Asked(view, "caseworker-1"))
        assert len(rows) == sum(counted.rows for counted in reading.counts(Asked(view, "caseworker-1")).values())
    return [row for row in rows if row.case_id == (of or office.case).id]


def test_it_shows_from_the_day_on_and_grows_overdue_like_any_other_row(office: Office) -> None:
    declined(office)
    comes = office.case.applied_on + timedelta(days=MISSING)
    assert seen(office, start_of(comes) - timedelta(microseconds=1)) == []
    for view in (View.MINE, View.STATION):
        [row] = seen(office, start_of(comes), view)
        assert (row.act, row.about) == ("ask-anew", FIRST)
    for now, bucket in ((start_of(comes), Bucket.TODAY), (start_of(comes) + timedelta(days=1), Bucket.OVERDUE)):
        [row] = seen(office, now)
        assert horizon(now, office.station.policies.calendar).bucket(row.turn, row.due_at) is bucket


def test_it_counts_among_no_open_cases(office: Office) -> None:
    declined(office)
    now = office.now + timedelta(days=MISSING + 1)
    with read(office.station.engine) as connection:
        scope = scope_of(connection, "supervisor-1", day_of(now))
        assert sum(figures.open for figures in overview(connection, scope, now)) == 0
        assert cases_behind(connection, scope, Figure(What.OPEN), now) == ((), 0)
        [line] = case_lines(connection, scope, Wanted(State.CLOSED))
        assert (line.due_at, line.turn) == (None, None)


def test_it_goes_when_the_worker_has_come_back_by_themselves(office: Office) -> None:
    worker = declined(office)
    first, comes = office.case, office.now + timedelta(days=MISSING)
    assert seen(office, comes, of=first)
    office.now = comes
    office.register(worker=worker, facts=[])
    assert office.case.worker_id == first.worker_id
    assert seen(office, comes, of=first) == []


def test_it_goes_with_the_answer(office: Office) -> None:
    declined(office)
    office.now += timedelta(days=MISSING)
    office.does(AskAnew(FIRST, applies=False, said="电话询问，暂不申请"))
    assert seen(office, office.now) == []


def test_a_row_that_was_lost_is_written_anew(office: Office) -> None:
    declined(office)
    station, comes = office.station, office.now + timedelta(days=MISSING)
    with write(station.engine) as connection:
        assert stale_cases(connection) == ()
        assert not queue_differs(connection, station.policies, office.case.id)
        connection.execute(delete(queue_item))
        assert stale_cases(connection) == (office.case.id,)
    assert refresh_queue(station.engine, station.policies) == 1
    assert seen(office, comes)
    assert refresh_queue(station.engine, station.policies) == 0
