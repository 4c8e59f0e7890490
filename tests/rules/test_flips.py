"""The change that is named turns the outcome, nothing nearer does, and nothing is named that people cannot change."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from time import process_time
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, settings
from hypothesis import given as over
from hypothesis import strategies as st

from cases.determinations import Conclusion
from rules.evaluate import evaluate
from rules.flips import Flips, flips
from rules.given import Facts, Given, Listed
from rules.intervals import settled
from rules.outcome import outcome_of, verdicts
from rules.reckoner import Reckoner, known_facts
from rules.schema import ResolvedRules
from rules.units import YearMonth
from tests.rules.builders import a_policy, at_least_these, facts
from tests.rules.random_policies import DAYS, FIRST, complete_facts, less_known, policies
from tests.rules.test_decisions import HARDSHIP

MANY = 40
EVERY_DAY = [FIRST + timedelta(days=number) for number in range(DAYS)]
DOMAINS: dict[str, list[Any]] = {
    "flag": [False, True],
    "sure": [False, True],
    "colour": ["red", "green", "blue"],
    "count1": list(range(5)),
    "count2": list(range(4)),
    "on1": EVERY_DAY,
    "on2": EVERY_DAY,
    "events.on": EVERY_DAY,
    "events.size": list(range(4)),
    "events.ok": [False, True],
    "spans.from_day": EVERY_DAY,
    "spans.until": EVERY_DAY,
}


def parts(known: Facts) -> Iterator[tuple[str, Any, list[Any]]]:
    """Everything of a case that has a value, that value, and all it could be."""
    for name, value in known.items():
        if isinstance(value, Listed):
            for number, item in enumerate(value.items, 1):
                for field, now in item.items():
                    if now is not None and f"{name}.{field}" in DOMAINS:
                        yield f"{name}[{number}].{field}", now, DOMAINS[f"{name}.{field}"]
        elif value is not None:
            yield name, value, DOMAINS[name]


def changed(known: Facts, name: str, value: Any) -> dict[str, Given]:
    list_, _, part = name.partition("[")
    if not part:
        return {**known, name: value}
    number, _, field = part.partition("].")
    of = known[list_]
    assert isinstance(of, Listed)
    items = [{**item, field: value} if at == int(number) else item for at, item in enumerate(of.items, 1)]
    return {**known, list_: replace(of, items=tuple(items))}


def name_and_value(name: str, value: object) -> tuple[str, str]:
    return name, str(value).lower()


Found = set[tuple[frozenset[tuple[str, str]], Conclusion]]


def by_trying_everything(
    policy: ResolvedRules, known: Facts, now: Conclusion, also: tuple[tuple[str, str], ...] = ()
) -> Found:
    """For each part the other answers that change the outcome, or the nearest value below and above that does."""
    found: Found = set()
    for name, value, domain in parts(known):
        if name in dict(also):
            continue
        comes_to = {each: evaluate(policy, changed(known, name, each)).conclusion for each in domain if each != value}
        turning = [each for each, conclusion in comes_to.items() if conclusion is not now]
        if not isinstance(value, bool | str):
            below = [each for each in turning if each < value]
            above = [each for each in turning if each > value]
            turning = [*below[-1:], *above[:1]]
        found |= {(frozenset((*also, name_and_value(name, each))), comes_to[each]) for each in turning}
    return found


def by_trying_every_pair(policy: ResolvedRules, known: Facts, now: Conclusion) -> Found:
    return {
        each
        for name, value, domain in parts(known)
        if isinstance(value, bool | str) and "[" not in name
        for answer in domain
        if answer != value
        for each in by_trying_everything(policy, changed(known, name, answer), now, (name_and_value(name, answer),))
    }


def named(found: Flips) -> Found:
    return {(frozenset((each.fact, each.then) for each in flip.changes), flip.conclusion) for flip in found.found}


@settings(max_examples=MANY, deadline=None, suppress_health_check=tuple(HealthCheck))
@over(policies(), complete_facts(), st.data())
def test_exactly_the_nearest_changes_are_found(
    policy: ResolvedRules, complete: dict[str, Given], data: st.DataObject
) -> None:
    """Two together only where no single one is enough, the first of them another answer to a fact that is no list."""
    known = data.draw(st.one_of(st.just(complete), less_known(complete)))
    assume(settled(outcome_of(policy, verdicts(Reckoner(policy, known_facts(policy, known))))))
    now = evaluate(policy, known).conclusion
    found = flips(policy, known)
    assert not found.left_out
    single = by_trying_everything(policy, known, now)
    assert named(found) == (single or by_trying_every_pair(policy, known, now))


FALLS_SHORT = facts(
    applied_on="2024-06-01",
    waiting_since="2024-05-20",
    born_on="1990-06-01",
    in_work="no",
    disabled="no",
    household_income=400_000,
    household_size=3,
)


def told(found: Flips) -> list[tuple[str, str, str]]:
    return [(change.fact, change.then, str(flip.conclusion)) for flip in found.found for change in flip.changes]


def test_income_a_fen_at_a_time() -> None:
    """1000 yuan a head is the limit, and that is included."""
    found = flips(HARDSHIP.rules, FALLS_SHORT)
    assert told(found) == [("household_income", "300000", "granted"), ("household_size", "4", "granted")]
    assert [flip.changes[0].by for flip in found.found] == [-100_000, 1]
    assert {flip.rules for flip in found.found} == {("low-income",)}
    for income, conclusion in ((300_000, Conclusion.GRANTED), (300_001, Conclusion.REFUSED)):
        assert evaluate(HARDSHIP.rules, {**FALLS_SHORT, "household_income": income}).conclusion is conclusion


def test_what_nobody_can_change_is_not_suggested() -> None:
    """A year older, or waiting since earlier, would do: time brings the one, and the other is past."""
    older = {**FALLS_SHORT, "born_on": date(1970, 1, 1)}
    assert evaluate(HARDSHIP.rules, older).conclusion is Conclusion.GRANTED
    named = {change.fact for flip in flips(HARDSHIP.rules, FALLS_SHORT).found for change in flip.changes}
    assert not named & {"born_on", "waiting_since", "disabled", "applied_on"}


def test_what_undoes_a_grant_is_told_too() -> None:
    found = flips(HARDSHIP.rules, {**FALLS_SHORT, "household_income": 300_000})
    assert ("household_income", "300001", "refused") in told(found)
    assert ("in_work", "true", "refused") in told(found)


def test_two_changes_where_one_is_not_enough() -> None:
    (first, *_) = flips(HARDSHIP.rules, {**FALLS_SHORT, "in_work": True}).found
    assert [(change.fact, change.then) for change in first.changes] == [
        ("in_work", "false"),
        ("household_income", "300000"),
    ]
    assert first.rules == ("seeking-work", "low-income")


def test_an_open_case_has_questions_instead() -> None:
    assert flips(HARDSHIP.rules, {**FALLS_SHORT, "household_income": None}) == Flips()


def test_leaving_the_case_open_is_a_change_and_stands_last() -> None:
    """Granted for a low income; without it nobody knows yet whether the person is disabled."""
    found = flips(HARDSHIP.rules, {**FALLS_SHORT, "household_income": 300_000, "disabled": None})
    assert [str(flip.conclusion) for flip in found.found] == ["refused", "needs-information", "needs-information"]
    assert found.found[0].changes[0].fact == "in_work"


def test_a_part_of_an_item_is_named_with_the_item() -> None:
    policy = a_policy(
        facts={"posts": ({"length": "months 0..36", "ok": "bool"}, 5)},
        rules={"few": "sum(p in posts where p.ok, p.length) <= 36 months"},
    )
    posts = [{"length": 30, "ok": "yes"}, {"length": 10, "ok": "no"}]
    assert told(flips(policy, facts(posts=posts))) == [("posts[2].ok", "true", "refused")]
    more = [{"length": 30, "ok": "yes"}, {"length": 10, "ok": "yes"}]
    assert told(flips(policy, facts(posts=more))) == [
        ("posts[1].length", "26", "granted"),
        ("posts[2].length", "6", "granted"),
        ("posts[1].ok", "false", "granted"),
        ("posts[2].ok", "false", "granted"),
    ]
    assert flips(policy, facts(posts=at_least_these(*posts))) == Flips()


def test_the_nearest_on_each_side_of_a_value_that_turns_twice() -> None:
    policy = a_policy(facts={"height": "one 0..1000"}, rules={"between": "height >= 150 and height != 170"})
    assert told(flips(policy, facts(height=165))) == [("height", "170", "refused"), ("height", "149", "refused")]


@pytest.mark.parametrize(
    ("declared", "now", "rule", "then"),
    [
        pytest.param("day", date(2024, 3, 31), "since >= 2024-06-01", "2024-06-01", id="a day"),
        pytest.param("month", YearMonth(2024, 3), "since >= month(2024-06-01)", "2024-06", id="a month"),
        pytest.param("days", 10, "since >= 150 days", "150", id="a number of days"),
    ],
)
def test_values_are_told_as_readings_write_them(declared: str, now: Given, rule: str, then: str) -> None:
    policy = a_policy(facts={"since": declared}, rules={"late": rule})
    assert told(flips(policy, {"since": now})) == [("since", then, "granted")]


def test_what_cannot_be_searched_to_the_end_is_said() -> None:
    """With the fact on both sides nothing short of trying every day would tell."""
    policy = a_policy(facts={"on": "day", "flag": "bool"}, rules={"same": "(on + 1 days > on) and flag"})
    found = flips(policy, facts(on="2024-01-01", flag="yes"))
    assert told(found) == [("flag", "false", "refused")]
    assert found.left_out == ("on",)


def test_what_was_found_before_the_search_ended_stands() -> None:
    """Below lies a day that turns it; above, every day would have to be tried."""
    policy = a_policy(facts={"on": "day"}, rules={"same": "on + 1 days > on", "late": "on >= 2024-01-01"})
    found = flips(policy, facts(on="2024-01-05"))
    assert (told(found), found.left_out) == ([("on", "2023-12-31", "refused")], ("on",))


def test_a_case_that_only_its_completions_settle_is_not_searched_and_says_so() -> None:
    """Whatever x is, x + 1 is above it; the rules alone do not see that."""
    policy = a_policy(facts={"x": "one 0..100", "flag": "bool"}, rules={"above": "x + 1 > x", "flag": "flag"})
    assert evaluate(policy, facts(flag="yes")).conclusion is Conclusion.GRANTED
    assert flips(policy, facts(flag="yes")) == Flips((), ("flag",))


def test_the_officer_s_findings_stand_after_what_the_applicant_can_do() -> None:
    policy = a_policy(facts={"poor": "officer bool", "late": "bool"}, rules={"all": "poor and not late"})
    assert told(flips(policy, facts(poor="yes", late="no"))) == [
        ("late", "true", "refused"),
        ("poor", "false", "refused"),
    ]


def test_36_months_of_payments_are_searched_in_time() -> None:
    policy = a_policy(
        facts={"payments": ({"amount": "fen 0..1000000", "month": "month", "ok": "bool"}, 60)},
        rules={"enough": "sum(p in payments where p.ok, p.amount) >= 10600 yuan"},
    )
    months = [{"amount": 30_000, "month": f"{2021 + n // 12}-{n % 12 + 1:02d}", "ok": "yes"} for n in range(36)]
    begun = process_time()
    found = flips(policy, facts(payments=months))
    assert process_time() - begun < 1
    changes = [change for flip in found.found for change in flip.changes]
    assert [change.by for change in changes] == [-20_001] * 36 + [None] * 36
