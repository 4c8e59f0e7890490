"""Many cases of one policy, each decided by two engines: they agree, or it is named."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import pytest

from bench.rules_plain import decided_by_hand
from bench.rules_population import CATEGORIES, OUTPUTS, columns, people
from cases.determinations import Disagreement, Verdict
from rules.agreed import AgreedPolicy
from rules.durable_engine import LoadedProgram
from rules.durable_program import OUTCOME, DurableProgram
from rules.policies import PolicyBook
from rules.python_program import Fields, program_of

POLICY = PolicyBook.load(Path(__file__).parents[2] / "bench" / "policies").resolve(
    "bench-subsidies", "cn", date(2026, 6, 1)
)
AGREED = AgreedPolicy(POLICY)
PEOPLE = people(columns(400))
LOADED = LoadedProgram(POLICY.engine.program)


def engine(program: DurableProgram, fields: Mapping[str, int | str]) -> dict[str, Verdict]:
    announced = LOADED.verdicts(fields)
    return {rule: Verdict(announced.get(rule, Verdict.UNKNOWN)) for rule in program.judged}


def engine_for_many(program: DurableProgram, cases: Sequence[Fields]) -> list[Mapping[str, Verdict] | Exception]:
    return [engine(program, fields) for fields in cases]


def test_two_engines_agree_on_people_one_by_one_and_in_batches() -> None:
    one_by_one = [AGREED.decide(each, engine) for each in PEOPLE]
    assert all(each.decided for each in one_by_one)
    assert list(AGREED.decide_many(PEOPLE, engine_for_many, at_once=64)) == one_by_one


def test_what_was_generated_comes_to_what_was_written_by_hand() -> None:
    values = program_of(POLICY).values(*OUTPUTS)
    assert [values(each) for each in PEOPLE] == list(map(decided_by_hand, PEOPLE))
    names = (*POLICY.rules.parts, *POLICY.rules.values)
    traces = [dict(zip(names, AGREED.decide(each, engine).trace[3], strict=True)) for each in PEOPLE]
    assert [tuple(trace[name] for name in OUTPUTS) for trace in traces] == list(map(decided_by_hand, PEOPLE))
    assert {each[0] for each in map(decided_by_hand, PEOPLE)} == set(CATEGORIES)


@pytest.mark.parametrize("rule", ["s2-training", OUTCOME])
def test_a_rule_on_which_they_differ_is_named(rule: str) -> None:
    def contrary(program: DurableProgram, fields: Mapping[str, int | str]) -> dict[str, Verdict]:
        return {**engine(program, fields), rule: Verdict.UNKNOWN}

    found = AGREED.decide(PEOPLE[0], contrary)
    right = engine(POLICY.engine.program, AGREED._fields(PEOPLE[0]))[rule]
    assert not found.decided
    assert found.disagreements == (Disagreement(rule, right, Verdict.UNKNOWN),)


def test_a_case_that_the_engine_did_not_answer_is_not_decided_and_says_why() -> None:
    def failing_once(program: DurableProgram, cases: Sequence[Fields]) -> list[Mapping[str, Verdict] | Exception]:
        return [RuntimeError("The engine's process ended."), *engine_for_many(program, cases[1:])]

    first, *others = AGREED.decide_many(PEOPLE[:5], failing_once)
    assert (first.decided, first.unanswered) == (False, "The engine's process ended.")
    assert all(each.decided for each in others)
