"""Many subsidy cases at one station, written straight to the record: granted and waiting, or ordered to be paid."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Engine, event

from activities.bootstrap import Station
from cases.case_parts import DeterminationState
from cases.determinations import Conclusion
from cases.identity import parse_identity
from cases.payees import PayeeAccount
from cases.phones import parse_phone
from cases.subsidy.case import ClaimState, PaymentState, SubsidyCase
from cases.subsidy.stages import Applicant, PaymentStatus, Stage
from store.cases import load_subsidy, open_case
from store.engine import read, write
from store.payees import keep_account
from store.people import NewWorker, register_worker
from tests.activities.both import Crashed
from tests.builders import OPENED_AT
from tests.registrations import an_identity_number

ON = date(2026, 3, 2)
STATION, POLICY, OFFICER, OTHER_OFFICER = "station-1", "flexible-insurance", "officer-1", "officer-2"


@dataclass(frozen=True)
class Person:
    """An invented person, whole: what no list may ever show."""

    number: int
    name: str
    identity: str
    phone: str
    account: str

    @property
    def case_id(self) -> str:
        return f"case-01KJ0000000000000000{self.number:06d}"


def people(how_many: int, first: int = 1) -> list[Person]:
    surnames = "赵钱孙李周吴郑王冯陈"
    return [
        Person(
            n,
            f"{surnames[n % 10]}例{'一二三四五六七八九十'[n // 10 % 10]}",
            an_identity_number(n % 1000, f"19{60 + n // 1000:02d}0203"),
            f"137{n:08d}",
            f"62009900{n:010d}",
        )
        for n in range(first, first + how_many)
    ]


def plant(station: Station, crowd: list[Person], stage: Stage, *, accounts: bool = True) -> None:
    """Each with one month and a sum of its own."""
    with write(station.engine) as connection:
        for person in crowd:
            worker_id = _registered(connection, station, person)
            open_case(connection, _case(person, worker_id, stage))
            if accounts:
                account = PayeeAccount(person.name, "示例银行", person.account)
                keep_account(
                    connection, station.keyring, Applicant.WORKER, worker_id, account, "caseworker-1", OPENED_AT
                )


def plant_of_employer(station: Station, number: int, employer_id: str, stage: Stage) -> SubsidyCase:
    person = people(1, number)[0]
    case = replace(_case(person, employer_id, stage), applicant=Applicant.EMPLOYER)
    with write(station.engine) as connection:
        open_case(connection, case)
    return case


def amount_of(person: Person) -> int:
    return 60_000 + person.number


def case_of(station: Station, person: Person) -> SubsidyCase:
    with read(station.engine) as connection:
        return load_subsidy(connection, person.case_id)


@contextmanager
def killed_at_commit(engine: Engine, number: int) -> Iterator[list[int]]:
    """Die just before the commit of that number (0: never); the commits that were begun."""
    seen: list[int] = []

    def count(*_: Any) -> None:
        seen.append(len(seen) + 1)
        if len(seen) == number:
            raise Crashed

    event.listen(engine, "commit", count)
    try:
        yield seen
    finally:
        event.remove(engine, "commit", count)


def _registered(connection: Any, station: Station, person: Person) -> str:
    return register_worker(
        connection,
        station.keyring,
        NewWorker(
            name=person.name,
            identity=parse_identity(person.identity, ON),
            phone=parse_phone(person.phone),
            station_id=STATION,
            registered_on=ON,
            registered_by="caseworker-1",
            recorded_at=OPENED_AT,
        ),
    )


def _case(person: Person, worker_id: str, stage: Stage) -> SubsidyCase:
    paying = stage is Stage.PAYMENT
    determination = DeterminationState(
        f"{POLICY}-1",
        POLICY,
        Conclusion.GRANTED,
        OPENED_AT,
        granted=True,
        decided_by=OFFICER,
        amount_fen=amount_of(person),
    )
    payment = PaymentState("payment-1", amount_of(person), determination.id, OTHER_OFFICER, OPENED_AT)
    return SubsidyCase(
        id=person.case_id,
        revision=1,
        stage=stage,
        station_id=STATION,
        jurisdiction="cn-50-99",
        applied_on=ON,
        opened_at=OPENED_AT,
        policy=POLICY,
        applicant=Applicant.WORKER,
        applicant_id=worker_id,
        caseworker="caseworker-1",
        determinations=(determination,),
        claims=(ClaimState("2026-02", worker_id, POLICY, ON, payment.id if paying else None),),
        payments=(payment,) if paying else (),
        granted_fen=amount_of(person),
        notice_id="earlier" if paying else None,
        noticed_on=ON if paying else None,
        facts_seen=1,
        determined_at_facts=((POLICY, 1),),
    )


def statuses(station: Station, crowd: list[Person]) -> list[PaymentStatus]:
    return [case_of(station, person).payments[0].status for person in crowd]
