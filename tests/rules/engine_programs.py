"""Programs for the rule engine, and what they ought to answer by plain reading."""

from collections.abc import Mapping
from random import Random
from typing import Final

from cases.determinations import Verdict
from rules.durable_program import (
    OUTCOME,
    AllOf,
    AnyOf,
    Comparison,
    Condition,
    DurableProgram,
    EngineRule,
    Field,
    Heard,
    Test,
)

Fields = Mapping[str, int | str]
YES: Final = Verdict.YES
NO: Final = Verdict.NO
GRADES = ("一级", "二级", "三级", "四级")


def is_(field: str, constant: int | str) -> Test:
    return Test(field, Comparison.IS, constant)


def at_least(field: str, constant: int) -> Test:
    return Test(field, Comparison.AT_LEAST, constant)


def below(field: str, constant: int) -> Test:
    return Test(field, Comparison.BELOW, constant)


def judging(rule: str, yes: Condition, no: Condition, role: str = "ground") -> tuple[EngineRule, EngineRule]:
    return (
        EngineRule(f"{rule}/yes", rule, role, YES, yes),
        EngineRule(f"{rule}/no", rule, role, NO, no),
    )


def outcome_of(rules: tuple[str, ...]) -> tuple[EngineRule, EngineRule]:
    """Yes where any ground holds, no where none does."""
    return (
        EngineRule("@outcome/yes", OUTCOME, "outcome", YES, (Heard(YES, role="ground"),)),
        EngineRule("@outcome/no", OUTCOME, "outcome", NO, tuple(Heard(NO, rule=rule) for rule in rules)),
    )


def waiting_program(limit: int = 90) -> DurableProgram:
    """Waited long, or disabled: one number as a range, one enum, one flag."""
    long_wait = judging("long-wait", at_least("waited_lo", limit), below("waited_hi", limit))
    disabled = judging(
        "disabled",
        AllOf((is_("certified", 1), AnyOf((is_("grade", "一级"), is_("grade", "二级"))))),
        AnyOf((
            is_("certified", 0),
            AllOf((
                Test("grade", Comparison.IS_NOT, "一级"),
                Test("grade", Comparison.IS_NOT, "二级"),
            )),
        )),
    )  # fmt: skip
    return DurableProgram(
        fields=(Field("waited_lo"), Field("waited_hi"), Field("certified"), Field("grade", GRADES)),
        rules=(*long_wait, *disabled, *outcome_of(("long-wait", "disabled"))),
    )


def waited(days: int, **others: int | str) -> dict[str, int | str]:
    return {"waited_lo": days, "waited_hi": days, **others}


def by_plain_reading(program: DurableProgram, fields: Fields) -> dict[str, Verdict]:
    """The reference: what each rule announces, without the engine."""
    announced: dict[str, Verdict] = {}
    said: list[tuple[str, str, Verdict]] = []
    for rule in program.rules:
        if isinstance(rule.when, tuple):
            fires = all(any(_hears(heard, *each) for each in said) for heard in rule.when)
        else:
            fires = holds(rule.when, fields)
        if fires:
            announced[rule.rule] = rule.verdict
            said.append((rule.rule, rule.role, rule.verdict))
    return announced


def _hears(heard: Heard, rule: str, role: str, verdict: Verdict) -> bool:
    return heard.verdict is verdict and (heard.rule == rule if heard.rule else heard.role == role)


def holds(condition: Condition, fields: Fields) -> bool:
    if isinstance(condition, AllOf):
        return all(holds(part, fields) for part in condition.parts)
    if isinstance(condition, AnyOf):
        return any(holds(part, fields) for part in condition.parts)
    value = fields.get(condition.field)
    if value is None:
        return False
    if isinstance(value, str) or isinstance(condition.constant, str):
        return (value == condition.constant) is (condition.comparison is Comparison.IS)
    return {
        Comparison.IS: value == condition.constant,
        Comparison.IS_NOT: value != condition.constant,
        Comparison.BELOW: value < condition.constant,
        Comparison.AT_MOST: value <= condition.constant,
        Comparison.ABOVE: value > condition.constant,
        Comparison.AT_LEAST: value >= condition.constant,
    }[condition.comparison]


def random_program(random: Random) -> DurableProgram:
    """Three to eight grounds of flags, grades and numbers, nested up to three deep."""
    names = tuple(f"规则{place}" for place in range(random.randint(3, 8)))
    fields = (*(Field(f"n{place}") for place in range(4)), Field("grade", GRADES), Field("flag"))
    rules = [rule for name in names for rule in _random_rule(random, name)]
    return DurableProgram(fields, (*rules, *outcome_of(names)))


def _random_rule(random: Random, name: str) -> tuple[EngineRule, EngineRule]:
    yes = _random_condition(random, 3)
    return judging(name, yes, negated(yes))


def _random_condition(random: Random, depth: int) -> Condition:
    if not depth or random.random() < 0.4:
        return random.choice((
            Test(f"n{random.randrange(4)}", random.choice(list(NUMERIC)), random.randint(-2, 2)),
            Test("grade", random.choice((Comparison.IS, Comparison.IS_NOT)), random.choice(GRADES)),
            is_("flag", random.randint(0, 1)),
        ))  # fmt: skip
    group = random.choice((AllOf, AnyOf))
    return group(tuple(_random_condition(random, depth - 1) for _ in range(2)))


NUMERIC = {
    Comparison.BELOW: Comparison.AT_LEAST,
    Comparison.AT_LEAST: Comparison.BELOW,
    Comparison.ABOVE: Comparison.AT_MOST,
    Comparison.AT_MOST: Comparison.ABOVE,
}
OPPOSITE = {**NUMERIC, Comparison.IS: Comparison.IS_NOT, Comparison.IS_NOT: Comparison.IS}


def negated(condition: Condition) -> Condition:
    if isinstance(condition, Test):
        if condition.field == "flag":
            return is_("flag", 1 - int(condition.constant))
        return Test(condition.field, OPPOSITE[condition.comparison], condition.constant)
    other = AnyOf if isinstance(condition, AllOf) else AllOf
    return other(tuple(negated(part) for part in condition.parts))


def random_fields(random: Random) -> dict[str, int | str]:
    """Some fields known, some not."""
    known: dict[str, int | str] = {f"n{place}": random.randint(-3, 3) for place in range(4)}
    known |= {"grade": random.choice(GRADES), "flag": random.randint(0, 1)}
    return {name: value for name, value in known.items() if random.random() < 0.8}
