"""An invented corner of the country to try the engine in: two districts, their stations, people and offers.

Nothing here is real: the districts are called 示例区, region codes and numbers are of kinds that are never issued.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import TypeAlias

from sqlalchemy import Connection, select

from cases.days import day_of
from cases.phones import parse_phone
from cases.roles import Role
from store import courses, employers, organisation, publications, staff, vacancies
from store.keys import KeyRing
from store.seed_offers import EMPLOYERS, HOUSEHOLD, LICENCES, UNVERIFIED, offers, training, unfit_offers
from store.seed_places import GRANTS, JOINED_ON, LEVELS, NODES, STAFF, STATIONS
from store.tables.employers import VerificationResult
from store.tables.organisation import organisation_node
from store.tables.vacancies import CheckResult

PLANTED_BY = "administrator-1"
SEEN_OF_EMPLOYER = ("营业执照影像，已对照登记信息",)
SEEN_OF_VACANCY = ("到用工地点看过，与负责人核对了工资和工时",)
Given: TypeAlias = tuple[str, Role, str]  # who, which role, at which node


def is_empty(connection: Connection) -> bool:
    """Whether nobody has entered or planted so much as a place yet."""
    return connection.execute(select(organisation_node.c.id).limit(1)).first() is None


def plant_examples(connection: Connection, keyring: KeyRing, now: datetime, *, since: datetime | None = None) -> None:
    """Plant the examples, as fresh as `now`; where they stand already, nothing happens.

    `since`: when the employers and their offers were entered, for a record with a past.
    """
    if organisation.node(connection, NODES[0].id):
        return
    entered = since or now
    _plant_places(connection, entered)
    plant_staff(connection, STAFF, GRANTS, entered)
    _plant_employers(connection, keyring, entered, day_of(entered))
    _plant_offers(connection, entered, day_of(entered))
    for course in training(day_of(now)):
        courses.add_course(connection, course, now)


def plant_staff(connection: Connection, members: Mapping[str, str], grants: Iterable[Given], now: datetime) -> None:
    for staff_id, name in members.items():
        staff.add_staff(connection, staff.Staff(staff_id, name, JOINED_ON), now)
    for staff_id, role, node_id in grants:
        staff.grant_role(connection, staff.Grant(staff_id, role, node_id, JOINED_ON), PLANTED_BY, now)


def _plant_places(connection: Connection, now: datetime) -> None:
    for level in LEVELS:
        organisation.add_level(connection, level)
    for node in NODES:
        organisation.add_node(connection, node)
    for station in STATIONS:
        organisation.add_station(connection, station, now)


def _plant_employers(connection: Connection, keyring: KeyRing, now: datetime, today: date) -> None:
    for organisation_id, node_id, name, uscc in EMPLOYERS:
        address, representative, phone = LICENCES[organisation_id]
        new = employers.NewOrganisation(
            organisation_id,
            node_id,
            name,
            uscc,
            employers.Contact(representative, parse_phone(phone)),
            recorded_by=PLANTED_BY,
            recorded_at=now,
            address=address,
            representative=representative,
        )
        employers.register_organisation(connection, keyring, new)
    employer_id, node_id, person, identity = HOUSEHOLD
    household = employers.NewHousehold(
        employer_id, node_id, person, identity, employers.Contact(name=person), recorded_by=PLANTED_BY, recorded_at=now
    )
    employers.register_household(connection, keyring, household)
    for verified in [*(row[0] for row in EMPLOYERS), employer_id]:
        if verified not in UNVERIFIED:
            _verify(connection, verified, today, now)


def _verify(connection: Connection, employer_id: str, today: date, now: datetime) -> None:
    found = employers.Verification(
        employer_id,
        verified_by="guide-1",
        verified_on=today,
        method="现场查看证照（示例）",
        evidence=SEEN_OF_EMPLOYER,
        result=VerificationResult.VERIFIED,
    )
    employers.record_verification(connection, found, now)


def _plant_offers(connection: Connection, now: datetime, today: date) -> None:
    for offer in offers(today):
        vacancies.post_vacancy(connection, offer, PLANTED_BY, now)
        _check(connection, offer.id, offer.received_on, CheckResult.PASSED, (), now)
        publications.publish(connection, offer.id, "大屏", offer.received_on, PLANTED_BY, now)
    for offer, result, findings in unfit_offers(today):
        vacancies.post_vacancy(connection, offer, PLANTED_BY, now)
        if result:
            _check(connection, offer.id, offer.received_on, result, findings, now)


def _check(
    connection: Connection,
    vacancy_id: str,
    on: date,
    result: CheckResult,
    findings: tuple[str, ...],
    now: datetime,
) -> None:
    check = publications.TruthCheck(vacancy_id, "guide-1", on, SEEN_OF_VACANCY, findings, result)
    publications.record_truth_check(connection, check, now)
