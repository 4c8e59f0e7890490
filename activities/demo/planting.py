"""Planting (放入演示数据): the whole demonstration in one transaction, so that a record has all of it or none."""

import secrets
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection

from activities.bootstrap import Station
from activities.demo.courses import plant_courses
from activities.demo.days import Days
from activities.demo.deciding import DECIDING
from activities.demo.director import Director, Progress
from activities.demo.employers import plant_employers
from activities.demo.helping import HELPING
from activities.demo.leaving import LEAVING
from activities.demo.ledger import enter
from activities.demo.people import everybody
from activities.demo.subsidies import plant_subsidies
from activities.demo.vacancies import plant_vacancies
from activities.demo.working import WORKING
from activities.engine_process import EngineProcess
from activities.outbox import recipients
from store.accounts import add_account
from store.engine import write
from store.messages import put_in_inbox
from store.seed import is_empty, plant_examples, plant_staff
from store.seed_past import untold, written_then
from store.seed_places import STAFF
from store.seed_staff import DEMO_GRANTS, DEMO_STAFF
from store.ulids import ALPHABET

LIVES: Final = (*DECIDING, *HELPING, *WORKING, *LEAVING)
ACCOUNTS: Final = (*STAFF, *DEMO_STAFF)
A_PAST: Final = timedelta(days=400)
STILL_NEWS: Final = timedelta(days=2)


def new_password() -> str:
    """One for all accounts of one planted record; there is none that another record would have too."""
    letters = "".join(secrets.choice(ALPHABET.lower()) for _ in range(12))
    return "-".join(letters[place : place + 4] for place in range(0, len(letters), 4))


def plant_demo(station: Station, now: datetime, password: str, progress: Progress = lambda _done, _of: None) -> bool:
    """Plant the demonstration into an empty record, as it would be `now`. False: the record was not empty."""
    with EngineProcess(1) as rule_engine, write(station.engine) as connection:
        if not is_empty(connection):
            return False
        days = Days(now, station.policies.calendar)
        _plant_places_and_offers(connection, station, days)
        director = Director(station, connection, rule_engine, days)
        people = {person.id: person for person in everybody()}
        director.play(LIVES, people, progress)
        in_ledger = [person for person in people.values() if person.id not in director.workers]
        for person in in_ledger:
            enter(director, person)
        plant_subsidies(director, in_ledger)
        _tell(connection, now)
        for staff_id in ACCOUNTS:
            add_account(connection, staff_id, staff_id, password, now)
    return True


def _plant_places_and_offers(connection: Connection, station: Station, days: Days) -> None:
    since = days.now - A_PAST
    plant_examples(connection, station.keyring, days.now, since=since)
    plant_staff(connection, DEMO_STAFF, DEMO_GRANTS, since)
    plant_employers(connection, station.keyring, days.today)
    plant_vacancies(connection, days.today)
    plant_courses(connection, days.today, days.now)


def _tell(connection: Connection, now: datetime) -> None:
    """Every notice to its inbox; those of the last days are still unread."""
    for message in untold(connection):
        put_in_inbox(connection, message, recipients(connection, message))
    written_then(connection, read_before=now - STILL_NEWS)
