"""Workers of the counter, registered as people do, without a browser."""

from typing import Any

from activities.intake import Intake, read_registration
from cases.hardship.case import HardshipCase
from store.engine import read
from store.people import Worker, worker
from tests.registrations import a_registration
from tests.web.counter import Counter

STATEMENTS = {
    "skills": [{"trade": "保洁", "level": "熟练", "evidence": "做过6年"}],
    "wishes": [{"trade": "门卫", "detail": "白班"}],
    "household": [{"name": "郑示例", "relation": "配偶"}],
}


def a_case(counter: Counter, actor: str = "caseworker-1", **changes: Any) -> HardshipCase:
    station = counter.office.station
    fields = a_registration(**STATEMENTS | changes)
    intake = Intake(station.engine, station.keyring, station.policies)
    return intake.open_case(read_registration(fields), actor, counter.hands())


def person_of(counter: Counter, case: HardshipCase) -> Worker:
    with read(counter.office.station.engine) as connection:
        person = worker(connection, counter.office.station.keyring, case.worker_id)
    assert person is not None
    return person
