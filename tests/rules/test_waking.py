"""The day on which time alone turns an outcome: against a walk from day to day with the evaluator."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.determinations import Conclusion, Turn
from rules import waking
from rules.evaluate import evaluate
from rules.given import Facts, Given, Listed
from rules.numpy_bulk import bulk
from rules.policies import PolicyBook
from rules.schema import ResolvedRules
from rules.types import TRUTH
from rules.units import YearMonth
from rules.waking import OPEN, turning, turning_of, varied
from tests.rules.builders import a_policy
from tests.rules.builders import facts as some_facts
from tests.rules.example_policies import EVERY_POLICY
from tests.rules.random_policies import FIRST, complete_facts, less_known, policies
from tests.rules.shape_facts import Near
from tests.rules.test_first_law import SLOW

BOOK = PolicyBook.load(Path(__file__).parents[2] / "policies")
HORIZON = timedelta(days=70)
ONE_DAY = timedelta(days=1)


def moving(rules: ResolvedRules, name: str) -> ResolvedRules:
    return replace(rules, facts={**rules.facts, name: replace(rules.facts[name], moves=True)})


def walked(rules: ResolvedRules, facts: Facts, name: str, last: date) -> Turn | None:
    before = evaluate(rules, facts).conclusion
    day = facts[name]
    assert isinstance(day, date)
    while day < last:
        day += ONE_DAY
        found = evaluate(rules, {**facts, name: day}).conclusion
        if found is not before and not (found in OPEN and before in OPEN):
            return Turn(day, found)
    return None


@settings(max_examples=20, deadline=None, suppress_health_check=SLOW)
@given(policies(until=FIRST + HORIZON), complete_facts(), st.data())
def test_the_day_is_the_first_of_a_walk(policy: ResolvedRules, complete: dict[str, Given], data: st.DataObject) -> None:
    rules = moving(policy, "on1")
    some = {**data.draw(less_known(complete)), "on1": complete["on1"]}
    for facts in (complete, some):
        assert turning_of(bulk(rules), facts) == walked(rules, facts, "on1", FIRST + HORIZON)


@pytest.mark.parametrize("cells", [9 * 100, 9 * 1000])
def test_days_that_do_not_fit_into_memory_together_are_looked_at_one_after_another(
    cells: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = moving(
        a_policy(
            facts={"on": "day", "acts": ({"at": "day"}, 9)},
            rules={"c: condition": "count(a in acts where a.at + 30 days >= on and a.at <= on) < 2"},
        ),
        "on",
    )
    days = (date(2024, 1, 20), date(2024, 2, 10), date(2024, 2, 12))
    facts: Facts = {"on": date(2024, 1, 1), "acts": Listed(tuple({"at": day} for day in days))}
    assert turning_of(bulk(rules), facts) == Turn(date(2024, 2, 10), Conclusion.REFUSED)
    at_once = [*turns_one_after_another(rules, facts)]
    monkeypatch.setattr(waking, "MOST_CELLS", cells)
    assert [*turns_one_after_another(rules, facts)] == at_once
    assert len(at_once) == 2  # until the second of three is thirty days ago


def turns_one_after_another(rules: ResolvedRules, facts: Facts) -> Iterator[Turn]:
    while turn := turning_of(bulk(rules), facts):
        yield turn
        facts = {**facts, "on": turn.on}


# -- a window that opens and closes ------------------------------------------------------------------------------

WINDOW = moving(
    a_policy(
        facts={"applied_on": "day 2020-01-01..2090-12-31", "born_on": "day 1950-01-01..2010-12-31", "ok": "bool"},
        rules={"old": "age(born_on, applied_on) >= 50 years", "not-too-old": "age(born_on, applied_on) < 60 years"},
        derive={"unread": "ok"},
        read_elsewhere=frozenset({"ok"}),
    ),
    "applied_on",
)


@pytest.mark.parametrize(
    ("situation", "turns"),
    [
        pytest.param(
            {"applied_on": "2026-01-01", "born_on": "1980-02-29"},
            Turn(date(2030, 2, 28), Conclusion.GRANTED),
            id="fifty on the last day of February",
        ),
        pytest.param(
            {"applied_on": "2030-02-28", "born_on": "1980-02-29"},
            Turn(date(2040, 2, 29), Conclusion.REFUSED),
            id="sixty ten years on",
        ),
        pytest.param({"applied_on": "2050-01-01", "born_on": "1980-02-29"}, None, id="past the window for good"),
        pytest.param({"applied_on": "2026-01-01", "born_on": None}, None, id="the other fact is unknown"),
        pytest.param({"applied_on": None, "born_on": "1980-02-29"}, None, id="the day itself is unknown"),
        pytest.param({"applied_on": "2090-12-31", "born_on": "2010-12-31"}, None, id="the last day there is"),
        pytest.param(
            {"applied_on": "2026-01-01", "born_on": "2010-12-31"},
            Turn(date(2060, 12, 31), Conclusion.GRANTED),
            id="within forty years",
        ),
    ],
)
def test_a_window_turns_when_it_opens_and_when_it_closes(situation: dict[str, str | None], turns: Turn | None) -> None:
    assert turning_of(bulk(WINDOW), some_facts(**situation)) == turns


# -- a cap by calendar year, a wait, and both at once -----------------------------------------------------------

CAP = moving(
    a_policy(
        facts={"applied_on": "day", "grants": ({"paid_on": "day"}, 5), "ready_on": "day"},
        parameters={"yearly": "2"},
        rules={
            "within-cap: condition": "count(g in grants where year(g.paid_on) == year(applied_on)) < yearly",
            "ready: condition": "applied_on >= ready_on",
        },
    ),
    "applied_on",
)
TWICE = [{"paid_on": "2026-03-01"}, {"paid_on": "2026-09-01"}]


@pytest.mark.parametrize(
    ("ready_on", "grants", "turns"),
    [
        pytest.param("2026-01-01", TWICE, Turn(date(2027, 1, 1), Conclusion.GRANTED), id="the cap lifts on 1 January"),
        pytest.param("2027-01-05", TWICE, Turn(date(2027, 1, 5), Conclusion.GRANTED), id="but there is a wait"),
        pytest.param("2027-01-05", [], Turn(date(2027, 1, 5), Conclusion.GRANTED), id="only a wait"),
        pytest.param("2026-01-01", [], None, id="nothing changes"),
        pytest.param(
            "2026-01-01",
            Listed(tuple(TWICE), complete=False),
            Turn(date(2027, 1, 1), Conclusion.NEEDS_INFORMATION),
            id="there may be more of them",
        ),
    ],
)
def test_a_cap_that_lifts_with_the_year(ready_on: str, grants: object, turns: Turn | None) -> None:
    situation = some_facts(applied_on="2026-11-20", ready_on=ready_on, grants=grants)
    assert turning_of(bulk(CAP), situation) == turns


def test_an_outcome_that_turns_and_turns_back_is_woken_on_the_first_day() -> None:
    policy = moving(
        a_policy(
            facts={"applied_on": "day", "spent": ({"from_day": "day", "until": "day"}, 3)},
            rules={"away: exclusion": "covers(spent, applied_on, applied_on)"},
        ),
        "applied_on",
    )
    away = [{"from_day": "2026-12-24", "until": "2026-12-24"}]
    one_day = some_facts(applied_on="2026-11-20", spent=away)
    assert turning_of(bulk(policy), one_day) == Turn(date(2026, 12, 24), Conclusion.REFUSED)


# -- the policies that ship --------------------------------------------------------------------------------------

HARDSHIP = BOOK.resolve("hardship-worker", "cn-50-99", date(2026, 11, 1))
DIFFICULTY = BOOK.resolve("employment-difficulty", "cn-37-99", date(2026, 11, 1))
WORKER: Facts = {
    "applied_on": date(2026, 11, 1),
    "waiting_since": date(2026, 10, 1),
    "born_on": date(1990, 5, 5),
    "disabled": False,
    "household_size": 3,
    "household_income": 100_000_00,
    "in_work": False,
}


@pytest.mark.parametrize(
    ("situation", "turns"),
    [
        pytest.param({}, Turn(date(2026, 12, 30), Conclusion.GRANTED), id="ninety days without work"),
        pytest.param(
            {"born_on": date(1976, 12, 25)}, Turn(date(2026, 12, 25), Conclusion.GRANTED), id="fifty before that"
        ),
        pytest.param({"waiting_since": date(2026, 1, 1)}, None, id="granted already"),
        pytest.param({"in_work": True}, None, id="in work, however long"),
    ],
)
def test_a_hardship_worker_is_one_day_long_enough_without_work(situation: Facts, turns: Turn | None) -> None:
    assert turning(HARDSHIP, {**WORKER, **situation}) == turns


MOVING = {
    f"{name}: {fact.name}": (policy, fact)
    for name, policy in EVERY_POLICY.items()
    for fact in policy.rules.facts.values()
    if fact.moves
}


@pytest.mark.parametrize("name", MOVING)
def test_the_day_is_the_first_of_a_walk_by_every_policy_file(name: str) -> None:
    policy, fact = MOVING[name]
    near = Near(policy.rules, Random(name))  # noqa: S311 - dice
    for turn in range(6):
        facts = {fact.name: None, **near.case(policy.rules.facts, (0.9, 1.0)[turn % 2])}
        start = facts[fact.name]
        if not isinstance(start, date):
            continue
        last = start + timedelta(days=60)
        found = turning(policy, facts)
        assert (found if found and found.on <= last else None) == walked(policy.rules, facts, fact.name, last)


def test_the_first_month_of_retirement_closes_it() -> None:
    truths = [fact.name for fact in DIFFICULTY.rules.facts.values() if fact.type == TRUTH]
    person: Facts = {
        **dict.fromkeys(truths, False),
        "registered_unemployed": True,
        "local_household": True,
        "applied_on": date(2026, 11, 1),
        "born_on": date(1967, 2, 1),
        "sex": "male",
        "retirement_month": YearMonth(2027, 6),
        "unemployed": Listed(),
    }
    assert turning(DIFFICULTY, person) == Turn(date(2027, 6, 1), Conclusion.REFUSED)


# -- one fact at many values -------------------------------------------------------------------------------------


def test_one_fact_at_many_values_is_what_the_evaluator_says_of_each() -> None:
    days = [date(2026, 7, 1) + timedelta(days=shift) for shift in range(0, 130, 7)]
    found = varied(HARDSHIP, WORKER, "waiting_since", [*days, None])
    each = [evaluate(HARDSHIP.rules, {**WORKER, "waiting_since": day}).conclusion for day in (*days, None)]
    assert found == each
    assert {Conclusion.GRANTED, Conclusion.REFUSED, Conclusion.NEEDS_INFORMATION} == set(found)


def test_cases_that_lack_different_facts_share_one_program() -> None:
    program = bulk(HARDSHIP.rules)
    lacking = [
        {name: value for name, value in WORKER.items() if name != other} for other in ("disabled", "born_on", "")
    ]
    for facts in (*lacking, WORKER):
        turning_of(program, facts)
    assert program.kept == 2  # of those that lack something, and of the one that does not
