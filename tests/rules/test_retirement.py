"""The statutory month of retirement, from the policy that is shipped, on the line and one step past it."""

from datetime import date

import pytest

from activities.bootstrap import load_policies
from rules.policies import ResolvedPolicy
from rules.retirement import Retirement, in_month, possible_classes, retirement, retirement_month
from rules.units import YearMonth


@pytest.fixture(scope="module")
def policy() -> ResolvedPolicy:
    return load_policies().book.resolve("retirement", "cn-50-99", date(2026, 3, 2))


@pytest.mark.parametrize(
    ("class_", "born_on", "month"),
    [
        pytest.param("man", date(1964, 12, 15), "2024-12", id="a man who was sixty before the reform"),
        pytest.param("man", date(1965, 1, 15), "2025-02", id="the first month of the reform"),
        pytest.param("man", date(1965, 4, 30), "2025-05", id="the last of the first four"),
        pytest.param("man", date(1965, 5, 1), "2025-07", id="the next four"),
        pytest.param("man", date(1966, 5, 15), "2026-10", id="five months later"),
        pytest.param("man", date(1970, 7, 15), "2031-12", id="seventeen months later"),
        pytest.param("man", date(1976, 8, 15), "2039-07", id="the last before the cap"),
        pytest.param("man", date(1976, 9, 15), "2039-09", id="the cap of three years"),
        pytest.param("man", date(1976, 10, 15), "2039-10", id="past the cap"),
        pytest.param("woman55", date(1970, 1, 15), "2025-02", id="the first woman of fifty-five in the reform"),
        pytest.param("woman55", date(1969, 12, 15), "2024-12", id="a woman of fifty-five before the reform"),
        pytest.param("woman50", date(1975, 2, 28), "2025-03", id="the second of the first two of fifty"),
        pytest.param("woman50", date(1975, 3, 1), "2025-05", id="the first of the next two of fifty"),
        pytest.param("woman50", date(1974, 12, 15), "2024-12", id="a woman of fifty before the reform"),
        pytest.param("woman55", date(1981, 9, 15), "2039-09", id="a woman of fifty-five at the cap"),
        pytest.param("woman50", date(1984, 10, 15), "2039-09", id="a woman of fifty below the cap"),
        pytest.param("woman50", date(1984, 11, 15), "2039-11", id="a woman of fifty at the cap"),
    ],
)
def test_the_month(policy: ResolvedPolicy, class_: str, born_on: date, month: str) -> None:
    assert str(retirement_month(policy, born_on, class_)) == month


def test_before_the_reform_the_old_age_held() -> None:
    old = load_policies().book.resolve("retirement", "cn-50-99", date(2024, 12, 31))
    assert str(retirement_month(old, date(1970, 7, 15), "man")) == "2030-07"


@pytest.mark.parametrize(
    ("stated", "sex", "classes"),
    [
        pytest.param(None, "male", ("man",), id="a man has one class"),
        pytest.param(None, "female", ("woman55", "woman50"), id="a woman's is not read off her sex"),
        pytest.param("woman50", "female", ("woman50",), id="found by an officer"),
        pytest.param(None, None, ("man", "woman55", "woman50"), id="nothing known"),
    ],
)
def test_the_classes_that_are_possible(stated: str | None, sex: str | None, classes: tuple[str, ...]) -> None:
    assert possible_classes(stated, sex) == classes


def test_an_unknown_class_leaves_two_bounds(policy: ResolvedPolicy) -> None:
    found = retirement(policy, date(1970, 7, 31), ("woman55", "woman50"))
    assert found == Retirement(date(2020, 7, 31), date(2025, 9, 30))
    assert not found.settled
    assert retirement(policy, date(1970, 7, 31), ("man",)).settled


def test_the_day_is_that_of_the_birthday_or_the_months_last() -> None:
    assert in_month(YearMonth(2025, 2), date(1965, 1, 31)) == date(2025, 2, 28)
    assert in_month(YearMonth(2025, 3), date(1965, 1, 31)) == date(2025, 3, 31)
