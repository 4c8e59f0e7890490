"""Employers (用工主体), and whether one is verified on a day, by whom and on what evidence."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import Connection, insert, select

from cases.identity import IdentityNumber
from cases.phones import Phone
from store.encryption import open_if_known, seal_if_known
from store.keys import KeyRing
from store.person_keys import make_person_key, person_key
from store.rows import filled
from store.search import Sought, search_token
from store.tables.employers import EmployerKind, VerificationResult, employer_verification
from store.tables.employers import employer as table
from store.ulids import new_id


@dataclass(frozen=True)
class Contact:
    """Whom to call, and for a household, who it is."""

    name: str | None = field(default=None, repr=False)
    phone: Phone | None = field(default=None, repr=False)


@dataclass(frozen=True)
class NewOrganisation:
    id: str | None
    node_id: str
    name: str
    uscc: str
    contact: Contact
    recorded_by: str
    recorded_at: datetime
    address: str | None = None
    representative: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class NewHousehold:
    """A household that employs is the person who stands for it."""

    id: str | None
    node_id: str
    person_name: str = field(repr=False)
    person_identity: IdentityNumber = field(repr=False)
    contact: Contact
    recorded_by: str
    recorded_at: datetime


@dataclass(frozen=True)
class Employer:
    """`distinct_key` is the same for two rows only if they are the same organisation or person."""

    id: str
    kind: EmployerKind
    node_id: str
    name: str | None  # an organisation's; a household's person is read with its key
    distinct_key: str
    uscc: str | None = None
    address: str | None = None


@dataclass(frozen=True)
class EmployerContact:
    """What of an employer is personal, read with its key."""

    person_name: str | None = field(repr=False)
    contact_name: str | None = field(repr=False)
    contact_phone: str | None = field(repr=False)
    representative: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Verification:
    """核实: who, when, on what evidence, with what result, and for how long it can be relied on."""

    employer_id: str
    verified_by: str
    verified_on: date
    method: str
    evidence: tuple[str, ...]
    result: VerificationResult
    good_until: date | None = None  # the last day


def register_organisation(connection: Connection, keyring: KeyRing, new: NewOrganisation) -> str:
    """Enter an organisation under its code; the table refuses a second one with the same code."""
    employer_id = new.id or new_id(new.recorded_at)
    values = {"kind": EmployerKind.ORGANISATION, "name": new.name, "uscc": new.uscc, "address": new.address}
    _enter(connection, keyring, employer_id, new, values, {"representative_sealed": new.representative})
    return employer_id


def register_household(connection: Connection, keyring: KeyRing, new: NewHousehold) -> str:
    """Enter a household that employs; the table refuses a second one of the same person."""
    employer_id = new.id or new_id(new.recorded_at)
    token = search_token(keyring, Sought.IDENTITY, new.person_identity.value)
    values = {"kind": EmployerKind.HOUSEHOLD, "person_identity_token": token}
    personal = {"person_name_sealed": new.person_name, "person_identity_sealed": new.person_identity.value}
    _enter(connection, keyring, employer_id, new, values, personal)
    return employer_id


def employer(connection: Connection, employer_id: str) -> Employer | None:
    row = connection.execute(select(table).where(table.c.id == employer_id)).mappings().one_or_none()
    if row is None:
        return None
    # An erased household keeps its id as its key: it is still not any other.
    return filled(Employer, row, distinct_key=row["uscc"] or row["person_identity_token"] or row["id"])


def employer_contact(connection: Connection, keyring: KeyRing, employer_id: str) -> EmployerContact | None:
    row = connection.execute(select(table).where(table.c.id == employer_id)).mappings().one_or_none()
    if row is None:
        return None
    key = person_key(connection, keyring, employer_id)

    def opened(name: str) -> str | None:
        return open_if_known(key, "employer", f"{name}_sealed", employer_id, row[f"{name}_sealed"])

    return EmployerContact(
        opened("person_name"), opened("contact_name"), opened("contact_phone"), opened("representative")
    )


def record_verification(connection: Connection, new: Verification, recorded_at: datetime) -> str:
    verification_id = new_id(recorded_at)
    values = {**vars(new), "evidence": list(new.evidence)}
    connection.execute(insert(employer_verification).values(**values, id=verification_id, recorded_at=recorded_at))
    return verification_id


def verification(connection: Connection, employer_id: str, on: date) -> Verification | None:
    """The latest check on an employer as of a day, whatever its result."""
    checks = employer_verification.c
    query = (
        select(employer_verification)
        .where(checks.employer_id == employer_id, checks.verified_on <= on)
        .order_by(checks.verified_on.desc(), checks.recorded_at.desc(), checks.id.desc())
        .limit(1)
    )
    row = connection.execute(query).mappings().one_or_none()
    return filled(Verification, row, evidence=tuple(row["evidence"])) if row else None


def is_verified(connection: Connection, employer_id: str, on: date) -> bool:
    """Whether an employer's latest check was passed and can still be relied on."""
    latest = verification(connection, employer_id, on)
    if latest is None or latest.result is not VerificationResult.VERIFIED:
        return False
    return latest.good_until is None or on <= latest.good_until


def _enter(
    connection: Connection,
    keyring: KeyRing,
    employer_id: str,
    new: NewOrganisation | NewHousehold,
    values: Mapping[str, str | None],
    personal: Mapping[str, str | None],
) -> None:
    key = make_person_key(connection, keyring, employer_id, new.recorded_at)
    contact_phone = str(new.contact.phone) if new.contact.phone else None
    contact = {"contact_name_sealed": new.contact.name, "contact_phone_sealed": contact_phone}
    sealed = {
        column: seal_if_known(key, "employer", column, employer_id, value)
        for column, value in {**personal, **contact}.items()
    }
    connection.execute(
        insert(table).values(
            id=employer_id,
            node_id=new.node_id,
            recorded_by=new.recorded_by,
            recorded_at=new.recorded_at,
            **values,
            **sealed,
        )
    )
