"""What the shipped policies allow in an agreement, and the minimum wages that they name."""

from datetime import date

import pytest

from activities.bootstrap import load_policies
from cases.authorities import Tag
from rules.agreement_law import agreements
from rules.errors import PolicyError
from rules.loading import load
from rules.policies import NoPolicyInForce, PolicyBook
from rules.review_body import review_body

BOOK = load_policies().book
ON = date(2026, 3, 2)


def test_the_limits_of_the_law() -> None:
    found = agreements(BOOK.resolve("agreements", "cn-50-99", ON))
    law = found.law
    part_time = (law.part_time_minutes_per_day, law.part_time_minutes_per_week, law.part_time_settlement_days)
    assert [limit.value for limit in part_time] == [240, 1440, 15]
    assert [law.probation.at_most(months) for months in (2, 3, 11, 12, 35, 36, None)] == [0, 1, 1, 2, 2, 6, 6]
    assert (law.working_age.value, law.public_post_months.value, found.near_retirement.value) == (16, 36, 60)
    assert law.part_time_minutes_per_day.authority.tag is Tag.FULL_TEXT


@pytest.mark.parametrize(
    ("place", "on", "minimum"),
    [
        pytest.param("cn-50-99", date(2025, 1, 1), 233_000, id="from its first day"),
        pytest.param("cn-50-99", date(2024, 12, 31), None, id="the day before none is on file"),
        pytest.param("cn-42-02-99", ON, None, id="none is guessed where none is on file"),
    ],
)
def test_a_minimum_wage_is_the_places_own(place: str, on: date, minimum: int | None) -> None:
    found = agreements(BOOK.resolve("agreements", place, on)).monthly_minimum
    assert (found.value if found else None) == minimum


def test_a_limit_that_is_left_unsaid_is_refused() -> None:
    text = """
id: agreements
title: {zh: 例, en: Example}
kind: agreements
jurisdiction: cn
selected_by: started_on
reviewed_on: 2026-11-25
versions:
  2008-01-01:
    limits:
      working-age: {years: 16, authority: 例, tag: M}
"""
    book = PolicyBook.of(load(text, "p.yaml"))
    with pytest.raises(PolicyError, match="part-time-per-day"):
        agreements(book.resolve("agreements", "cn", ON))


def test_a_place_names_its_review_body_or_has_none() -> None:
    found = review_body(BOOK.resolve("review", "cn-50-99", ON))
    assert (found.name.zh, found.authority.tag) == ("示例区就业服务中心", Tag.MEMORY)
    with pytest.raises(NoPolicyInForce, match="leaves review to the place"):
        BOOK.resolve("review", "cn-37-99", ON)
