"""The invented people: nobody could be taken for someone real, and a third of their names are hard."""

from collections import Counter
from datetime import date

import phonenumbers
import pytest

from activities.demo.people import Invented, everybody, registration
from activities.intake import read_registration
from activities.printing.fonts import load
from cases.days import add_months
from cases.identity import IdentityKind, Sex, parse_identity
from cases.registration import Person

TODAY = date(2026, 11, 26)
COMMON = set("单仇查曾解盖区朴乐逄")  # surnames with a reading of their own
COMPOUND = ("欧阳", "司马", "令狐", "尉迟", "诸葛")


def entered(person: Invented, on: date = TODAY) -> Person:
    return read_registration(registration(person, person.id, on, TODAY)).worker


@pytest.mark.parametrize("person", everybody(), ids=lambda person: person.id)
def test_a_number_fits_its_person_and_was_never_issued(person: Invented) -> None:
    identity = parse_identity(entered(person).identity_number, TODAY)
    assert identity.value[:6] in {"699999", "819999", "990999"}
    assert identity.advice or identity.kind is IdentityKind.HONG_KONG
    assert (identity.sex is Sex.MALE) == (person.sex == "男")
    assert add_months(identity.born_on, 12 * person.age) <= TODAY < add_months(identity.born_on, 12 * (person.age + 1))


def test_whoever_comes_back_has_the_same_number_and_phone() -> None:
    for person in everybody():
        first, second = entered(person, date(2026, 2, 2)), entered(person)
        assert (first.identity_number, first.phone) == (second.identity_number, second.phone)


def test_no_phone_is_of_a_kind_that_is_issued_and_only_families_share_one() -> None:
    phones = Counter(entered(person).phone for person in everybody())
    assert not any(phonenumbers.is_valid_number(phonenumbers.parse(phone, "CN")) for phone in phones)
    shared = [person for person in everybody() if person.shares_phone_with]
    assert len(phones) == len(everybody()) - len(shared)
    assert len({phone[-4:] for phone in phones}) == len(phones)


def test_they_are_sixty_of_every_age_and_some_share_a_name() -> None:
    ages = [person.age for person in everybody()]
    assert (len(ages), min(ages), max(ages)) == (60, 20, 63)
    assert len({person.id for person in everybody()}) == 60
    assert len({person.name for person in everybody()}) < 60
    assert len({entered(person).identity_number for person in everybody()}) == 60


def test_the_shipped_fonts_can_print_every_name() -> None:
    characters = load().characters
    for person in everybody():
        assert {ord(character) for character in person.name} - {ord(" ")} <= characters, person.name


def test_a_third_of_the_names_are_hard() -> None:
    def hard(name: str) -> bool:
        rare = any(not "\u4e00" <= character <= "\u9fa5" for character in name)
        return rare or name[0] in COMMON or name.startswith(COMPOUND) or name[-1] in "翀赟颀垚犇骉"

    assert sum(hard(person.name) for person in everybody()) >= 20
    assert any(ord(character) > 0xFFFF for person in everybody() for character in person.name)
