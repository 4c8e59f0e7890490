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
from rules.given import Given
from rules.numpy_bulk import bulk
from rules.numpy_joining import compared
from rules.population_facts import population_of
from rules.schema import ResolvedRules
from tests.rules.builders import a_policy, facts
from tests.rules.example_policies import EVERY_POLICY
from tests.rules.numpy_agreeing import KNOWN, decided, differences, drawn
from tests.rules.quick_policies import a_random_policy
from tests.rules.random_policies import complete_facts, less_known, policies
from tests.rules.shape_facts import Near
from tests.rules.test_first_law import SLOW

SHAPES = {
    f"{file.stem.removeprefix('test_shapes_')} {name}": value
    for file in sorted(Path(__file__).parent.glob("test_shapes_*.py"))
    for name, value in vars(import_module(f"tests.rules.{file.stem}")).items()
    if isinstance(value, ResolvedRules)
} | {name: policy.rules for name, policy in EVERY_POLICY.items()}


@pytest.mark.parametrize("seed", range(3))
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
        cases = [near.case(rules.facts, known[turn % len(known)]) for turn in range(40)]
        assert list(differences(rules, cases)) == []


def test_the_shapes_were_found() -> None:
    assert len(SHAPES) > 40


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
