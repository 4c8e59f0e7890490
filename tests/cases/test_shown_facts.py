"""Where the record and a recorded fact disagree neither is taken, until an officer has found since how it is."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.canonical import Json
from cases.days import add_months
from cases.facts import SourceKind
from cases.grants_had import Paid, grants_had
from cases.shown_facts import GRANTS, STOPS, Recorded, Shown, hold_against, of_months
from cases.wording import Wording

THE_DAY = date(2026, 3, 2)
WHERE = Wording("个案", "case")


def shown(value: Json) -> Shown:
    return Shown(value, THE_DAY, WHERE)


def recorded(value: Json, *, on: date = THE_DAY, found: bool = False) -> Recorded:
    return Recorded(value, SourceKind.FINDING if found else SourceKind.STATEMENT, on, found)


def a_grant(begins: str, ends: str, had: int, kind: str = "flexible_insurance", **more: Json) -> dict[str, Json]:
    return {"kind": kind, "from_month": begins, "until_month": ends, "had": had, **more}


def held(name: str, known: Recorded | None, value: Json) -> tuple[Any, bool]:
    """What the record adds under the name, and whether the two disagree."""
    found = hold_against({name: known} if known else {}, {name: shown(value)})
    return found.shown.get(name), name in found.unknown


def test_what_nobody_recorded_the_record_shows() -> None:
    assert held("hardship_worker", None, value=True) == (True, False)
    assert held("hardship_worker", recorded(None), value=True) == (True, False)


def test_what_agrees_stays_as_it_was_recorded() -> None:
    assert held("hardship_worker", recorded(value=True), value=True) == (None, False)


def test_what_disagrees_is_not_known() -> None:
    found = hold_against({"hardship_worker": recorded(value=False)}, {"hardship_worker": shown(value=True)})
    (conflict,) = found.conflicts
    assert (conflict.fact, conflict.recorded, conflict.recorded_on, conflict.where) == (
        "hardship_worker",
        SourceKind.STATEMENT,
        THE_DAY,
        WHERE,
    )
    assert not found.shown
    assert found.unknown == {"hardship_worker"}


def test_an_officer_settles_it_by_a_finding_of_that_day_or_later_and_not_of_before() -> None:
    the_day_before = date(2026, 3, 1)
    assert held("hardship_worker", recorded(value=False, found=True), value=True) == (None, False)
    assert held("hardship_worker", recorded(value=False, on=the_day_before, found=True), value=True) == (None, True)


HAD = a_grant("2026-01", "2026-03", 3)


@pytest.mark.parametrize(
    "known",
    [
        pytest.param([HAD], id="the same"),
        pytest.param([a_grant("2025-10", "2026-03", 6)], id="told as part of a longer one"),
    ],
)
def test_a_grant_that_was_told_is_not_counted_twice(known: Json) -> None:
    assert held(GRANTS, recorded(known), [HAD]) == (None, False)


@pytest.mark.parametrize(
    "known",
    [
        pytest.param([], id="nothing was told"),
        pytest.param([a_grant("2025-10", "2025-12", 3)], id="told of the months before"),
        pytest.param([a_grant("2026-01", "2026-03", 3, "hired_insurance")], id="told of another kind"),
    ],
)
def test_a_grant_that_was_not_told_is_added(known: list[Json]) -> None:
    assert held(GRANTS, recorded(known), [HAD]) == ([*known, HAD], False)


@pytest.mark.parametrize(
    "known",
    [
        pytest.param([a_grant("2026-02", "2026-04", 3)], id="other months"),
        pytest.param([a_grant("2026-01", "2026-03", 2)], id="fewer months"),
    ],
)
def test_a_grant_that_was_told_otherwise_is_a_conflict(known: Json) -> None:
    assert held(GRANTS, recorded(known), [HAD]) == (None, True)


def test_a_list_that_nobody_told_is_not_complete() -> None:
    assert held(GRANTS, None, [HAD]) == ({"complete": False, "items": [HAD]}, False)
    untold: Json = {"complete": False, "items": []}
    assert held(GRANTS, recorded(untold), [HAD]) == ({"complete": False, "items": [HAD]}, False)


def test_of_grants_without_months_the_day_tells_them_apart() -> None:
    once: Json = {"kind": "start_up", "paid_on": "2026-02-01"}
    other: Json = {"kind": "start_up", "paid_on": "2024-02-01"}
    assert held(GRANTS, recorded([once]), [once]) == (None, False)
    assert held(GRANTS, recorded([other]), [once]) == ([other, once], False)


def test_stop_events_are_joined() -> None:
    insured: Json = {"event": "employer_insured", "month": "2026-02"}
    pension: Json = {"event": "drew_pension", "month": "2026-03"}
    assert held(STOPS, recorded([insured]), [insured]) == (None, False)
    assert held(STOPS, recorded([insured]), [pension]) == ([insured, pension], False)
    assert held(STOPS, None, [pension]) == ({"complete": False, "items": [pension]}, False)


def test_of_a_list_by_months_only_those_claimed_count() -> None:
    january: Json = {"month": "2026-01", "pension": 1}
    february: Json = {"month": "2026-02", "pension": 2}
    assert of_months([january, february], {"2026-02"}) == [february]
    assert of_months({"complete": False, "items": [january, february]}, {"2026-01"}) == {
        "complete": False,
        "items": [january],
    }


@given(st.sets(st.integers(0, 40)), st.sets(st.integers(0, 40)))
def test_months_paid_are_grants_had_none_lost_and_none_twice(one: set[int], other: set[int]) -> None:
    first = date(2023, 11, 1)

    def paid(kind: str, months: set[int]) -> list[Paid]:
        return [Paid(kind, f"{add_months(first, number):%Y-%m}", THE_DAY, None) for number in months]

    had = grants_had([*paid("flexible_insurance", one), *paid("hired_insurance", other)])
    for kind, months in (("flexible_insurance", one), ("hired_insurance", other)):
        spans = [(item["from_month"], item["until_month"], item["had"]) for item in had if item["kind"] == kind]
        told = [
            month
            for begins, _, length in spans
            for month in range(number_of(begins, first), number_of(begins, first) + int(str(length)))
        ]
        assert sorted(told) == sorted(months)
        assert all(number_of(ends, first) - number_of(begins, first) + 1 == length for begins, ends, length in spans)


def number_of(month: Json, first: date) -> int:
    year, number = map(int, str(month).split("-"))
    return (year - first.year) * 12 + number - first.month


def test_a_year_s_grant_stands_in_the_month_in_which_it_was_paid() -> None:
    (item,) = grants_had([Paid("training", "2026", THE_DAY, date(2026, 4, 9))])
    assert item == {"kind": "training", "from_month": "2026-04", "until_month": "2026-04", "paid_on": "2026-04-09"}
