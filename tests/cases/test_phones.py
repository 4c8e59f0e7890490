import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.phones import PhoneKind, PhoneRefused, mask_phone, parse_phone


@pytest.mark.parametrize(
    ("entered", "kind", "kept"),
    [
        pytest.param("13800000000", PhoneKind.MOBILE, "13800000000", id="mobile"),
        pytest.param("138 0000 0000", PhoneKind.MOBILE, "13800000000", id="with spaces"),
        pytest.param("138-0000-0000", PhoneKind.MOBILE, "13800000000", id="with dashes"),
        pytest.param("+86 138 0000 0000", PhoneKind.MOBILE, "13800000000", id="with the country code"),
        pytest.param("0086-13800000000", PhoneKind.MOBILE, "13800000000", id="with the country code dialled"),
        pytest.param("8613800000000", PhoneKind.MOBILE, "13800000000", id="with the country code, bare"),
        pytest.param("013800000000", PhoneKind.MOBILE, "13800000000", id="dialled with a 0, as of old"),
        pytest.param("１３８００００００００", PhoneKind.MOBILE, "13800000000", id="full width"),
        pytest.param("0718-8000000", PhoneKind.LANDLINE, "07188000000", id="landline of seven digits"),
        pytest.param("(023) 6000 0000", PhoneKind.LANDLINE, "02360000000", id="landline of eight digits"),
        pytest.param("+86 23 6000 0000", PhoneKind.LANDLINE, "02360000000", id="landline from abroad"),
        pytest.param("010-80000000", PhoneKind.LANDLINE, "01080000000", id="the area code 010"),
        pytest.param("0718-8000000-801", PhoneKind.LANDLINE, "07188000000-801", id="extension after a dash"),
        pytest.param("0718-8000000转801", PhoneKind.LANDLINE, "07188000000-801", id="extension in words"),
        pytest.param("02360000000 分机 12", PhoneKind.LANDLINE, "02360000000-12", id="extension in other words"),
        pytest.param("12333", PhoneKind.SERVICE, "12333", id="the labour line"),
        pytest.param("12345", PhoneKind.SERVICE, "12345", id="the mayor's line"),
        pytest.param("0718-12333", PhoneKind.SERVICE, "071812333", id="a line with its area code"),
        pytest.param("400-000-0000", PhoneKind.SERVICE, "4000000000", id="a firm's 400 number"),
        pytest.param("95588", PhoneKind.SERVICE, "95588", id="a nationwide firm"),
    ],
)
def test_accepted(entered: str, kind: PhoneKind, kept: str) -> None:
    phone = parse_phone(entered)
    assert (phone.kind, str(phone)) == (kind, kept)


@pytest.mark.parametrize(
    "entered",
    [
        pytest.param("", id="nothing"),
        pytest.param("1380000000", id="a digit too few"),
        pytest.param("138000000000", id="a digit too many"),
        pytest.param("12800000000", id="no such mobile range"),
        pytest.param("8000000", id="no area code"),
        pytest.param("0718-800000", id="a landline too short"),
        pytest.param("0718-1000000", id="no line begins with 1"),
        pytest.param("13800000000-801", id="a mobile has no extension"),
        pytest.param("+852 2800 0000", id="another country's code"),
        pytest.param("1234", id="too short for a line"),
        pytest.param("138OOOOOOOO", id="letters"),
        pytest.param("١٣٨٠٠٠٠٠٠٠٠", id="digits of another script"),
    ],
)
def test_refused(entered: str) -> None:
    with pytest.raises(PhoneRefused) as refused:
        parse_phone(entered)
    assert not entered or entered not in str(refused.value)


def test_the_library_takes_no_hotlines() -> None:
    """The reason why phonenumbers only checks us from here."""
    assert not phonenumbers.is_valid_number(phonenumbers.parse("12333", "CN"))


A_LANDLINE = r"0(?:10|2[0-9]|[3-9][0-9]{2})[2-9][0-9]{6,7}"  # a subscriber's number begins with neither 0 nor 1


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True) | st.from_regex(A_LANDLINE, fullmatch=True))
def test_whatever_the_library_holds_for_valid_is_accepted(digits: str) -> None:
    number = phonenumbers.parse(digits, "CN")
    lines = {phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE}
    if phonenumbers.is_valid_number(number) and phonenumbers.number_type(number) in lines:
        assert parse_phone(digits).number.lstrip("0") == str(number.national_number)


@given(st.from_regex(r"1[3-9][0-9]{9}|0[3-9][0-9]{2}[2-8][0-9]{6}", fullmatch=True))
def test_what_was_kept_is_read_as_the_same(digits: str) -> None:
    assert str(parse_phone(str(parse_phone(digits)))) == digits


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("13800000000", "138****0000"),
        ("07188000012", "0718*****12"),
        ("02360000012", "023******12"),
        ("07188000012-801", "0718*****12"),
        ("12333", "12333"),
        ("what is this", "************"),
    ],
)
def test_masked(number: str, masked: str) -> None:
    assert mask_phone(number) == masked
