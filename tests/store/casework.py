"""A worker and the staff of the random lives, in a record with the examples."""

from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from cases.hardship.case import HardshipCase
from store.cases import open_case
from store.keys import KeyRing
from store.people import register_worker
from store.seed_places import JOINED_ON
from store.staff import Staff, add_staff
from tests.builders import AT_STATION_2, a_counter
from tests.store.builders import NOW, a_worker


def register(connection: Connection, keyring: KeyRing, *worker_ids: str) -> None:
    for number, worker_id in enumerate(worker_ids, start=1):
        register_worker(connection, keyring, a_worker(number, id=worker_id))


def plant_staff(connection: Connection) -> None:
    for staff_id in AT_STATION_2:
        add_staff(connection, Staff(staff_id, "某某", JOINED_ON), NOW)


def opened_case(connection: Connection, keyring: KeyRing, **changes: Any) -> HardshipCase:
    """A new case of worker-1, as the record holds it."""
    register(connection, keyring, "worker-1")
    case = a_counter(**changes).case
    open_case(connection, case)
    return case


def another(case: HardshipCase, case_id: str, worker_id: str) -> HardshipCase:
    return replace(case, id=case_id, worker_id=worker_id)
