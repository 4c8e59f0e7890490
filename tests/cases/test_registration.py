"""What a registration must say before anything is kept."""

from typing import Any

import pytest

from activities.intake import read_registration
from cases.refusals import Refused
from tests.registrations import a_registration

A_FACT = {
    "name": "in_work",
    "value": False,
    "source": "recognition",
    "established_on": "2026-03-02",
    "detail": "看过证件",
    "body": "示例街道",
    "paper": "示例〔2026〕1号",
}


def codes(**changes: Any) -> list[str]:
    try:
        read_registration(a_registration(**changes))
    except Refused as refused:
        return [reason.code for reason in refused.refusals]
    return []


def a_person(**changes: Any) -> dict[str, Any]:
    person: dict[str, Any] = a_registration()["worker"]
    return person | changes


def limits(**changes: Any) -> dict[str, Any]:
    return {"pay_floor_fen": 100, "pay_floor_unit": "day"} | changes


def shift(**changes: Any) -> dict[str, Any]:
    return limits(hours=[{"days": [1, 7], "begin": "00:00", "until": "23:59"} | changes])


def test_a_registration_as_it_should_be() -> None:
    assert codes() == []
    assert codes(limits={}) == []
    assert codes(limits=shift()) == []
    assert codes(facts=[A_FACT]) == []


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        pytest.param({"key": " "}, ["blank"], id="no key"),
        pytest.param({"worker": a_person(name="　")}, ["blank"], id="no name"),
        pytest.param({"limits": limits(pay_floor_unit=None)}, ["half-a-floor"], id="a floor without its unit"),
        pytest.param({"limits": limits(pay_floor_fen=None)}, ["half-a-floor"], id="a floor without its amount"),
        pytest.param({"limits": shift(days=[])}, ["unreadable-shift"], id="a shift on no day"),
        pytest.param({"limits": shift(days=[0])}, ["unreadable-shift"], id="a shift on day 0"),
        pytest.param({"limits": shift(days=[8])}, ["unreadable-shift"], id="a shift on day 8"),
        pytest.param({"limits": shift(begin="24:00")}, ["unreadable-shift"], id="a shift from 24:00"),
        pytest.param({"limits": shift(until="7:00")}, ["unreadable-shift"], id="a shift until 7:00"),
        pytest.param({"limits": shift(until="07:60")}, ["unreadable-shift"], id="a shift until 07:60"),
        pytest.param({"facts": [A_FACT | {"detail": " "}]}, ["blank"], id="a fact without where it comes from"),
        pytest.param({"facts": [A_FACT | {"body": ""}]}, ["recognition-without-paper"], id="no body"),
        pytest.param({"facts": [A_FACT | {"paper": " "}]}, ["recognition-without-paper"], id="no paper"),
        pytest.param({"facts": [A_FACT | {"source": "statement", "body": "", "paper": ""}]}, [], id="a statement"),
        pytest.param({"key": "", "limits": limits(pay_floor_unit=None)}, ["blank", "half-a-floor"], id="all at once"),
    ],
)
def test_every_reason_is_told(changes: dict[str, Any], found: list[str]) -> None:
    assert codes(**changes) == found


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"station": None}, ["field:station"]),
        ({"unheard_of": 1}, ["field:unheard_of"]),
        ({"worker": a_person(nickname="x", phone=None)}, ["field:worker.phone", "field:worker.nickname"]),
        ({"limits": limits(health=["heights", "bad-mood"])}, ["field:limits.health.1"]),
        ({"facts": [A_FACT | {"established_on": "yesterday"}]}, ["field:facts.0.established_on"]),
    ],
)
def test_every_wrong_field_is_named(changes: dict[str, Any], fields: list[str]) -> None:
    assert codes(**changes) == fields


def test_a_wrong_value_is_not_repeated() -> None:
    with pytest.raises(Refused) as refused:
        read_registration(a_registration(worker=a_person(phone=["13877712345"])))
    assert "13877712345" not in str(refused.value)
    assert "13877712345" not in "".join(r.wording.zh + r.wording.en for r in refused.value.refusals)


def test_numbers_without_quotes_are_their_digits() -> None:
    registration = read_registration(a_registration(worker=a_person(phone=13800000001)))
    assert registration.worker.phone == "13800000001"


def test_nothing_personal_shows_in_a_registration_that_is_printed() -> None:
    shown = repr(read_registration(a_registration(facts=[A_FACT])))
    person = a_person()
    assert not [value for value in person.values() if str(value) in shown]
