"""Bulk decisions where the dice seldom go: large numbers, long enums, lists against lists, clauses of every kind."""

from random import Random
from typing import Any

import pytest

from rules.given import Facts
from tests.rules.builders import a_policy, a_table, at_least_these, facts
from tests.rules.numpy_agreeing import differences, drawn

# -- numbers that nearly leave what the machine holds ------------------------------------------------------------

NEARLY = 2**53


@pytest.mark.parametrize(
    "most", [2**15, 2**31 - 1, 2**31, 2**40, NEARLY], ids=["2^15", "2^31-1", "2^31", "2^40", "2^53"]
)
def test_large_numbers_are_exact(most: int) -> None:
    rules = a_policy(
        facts={
            **dict.fromkeys(("paid", "other"), f"fen 0..{most}"),
            "part": f"one 0..{most}", "whole": f"one 1..{most}",
        },
        derive={
            "share": "share_half_up(paid, min(part, whole), whole)" if most < 2**26 else "paid",
            "down": "round_down(paid / 3)" if most < 2**51 else "paid",
            "half": "round_half_up(paid / 2, 1 yuan)" if most < 2**52 else "paid",
            "less": "paid - other",
        },
        rules={"a": "paid >= other", "b": "down * 1 <= share", "c": "half > less"},
        read_elsewhere=frozenset({"part", "whole"}),
    )  # fmt: skip
    ends = (0, 1, 2, most - 1, most)
    cases = [
        {"paid": paid, "part": part, "whole": max(1, whole), "other": other}
        for paid in ends
        for part in (1, most)
        for whole in (1, 3, most)
        for other in (0, most)
    ]
    assert list(differences(rules, cases)) == []
    assert list(differences(rules, [*cases, {}, {"paid": most}])) == []


def test_a_product_on_the_way_to_a_share_may_be_larger_than_the_machine_holds() -> None:
    rules = a_policy(
        facts={
            "amount": "fen 0..3000000000", "times": "one 0..4000",
            "part": "one 0..2000000", "whole": "one 1..2000000",
        },
        derive={"shared": "share_down(amount * times, part, 1000000000)", "ok": "part <= whole"},
        rules={"a": "shared >= 1 fen", "ok": "ok"},
    )  # fmt: skip
    cases = [
        {"amount": 3_000_000_000, "part": 2_000_000 - number, "whole": 2_000_000, "times": 4000 - number}
        for number in range(5)
    ]
    assert list(differences(rules, [*cases, {}])) == []


# -- shapes that the dice do not draw ----------------------------------------------------------------------------


def test_two_lists_against_each_other_and_one_against_itself() -> None:
    rules = a_policy(
        facts={
            "claims": ({"who": "ref", "sum": "fen 0..9"}, 3),
            "payments": ({"who": "ref", "sum": "fen 0..9"}, 3),
        },
        derive={"large": "filter(c in claims where c.sum >= 3 fen)"},
        rules={
            "met": "all(c in claims, any(p in payments, p.who == c.who and p.sum >= c.sum))",
            "twice": "any(a in large, any(b in claims where b.sum != a.sum, b.who == a.who))",
            "same": "sum(c in claims, sum(p in payments where p.who == c.who, p.sum)) == sum(p in payments, p.sum)",
        },
    )
    random = Random(2)  # noqa: S311 - dice
    for cases in drawn(random, rules, 150):
        assert list(differences(rules, cases)) == []


def test_a_table_without_a_row_for_what_its_key_never_is() -> None:
    rules = a_policy(
        facts={"ok": "bool", "sure": "bool"},
        derive={"hue": "if ok then red else if sure then green else brown"},
        tables=[a_table("fee", ["red|green|blue|brown"], "fen", ("red", "1"), ("green", "3"), ("brown", "5"))],
        rules={"a": "fee[hue] >= 3 fen"},
    )
    cases = [facts(ok=ok, sure=sure) for ok in ("yes", "no", None) for sure in ("yes", "no", None)]
    assert list(differences(rules, cases)) == []
    assert list(differences(rules, [case for case in cases if None not in case.values()])) == []


MANY = [f"g{number}" for number in range(13)]


def test_more_guards_than_ways_are_looked_at() -> None:
    rules = a_policy(
        facts=dict.fromkeys(MANY, "bool"),
        values={"v": {name: {"be": str(place), "when": name} for place, name in enumerate(MANY)}},
        rules={"a": "v <= 20", "b": "v >= 3"},
    )
    random = Random(3)  # noqa: S311 - dice
    cases: list[Facts] = [
        {},
        {"g1": True},
        {"g1": False, "g2": False},
        dict.fromkeys(MANY, False),
        {"g0": True, "g1": True},
    ]
    cases += [{name: random.random() < 0.2 for name in MANY if random.random() < 0.9} for _ in range(30)]
    assert list(differences(rules, cases)) == []


@pytest.mark.parametrize("members", [62, 63, 255, 256, 257, 300])
def test_enums_of_many_members(members: int) -> None:
    places = [f"p{number}" for number in range(members)]
    last, near = places[-1], places[members // 2]
    rules = a_policy(
        facts={"home": "|".join(places), "work": "|".join(places), "ok": "bool"},
        derive={"place": f"if ok then home else {last}"},
        rules={
            "same": "home == work",
            "last": f"place == {last}",
            "one-of": f"work in {{{places[0]}, {near}, {last}}}",
        },
    )
    cases = [
        facts(home=home, work=work, ok=ok)
        for home in (places[0], last, None)
        for work in (near, last, None)
        for ok in ("yes", "no", None)
    ]
    assert list(differences(rules, cases)) == []
    assert list(differences(rules, [case for case in cases if None not in case.values()])) == []


def test_a_list_that_may_not_be_whole_for_some_and_is_for_others() -> None:
    rules = a_policy(
        facts={"refusals": ({"on": "day", "good": "bool"}, 4), "n": "one 0..4"},
        rules={
            "few": "most_within(each(r in refusals where not r.good, r.on), 6 months) < 3",
            "first": "count(r in first(n, refusals) where r.good) >= 1",
            "last": "most(r in refusals, r.on, 2020-01-01) <= 2024-05-05",
        },
    )
    day = "2024-05-05"
    cases = [
        facts(refusals=[{"on": day, "good": "no"}], n=1),
        facts(refusals=at_least_these({"on": day, "good": "yes"}, {"on": day}), n=1),
        facts(refusals=[], n=0),
        facts(n=2),
        facts(refusals=at_least_these({"good": "no"})),
    ]
    assert list(differences(rules, cases)) == []


# -- clauses -----------------------------------------------------------------------------------------------------

GUARDS = ("a", "b", "c", "not a", "d", "fee[place] > 1 fen", "split > 1", "split > 1 or d", "fee[place] > 1 fen and c")


def clauses(random: Random, number: int) -> dict[str, dict[str, Any]]:
    """Each may beat some of those before it; guards may be gaps and conflicts themselves."""
    found: dict[str, dict[str, Any]] = {}
    for place in range(number):
        beats = tuple(name for name in found if random.random() < 0.4)
        guard = {"when": random.choice(GUARDS)} if random.random() < 0.9 else {}
        found[f"k{place}"] = {"be": f"{place}", "beats": beats, **guard}
    return found


def test_which_clause_wins_is_what_looking_at_every_way_finds() -> None:
    random = Random(9)  # noqa: S311 - dice
    for _ in range(40):
        rules = a_policy(
            facts={"place": "north|south", **dict.fromkeys("abcd", "bool")},
            tables=[a_table("fee", ["north|south"], "fen", ("north", "5"))],
            values={
                "split": {"one": {"be": "1", "when": "a"}, "two": {"be": "2", "when": "b"}},
                "term": clauses(random, random.randint(2, 6)),
            },
            rules={"r": "term >= 2"},
            read_elsewhere=frozenset({"place", "fee", *"abcd"}),
        )
        for cases in drawn(random, rules, 24):
            assert list(differences(rules, cases)) == []
