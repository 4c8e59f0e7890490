"""The circumstances of an act, as the record shows them."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from activities.circumstances import StoredRecord, circumstances, seen_by_engine
from cases.hardship.acts import Act
from cases.hardship.case import HARDSHIP
from cases.hardship.determining import AdoptDetermination
from cases.hardship.moving import AcceptTransfer, ProposeTransfer
from cases.hardship.record import Seen
from cases.roles import Role
from store.engine import read
from tests.activities.office import Office
from tests.builders import GOOD_VACANCY


def seen(office: Office, act: Act, actor: str) -> Seen:
    with read(office.station.engine) as connection:
        record = StoredRecord(connection, office.station.keyring, office.station.policies)
        return circumstances(record, office.case, act, actor, office.now)


ADOPT = AdoptDetermination(f"{HARDSHIP}-1")


@pytest.mark.parametrize(
    ("actor", "roles"),
    [
        ("caseworker-1", {Role.CASEWORKER}),
        ("officer-1", {Role.OFFICER}),
        ("caseworker-2", set()),
        ("nobody", set()),
        ("engine", {Role.ENGINE}),
    ],
)
def test_roles_are_those_held_at_the_cases_station(office: Office, actor: str, roles: set[Role]) -> None:
    office.register()
    assert seen(office, ADOPT, actor).roles == roles


def test_the_worker_acts_in_their_own_case_alone(office: Office) -> None:
    office.register()
    first = office.case.worker_id
    assert seen(office, ADOPT, first).roles == {Role.WORKER}
    office.register()
    assert seen(office, ADOPT, first).roles == set()


def test_a_transfer_is_judged_by_the_roles_at_the_receiving_station(office: Office) -> None:
    office.recognised()
    office.does(ProposeTransfer("station-2", "本人搬家"))
    accept = AcceptTransfer("caseworker-2")
    assert seen(office, accept, "caseworker-2").roles == {Role.CASEWORKER}
    assert seen(office, accept, "caseworker-1").roles == set()


def test_the_law_is_that_of_the_cases_own_day(office: Office) -> None:
    office.register()
    then = seen(office, ADOPT, "officer-1")
    office.now += timedelta(days=200)
    now = seen(office, ADOPT, "officer-1")
    assert (then.plan, then.terms, then.exits) == (now.plan, now.terms, now.exits)
    assert now.on == office.today


def test_the_plans_items_and_follow_ups_have_their_clocks(office: Office) -> None:
    office.register()
    found = seen(office, ADOPT, "officer-1")
    wanted = {f"item/{item.id}" for item in found.plan.items} | {f"follow-up/{d}" for d in found.plan.follow_up_days}
    assert wanted | {"term", "first-contact", "determination", "exit-review", "closure-approval"} <= set(found.terms)
    assert found.terms["term"].length == found.plan.term_days
    assert [found.terms[f"item/{item.id}"].length for item in found.plan.items] == [
        item.due_days for item in found.plan.items
    ]


def test_the_engine_sees_as_the_engine(office: Office) -> None:
    office.register()
    with read(office.station.engine) as connection:
        record = StoredRecord(connection, office.station.keyring, office.station.policies)
        found = seen_by_engine(record, office.case, office.now)
    assert (found.actor, found.at) == ("engine", office.now)
    assert found.roles == {Role.ENGINE}


def test_the_record_answers_none_for_what_is_not_there(office: Office) -> None:
    office.register()
    worker = office.case.worker_id
    with read(office.station.engine) as connection:
        record = StoredRecord(connection, office.station.keyring, office.station.policies)
        assert record.vacancy("vacancy-99", worker, office.today) is None
        assert record.employer("employer-99", office.today) is None
        assert record.course("course-99") is None
        assert record.station_jurisdiction("station-99") is None
        assert record.roles("caseworker-1", "station-99", office.today) == frozenset()


@pytest.mark.parametrize(
    ("vacancy", "spoilt"),
    [
        ("vacancy-1", {}),
        ("vacancy-9", {"meets_hours": None, "meets_health": None}),
        ("vacancy-11", {"live": False}),
        ("vacancy-12", {"truth_checked": False}),
        ("vacancy-13", {"truth_checked": False}),
    ],
    ids=["good", "hours and health not said", "expired", "nobody checked it", "failed its check"],
)
def test_a_vacancy_is_seen_as_it_is(office: Office, vacancy: str, spoilt: dict[str, Any]) -> None:
    office.register()
    with read(office.station.engine) as connection:
        record = StoredRecord(connection, office.station.keyring, office.station.policies)
        found = record.vacancy(vacancy, office.case.worker_id, office.today)
    assert found
    assert found == replace(GOOD_VACANCY, employer_id=found.employer_id, **spoilt)
