"""What stands in the record after planting: forty cases in every stage, each as its own workflow would have left it."""

import re
import shutil
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import LargeBinary, func, select

from activities.bank_files import hand_out
from activities.bootstrap import Station, load_policies
from activities.composing.desk import compose
from activities.demo.planting import ACCOUNTS, LIVES, plant_demo
from cases.clocks_due import first_due, next_alarm
from cases.days import day_of, shown_instant
from cases.hardship.case import HardshipCase
from cases.hardship.next_step import next_steps
from cases.hardship.progress import policies_due
from cases.hardship.proofs import ServiceProof, prove
from cases.hardship.stages import Outcome, Stage
from cases.plans import ServiceKind
from cases.roles import Role
from store import bank_batches, people, staff, subsidy_notices
from store.accounts import account, right_password
from store.any_case import any_case
from store.cases import load_case
from store.engine import make_engine, read
from store.files import FileStore
from store.keys import KeyRing
from store.messages import unsent
from store.migrate import every_table
from store.organisation import all_stations, line
from store.person_keys import person_key
from store.seed_past import demo_cases
from store.steps import START, timeline
from store.tables.cases import case_step, notice
from store.tables.employers import employer
from store.tables.people import worker
from store.tables.vacancies import vacancy
from tests.demo_record import NOW, PASSWORD, planted

ULID = re.compile(r"[0-9A-HJKMNP-TV-Z]{26}")
# What differs by chance: keys, what is sealed or committed under them, salted hashes; and the wall clock's time.
BY_CHANCE = {
    "person_key": None,
    "log_pending": {"record", "receipt"},
    "log_waiting": {"recorded_at"},
    "subsidy_notice": {"recorded_at"},
    "subsidy_batch": {"recorded_at", "sha256"},
    "subsidy_batch_part": {"file_sha256"},
    "payee_account": {"recorded_at"},
    "account": {"password_hash"},
}


def cases(station: Station) -> Mapping[str, HardshipCase]:
    with read(station.engine) as connection:
        return {name: load_case(connection, case_id) for name, case_id in demo_cases(connection).items()}


def one(station: Station, name: str) -> HardshipCase:
    with read(station.engine) as connection:
        return load_case(connection, dict(demo_cases(connection))[name])


def referrals(station: Station, case: HardshipCase) -> tuple[ServiceProof, ...]:
    plan = station.policies.law(case.jurisdiction, case.applied_on).plan
    return next(proof.services for proof in prove(plan, case) if proof.item.kind is ServiceKind.REFERRAL)


def test_there_are_three_stations_in_two_provinces_with_people_offers_and_forty_cases(demo: Station) -> None:
    with read(demo.engine) as connection:
        assert {line(connection, each.node_id)[1] for each in all_stations(connection, "cn")} == {"cn-50", "cn-42"}
        assert len(all_stations(connection, "cn")) == 3
        tables = {"workers": worker, "employers": employer, "vacancies": vacancy}
        counted = {name: connection.scalar(select(func.count()).select_from(t)) for name, t in tables.items()}
    assert counted == {"workers": 60, "employers": 25, "vacancies": 80}
    found = cases(demo)
    assert set(found) == {life.name for life in LIVES}
    assert len(found) == 40
    assert {case.stage for case in found.values()} == set(Stage)
    assert {case.outcome for case in found.values()} == {None, *Outcome}
    assert {case.caseworker for case in found.values()} == {f"caseworker-{n}" for n in range(1, 7)}


def test_nothing_is_left_that_the_engine_would_have_done(demo: Station) -> None:
    for name, case in cases(demo).items():
        assert not any(policies_due(case)), name
        alarm = next_alarm(case)
        assert alarm is None or alarm[1] > NOW, name


def test_every_step_lies_in_the_past_in_order_and_on_a_day_that_is_worked(demo: Station) -> None:
    calendar = demo.policies.calendar
    with read(demo.engine) as connection:
        for name, case in cases(demo).items():
            steps = timeline(connection, person_key(connection, demo.keyring, case.worker_id), case.id)
            assert [step.revision for step in steps] == list(range(case.revision + 1)), name
            instants = [step.at for step in steps]
            assert instants == sorted(instants), name
            assert instants[-1] <= NOW, name
            assert all(step.recorded_at == step.at for step in steps), name
            acted = {day_of(step.at) for step in steps if step.actor != Role.ENGINE}
            # The day that makes a term end when it should may be one of rest: the stations are open then too.
            began = {day_of(case.help_began_at)} if case.help_began_at else set()
            assert {day for day in acted if not calendar.is_working(day)} <= began, name


@pytest.mark.parametrize(
    ("name", "due"),
    [
        ("long-overdue", "2026-10-08 24:00"),
        ("referral-outcome-overdue", "2026-11-20 17:30"),
        ("officer-overdue", "2026-11-24 17:30"),
        ("first-contact-overdue", "2026-11-25 17:30"),
        ("follow-up-overdue", "2026-11-25 24:00"),
        ("facts-missing", "2026-11-26 17:30"),
        ("guidance-due", "2026-11-26 24:00"),
        ("one-does-not-count", "2026-11-26 24:00"),
        ("follow-up-due", "2026-11-26 24:00"),
        ("first-contact-due", "2026-11-27 17:30"),
        ("closing-waits", "2026-11-27 17:30"),
        ("departure-waits", "2026-11-30 17:30"),
        ("contested", "2026-11-30 24:00"),
        ("training-under-way", "2026-12-01 24:00"),
        ("new", "2026-12-03 17:30"),
        ("paused", None),
    ],
)
def test_what_is_due_when(demo: Station, name: str, due: str | None) -> None:
    found = first_due(one(demo, name))
    assert (shown_instant(found) if found else None) == due


@pytest.mark.parametrize(
    ("name", "counted"),
    [("guidance-due", 0), ("referral-outcome-overdue", 1), ("contested", 2), ("three-referrals", 3)],
)
def test_how_many_referrals_count(demo: Station, name: str, counted: int) -> None:
    assert sum(proof.counts for proof in referrals(demo, one(demo, name))) == counted


@pytest.mark.parametrize(
    ("name", "failed"), [("one-does-not-count", "employer-verified"), ("contested", "not-contested")]
)
def test_a_referral_that_does_not_count_fails_by_one_condition(demo: Station, name: str, failed: str) -> None:
    missing = [proof.failed for proof in referrals(demo, one(demo, name)) if not proof.counts]
    assert [[condition.name for condition in each] for each in missing] == [[failed]]


@pytest.mark.parametrize(
    ("name", "act"),
    [
        ("facts-missing", "record-fact"),
        ("officer-overdue", "adopt-determination"),
        ("departure-waits", "confirm-departure"),
        ("judgment", "depart-from-determination"),
        ("not-delivered", "deliver-referral"),
        ("training-under-way", "record-training-result"),
        ("market-failed", "propose-closure"),
        ("post-waits-for-officer", "adopt-determination"),
        ("post", "record-placement"),
        ("paused", "resume"),
        ("moving", "accept-transfer"),
        ("follow-up-due", "record-follow-up"),
        ("exit-review-asked", "decide-review"),
        ("declined-waits", "approve-closure"),
        ("reopened", "adopt-determination"),
    ],
)
def test_what_comes_next(demo: Station, name: str, act: str) -> None:
    case = one(demo, name)
    plan = demo.policies.law(case.jurisdiction, case.applied_on).plan
    assert act in {step.act for step in next_steps(case, plan)}


def test_every_paper_that_is_owed_can_be_composed(demo: Station) -> None:
    with read(demo.engine) as connection:
        for case in cases(demo).values():
            for paper in case.papers:
                assert paper.waived_on or compose(connection, demo, case, paper)


def test_every_case_waits_for_its_workflow_and_every_notice_is_in_its_inbox(demo: Station) -> None:
    with read(demo.engine) as connection:
        assert sorted((message.kind, message.case_id) for message in unsent(connection, 1_000)) == sorted(
            (START, case_id) for case_id in connection.scalars(select(any_case.c.id))
        )
        news = connection.execute(select(notice.c.at, notice.c.read_at)).all()
    assert all((row.read_at is None) == (row.at >= NOW - timedelta(days=2)) for row in news)
    assert 20 < sum(row.read_at is None for row in news) < 100


def test_every_station_has_its_people_and_everybody_an_account(demo: Station) -> None:
    of_a_station = set(Role) - {Role.WORKER, Role.ENGINE}
    with read(demo.engine) as connection:
        for station_id in ("station-1", "station-2", "station-3"):
            held = [staff.station_roles(connection, member, station_id, date(2026, 11, 26)) for member in ACCOUNTS]
            assert frozenset().union(*held) == of_a_station
            assert sum(Role.CASEWORKER in roles for roles in held) == 2
            assert sum(Role.OFFICER in roles for roles in held) == 2
        assert all(account(connection, member) for member in ACCOUNTS)
        assert right_password(account(connection, "officer-3"), PASSWORD)


def test_a_record_that_is_not_empty_stays_as_it_is(demo: Station) -> None:
    before = rows(demo)
    assert not plant_demo(demo, NOW, "another")
    assert rows(demo) == before


def test_a_planting_that_is_broken_off_leaves_nothing(sqlite_url: str, keyring: KeyRing, tmp_path: Path) -> None:
    class Stopped(Exception):
        pass

    def stop(done: int, _: int) -> None:
        if done == 100:
            raise Stopped

    station = Station(make_engine(sqlite_url), keyring, load_policies(), FileStore(tmp_path / "papers"))
    with pytest.raises(Stopped):
        plant_demo(station, NOW, PASSWORD, stop)
    assert not any(rows(station).values())
    station.engine.dispose()


def test_two_plantings_at_one_time_differ_in_ids_and_keys_alone(
    demo: Station, sqlite_template: Path, keyring: KeyRing, tmp_path: Path
) -> None:
    file = tmp_path / "again.db"
    shutil.copy(sqlite_template, file)
    again = planted(file, keyring)
    assert rows(again) == rows(demo)
    assert in_clear(again) == in_clear(demo)
    again.engine.dispose()


@pytest.mark.parametrize(
    "now",
    [
        pytest.param("2027-01-02T00:10+08:00", id="on a Saturday, at night, in a year without a calendar"),
        pytest.param("2026-10-08T17:45+08:00", id="after hours on the first day after a long holiday"),
    ],
)
def test_it_can_be_planted_at_any_time(now: str, sqlite_template: Path, keyring: KeyRing, tmp_path: Path) -> None:
    at = datetime.fromisoformat(now)
    file = tmp_path / "other.db"
    shutil.copy(sqlite_template, file)
    station = planted(file, keyring, at)
    with read(station.engine) as connection:
        assert connection.scalar(select(func.max(case_step.c.at))) <= at
    assert {case.stage for case in cases(station).values()} == set(Stage)
    station.engine.dispose()


def rows(station: Station) -> dict[str, list[str]]:
    """Every row of every table, without what is made by chance."""
    found: dict[str, list[str]] = {}
    with read(station.engine) as connection:
        for table in every_table().sorted_tables:
            left_out = BY_CHANCE.get(table.name, set())
            if left_out is None:
                continue
            columns = [c for c in table.c if not isinstance(c.type, LargeBinary) and c.name not in left_out]
            plain = (ULID.sub("ulid", repr(tuple(row))) for row in connection.execute(select(*columns)))
            found[table.name] = sorted(plain)
    return {name: kept for name, kept in found.items() if name != "alembic_version"}


def in_clear(station: Station) -> dict[str, Any]:
    """What the sealed columns say, of people and of steps."""
    with read(station.engine) as connection:
        ids = connection.scalars(select(worker.c.id)).all()
        told = [people.worker(connection, station.keyring, worker_id) for worker_id in ids]
        steps = {
            name: [ULID.sub("ulid", step.body) for step in _timeline(connection, station, case)]
            for name, case in cases(station).items()
        }
    return {"people": sorted((w.name, w.identity, w.phone, w.address or "") for w in told if w), "steps": steps}


def _timeline(connection: Any, station: Station, case: HardshipCase) -> Any:
    return timeline(connection, person_key(connection, station.keyring, case.worker_id), case.id)


@pytest.mark.postgres
def test_it_is_the_same_on_postgres(demo: Station, postgres_url: str, keyring: KeyRing, tmp_path: Path) -> None:
    station = Station(make_engine(postgres_url), keyring, demo.policies, FileStore(tmp_path / "papers"))
    assert plant_demo(station, NOW, PASSWORD)
    assert in_clear(station) == in_clear(demo)
    assert {name: _plain(case) for name, case in cases(station).items()} == {
        name: _plain(case) for name, case in cases(demo).items()
    }
    station.engine.dispose()


def _plain(case: HardshipCase) -> str:
    return ULID.sub("ulid", repr(case))


def test_what_was_shown_and_paid_stands_on_lists_and_in_a_file_that_are_whole(demo: Station) -> None:
    places = ["station-1", "station-2"]
    with read(demo.engine) as connection:
        lists = subsidy_notices.notice_lists(connection, places)
        shown = [subsidy_notices.entries(connection, each.id, 0, 10) for each in lists]
        (file,) = bank_batches.batches(connection, places)
    assert all(each.published_at and each.until_on for each in lists)
    assert [len(entries) for entries in shown] == [1, 1]
    whole = b"".join(hand_out(demo, file.id, file.made_by, NOW))
    assert (sha256(whole).hexdigest(), file.payments) == (file.sha256, 1)
