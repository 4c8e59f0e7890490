"""The employer of an address, and what a page may show of it: a household's person and every contact are masked."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from sqlalchemy import Connection

from cases.identity import mask_identity
from cases.names import mask_name
from cases.phones import mask_phone
from cases.wording import Wording
from store.audit import AuditEvent, record_audit
from store.changes import Changed
from store.employer_register import employer_in
from store.employers import EmployerContact, employer_contact
from store.person_keys import KeyDestroyed
from store.tables.employers import VerificationResult
from web.employers.naming import ShownEmployer, shown_employers
from web.vacancies.opened import own_stations
from web.visit import Visit


class Sealed(StrEnum):
    """What of an employer is masked until somebody asks for it, with a reason."""

    PERSON = "person"
    IDENTITY = "identity"
    REPRESENTATIVE = "representative"
    CONTACT = "contact"
    PHONE = "phone"


LABELS: Final[Mapping[Sealed, Wording]] = {
    Sealed.PERSON: Wording("家庭代表人", "Person of the household"),
    Sealed.IDENTITY: Wording("身份证号", "Identity number"),
    Sealed.REPRESENTATIVE: Wording("法定代表人或负责人", "Legal representative or person in charge"),
    Sealed.CONTACT: Wording("联系人", "Contact"),
    Sealed.PHONE: Wording("联系电话", "Contact's phone"),
}
RESULTS: Final[Mapping[VerificationResult, Wording]] = {
    VerificationResult.VERIFIED: Wording("核实通过", "Verified"),
    VerificationResult.REFUSED: Wording("未通过", "Refused"),
    VerificationResult.WITHDRAWN: Wording("撤销核实", "Verification withdrawn"),
}


@dataclass(frozen=True)
class SeenEmployer:
    """`contact` is None for somebody who was erased."""

    shown: ShownEmployer
    contact: EmployerContact | None

    @property
    def id(self) -> str:
        return self.shown.listed.id


def seen_employer(visit: Visit, connection: Connection) -> SeenEmployer:
    """Raises NotInScope unless the employer is in the reader's place."""
    listed = employer_in(connection, visit.scope, visit.part("employer_id"), visit.today)
    try:
        contact = employer_contact(connection, visit.office.station.keyring, listed.id)
    except KeyDestroyed:
        contact = None
    return SeenEmployer(shown_employers(visit, connection, [listed])[0], contact)


def value_of(contact: EmployerContact, sealed: Sealed) -> str | None:
    match sealed:
        case Sealed.PERSON:
            return contact.person_name
        case Sealed.IDENTITY:
            return contact.person_identity
        case Sealed.REPRESENTATIVE:
            return contact.representative
        case Sealed.CONTACT:
            return contact.contact_name
        case Sealed.PHONE:
            return contact.contact_phone


def masked(sealed: Sealed, value: str) -> str:
    """What stands in place of the value."""
    match sealed:
        case Sealed.IDENTITY:
            return mask_identity(value)
        case Sealed.PHONE:
            return mask_phone(value)
        case _:
            return mask_name(value)


def note(visit: Visit, connection: Connection, kind: str, employer_id: str) -> None:
    """An audit event about an employer, in the transaction that changes it, at a station of the reader's."""
    event = AuditEvent(
        kind,
        visit.me.staff_id,
        visit.now,
        about_kind=Changed.EMPLOYER,
        about_id=employer_id,
        station_id=acting_station(visit, connection),
    )
    record_audit(connection, visit.office.station.keyring, event)


def acting_station(visit: Visit, connection: Connection) -> str | None:
    return next(iter(own_stations(visit, connection)), None)
