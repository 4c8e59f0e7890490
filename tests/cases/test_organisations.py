import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc

from cases.organisations import UsccRefused, parse_uscc


@pytest.mark.parametrize(
    ("entered", "kept"),
    [
        pytest.param("91999999MA000001XE", "91999999MA000001XE", id="a firm"),
        pytest.param(" 91 999999 ma000001x-e ", "91999999MA000001XE", id="with spaces, small letters and a dash"),
        pytest.param("９１９９９９９９ＭＡ０００００１ＸＥ", "91999999MA000001XE", id="full width"),
        pytest.param("N2999999MA000010XJ", "N2999999MA000010XJ", id="a village cooperative"),
    ],
)
def test_accepted(entered: str, kept: str) -> None:
    assert parse_uscc(entered) == kept


def test_the_library_would_have_turned_the_cooperative_away() -> None:
    """The reason why only its check character is used; once this fails, the trap is gone."""
    assert not uscc.is_valid("N2999999MA000010XJ")


@given(
    st.text("0123456789", min_size=8, max_size=8), st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=9, max_size=9)
)
def test_whatever_the_library_accepts_is_accepted(digits: str, body: str) -> None:
    code = digits + body + uscc.calc_check_digit(digits + body)
    assert uscc.is_valid(code)
    assert parse_uscc(code) == code


@pytest.mark.parametrize(
    ("entered", "expected"),
    [
        pytest.param("", "uscc-length", id="nothing"),
        pytest.param("91999999MA000001X", "uscc-length", id="a place too few"),
        pytest.param("91999999MA000001XE0", "uscc-length", id="a place too many"),
        pytest.param("91999999MA0000O1XE", "uscc-characters", id="O for 0"),
        pytest.param("9199999AMA000001XE", "uscc-characters", id="a letter in the region"),
        pytest.param("B1999999MA000001XE", "uscc-characters", id="no register begins with B"),
        pytest.param("91999999MA000001XF", "uscc-check-character", id="wrong last place"),
        pytest.param("91999999MA000002XE", "uscc-check-character", id="a wrong place before it"),
    ],
)
def test_refused(entered: str, expected: str) -> None:
    with pytest.raises(UsccRefused) as refused:
        parse_uscc(entered)
    assert [refusal.code for refusal in refused.value.refusals] == [expected]
