"""Many cases at once come out as each of them does by itself."""

import gc
import re
from importlib import import_module
from pathlib import Path
from random import Random
from typing import Any
from weakref import ref

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules import numpy_truths
from rules.given import Facts, Given
from rules.numpy_bulk import bulk
from rules.numpy_joining import compared
from rules.population_facts import population_of
from rules.schema import ResolvedRules
from tests.rules.builders import a_policy, a_table, at_least_these, facts
from tests.rules.example_policies import EVERY_POLICY
from tests.rules.numpy_agreeing import decided, differences
from tests.rules.quick_policies import a_random_policy, some_facts
from tests.rules.random_policies import complete_facts, less_known, policies
from tests.rules.shape_facts import Near
from tests.rules.test_first_law import SLOW

KNOWN = (1.0, 0.85, 0.6)
SHAPES = {
    f"{file.stem.removeprefix('test_shapes_')} {name}": value
    for file in sorted(Path(__file__).parent.glob("test_shapes_*.py"))
    for name, value in vars(import_module(f"tests.rules.{file.stem}")).items()
    if isinstance(value, ResolvedRules)
}


def drawn(random: Random, rules: ResolvedRules, number: int) -> tuple[list[Facts], list[Facts]]:
    """Cases of which everything is known, and cases of which not."""
    types = {name: fact.type for name, fact in rules.facts.items()}
    whole: list[Facts] = [some_facts(random, types) for _ in range(number)]
    return whole, [some_facts(random, types, KNOWN[turn % len(KNOWN)]) for turn in range(number)]


@pytest.mark.parametrize("seed", range(4))
def test_random_policies_come_out_as_the_evaluator_says(seed: int) -> None:
    random = Random(seed)  # noqa: S311 - dice
    for _ in range(12):
        rules = a_random_policy(random)
        program = bulk(rules)
        for cases in drawn(random, rules, 20):
            assert list(differences(rules, cases, program)) == []


@settings(max_examples=20, deadline=None, suppress_health_check=SLOW)
@given(policies(), st.lists(complete_facts(), min_size=2, max_size=2), st.data())
def test_smallest_policy_that_comes_out_otherwise(
    policy: ResolvedRules, complete: list[dict[str, Given]], data: st.DataObject
) -> None:
    """The same by hypothesis, which makes what it finds small."""
    some = [data.draw(less_known(case)) for case in complete for _ in range(2)]
    assert list(differences(policy, complete)) == []
    assert list(differences(policy, [*complete, *some])) == []


@pytest.mark.parametrize("name", SHAPES)
def test_every_shape_of_real_provisions_comes_out_as_the_evaluator_says(name: str) -> None:
    rules, random = SHAPES[name], Random(name)  # noqa: S311 - dice
    near = Near(rules, random)
    for known in ((1.0,), KNOWN):
        cases = [near.case(rules.facts, known[turn % len(known)]) for turn in range(60)]
        assert list(differences(rules, cases)) == []


@pytest.mark.parametrize("name", EVERY_POLICY)
def test_every_policy_file_comes_out_as_the_evaluator_says(name: str) -> None:
    rules, random = EVERY_POLICY[name].rules, Random(name)  # noqa: S311 - dice
    near = Near(rules, random)
    for known in ((1.0,), KNOWN):
        cases = [near.case(rules.facts, known[turn % len(known)]) for turn in range(20)]
        assert list(differences(rules, cases)) == []


def test_the_shapes_were_found() -> None:
    assert len(SHAPES) > 25
    assert len(EVERY_POLICY) > 40


def test_whether_others_are_known_changes_nobody() -> None:
    """The plain form, with masks alone, against the one that also holds what is unknown."""
    random = Random(5)  # noqa: S311 - dice
    for _ in range(15):
        rules = a_random_policy(random)
        whole, some = drawn(random, rules, 10)
        alone, among_others = decided(rules, whole), decided(rules, [*whole, *some])
        for rule, answers in alone.verdicts.items():
            assert answers.tolist() == among_others.verdicts[rule][: len(whole)].tolist()


def planted(sign: str, *rest: Any) -> Any:
    return compared({">=": ">"}.get(sign, sign), *rest)


def test_a_planted_greater_for_at_least_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(numpy_truths, "compared", planted)
    random = Random(1)  # noqa: S311 - dice
    found = 0
    for _ in range(20):
        rules = a_random_policy(random)
        found += sum(bool(list(differences(rules, cases))) for cases in drawn(random, rules, 20))
    assert found > 5


# -- what is generated -------------------------------------------------------------------------------------------


def test_no_word_of_a_policy_gets_into_the_program() -> None:
    rules = a_policy(
        facts={"import_os": "bool", "危险": "evil|good", "who": "ref", "rows": ({"exec": "bool"}, 3)},
        rules={"a": "import_os and 危险 == evil", "b": "any(r in rows, r.exec)", "c": "who == who"},
    )
    people = population_of(rules, [facts(import_os="yes", 危险="evil", who="x", rows=[])])
    text = bulk(rules).program(people).text
    assert not set(re.findall(r"\w+", text)) & {
        "import_os",
        "危险",
        "evil",
        "good",
        "who",
        "rows",
        "exec",
        "x",
        "r.exec",
    }
    assert set(re.findall(r"[a-z_]+", text)) <= {
        *(
            "def",
            "decide",
            "o",
            "out",
            "subtract",
            "uint",
            "c",
            "k",
            "r",
            "t",
            "del",
            "return",
            "any",
            "axis",
            "logic",
            "bits",
            "np",
            "int",
            "view",
        )
    }


def test_one_program_serves_all_populations_of_one_shape() -> None:
    rules = a_policy(facts={"ok": "bool"}, rules={"a": "ok"})
    program = bulk(rules)
    known, unknown = (population_of(rules, [facts(ok=value)]) for value in ("yes", None))
    assert program.program(known) is program.program(population_of(rules, [facts(ok="no")] * 3))
    assert program.program(known) is not program.program(unknown)


def test_a_program_that_is_kept_keeps_nobody_of_whom_it_was_made() -> None:
    rules = a_policy(facts={"ok": "bool", "who": "ref"}, rules={"a": "ok and who == who"})
    program, people = bulk(rules), population_of(rules, [facts(ok="yes", who="x")])
    program.decide(people)
    column = ref(people.columns["ok"])
    del people
    gc.collect()
    assert column() is None
    assert program.kept == 1


def test_nobody_at_all() -> None:
    rules = a_policy(facts={"ok": "bool"}, rules={"a": "ok"})
    assert decided(rules, []).outcome.size == 0


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


# -- why not -----------------------------------------------------------------------------------------------------


def test_why_not_counts_the_conditions_before_the_first_that_fails() -> None:
    rules = a_policy(
        facts={"years_old": "months 0..1200", "retires": "months 0..1200", "landless": "bool"},
        derive={"of_working_age": "years_old >= 192 months and years_old < retires"},
        rules={"ground: ground": "of_working_age and landless"},
    )
    cases = [
        facts(years_old=100, retires=720, landless="yes"),
        facts(years_old=720, retires=720, landless="yes"),
        facts(years_old=300, retires=720, landless="no"),
        facts(years_old=300, retires=720, landless="yes"),
        facts(years_old=None, retires=0, landless="no"),
        facts(years_old=300, retires=None, landless="no"),
    ]
    assert decided(rules, cases).why["ground"].tolist() == [0, 1, 2, 3, 1, 2]
