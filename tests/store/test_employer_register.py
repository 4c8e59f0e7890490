"""The register of employers: found by part of a name or by code, and compared before one is added."""

from datetime import timedelta

import pytest
from sqlalchemy import Connection, insert

from cases.hardship.stages import AgreementForm
from store.employer_register import (
    EmployerFilter,
    core_name,
    dealings,
    employer_by_code,
    employer_in,
    employers_in,
    place_of,
    similar_employers,
)
from store.employers import (
    EmployerContact,
    Verification,
    change_contact,
    employer_contact,
    household_names,
    locked_employer,
    record_verification,
    verifications,
)
from store.keys import KeyRing
from store.person_keys import destroy_person_key
from store.scope import NotInScope, Scope, scope_of
from store.tables.cases import placement
from store.tables.employers import EmployerKind, VerificationResult
from tests.store.builders import NOW, TODAY
from tests.store.casework import opened_case

DAY = timedelta(days=1)


def of(connection: Connection, staff_id: str) -> Scope:
    return scope_of(connection, staff_id, TODAY)


def found(connection: Connection, asked: EmployerFilter) -> list[str]:
    listed, total = employers_in(connection, of(connection, "caseworker-1"), asked, TODAY, (100, 0))
    assert total == len(listed)
    return [each.id for each in listed]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        pytest.param(EmployerFilter(words="物流"), ["employer-1"], id="two characters of the name"),
        pytest.param(EmployerFilter(words="9199 9999 ma00 0002 xf"), ["employer-2"], id="the code, however written"),
        pytest.param(EmployerFilter(words="_"), [], id="no wildcard"),
        pytest.param(EmployerFilter(words="纺织"), [], id="a firm of another place"),
        pytest.param(EmployerFilter(kind=EmployerKind.HOUSEHOLD), ["employer-8"], id="households"),
        pytest.param(EmployerFilter(verified=False), ["employer-4"], id="not verified"),
    ],
)
def test_who_is_found(connection: Connection, asked: EmployerFilter, expected: list[str]) -> None:
    assert found(connection, asked) == expected


def test_a_page_and_the_whole(connection: Connection) -> None:
    scope = of(connection, "caseworker-1")
    page, total = employers_in(connection, scope, EmployerFilter(), TODAY, (2, 1))
    assert ([each.id for each in page], total) == (["employer-2", "employer-3"], 5)


def test_an_employer_of_another_place_does_not_exist(connection: Connection) -> None:
    with pytest.raises(NotInScope):
        employer_in(connection, of(connection, "caseworker-1"), "employer-5", TODAY)
    seen = employer_in(connection, of(connection, "caseworker-3"), "employer-5", TODAY)
    assert (seen.name, seen.verified, seen.offers) == ("示例纺织有限公司", True, 1)


def test_a_verification_that_ended_no_longer_holds(connection: Connection) -> None:
    check = Verification("employer-1", "guide-1", TODAY, "现场", ("照片",), VerificationResult.VERIFIED, TODAY)
    record_verification(connection, check, NOW + DAY)
    scope = of(connection, "caseworker-1")
    assert employer_in(connection, scope, "employer-1", TODAY).verified is True
    assert employer_in(connection, scope, "employer-1", TODAY + DAY).verified is False
    assert employer_in(connection, scope, "employer-4", TODAY).verified is None
    assert [each.verified_on for each in verifications(connection, "employer-1")] == [TODAY, TODAY]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("示例物流公司", {"employer-1"}, id="another legal form"),
        pytest.param("示例物流（集团）有限责任公司", {"employer-1"}, id="a longer form of it"),
        pytest.param("完全不同的单位", set(), id="somebody else"),
    ],
)
def test_names_that_could_be_the_same_firm(connection: Connection, name: str, expected: set[str]) -> None:
    assert set(similar_employers(connection, of(connection, "caseworker-1"), name)) == expected


def test_what_firms_names_have_in_common_tells_none_apart() -> None:
    assert core_name("示例 物流有限责任公司") == core_name("示例物流公司") == "示例物流"


def test_a_code_is_known_in_every_place(connection: Connection) -> None:
    assert employer_by_code(connection, "91999999MA000005XJ") == "employer-5"
    assert employer_by_code(connection, "91999999MA000008XM") is None


def test_a_household_is_listed_masked_until_it_is_erased(connection: Connection, keyring: KeyRing) -> None:
    assert household_names(connection, keyring, ["employer-1", "employer-8"]) == {"employer-8": "许**"}
    destroy_person_key(connection, "employer-8")
    assert household_names(connection, keyring, ["employer-8"]) == {}


def test_a_new_contact_takes_the_old_ones_place(connection: Connection, keyring: KeyRing) -> None:
    assert locked_employer(connection, "employer-1") is not None
    new = EmployerContact(None, "新联系人", "02360000099", "新代表")
    change_contact(connection, keyring, "employer-1", "新地址", new)
    assert employer_contact(connection, keyring, "employer-1") == new


def test_dealings_are_counted_for_all_and_linked_within_the_scope(connection: Connection, keyring: KeyRing) -> None:
    case = opened_case(connection, keyring)
    row = {"started_on": TODAY, "form": AgreementForm.LABOUR_CONTRACT, "ended_on": None}
    connection.execute(insert(placement).values(case_id=case.id, id="placement-1", employer_id="employer-1", **row))
    near, far = of(connection, "manager-1"), of(connection, "caseworker-3")
    key = "91999999MA000001XE"
    assert dealings(connection, near, "employer-1", key).cases == (case.id,)
    assert dealings(connection, far, "employer-1", key).cases == ()
    assert dealings(connection, far, "employer-1", key).placements == 1


def test_an_employer_is_entered_above_the_station(connection: Connection) -> None:
    assert place_of(connection, "station-1") == "cn-50-99"
