"""What the engine is asked is what the policy says: every policy that ships, with facts known and unknown."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from cases.canonical import Json
from cases.determinations import Verdict
from rules.decisions import disagreements
from rules.durable_compiler import EnginePolicy
from rules.durable_engine import LoadedProgram
from rules.durable_program import OUTCOME, AllOf, AnyOf, Comparison, Condition, DurableProgram, EngineRule, Test
from rules.engine_fields import engine_fields
from rules.facts import given
from rules.given import Facts
from rules.outcome import verdicts as verdicts_of
from rules.policies import NoPolicyInForce, PolicyBook, ResolvedPolicy
from rules.reckoner import Reckoner, known_facts
from rules.schema import Fact
from rules.types import Choice, Day, Month, Number, Records, Ref, Truth, Type
from rules.units import YearMonth
from tests.rules.books import a_book, a_policy, indented, rule

SHIPPED = PolicyBook.load(Path(__file__).parents[2] / "policies")


def decided_policies(book: PolicyBook) -> Iterator[ResolvedPolicy]:
    for id_, files in book.files.items():
        for file in files:
            for version in file.versions:
                try:
                    policy = book.resolve(id_, file.jurisdiction, version.since)
                except NoPolicyInForce:
                    continue
                if policy.rules.rules:
                    yield policy


SHIPPED_POLICIES = {f"{policy.policy} {policy.version}": policy for policy in decided_policies(SHIPPED)}

ODD_SHAPES = """
2024-01-01:
  parameters:
    women: {value: 40, unit: year, authority: 甲, tag: T}
    men: {value: 50, unit: year, authority: 甲, tag: T}
    share: {value: 2/3, authority: 甲, tag: T}
    usual: {value: female, authority: 甲, tag: T}
    either: {set: [female, male], authority: 甲, tag: T}
  tables:
    due: {keys: {sex: [female, male]}, unit: fen, rows: [{sex: female, value: 100, authority: 乙, tag: T}]}
  derive:
    old: "age(born_on, applied_on) >= (if sex == female then women else men)"
    small: "paid * share < 10000 fen"
  values:
    limit:
      general: {be: 30 days, authority: 丙, tag: T}
      poorer: {beats: [general], when: poor, be: 10 days, authority: 丙, tag: T}
      disabled: {beats: [general], when: disabled, be: 20 days, authority: 丙, tag: T}
  rules:
"""
ODD_RULES = (
    rule("old", "old"),
    rule("not-old-or-small", "not old or small"),
    rule("if-known", "if disabled then old else small"),
    rule("if-table", "if due[sex] > paid then disabled else disabled"),
    rule("table", "paid >= due[sex]", "condition"),
    rule("clauses", "days(born_on, applied_on) >= limit * 600"),
    rule("member", "sex == male and sex != usual"),
    rule("set", "sex in either"),
    rule("not-in", "sex not in {male}", "exclusion"),
    rule("same-day", "born_on == applied_on", "exclusion"),
    rule("other-day", "born_on != applied_on"),
    rule("covers", "covers(unemployed, applied_on - 1 year, applied_on)"),
    rule("any-with-cause", "any(u in unemployed, not u.good)"),
    rule("month", "month(applied_on) - started > 3 months"),
    rule("path", "not (disabled and poor)", "path"),
    rule("fraction", "paid * share <= 6667 fen"),
    rule("certain", "sex in {female, male} or waited < 0 days"),
)
ODD = a_book(a_policy(ODD_SHAPES + indented("\n".join(ODD_RULES), 4))).resolve("example", "cn", date(2024, 1, 1))
PATHS = a_book(
    a_policy("2024-01-01:\n  rules:\n" + indented(rule("a", "disabled", "path") + "\n" + rule("b", "poor", "path"), 4))
).resolve("example", "cn", date(2024, 1, 1))
MANY = a_book(
    a_policy(
        "2024-01-01:\n  rules:\n"
        + "\n".join(indented(rule(f"g{place}", f"waited == {place} days"), 4) for place in range(20))
        + indented(rule("c", "disabled", "condition"), 4)
    )
).resolve("example", "cn", date(2024, 1, 1))
ALL = {**SHIPPED_POLICIES, "odd shapes": ODD, "all paths": PATHS, "more than fifteen": MANY}

DAYS = [date(2024, 6, 1) + timedelta(days=shift) for shift in (-18263, -14610, -366, -365, -90, -89, -1, 0, 1, 30)]


def some_value(random: Random, type_: Type) -> Json:  # noqa: PLR0911 - one line per type
    match type_:
        case Truth():
            return random.random() < 0.5
        case Choice(members):
            return random.choice(members)
        case Day():
            first = date.fromordinal(type_.least)
            return str(max(first, random.choice(DAYS)))
        case Month():
            return str(YearMonth.of(random.choice(DAYS)))
        case Number(least=least, most=most):
            near = [0, 1, 2, 19, 99, 100, 150, 9999, 10000, 10001, 14999, 15000, 15001, 100000, 100001]
            return int(random.choice([value for value in near if least <= value <= most]))
        case Ref():
            return random.choice(["a", "b"])
        case Records(fields):
            items = [
                {name: some_value(random, inner) for name, inner in fields if random.random() < 0.8}
                for _ in range(random.randrange(3))
            ]
            return {"complete": random.random() < 0.7, "items": items[: type_.most]}
    raise TypeError(type_)


def some_facts(random: Random, declared: Mapping[str, Fact], known: float) -> Facts:
    return {
        name: given(name, some_value(random, fact.type), fact.type)
        for name, fact in declared.items()
        if random.random() < known
    }


def differences(policy: ResolvedPolicy, engine: EnginePolicy, loaded: LoadedProgram, facts: Facts) -> tuple[str, ...]:
    known = known_facts(policy.rules, facts)
    fields = engine_fields(engine.asked, Reckoner(policy.rules, known))
    verdicts = {rule: Verdict(verdict) for rule, verdict in loaded.verdicts(fields).items()}
    return tuple(each.rule for each in disagreements(policy, verdicts_of(Reckoner(policy.rules, known)), verdicts))


@pytest.mark.parametrize("name", ALL)
def test_the_engine_agrees_with_the_evaluator_on_every_rule_and_the_outcome(name: str) -> None:
    policy, random = ALL[name], Random(name)  # noqa: S311 - test data
    loaded = LoadedProgram(policy.engine.program)
    for turn in range(500):
        facts = some_facts(random, policy.rules.facts, known=(0.5, 0.8, 1.0)[turn % 3])
        assert differences(policy, policy.engine, loaded, facts) == (), facts
    loaded.close()


def turned(condition: Condition) -> Condition:
    """A planted mistake: `at least` for `above` and so on, one step off the line."""
    if isinstance(condition, AllOf | AnyOf):
        return type(condition)(tuple(map(turned, condition.parts)))
    planted = {Comparison.AT_LEAST: Comparison.ABOVE, Comparison.AT_MOST: Comparison.BELOW}
    return Test(condition.field, planted.get(condition.comparison, condition.comparison), condition.constant)


def with_a_mistake(rule_: EngineRule) -> EngineRule:
    return rule_ if isinstance(rule_.when, tuple) else replace(rule_, when=turned(rule_.when))


def test_a_mistake_planted_in_the_engines_program_is_found() -> None:
    policy = SHIPPED_POLICIES["hardship-worker cn-50@2022-09-14 cn-50-99@2023-01-01"]
    random = Random(1)  # noqa: S311 - test data
    program = policy.engine.program
    planted = DurableProgram(program.fields, tuple(map(with_a_mistake, program.rules)))
    loaded = LoadedProgram(planted)
    found = [
        differences(policy, policy.engine, loaded, some_facts(random, policy.rules.facts, known=0.9))
        for _ in range(300)
    ]
    assert any(found)
    loaded.close()


def test_the_shipped_policies_stay_well_within_what_the_engine_can_do() -> None:
    assert len(SHIPPED_POLICIES) >= 7
    for policy in SHIPPED_POLICIES.values():
        assert OUTCOME in policy.engine.program.judged


def test_a_condition_that_the_law_may_leave_open_does_not_decide_by_equal_branches() -> None:
    """`if` with a gap in its condition is a gap, though both branches agree; the engine must not say yes."""
    facts: Facts = {"sex": "male", "paid": 5, "disabled": True}
    loaded = LoadedProgram(ODD.engine.program)
    assert differences(ODD, ODD.engine, loaded, facts) == ()
    fields = engine_fields(ODD.engine.asked, Reckoner(ODD.rules, known_facts(ODD.rules, facts)))
    assert "if-table" not in loaded.verdicts(fields)
    loaded.close()
