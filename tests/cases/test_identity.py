from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric

from cases.identity import (
    EARLIEST_BIRTH,
    IdentityKind,
    IdentityRefused,
    Sex,
    check_character,
    mask_identity,
    parse_identity,
)

TODAY = date(2026, 3, 2)


def a_number(*, region: str = "699999", born: str = "19720314", sequence: str = "002") -> str:
    """A number with the right check character, of a region that is never issued."""
    first = f"{region}{born}{sequence}"
    return first + check_character(first)


def codes(entered: str, today: date = TODAY) -> list[str]:
    with pytest.raises(IdentityRefused) as refused:
        parse_identity(entered, today)
    return [refusal.code for refusal in refused.value.refusals]


@pytest.mark.parametrize(
    ("region", "kind"),
    [
        pytest.param("699999", IdentityKind.RESIDENT, id="resident"),
        pytest.param("422802", IdentityKind.RESIDENT, id="a region code abolished since, which python-stdnum refuses"),
        pytest.param("810000", IdentityKind.HONG_KONG, id="residence permit, Hong Kong"),
        pytest.param("820000", IdentityKind.MACAO, id="residence permit, Macao"),
        pytest.param("830000", IdentityKind.TAIWAN, id="residence permit, Taiwan"),
        pytest.param("999999", IdentityKind.FOREIGN, id="foreign permanent resident"),
    ],
)
def test_every_class_of_card_is_accepted(region: str, kind: IdentityKind) -> None:
    identity = parse_identity(a_number(region=region, born="19700101"), TODAY)
    assert (identity.kind, identity.born_on) == (kind, date(1970, 1, 1))


@pytest.mark.parametrize("region", ["422802", "810000", "999999"])
def test_the_library_would_have_turned_them_away(region: str) -> None:
    """The reason why python-stdnum is no validator here; once this fails, the trap is gone."""
    assert not ric.is_valid(a_number(region=region, born="19700101"))


def test_the_library_takes_the_unborn_and_we_do_not() -> None:
    unborn = a_number(region="110101", born="20990101")
    assert ric.is_valid(unborn)
    assert codes(unborn) == ["identity-not-yet-born"]


@given(st.text("0123456789", min_size=17, max_size=17))
def test_the_check_character_is_the_librarys(first_seventeen: str) -> None:
    # The library wants all 18 places and leaves out the last.
    assert check_character(first_seventeen) == ric.calc_check_digit(f"{first_seventeen}?")


@given(st.dates(EARLIEST_BIRTH, TODAY), st.integers(0, 999))
def test_a_well_formed_number_is_read_back(born_on: date, sequence: int) -> None:
    identity = parse_identity(a_number(born=f"{born_on:%Y%m%d}", sequence=f"{sequence:03}"), TODAY)
    assert identity.born_on == born_on
    assert identity.sex is (Sex.MALE if sequence % 2 else Sex.FEMALE)


@given(st.integers(0, 17), st.integers(1, 9))
def test_one_wrong_digit_is_noticed(place: int, step: int) -> None:
    right = a_number(born="19720515", sequence="001")
    if not right[place].isdigit():
        return
    wrong = right[:place] + str((int(right[place]) + step) % 10) + right[place + 1 :]
    assert "identity-check-character" in codes(wrong)


@given(st.integers(0, 15))
def test_two_neighbours_exchanged_are_noticed(place: int) -> None:
    right = a_number(born="19720314", sequence="102")
    wrong = right[:place] + right[place + 1] + right[place] + right[place + 2 :]
    if wrong != right:
        assert "identity-check-character" in codes(wrong)


@pytest.mark.parametrize(
    ("entered", "expected"),
    [
        pytest.param("", ["identity-empty"], id="nothing"),
        pytest.param("699999720314002", ["identity-fifteen-places"], id="the old form"),
        pytest.param("69999919720314002", ["identity-length"], id="a place too few"),
        pytest.param("69999919720314002X1", ["identity-length"], id="a place too many"),
        pytest.param("6999991972031X002X", ["identity-characters"], id="X where a digit stands"),
        pytest.param("69999919720314002٣", ["identity-characters"], id="a digit of another script"),
        pytest.param("699999197203140020", ["identity-check-character"], id="wrong last place"),
        pytest.param(a_number(born="19720230"), ["identity-date"], id="30 February"),
        pytest.param(a_number(born="19730229"), ["identity-date"], id="29 February of no leap year"),
        pytest.param(a_number(born="00000101"), ["identity-date"], id="year 0"),
        pytest.param(a_number(born="18991231"), ["identity-too-old"], id="the last day before 1900"),
        pytest.param(a_number(born="20260303"), ["identity-not-yet-born"], id="born tomorrow"),
        pytest.param("699999197202300020", ["identity-check-character", "identity-date"], id="both reasons at once"),
    ],
)
def test_each_refusal_says_why(entered: str, expected: list[str]) -> None:
    assert codes(entered) == expected


@pytest.mark.parametrize("born", ["19000101", "20260302", "19720229", "20000229"])
def test_days_on_the_line_are_accepted(born: str) -> None:
    assert f"{parse_identity(a_number(born=born), TODAY).born_on:%Y%m%d}" == born


def test_today_is_the_day_that_is_passed_in() -> None:
    assert parse_identity(a_number(born="20260303"), TODAY + timedelta(days=1))


@pytest.mark.parametrize(
    "entered", ["69999919720314002x", " 699999 19720314 002X ", "６９９９９９１９７２０３１４００２Ｘ"]
)
def test_however_it_is_typed(entered: str) -> None:
    assert parse_identity(entered, TODAY).value == "69999919720314002X"


def test_the_region_only_advises() -> None:
    assert parse_identity(a_number(region="699999"), TODAY).advice
    assert parse_identity(a_number(region="950999"), TODAY).advice == ()
    assert parse_identity(a_number(region="810000"), TODAY).advice == ()


def test_a_refusal_never_repeats_the_number() -> None:
    with pytest.raises(IdentityRefused) as refused:
        parse_identity("699999197203140020", TODAY)
    assert "19720314" not in f"{refused.value} {refused.value.refusals}"


@pytest.mark.parametrize(
    ("value", "masked"), [("69999919720314002X", "699999********002X"), ("699999720314002", "*" * 15), ("", "")]
)
def test_masked(value: str, masked: str) -> None:
    assert mask_identity(value) == masked
