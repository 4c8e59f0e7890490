"""Only facts that could still change the outcome are asked for, and none of them is left out."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import product
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rules.evaluate import evaluate
from rules.given import Given, Listed
from rules.intervals import settled
from rules.outcome import targets, verdicts
from rules.questions import asked
from rules.reckoner import Reckoner, known_facts
from rules.schema import ResolvedRules
from tests.rules.builders import a_policy, at_least_these, expect, facts
from tests.rules.random_policies import DAYS, FIRST, SINGLE, complete_facts, policies

MANY = 25
FIELDS: dict[str, Sequence[Any]] = {
    "ok": (False, True),
    "size": range(4),
    "on": (FIRST, FIRST + timedelta(days=DAYS - 1)),
}
DOMAINS: dict[str, Sequence[Any]] = {
    "flag": (False, True),
    "sure": (False, True),
    "colour": ("red", "green", "blue"),
    "count1": range(5),
    "count2": range(4),
    "on1": [FIRST + timedelta(days=number) for number in range(DAYS)],
    "on2": [FIRST + timedelta(days=number) for number in range(DAYS)],
}


def brute_force(policy: ResolvedRules, known: Mapping[str, Given], unknown: Sequence[str]) -> tuple[set[str], set[Any]]:
    """Facts for which two completions that differ in them alone come out differently, and all that can come out."""
    outcomes = {values: comes_to(policy, known, unknown, values) for values in completions(unknown)}
    return {name for index, name in enumerate(unknown) if matters(index, outcomes)}, set(outcomes.values())


def matters(index: int, outcomes: Mapping[tuple[Any, ...], Any]) -> bool:
    groups: dict[tuple[Any, ...], set[Any]] = {}
    for values, outcome in outcomes.items():
        groups.setdefault(values[:index] + values[index + 1 :], set()).add(outcome)
    return any(len(group) > 1 for group in groups.values())


def completions(unknown: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    return product(*(DOMAINS[name] for name in unknown))


def comes_to(policy: ResolvedRules, known: Mapping[str, Given], unknown: Sequence[str], values: tuple[Any, ...]) -> Any:
    whole = {**known, **dict(zip(unknown, values, strict=True))}
    return targets(policy, verdicts(Reckoner(policy, known_facts(policy, whole))))


@settings(max_examples=MANY, deadline=None, suppress_health_check=tuple(HealthCheck))
@given(policies(lists=False), complete_facts(), st.sets(st.sampled_from(SINGLE), min_size=1, max_size=3))
def test_asked_is_what_matters(policy: ResolvedRules, complete: dict[str, Given], missing: set[str]) -> None:
    unknown = sorted(missing)
    known = {name: None if name in missing else value for name, value in complete.items()}
    matter, outcomes = brute_force(policy, known, unknown)
    found = asked(policy, known_facts(policy, known))
    if found.exact:
        assert set(found.facts) == matter
    else:
        assert set(found.facts) >= matter
    if found.outcome is not None:
        assert {outcome[0] for outcome in outcomes} == {found.outcome}


@settings(max_examples=MANY, deadline=None, suppress_health_check=tuple(HealthCheck))
@given(policies(), complete_facts(), st.sets(st.sampled_from(SINGLE), max_size=1), st.data())
def test_no_part_of_an_item_is_left_out(
    policy: ResolvedRules, complete: dict[str, Given], missing: set[str], data: st.DataObject
) -> None:
    """For lists one question too many may be asked, and never one too few."""
    events = complete["events"]
    assert isinstance(events, Listed)
    parts = [(index, field) for index in range(len(events.items)) for field in FIELDS]
    hidden = sorted(data.draw(st.sets(st.sampled_from(parts), max_size=3))) if parts else []
    names = [*sorted(missing), *(f"events[{index + 1}].{field}" for index, field in hidden)]
    domains = [*(DOMAINS[name] for name in sorted(missing)), *(FIELDS[field] for _, field in hidden)]

    def with_values(values: Sequence[Any]) -> dict[str, Given]:
        items = [dict(item) for item in events.items]
        for (index, field), value in zip(hidden, values[len(missing) :], strict=True):
            items[index][field] = value
        return {**complete, **dict(zip(sorted(missing), values, strict=False)), "events": Listed(tuple(items))}

    found = asked(policy, known_facts(policy, with_values([None] * len(names))))
    outcomes = {values: comes_to(policy, with_values(values), (), ()) for values in product(*domains)}
    matter = {name for index, name in enumerate(names) if matters(index, outcomes)}
    assert matter <= set(found.facts)


TWO_DAYS = a_policy(
    facts={"born_on": "day", "applied_on": "day", "height": "one 0..300", "flag": "bool", "helper": "officer bool"},
    parameters={"limit": "60 years"},
    rules={
        "old": "age(born_on, applied_on) >= limit or flag",
        "tall": "height >= 150 and height != 200 or helper",
    },
)
WHOLE = {"born_on": "1964-05-20", "applied_on": "2024-05-20", "height": 180, "flag": "no", "helper": "no"}


def test_both_days_of_one_comparison_are_asked() -> None:
    expect(TWO_DAYS, facts(**{**WHOLE, "born_on": None, "applied_on": None}), asked=["applied_on", "born_on"])


def test_a_day_is_not_asked_when_the_other_side_of_an_or_holds() -> None:
    expect(TWO_DAYS, facts(**{**WHOLE, "born_on": None, "flag": "yes"}), conclusion="granted", asked=[])


def test_nothing_is_asked_once_a_condition_fails() -> None:
    expect(TWO_DAYS, facts(height=149, helper="no"), conclusion="refused", asked=[])


def test_an_equality_that_turns_twice_is_noticed() -> None:
    expect(TWO_DAYS, facts(**{**WHOLE, "height": None, "helper": "no"}), asked=["height"])


def test_only_the_officer_is_left_to_ask() -> None:
    expect(TWO_DAYS, facts(**{**WHOLE, "height": 200, "helper": None}), conclusion="for-judgment", asked=["helper"])


def test_a_fact_on_both_sides_that_cancels_out_is_settled_by_its_pieces() -> None:
    policy = a_policy(facts={"x": "one 0..100"}, rules={"same": "x + 1 > x"})
    found = evaluate(policy, {})
    assert (str(found.conclusion), found.asked.facts) == ("granted", ())


def test_too_many_combinations_list_everything_and_say_so() -> None:
    names = [f"x{number}" for number in range(9)]
    sums = " + ".join(names)
    policy = a_policy(
        facts=dict.fromkeys(names, "one 0..1000"), rules={f"r{n}": f"{sums} != {n * 7}" for n in range(1, 9)}
    )
    found = asked(policy, known_facts(policy, {}))
    assert (found.exact, sorted(found.facts)) == (False, names)


def test_two_unknown_refs_may_be_the_same() -> None:
    policy = a_policy(facts={"founder": "ref", "owner": "ref"}, rules={"same": "founder == owner"})
    expect(policy, {}, conclusion="needs-information", asked=["founder", "owner"])
    expect(policy, facts(founder="f", owner="f"), conclusion="granted")


def test_a_list_is_asked_while_it_could_still_decide() -> None:
    policy = a_policy(
        facts={"posts": ({"length": "months 0..36"}, 5), "flag": "bool"},
        rules={"few": "sum(p in posts, p.length) <= 36 months or flag"},
    )
    expect(policy, facts(posts=at_least_these({"length": 30}), flag="no"), asked=["posts"])
    expect(policy, facts(posts=at_least_these({"length": 30}), flag="yes"), asked=[])
    expect(policy, facts(posts=[{"length": None}, {"length": 10}], flag="no"), asked=["posts[1].length"])
    expect(policy, facts(posts=[{"length": None}], flag="no"), conclusion="granted", asked=[])


def test_a_column_is_reckoned_anew_for_every_value_that_is_tried() -> None:
    policy = a_policy(
        facts={"posts": ({"length": "one 0..9"}, 5), "needed": "one 0..9"},
        columns={"posts.long": "it.length > needed and needed > 4"},
        rules={"some": "any(p in posts, p.long)"},
    )
    expect(policy, facts(posts=[{"length": 6}]), conclusion="needs-information", asked=["needed"])
    expect(policy, facts(posts=[{"length": 4}]), conclusion="refused", asked=[])  # no number is above 4 and below 4


def test_a_number_compared_with_an_open_list_is_asked_too() -> None:
    policy = a_policy(
        facts={"posts": ({"ok": "bool"}, 5), "needed": "one 1..3"}, rules={"enough": "count(p in posts) >= needed"}
    )
    expect(policy, facts(posts=at_least_these()), asked=["needed", "posts"])
    expect(policy, facts(posts=at_least_these({}, {}, {})), conclusion="granted", asked=[])
    expect(policy, facts(posts=[{}, {}]), asked=["needed"])


def test_a_second_ground_is_not_asked_about_once_one_holds() -> None:
    policy = a_policy(
        facts={"a": "bool", "posts": ({"ok": "bool"}, 5), "never": "bool"},
        rules={"first: ground": "a", "second: ground": "any(p in posts, p.ok)", "not-if: exclusion": "never"},
    )
    expect(policy, facts(a="yes", posts=at_least_these()), asked=["never"])


def test_what_is_asked_first_settles_most() -> None:
    policy = a_policy(
        facts={"key": "bool", "left": "bool", "right": "bool"},
        rules={"all": "key and (left or right)"},
    )
    assert evaluate(policy, {}).asked.facts[0] == "key"


def test_questions_name_no_fact_twice_and_stop_at_settled() -> None:
    found = evaluate(TWO_DAYS, {})
    assert len(set(found.asked.facts)) == len(found.asked.facts) == len(WHOLE)
    assert settled(evaluate(TWO_DAYS, facts(**WHOLE)).outcome)
