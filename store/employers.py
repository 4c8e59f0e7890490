"""Employers (用工主体), and whether one is verified on a day, by whom and on what evidence."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import Connection, insert, select, update

from cases.identity import IdentityNumber
from cases.names import mask_name
from cases.phones import Phone
from store.encryption import open_if_known, open_sealed, seal_if_known
from store.keys import KeyRing
from store.person_keys import make_person_key, person_key, person_keys
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
    person_identity: str | None = field(default=None, repr=False)


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
        opened("person_name"),
        opened("contact_name"),
        opened("contact_phone"),
        opened("representative"),
        opened("person_identity"),
    )


def household_names(connection: Connection, keyring: KeyRing, employer_ids: Collection[str]) -> Mapping[str, str]:
    """The persons of households, masked as a list shows them; nobody erased is among them."""
    query = select(table.c.id, table.c.person_name_sealed).where(
        table.c.id.in_(employer_ids), table.c.person_name_sealed.is_not(None)
    )
    keys = person_keys(connection, keyring, employer_ids)
    rows = [row for row in connection.execute(query) if row.id in keys]
    return {
        row.id: mask_name(open_sealed(keys[row.id], "employer", "person_name_sealed", row.id, row.person_name_sealed))
        for row in rows
    }


def locked_employer(connection: Connection, employer_id: str) -> Employer | None:
    """An employer as it stands, held until the transaction ends."""
    connection.execute(select(table.c.id).where(table.c.id == employer_id).with_for_update())
    return employer(connection, employer_id)


def change_contact(
    connection: Connection, keyring: KeyRing, employer_id: str, address: str | None, contact: EmployerContact
) -> None:
    """Write whom to call and where; the caller has locked the employer, and keeps what stood before."""
    key = person_key(connection, keyring, employer_id)
    personal = {
        "contact_name_sealed": contact.contact_name,
        "contact_phone_sealed": contact.contact_phone,
        "representative_sealed": contact.representative,
    }
    sealed = {column: seal_if_known(key, "employer", column, employer_id, value) for column, value in personal.items()}
    connection.execute(update(table).where(table.c.id == employer_id).values(address=address, **sealed))


def record_verification(
    connection: Connection, new: Verification, recorded_at: datetime, verification_id: str | None = None
) -> str:
    verification_id = verification_id or new_id(recorded_at)
    values = {**vars(new), "evidence": list(new.evidence)}
    connection.execute(insert(employer_verification).values(**values, id=verification_id, recorded_at=recorded_at))
    return verification_id


def is_verification(connection: Connection, verification_id: str) -> bool:
    query = select(employer_verification.c.id).where(employer_verification.c.id == verification_id)
    return connection.execute(query).first() is not None


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


def verifications(connection: Connection, employer_id: str) -> tuple[Verification, ...]:
    """Every check on an employer, the newest first."""
    checks = employer_verification.c
    query = (
        select(employer_verification)
        .where(checks.employer_id == employer_id)
        .order_by(checks.verified_on.desc(), checks.recorded_at.desc(), checks.id.desc())
    )
    rows = connection.execute(query).mappings()
    return tuple(filled(Verification, row, evidence=tuple(row["evidence"])) for row in rows)


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
