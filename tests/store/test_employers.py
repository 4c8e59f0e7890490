from datetime import date, timedelta

import pytest
from sqlalchemy import Connection, insert, select
from sqlalchemy.exc import IntegrityError

from cases.phones import parse_phone
from store.employers import (
    Contact,
    NewHousehold,
    NewOrganisation,
    Verification,
    employer,
    employer_contact,
    is_verified,
    record_verification,
    register_household,
    register_organisation,
    verification,
)
from store.keys import KeyRing
from store.person_keys import KeyDestroyed, destroy_person_key
from store.tables.employers import EmployerKind, VerificationResult
from store.tables.employers import employer as table
from tests.store.builders import NOW, TODAY, an_identity

DAY = timedelta(days=1)
CONTACT = Contact("联系人甲", parse_phone("023-60000001"))
FIRM = NewOrganisation(None, "cn-50-99", "示例新开有限公司", "91999999MA000008XM", CONTACT, "guide-1", NOW)


def a_household(number: int = 1) -> NewHousehold:
    return NewHousehold(None, "cn-50-99", "雇主甲", an_identity(number), CONTACT, "guide-1", NOW)


def checked(on: date, result: VerificationResult, good_until: date | None = None) -> Verification:
    return Verification("employer-4", "guide-1", on, "现场", ("evidence-1",), result, good_until)


def test_an_organisation_is_its_code(connection: Connection, keyring: KeyRing) -> None:
    found = employer(connection, register_organisation(connection, keyring, FIRM))
    assert found is not None
    assert (found.kind, found.name, found.distinct_key) == (EmployerKind.ORGANISATION, FIRM.name, FIRM.uscc)
    with pytest.raises(IntegrityError), connection.begin_nested():
        register_organisation(connection, keyring, FIRM)


def test_a_household_is_its_person(connection: Connection, keyring: KeyRing) -> None:
    one = employer(connection, register_household(connection, keyring, a_household(1)))
    other = employer(connection, register_household(connection, keyring, a_household(2)))
    assert one is not None
    assert other is not None
    assert (one.kind, one.name) == (EmployerKind.HOUSEHOLD, None)
    assert one.distinct_key != other.distinct_key
    with pytest.raises(IntegrityError), connection.begin_nested():
        register_household(connection, keyring, a_household(1))


def test_whom_to_call_is_read_with_the_key(connection: Connection, keyring: KeyRing) -> None:
    household_id = register_household(connection, keyring, a_household())
    contact = employer_contact(connection, keyring, household_id)
    assert contact is not None
    assert (contact.person_name, contact.contact_name, contact.contact_phone) == ("雇主甲", "联系人甲", "02360000001")
    assert "雇主甲" not in f"{contact!r} {a_household()!r} {CONTACT!r}"
    firm = employer_contact(connection, keyring, "employer-1")
    assert firm is not None
    assert (firm.person_name, firm.representative, firm.contact_phone) == (None, "钱示例", "02360000001")
    assert "钱示例" not in repr(firm)
    assert destroy_person_key(connection, household_id)
    with pytest.raises(KeyDestroyed):
        employer_contact(connection, keyring, household_id)


def test_nobody(connection: Connection, keyring: KeyRing) -> None:
    assert employer(connection, "nobody") is None
    assert employer_contact(connection, keyring, "nobody") is None
    assert verification(connection, "nobody", TODAY) is None


@pytest.mark.parametrize("changes", [{"uscc": None}, {"kind": EmployerKind.HOUSEHOLD}, {"name": None}])
def test_the_table_tells_firms_from_households(connection: Connection, changes: dict[str, object]) -> None:
    row = connection.execute(select(table).where(table.c.id == "employer-1")).mappings().one()
    with pytest.raises(IntegrityError), connection.begin_nested():
        connection.execute(insert(table).values(**{**row, "id": "x", "uscc": "other", **changes}))


def test_nobody_is_verified_by_default(connection: Connection) -> None:
    assert verification(connection, "employer-4", TODAY) is None
    assert not is_verified(connection, "employer-4", TODAY)


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        pytest.param(TODAY - DAY, False, id="the day before the check"),
        pytest.param(TODAY, True, id="the day of the check"),
        pytest.param(TODAY + 30 * DAY, True, id="the last day it can be relied on"),
        pytest.param(TODAY + 31 * DAY, False, id="a day later"),
    ],
)
def test_a_check_counts_from_its_day_to_its_last(connection: Connection, on: date, expected: bool) -> None:
    record_verification(connection, checked(TODAY, VerificationResult.VERIFIED, TODAY + 30 * DAY), NOW)
    assert is_verified(connection, "employer-4", on) is expected


@pytest.mark.parametrize("result", [VerificationResult.REFUSED, VerificationResult.WITHDRAWN])
def test_a_later_check_undoes_an_earlier_one_from_its_own_day(
    connection: Connection, result: VerificationResult
) -> None:
    record_verification(connection, checked(TODAY, VerificationResult.VERIFIED), NOW)
    record_verification(connection, checked(TODAY + 5 * DAY, result), NOW + 5 * DAY)
    assert is_verified(connection, "employer-4", TODAY + 4 * DAY)
    assert not is_verified(connection, "employer-4", TODAY + 5 * DAY)


def test_of_two_checks_on_one_day_the_later_written_counts(connection: Connection) -> None:
    record_verification(connection, checked(TODAY, VerificationResult.REFUSED), NOW)
    record_verification(connection, checked(TODAY, VerificationResult.VERIFIED), NOW + timedelta(minutes=1))
    latest = verification(connection, "employer-4", TODAY)
    assert latest == checked(TODAY, VerificationResult.VERIFIED)


def test_a_check_written_down_late_counts_for_its_own_day(connection: Connection) -> None:
    record_verification(connection, checked(TODAY, VerificationResult.WITHDRAWN), NOW)
    record_verification(connection, checked(TODAY - DAY, VerificationResult.VERIFIED), NOW + DAY)
    assert is_verified(connection, "employer-4", TODAY - DAY)
    assert not is_verified(connection, "employer-4", TODAY)
