"""Where one sign in a program could be another and no other test would tell: found by changing them one at a time."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from cases.determinations import Conclusion, Turn
from rules import flips as searching
from rules.evaluate import evaluate
from rules.flips import flips
from rules.given import Facts, Listed
from rules.numpy_bulk import bulk
from rules.population_facts import population_of
from rules.questions import asked
from rules.reckoner import known_facts
from rules.waking import DAYS, turning_of
from tests.rules.agreeing import check_agreement
from tests.rules.builders import a_policy
from tests.rules.test_waking import moving

ALWAYS = "(a <= b or a > b)"  # holds whatever they are, which only trying both tells
START = date(2024, 1, 1)
RANGE = "day 2024-01-01..2024-01-04"


def test_values_that_all_come_to_the_same_prove_nothing_for_those_between_them() -> None:
    """Of 37 times 29 no number is tried: each is cut for the ends of the other."""
    policy = a_policy(facts={"x": "one 0..1000", "y": "one 0..1000"}, rules={"e: exclusion": "x * y == 1073"})
    found = asked(policy, known_facts(policy, {}))
    assert (set(found.facts), found.exact, found.outcome) == ({"x", "y"}, False, None)
    assert evaluate(policy, {"x": 37, "y": 29}).conclusion is Conclusion.REFUSED
    assert evaluate(policy, {}).conclusion is Conclusion.NEEDS_INFORMATION


@pytest.mark.parametrize("n", range(-2, 4))
def test_the_first_of_less_than_nothing_are_none(n: int) -> None:
    policy = a_policy(
        facts={"n": "one -2..3", "acts": ({"size": "one 0..3"}, 3)},
        rules={"c: condition": "sum(a in first(n, acts), a.size) >= 1"},
        amount="sum(a in first(n, acts), a.size) * 1 fen",
    )
    facts: Facts = {"n": n, "acts": Listed(({"size": 1}, {"size": 2}, {"size": 3}))}
    assert check_agreement(policy, facts)
    found = evaluate(policy, facts).amount
    assert found
    assert found.lo == (0, 1, 3, 6)[max(n, 0)]


@pytest.mark.parametrize("acts", [None, Listed((), complete=False)])
def test_items_that_nobody_told_of_may_be_among_the_first_of_a_number_that_the_law_does_not_give(
    acts: Listed | None,
) -> None:
    """It was granted, and the list that arrived made it a gap."""
    policy = a_policy(
        facts={"flag": "bool", "acts": ({"size": "one 0..3"}, 3)},
        values={"number": {"a": {"be": "1", "when": "flag"}}},
        rules={"c: condition": "sum(a in first(number, acts), a.size) >= 0"},
    )
    facts: Facts = {"flag": False} if acts is None else {"flag": False, "acts": acts}
    told = {**facts, "acts": Listed(({"size": 1},))}
    assert evaluate(policy, told).conclusion is Conclusion.GAP
    assert evaluate(policy, {**facts, "acts": Listed(())}).conclusion is Conclusion.GRANTED
    assert evaluate(policy, facts).conclusion is Conclusion.NEEDS_INFORMATION
    in_bulk = bulk(policy).decide(population_of(policy, [facts])).outcome
    assert int(in_bulk[0]) == evaluate(policy, facts).outcome


def test_pairs_are_not_looked_for_where_a_single_fact_was_not_searched_to_the_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    policy = a_policy(
        facts={"flag": "bool", "sure": "bool", "n": "one 0..1000"},
        rules={"both: ground": "flag and sure", "never: ground": "n * (1000 - n) == 250001"},
    )
    facts: Facts = {"flag": False, "sure": False, "n": 0}
    monkeypatch.setattr(searching, "MOST_TRIED", 5)
    found = flips(policy, facts)
    assert (found.found, found.left_out) == ((), ("n",))


def test_what_trying_settles_as_it_was_is_no_change() -> None:
    policy = a_policy(facts={"flag": "bool", "a": RANGE, "b": RANGE}, rules={"c: condition": f"flag or {ALWAYS}"})
    assert evaluate(policy, {"flag": False}).conclusion is Conclusion.GRANTED
    assert flips(policy, {"flag": True}).found == ()


def test_a_case_that_trying_settles_from_the_next_day_on_turns_on_it() -> None:
    policy = a_policy(
        facts={"on": "day", "flag": "bool", "a": RANGE, "b": RANGE},
        rules={"c: condition": f"on <= 2024-01-01 and flag or on > 2024-01-01 and {ALWAYS}"},
    )
    assert turning_of(bulk(moving(policy, "on")), {"on": START}) == Turn(date(2024, 1, 2), Conclusion.GRANTED)


@pytest.mark.parametrize(("later", "turns"), [(DAYS, True), (DAYS + 1, False)])
def test_the_last_day_of_forty_years_is_looked_at_too(later: int, turns: bool) -> None:
    last = START + timedelta(days=later)
    policy = moving(a_policy(facts={"on": "day"}, rules={"c: condition": f"on >= {last}"}), "on")
    assert turning_of(bulk(policy), {"on": START}) == (Turn(last, Conclusion.GRANTED) if turns else None)


@pytest.mark.parametrize("twenty", range(17, 23))
def test_where_no_comparison_changes_the_very_day_is_found(twenty: int) -> None:
    """Of n >= t or 2n <= 20 - t every completion holds for a while, and then for some n neither does."""
    t = "(days(2024-01-01, on) div 1 day)"
    policy = moving(
        a_policy(
            facts={"on": "day", "n": "one 0..10"},
            rules={"c: condition": f"n >= {t} or n * 2 <= {twenty} - {t}"},
        ),
        "on",
    )
    days = [START + timedelta(days=number) for number in range(1, 11)]
    conclusions = [evaluate(policy, {"on": day}).conclusion for day in days]
    turn = next(number for number, (one, other) in enumerate(pairwise(conclusions), 1) if one is not other)
    assert conclusions[0] is Conclusion.GRANTED
    for day in days[:turn]:
        assert turning_of(bulk(policy), {"on": day}) == Turn(days[turn], Conclusion.NEEDS_INFORMATION)
