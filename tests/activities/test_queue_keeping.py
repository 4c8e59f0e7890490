"""The queue in the record says what the cases say, after every step and after it was lost."""

from pathlib import Path
from random import Random

import pytest
from sqlalchemy import delete, update

from activities.queue_keeping import queue_differs, refresh_queue
from cases.hardship.leaving import ApproveClosure, HandOver
from cases.hardship.progress import ACTS
from cases.hardship.queueing import Turn
from cases.hardship.referring import RecordReferral
from cases.hardship.serving import RecordGuidance
from cases.refusals import Refused
from cases.roles import Role
from cli.migrate import migrate
from store.engine import read, write
from store.queue import Entry, entry, put_back, queue_of_case, stale_cases, take
from store.settings import Settings
from store.tables.queue import queue_item
from tests.activities.office import Office
from tests.cases.hardship.random_acts import FIELDS, ONCE_IN_A_WHILE, PEOPLE, a_random_act


def rows(office: Office) -> dict[Role, Entry]:
    with read(office.station.engine) as connection:
        return {row.role: row for row in queue_of_case(connection, office.case.id)}


def test_a_registration_is_in_its_caseworkers_queue_at_once(office: Office) -> None:
    office.register()
    assert rows(office)[Role.CASEWORKER].held_by == "caseworker-1"


def test_the_row_of_a_role_goes_with_its_turn(office: Office) -> None:
    office.recognised(difficulty=True)
    assert Role.OFFICER not in rows(office)
    assert rows(office)[Role.CASEWORKER].turn is Turn.TO_DO


def test_a_take_outlives_steps_that_leave_the_turn_and_ends_with_it(office: Office) -> None:
    office.recognised()
    guide = rows(office)[Role.GUIDE]
    with write(office.station.engine) as connection:
        assert take(connection, office.station.keyring, guide, "guide-1", office.now).won
    office.later(1)
    office.does(RecordReferral("vacancy-1", office.today))
    kept = rows(office)[Role.GUIDE]
    assert (kept.held_by, kept.since) == ("guide-1", guide.since)
    assert kept.revision > guide.revision
    office.does(RecordGuidance(office.today, "谈了择业方向", "guide-1"))
    assert Role.GUIDE not in rows(office)


def test_what_is_put_back_is_free_again_and_only_its_holder_can(office: Office) -> None:
    office.recognised()
    guide, keyring = rows(office)[Role.GUIDE], office.station.keyring
    with write(office.station.engine) as connection:
        take(connection, keyring, guide, "guide-1", office.now)
        second = take(connection, keyring, guide, "guide-2", office.now)
        assert not second.won
        assert second.entry
        assert second.entry.held_by == "guide-1"
        assert not put_back(connection, keyring, guide, "guide-2", office.now).won
        assert put_back(connection, keyring, guide, "guide-1", office.now).won
        freed = entry(connection, guide.case_id, Role.GUIDE)
        assert freed
        assert freed.held_by is None


@pytest.mark.parametrize("number", range(4))
def test_whatever_is_done_the_rows_are_those_of_the_case(office: Office, number: int) -> None:
    dice = Random(number)  # noqa: S311  # dice, not keys
    office.recognised(difficulty=bool(number % 2))
    kinds = sorted(FIELDS.keys() - ONCE_IN_A_WHILE - {"assign"}) * 2 + sorted(ONCE_IN_A_WHILE)
    done = 0
    for _ in range(120):
        here = [kind for kind in kinds if office.case.stage in ACTS[kind].DURING]
        act = a_random_act(dice, dice.choice(here), office.case, office.today)
        try:
            office.does(act, dice.choice([*["caseworker-1"] * 6, *PEOPLE]))
        except Refused:
            office.later(dice.choice((0, 0, 3)))
            continue
        done += 1
        with read(office.station.engine) as connection:
            assert not queue_differs(connection, office.station.policies, office.case.id), act
            assert stale_cases(connection) == ()
    assert done > 5


def test_a_closed_case_leaves_the_queue(office: Office) -> None:
    office.register(facts=[])
    with read(office.station.engine) as connection:
        assert queue_of_case(connection, office.case.id)
    office.does(HandOver("示例机构", "示例事项"))
    office.does(ApproveClosure(), "supervisor-1")
    assert rows(office) == {}


def test_a_queue_that_was_lost_or_is_behind_is_written_anew(office: Office) -> None:
    office.recognised()
    station, before = office.station, rows(office)
    with write(station.engine) as connection:
        connection.execute(delete(queue_item))
        assert stale_cases(connection) == (office.case.id,)
    assert refresh_queue(station.engine, station.policies) == 1
    assert rows(office).keys() == before.keys()
    with write(station.engine) as connection:
        connection.execute(update(queue_item).values(revision=0))
    assert refresh_queue(station.engine, station.policies) == 1
    assert refresh_queue(station.engine, station.policies) == 0
    with read(station.engine) as connection:
        assert not queue_differs(connection, station.policies, office.case.id)


def test_migrating_writes_the_queue_of_a_record_that_has_none(office: Office, tmp_path: Path) -> None:
    office.recognised()
    with write(office.station.engine) as connection:
        connection.execute(delete(queue_item))
    url = office.station.engine.url.render_as_string(hide_password=False)
    migrate(Settings(data=tmp_path, external_database=url))
    assert Role.CASEWORKER in rows(office)
